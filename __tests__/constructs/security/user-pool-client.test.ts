import { CognitoUserPoolClient } from "@cdktf/provider-aws/lib/cognito-user-pool-client";
import { UserPoolClient, type UserPoolClientProps } from "../../../constructs/security/user-pool-client";
import { type Body, synthesizeTestStack } from "../../support/synthesized";

const client = (props: Partial<UserPoolClientProps> = {}): Body =>
  synthesizeTestStack((stack) => {
    new UserPoolClient(stack, "Console", {
      userPoolId: "eu-west-1_a1B2c3D4e",
      name: "console",
      tokenMinutes: 60,
      refreshDays: 30,
      ...props,
    });
  }).only(CognitoUserPoolClient);
const PAGE = { callbackUrls: ["https://shop.example.com/signed-in"], logoutUrls: ["https://shop.example.com/"] };

describe("UserPoolClient", () => {
  test("has no secret, sends no password, tells nobody who exists and takes tokens back, when only the required props are given", () => {
    expect(client()).toEqual({
      user_pool_id: "eu-west-1_a1B2c3D4e",
      name: "console",
      generate_secret: false,
      explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      access_token_validity: 60,
      id_token_validity: 60,
      refresh_token_validity: 30,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "days" }],
      read_attributes: ["email", "email_verified", "name"],
      write_attributes: ["email", "name"],
      supported_identity_providers: ["COGNITO"],
      allowed_oauth_flows_user_pool_client: false,
    });
  });

  test("signs in on Cognito's page by a code, and comes back to its own addresses alone", () => {
    expect(client({ signInPage: PAGE })).toMatchObject({
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_flows: ["code"],
      allowed_oauth_scopes: ["email", "openid", "profile"],
      callback_urls: ["https://shop.example.com/signed-in"],
      logout_urls: ["https://shop.example.com/"],
    });
  });

  test.each([
    ["tokenMinutes", 5],
    ["tokenMinutes", 1440],
    ["refreshDays", 1],
    ["refreshDays", 3650],
  ])("takes %s of %d", (prop, value) => {
    expect(Object.values(client({ [prop]: value }))).toContain(value);
  });

  test.each([
    ["tokenMinutes", 4, "5 to 1440"],
    ["tokenMinutes", 1441, "5 to 1440"],
    ["tokenMinutes", 60.5, "5 to 1440"],
    ["refreshDays", 0, "1 to 3650"],
    ["refreshDays", 3651, "1 to 3650"],
  ])("refuses %s of %d", (prop, value, range) => {
    expect(() => client({ [prop]: value })).toThrow(`shop-test/Console: ${prop} must be a whole number from ${range}, got ${value}`);
  });

  test.each(["http://shop.example.com/", "https://*.example.com/", "https://shop.example.com/#token", "shop://signed-in"])(
    "refuses to send users back to %s",
    (url) => {
      const rule = "signInPage must have a callback, and only addresses on https, or on http://localhost, without fragments and wildcards";
      expect(() => client({ signInPage: { ...PAGE, callbackUrls: [url] } })).toThrow(`shop-test/Console: ${rule}, got ["${url}"]`);
      expect(() => client({ signInPage: { ...PAGE, logoutUrls: [url] } })).toThrow(`shop-test/Console: ${rule}, got ["${url}"]`);
    },
  );

  test("refuses a page from which nobody comes back", () => {
    expect(() => client({ signInPage: { callbackUrls: [], logoutUrls: [] } })).toThrow(/signInPage must have a callback/);
  });
});
