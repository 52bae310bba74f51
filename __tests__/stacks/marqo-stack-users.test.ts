import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { facts } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { ALL, PROD, STAGING, synthesizeWith } from "./marqo-roots";

beforeAll(packHandlers);

const TRIGGERS = ["custom_message", "post_confirmation", "pre_sign_up", "pre_token_generation"] as const;
const arn = (trigger: string): string => `\${aws_lambda_function.users_${trigger}.arn}`;

describe.each(ALL)("Marqo's users in %s", (environment, root) => {
  const table = environment === "staging" ? "UsersAccountsTable" : `${environment}-UsersAccountsTable`;
  const url = environment === "prod" ? "https://console.example.com/" : `https://console.${environment}.example.com/`;

  test("are in a pool of the known name, which four functions are attached to", () => {
    expect(root().only(CognitoUserPool)).toMatchObject({
      name: `${environment}-MarqoUserPool`,
      lambda_config: {
        pre_sign_up: arn("pre_sign_up"),
        post_confirmation: arn("post_confirmation"),
        // Version 2 is about the access token too.
        pre_token_generation_config: { lambda_arn: arn("pre_token_generation"), lambda_version: "V2_0" },
        custom_message: arn("custom_message"),
      },
      mfa_configuration: environment === "dev" ? "OFF" : "OPTIONAL",
      deletion_protection: environment === "prod" ? "ACTIVE" : "INACTIVE",
    });
  });

  test("sign in with strong passwords and addresses that are proven, also after they change", () => {
    expect(root().only(CognitoUserPool)).toMatchObject({
      username_attributes: ["email"],
      username_configuration: { case_sensitive: false },
      auto_verified_attributes: ["email"],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
      password_policy: {
        minimum_length: 12,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
      },
    });
  });

  test("use a client without a secret, which tells nobody who exists and takes tokens back", () => {
    expect(root().only(CognitoUserPoolClient)).toMatchObject({
      name: `${environment}-console`,
      user_pool_id: "${aws_cognito_user_pool.users_pool.id}",
      generate_secret: false,
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      id_token_validity: 60,
      access_token_validity: 60,
      refresh_token_validity: 30,
      allowed_oauth_flows_user_pool_client: false,
    });
  });

  test("may have each function called by the pool, and by nobody else", () => {
    const permissions = Object.entries(root().byName(LambdaPermission));
    expect(permissions.map(([name]) => name).sort()).toEqual(TRIGGERS.map((trigger) => `users_${trigger}_invoked_by_cognito_idp`));
    for (const [name, permission] of permissions) {
      expect(permission).toMatchObject({
        action: "lambda:InvokeFunction",
        function_name: `\${aws_lambda_function.${name.replace("_invoked_by_cognito_idp", "")}.function_name}`,
        principal: "cognito-idp.amazonaws.com",
        source_arn: "${aws_cognito_user_pool.users_pool.arn}",
        source_account: "333333333333",
      });
    }
  });

  test("are decided on by functions with these settings, within Cognito's five seconds", () => {
    const settings = Object.entries(root().byName(LambdaFunction)).map(([name, { environment: set, timeout }]) => {
      expect(timeout).toBe(5);
      return [name, (set as { variables: unknown }).variables];
    });
    const [domains, plusAddresses] = environment === "prod" ? ["any", "refused"] : ["example.com", "allowed"];
    const rules = { ALLOWED_EMAIL_DOMAINS: domains, PLUS_ADDRESSES: plusAddresses };
    expect(Object.fromEntries(settings)).toEqual({
      users_custom_message: { CONSOLE_URL: url, PRODUCT_NAME: "Marqo" },
      users_post_confirmation: { USERS_ACCOUNTS_TABLE_NAME: table },
      users_pre_sign_up: rules,
      users_pre_token_generation: { ...rules, USERS_ACCOUNTS_TABLE_NAME: table },
    });
    expect(facts(root(), "function").map(({ name, logGroup }) => `${name} in ${logGroup}`)).toEqual(
      TRIGGERS.map((trigger) => `${environment}-marqo-users-${trigger.replaceAll("_", "-")}`).map(
        (name) => `${name} in /aws/lambda/${name}`,
      ),
    );
  });
});

