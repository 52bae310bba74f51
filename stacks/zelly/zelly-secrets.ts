import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { Secret } from "../../constructs/security/secret";

/** The applications' own settings that must not be seen. Operators fill them (docs/deploying.md, step 5). */
export class ZellySecrets extends Construct {
  readonly fastifyNova: Secret<
    | "JWT_SECRET"
    | "RAZORPAY_KEY_ID"
    | "RAZORPAY_KEY_SECRET"
    | "SLACK_WEBHOOK_URL"
    | "FIREBASE_CONFIG"
    | "CLICKHOUSE_USER"
    | "CLICKHOUSE_PASSWORD"
  >;
  readonly customerPanel: Secret<"JWT_SECRET" | "COOKIE_SECRET" | "SSO_CONFIG">;
  readonly orionBackend: Secret<"JWT_SECRET_KEY" | "CORS_ORIGINS">;

  constructor(scope: Construct, id: string, protection: Protection) {
    super(scope, id);
    const settings = <Key extends string>(secretId: string, service: string, keys: readonly Key[]): Secret<Key> =>
      new Secret(this, secretId, { name: `zelly/${service}/env`, why: `settings of ${service} that must not be seen`, keys, protection });

    this.fastifyNova = settings("FastifyNova", "fastify-nova", [
      "JWT_SECRET",
      "RAZORPAY_KEY_ID",
      "RAZORPAY_KEY_SECRET",
      "SLACK_WEBHOOK_URL",
      "FIREBASE_CONFIG",
      "CLICKHOUSE_USER",
      "CLICKHOUSE_PASSWORD",
    ]);
    this.customerPanel = settings("CustomerPanel", "customer-panel", ["JWT_SECRET", "COOKIE_SECRET", "SSO_CONFIG"]);
    this.orionBackend = settings("OrionBackend", "orion-backend", ["JWT_SECRET_KEY", "CORS_ORIGINS"]);
  }
}
