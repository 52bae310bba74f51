import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { LambdaFunction } from "../../../constructs/compute/lambda-function";
import { UserPool, type UserPoolProps } from "../../../constructs/security/user-pool";
import type { UserPoolSettings, UserPoolTriggers } from "../../../constructs/security/user-pool-settings";
import { workBesidePackages } from "../../support/packed-handlers";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addFunction } from "../functions";
import { UNPROTECTED } from "../parts";
import { exception, facts, once, resolved } from "../readings";

workBesidePackages({ "pre-sign-up": "a", "post-confirmation": "b", "pre-token-generation": "c", "custom-message": "d" });

const SETTINGS: UserPoolSettings = { name: "test-ShopUserPool", signUp: "open", mfa: "off", protection: "protected" };
const EXISTING = "eu-west-1_a1B2c3D4e";

function addPool(stack: TestStack, props: Partial<UserPoolProps> = {}): UserPool {
  return new UserPool(stack, "Users", {
    why: "knows who signs in",
    source: { create: SETTINGS },
    client: { name: "console", tokenMinutes: 60, refreshDays: 30 },
    ...props,
  });
}

function addTriggers(stack: TestStack): UserPoolTriggers {
  const trigger = (id: string, handler: string): LambdaFunction => addFunction(stack, { handler, why: "decides for Cognito" }, id);
  return {
    preSignUp: trigger("PreSignUp", "pre-sign-up"),
    postConfirmation: trigger("PostConfirmation", "post-confirmation"),
    preTokenGeneration: trigger("PreTokenGeneration", "pre-token-generation"),
    customMessage: trigger("CustomMessage", "custom-message"),
  };
}

const synthPool = (props: Partial<UserPoolProps> | ((stack: TestStack) => Partial<UserPoolProps>) = {}): Synthesized =>
  synthesizeTestStack((stack) => void addPool(stack, typeof props === "function" ? props(stack) : props));
const create = (settings: Partial<UserPoolSettings>) => ({ source: { create: { ...SETTINGS, ...settings } } });
const plain = once(() => synthPool());

