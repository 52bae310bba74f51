import { Construct } from "constructs";
import type { MarqoConfig } from "../../config/marqo-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { LambdaFunction, type LambdaFunctionProps } from "../../constructs/compute/lambda-function";
import type { Table } from "../../constructs/data/table";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { UserPool } from "../../constructs/security/user-pool";
import type { UserPoolClientProps } from "../../constructs/security/user-pool-client";

export interface MarqoUsersProps {
  readonly config: MarqoConfig["users"];
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  /** Where accounts and users are kept. */
  readonly table: Table;
  readonly consoleUrl: string;
  readonly logDays: number;
}

/** Cognito ends a trigger after five seconds. */
const TRIGGER = { memoryMib: 512, timeoutSeconds: 5, invocation: { kind: "synchronous", errors: "logs" } } as const;

/** Who may use the console: a user pool, and the four functions that Cognito asks. */
export class MarqoUsers extends Construct {
  readonly pool: UserPool;

  constructor(scope: Construct, id: string, props: MarqoUsersProps) {
    super(scope, id);
    const { config, protection, alarms, table, consoleUrl, logDays } = props;
    const { environment } = SystemStack.of(this);
    const trigger = (triggerId: string, own: Pick<LambdaFunctionProps, "handler" | "why" | "environment">): LambdaFunction =>
      new LambdaFunction(this, triggerId, { ...TRIGGER, ...own, logs: { retentionDays: logDays }, alarms });
    const { allowedEmailDomains: domains, plusAddresses } = config;
    const emailRules = { ALLOWED_EMAIL_DOMAINS: domains === "any" ? "any" : domains.join(","), PLUS_ADDRESSES: plusAddresses };
    const preSignUp = trigger("PreSignUp", {
      handler: "pre-sign-up",
      why: "says whose addresses may sign up",
      environment: emailRules,
    });
    const postConfirmation = trigger("PostConfirmation", {
      handler: "post-confirmation",
      why: "makes a new user's account, once",
      environment: { USERS_ACCOUNTS_TABLE_NAME: table.name },
    });
    const preTokenGeneration = trigger("PreTokenGeneration", {
      handler: "pre-token-generation",
      why: "puts account and role into tokens, and refuses them to addresses that may not sign up",
      environment: { ...emailRules, USERS_ACCOUNTS_TABLE_NAME: table.name },
    });
    const customMessage = trigger("CustomMessage", {
      handler: "custom-message",
      why: "writes the e-mails that Cognito sends",
      environment: { PRODUCT_NAME: "Marqo", CONSOLE_URL: consoleUrl },
    });
    table.grantPut(postConfirmation);
    table.grantGet(preTokenGeneration);

    const { pool } = config;
    this.pool = new UserPool(this, "Pool", {
      why: "the console's users",
      source:
        "importedId" in pool
          ? { existingId: pool.importedId }
          : { create: { ...pool, name: `${environment}-MarqoUserPool`, signUp: "open", protection } },
      client: { name: `${environment}-console`, tokenMinutes: 60, refreshDays: 30, ...signInPage(pool, consoleUrl) },
      triggers: { preSignUp, postConfirmation, preTokenGeneration, customMessage },
    });
  }
}

/** Cognito's own page sends users back to the console. */
function signInPage(pool: MarqoConfig["users"]["pool"], consoleUrl: string): Pick<UserPoolClientProps, "signInPage"> {
  if ("importedId" in pool || pool.domainPrefix === undefined) return {};
  return { signInPage: { callbackUrls: [consoleUrl], logoutUrls: [consoleUrl] } };
}