test("Cognito's own sign-in page, where it is asked for, sends users back to the console alone", () => {
  const root = synthesizeWith("prod", { "users.pool.domainPrefix": "example-console" });
  expect(root.only(CognitoUserPoolDomain)).toEqual({ domain: "example-console", user_pool_id: "${aws_cognito_user_pool.users_pool.id}" });
  expect(root.only(CognitoUserPoolClient)).toMatchObject({
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["code"],
    callback_urls: ["https://console.example.com/"],
    logout_urls: ["https://console.example.com/"],
  });
  expect(STAGING().all(CognitoUserPoolDomain)).toEqual([]);
});

test("Cognito sends from its own address, unless the configuration has one in SES", () => {
  const identityArn = "arn:aws:ses:us-east-1:333333333333:identity/example.com";
  const root = synthesizeWith("prod", { "users.pool.mail": { from: "Marqo <no-reply@example.com>", identityArn } });
  expect(PROD().only(CognitoUserPool)).toMatchObject({ email_configuration: { email_sending_account: "COGNITO_DEFAULT" } });
  expect(root.only(CognitoUserPool)).toMatchObject({
    email_configuration: {
      email_sending_account: "DEVELOPER",
      from_email_address: "Marqo <no-reply@example.com>",
      source_arn: identityArn,
    },
  });
});

describe("Marqo with a user pool that is there already", () => {
  const POOL = "us-east-1_a1B2c3D4e";
  const root = () => synthesizeWith("prod", { "users.pool": { importedId: POOL } });
  /** Everything that Terraform reads and operators see, as lines `path = value`. */
  const lines = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => lines(item, path === "" ? key : `${path}.${key}`))
      : [`${path} = ${String(value)}`];

  test("differs in the pool itself, and in nothing else that Terraform reads", () => {
    const own = "aws_cognito_user_pool.users_pool";
    const [before, after] = [lines(PROD().json), lines(root().json)];
    const rest = before.filter((line) => !line.startsWith(`resource.${own}.`));
    // What refers to the pool refers to its data source, and is the same but for that.
    expect(after.filter((line) => !line.startsWith(`data.${own}.`)).sort()).toEqual(
      rest.map((line) => line.replaceAll(`\${${own}.`, `\${data.${own}.`)).sort(),
    );
    expect(after.filter((line) => line.startsWith(`data.${own}.`))).toEqual([`data.${own}.user_pool_id = ${POOL}`]);
    expect(before.length - rest.length).toBeGreaterThan(10);
  });

  test("refers to it in the client, the permissions, the API, the container and an output", () => {
    const users = lines(root().json).filter((line) => line.includes("${data.aws_cognito_user_pool.users_pool."));
    expect(users.map((line) => line.slice(0, line.indexOf(" = "))).sort()).toEqual([
      "output.user_pool_id.value",
      "resource.aws_api_gateway_rest_api.api.body",
      "resource.aws_cognito_user_pool_client.users_pool_client.user_pool_id",
      "resource.aws_ecs_task_definition.monolith_task_definition.container_definitions",
      ...TRIGGERS.map((trigger) => `resource.aws_lambda_permission.users_${trigger}_invoked_by_cognito_idp.source_arn`),
    ]);
  });

  test("says in its inventory that the pool is not its own, and that the functions are attached by hand", () => {
    const difference = (one: readonly unknown[], other: readonly unknown[]) => {
      const others = new Set(other.map((fact) => JSON.stringify(fact)));
      return one.filter((fact) => !others.has(JSON.stringify(fact)));
    };
    expect(difference(root().inventory.facts, PROD().inventory.facts)).toEqual([
      expect.objectContaining({
        kind: "exception",
        what: `Terraform does not attach customMessage, postConfirmation, preSignUp, preTokenGeneration to the user pool ${POOL}`,
      }),
      expect.objectContaining({ kind: "userPool", name: POOL, created: false, stateful: false }),
    ]);
    expect(difference(PROD().inventory.facts, root().inventory.facts)).toEqual([
      expect.objectContaining({ kind: "userPool", name: "prod-MarqoUserPool", created: true, stateful: true }),
    ]);
  });
});