describe("UserPool", () => {
  test("asks for a proven e-mail address and a strong password, and is protected, when only the required props are given", () => {
    expect(plain().only(CognitoUserPool)).toEqual({
      name: "test-ShopUserPool",
      user_pool_tier: "ESSENTIALS",
      username_attributes: ["email"],
      username_configuration: { case_sensitive: false },
      auto_verified_attributes: ["email"],
      schema: [
        {
          name: "email",
          attribute_data_type: "String",
          required: true,
          mutable: true,
          string_attribute_constraints: { min_length: "0", max_length: "2048" },
        },
      ],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
      admin_create_user_config: { allow_admin_create_user_only: false },
      mfa_configuration: "OFF",
      password_policy: {
        minimum_length: 12,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 7,
      },
      email_configuration: { email_sending_account: "COGNITO_DEFAULT" },
      deletion_protection: "ACTIVE",
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    expect(plain().all(CognitoUserPoolDomain)).toEqual([]);
  });

  test("says why protection is off", () => {
    expect(synthPool(create({ protection: UNPROTECTED })).only(CognitoUserPool)).toMatchObject({
      deletion_protection: "INACTIVE",
      lifecycle: { prevent_destroy: false },
      tags: { UnprotectedBecause: "a tests data is thrown away" },
    });
  });

  test.each([
    ["optional", "OPTIONAL"],
    ["required", "ON"],
  ] as const)("takes an authenticator application where a second factor is %s", (mfa, mfa_configuration) => {
    const pool = synthPool(create({ mfa })).only(CognitoUserPool);
    expect(pool).toMatchObject({ mfa_configuration, software_token_mfa_configuration: { enabled: true } });
    expect(pool).not.toHaveProperty("sms_configuration");
  });

  test("lets only the invited in when told so", () => {
    expect(synthPool(create({ signUp: "byInvitation" })).only(CognitoUserPool)).toMatchObject({
      admin_create_user_config: { allow_admin_create_user_only: true },
    });
  });

  test("sends its messages through SES where there is an address for it", () => {
    const identityArn = "arn:aws:ses:eu-west-1:111111111111:identity/example.com";
    expect(synthPool(create({ mail: { from: "Shop <hello@example.com>", identityArn } })).only(CognitoUserPool)).toMatchObject({
      email_configuration: {
        email_sending_account: "DEVELOPER",
        from_email_address: "Shop <hello@example.com>",
        source_arn: identityArn,
      },
    });
  });

  test("has a sign-in page of Cognito's when it is given a host for it", () => {
    const client = {
      name: "console",
      tokenMinutes: 60,
      refreshDays: 30,
      signInPage: { callbackUrls: ["https://shop.example.com/signed-in"], logoutUrls: [] },
    };
    expect(synthPool({ ...create({ domainPrefix: "shop-test" }), client }).only(CognitoUserPoolDomain)).toEqual({
      domain: "shop-test",
      user_pool_id: "${aws_cognito_user_pool.users.id}",
    });
    expect(() => synthPool({ client })).toThrow(
      "shop-test/Users: source.create.domainPrefix must be given if and only if the client has a signInPage, got undefined",
    );
    expect(() => synthPool(create({ domainPrefix: "shop-test" }))).toThrow(
      'shop-test/Users: source.create.domainPrefix must be given if and only if the client has a signInPage, got "shop-test"',
    );
  });

  test.each([7, 100, 12.5])("refuses passwords of %d characters", (passwordLength) => {
    expect(() => synthPool(create({ passwordLength }))).toThrow(
      `shop-test/Users: source.create.passwordLength must be a whole number from 8 to 99, got ${passwordLength}`,
    );
  });

  test.each(["", "a".repeat(129), "shop/users"])('refuses the name "%s"', (name) => {
    expect(() => synthPool(create({ name }))).toThrow(
      `shop-test/Users: source.create.name must be 1 to 128 letters, digits, spaces and + = , . @ - _, got "${name}"`,
    );
  });

  test.each(["Shop", "-shop", "a".repeat(64), "my-aws-shop", "cognito"])('refuses the host "%s"', (domainPrefix) => {
    const signInPage = { callbackUrls: ["https://shop.example.com/"], logoutUrls: [] };
    const client = { name: "console", tokenMinutes: 60, refreshDays: 30, signInPage };
    expect(() => synthPool({ ...create({ domainPrefix }), client })).toThrow(
      `shop-test/Users: source.create.domainPrefix must be 1 to 63 lower-case letters, digits and inner hyphens, without aws, amazon and cognito in it, got "${domainPrefix}"`,
    );
  });

  test("keeps the address its users are stored under, and states itself", () => {
    expect(plain().addresses(CognitoUserPool, CognitoUserPoolClient)).toEqual([
      "aws_cognito_user_pool.users",
      "aws_cognito_user_pool_client.users_client",
    ]);
    expect(facts(plain(), "userPool")).toEqual([
      {
        kind: "userPool",
        id: "Users",
        name: "test-ShopUserPool",
        why: "knows who signs in",
        size: "MFA off",
        stateful: true,
        fails: "nobody signs in or gets new tokens; those that were given out hold until they run out",
        created: true,
      },
    ]);
  });
});

describe("triggers of a UserPool", () => {
  const triggered = once(() => synthPool((stack) => ({ triggers: addTriggers(stack) })));

  test("are asked, with version 2 of the event before tokens", () => {
    expect(triggered().only(CognitoUserPool)["lambda_config"]).toEqual({
      pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}",
      post_confirmation: "${aws_lambda_function.post_confirmation.arn}",
      pre_token_generation_config: {
        lambda_arn: "${aws_lambda_function.pre_token_generation.arn}",
        lambda_version: "V2_0",
      },
      custom_message: "${aws_lambda_function.custom_message.arn}",
    });
  });

  test("may be called for this pool alone", () => {
    const permissions = triggered().all(LambdaPermission);
    expect(permissions.map(({ function_name }) => function_name).sort()).toEqual(
      ["custom_message", "post_confirmation", "pre_sign_up", "pre_token_generation"].map(
        (name) => `\${aws_lambda_function.${name}.function_name}`,
      ),
    );
    for (const permission of permissions) {
      expect(permission).toMatchObject({
        action: "lambda:InvokeFunction",
        principal: "cognito-idp.amazonaws.com",
        source_arn: "${aws_cognito_user_pool.users.arn}",
        source_account: "111111111111",
      });
    }
  });

  test("may be one function for several, which gets one permission", () => {
    const synthesized = synthPool((stack) => {
      const { preSignUp } = addTriggers(stack);
      return { triggers: { preSignUp, customMessage: preSignUp } };
    });
    expect(synthesized.all(LambdaPermission)).toHaveLength(1);
  });

  test("are none unless given", () => {
    expect(plain().only(CognitoUserPool)).not.toHaveProperty("lambda_config");
    expect(plain().all(LambdaPermission)).toEqual([]);
  });
});

describe("a UserPool that is there already", () => {
  const existing = once(() => synthPool((stack) => ({ source: { existingId: EXISTING }, triggers: addTriggers(stack) })));
  const seen = (props: Partial<UserPoolProps>): unknown => {
    const stack = new TestStack(scratchApp());
    const { id, arn, issuer, clientId } = addPool(stack, props);
    return resolved(stack, { id, arn, issuer, clientId });
  };

  test("is read and not made, and has a client of this root's", () => {
    expect(existing().all(CognitoUserPool)).toEqual([]);
    expect(existing().json["data"]).toEqual({ aws_cognito_user_pool: { users: { user_pool_id: EXISTING } } });
    expect(existing().only(CognitoUserPoolClient)).toMatchObject({
      name: "console",
      user_pool_id: "${data.aws_cognito_user_pool.users.id}",
    });
  });

  test("shows what uses it the same as one that was made", () => {
    const of = (pool: string) => ({
      id: `\${${pool}.id}`,
      arn: `\${${pool}.arn}`,
      issuer: `https://cognito-idp.eu-west-1.amazonaws.com/\${${pool}.id}`,
      clientId: "${aws_cognito_user_pool_client.users_client.id}",
    });
    expect(seen({})).toEqual(of("aws_cognito_user_pool.users"));
    expect(seen({ source: { existingId: EXISTING } })).toEqual(of("data.aws_cognito_user_pool.users"));
  });

  test("may call the triggers, and the inventory says that somebody must attach them", () => {
    expect(
      new Set(
        existing()
          .all(LambdaPermission)
          .map(({ source_arn }) => source_arn),
      ),
    ).toEqual(new Set(["${data.aws_cognito_user_pool.users.arn}"]));
    expect(facts(existing(), "exception").filter(({ id }) => id === "Users triggers")).toEqual([
      exception(
        "Users triggers",
        `Terraform does not attach customMessage, postConfirmation, preSignUp, preTokenGeneration to the user pool ${EXISTING}`,
        "the pool's settings belong to whoever made it; attach the functions once by hand, see docs/runbooks/cognito.md, existing pool",
      ),
    ]);
    expect(facts(existing(), "userPool")).toMatchObject([{ name: EXISTING, stateful: false, created: false }]);
  });

  test("has nothing to say of triggers when there are none", () => {
    expect(facts(synthPool({ source: { existingId: EXISTING } }), "exception")).toEqual([]);
  });

  test.each(["us-east-1_a1B2c3D4e", "eu-west-1", "eu-west-1_a-b", ""])('is refused when its id is "%s"', (existingId) => {
    expect(() => synthPool({ source: { existingId } })).toThrow(
      `shop-test/Users: source.existingId must be the id of a user pool of eu-west-1, such as eu-west-1_a1B2c3D4e, got "${existingId}"`,
    );
  });
});
