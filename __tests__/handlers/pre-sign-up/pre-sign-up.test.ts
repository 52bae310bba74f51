import type { EmailRules } from "../../../handlers/cognito/email-rules";
import { decideSignUp, UNCONFIRMED } from "../../../handlers/pre-sign-up/pre-sign-up";
import { cognitoEvent } from "../support/cognito-events";

function signUp(attributes: Record<string, string>, plusAddresses: EmailRules["plusAddresses"] = "allowed"): unknown {
  return decideSignUp(cognitoEvent("PreSignUp_SignUp", attributes), { domains: new Set(["example.com"]), plusAddresses });
}

describe("decideSignUp", () => {
  test("confirms nobody: each user proves the address with a code", () => {
    expect(signUp({ email: "a.user@example.com" })).toEqual({ autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false });
  });

  test("takes a plus address where those are allowed, and not where they are refused", () => {
    const email = "a.user+second@example.com";
    expect(signUp({ email }, "allowed")).toBe(UNCONFIRMED);
    expect(() => signUp({ email }, "refused")).toThrow("without the plus sign");
  });

  test("knows how long an attribute may be", () => {
    const email = "a.user@example.com";
    expect(signUp({ email, name: "a".repeat(2048) })).toBe(UNCONFIRMED);
    expect(() => signUp({ email, name: "a".repeat(2049) })).toThrow("please shorten it to 2048 characters");
  });
});
