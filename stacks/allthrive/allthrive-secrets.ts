import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import type { PostgresDatabase } from "../../constructs/data/postgres-database";
import { Secret, type SecretKey } from "../../constructs/security/secret";

export interface AllThriveSecretsProps {
  readonly protection: Protection;
  readonly rds: PostgresDatabase;
}

/** The application's secrets, under the paths and keys that its settings read. Operators fill all but the database's. */
export class AllThriveSecrets extends Construct {
  readonly apiKeys: Secret<"OPENAI_API_KEY" | "ANTHROPIC_API_KEY" | "GOOGLE_API_KEY">;
  readonly oauth: Secret<"GOOGLE_CLIENT_ID" | "GOOGLE_CLIENT_SECRET" | "GITHUB_CLIENT_ID" | "GITHUB_CLIENT_SECRET">;
  readonly stripe: Secret<"STRIPE_PUBLIC_KEY" | "STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET">;
  readonly app: Secret<"SECRET_KEY" | "SENTRY_DSN">;
  /** Terraform writes it, and keeps nothing of it. */
  readonly database: Secret<"DATABASE_URL">;

  constructor(scope: Construct, id: string, { protection, rds }: AllThriveSecretsProps) {
    super(scope, id);
    const path = (name: string): string => `${SystemStack.of(this).environment}/allthrive/${name}`;
    const given = <Key extends string>(secretId: string, name: string, why: string, keys: readonly Key[]): Secret<Key> =>
      new Secret(this, secretId, { name: path(name), why, keys, protection });
    this.apiKeys = given("ApiKeys", "ai/api-keys", "keys of the companies whose models it calls", [
      "OPENAI_API_KEY",
      "ANTHROPIC_API_KEY",
      "GOOGLE_API_KEY",
    ]);
    this.oauth = given("Oauth", "oauth/credentials", "logging in with Google and GitHub", [
      "GOOGLE_CLIENT_ID",
      "GOOGLE_CLIENT_SECRET",
      "GITHUB_CLIENT_ID",
      "GITHUB_CLIENT_SECRET",
    ]);
    this.stripe = given("Stripe", "stripe/credentials", "payments", ["STRIPE_PUBLIC_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"]);
    this.app = given("App", "app", "Django's own key, and where errors are reported", ["SECRET_KEY", "SENTRY_DSN"]);
    this.database = rds.urlSecret("Url", { secretName: path("database"), key: "DATABASE_URL" });
  }

  /** What Django reads at its start, in every process of it. */
  forDjango(): Record<string, SecretKey> {
    return {
      ...this.apiKeys.allKeys(),
      ...this.oauth.allKeys(),
      ...this.stripe.allKeys(),
      ...this.app.allKeys(),
      ...this.database.allKeys(),
    };
  }
}
