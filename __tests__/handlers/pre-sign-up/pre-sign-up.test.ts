import { decideSignUp, UNCONFIRMED } from "../../../handlers/pre-sign-up/pre-sign-up";
import { parseSignUpRules } from "../../../handlers/pre-sign-up/sign-up-rules";
import { cognitoEvent } from "../support/cognito-events";

function signUp(attributes: Record<string, string>, domains = "any", plusAddresses = "allowed"): unknown {
  return decideSignUp(cognitoEvent("PreSignUp_SignUp", attributes), parseSignUpRules(domains, plusAddresses));
}

describe("decideSignUp", () => {
  test("confirms nobody: each user proves the address with a code", () => {
    expect(signUp({ email: "a.user@example.com" })).toEqual({ autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false });
  });

  test("takes a plus address where those are allowed", () => {
    expect(signUp({ email: "a.user+second@example.com" }, "example.com", "allowed")).toBe(UNCONFIRMED);
  });

  test.each(["a.user@elsewhere.example", "a@b.co", "a.user@xn--bcher-kva.example", "o'hara_{x}=1@mail.example.com"])(
    "takes %s where any domain may sign up",
    (email) => {
      expect(signUp({ email })).toBe(UNCONFIRMED);
    },
  );

  test.each([
    ".user@example.com",
    "user.@example.com",
    "a..user@example.com",
    "user@example",
    "user@-a.example",
    "user@a_b.example",
    "@example.com",
    "user@",
    "user",
    "user@1.2.3.4",
    "user@[127.0.0.1]",
  ])("takes %s nowhere", (email) => {
    expect(() => signUp({ email })).toThrow("This e-mail address cannot be used");
  });

  test.each([
    ["64 characters before the @", `${"a".repeat(64)}@example.com`, true],
    ["65 characters before the @", `${"a".repeat(65)}@example.com`, false],
    ["254 characters", `${"a".repeat(60)}@${"b.".repeat(91)}example.com`, true],
    ["255 characters", `${"a".repeat(61)}@${"b.".repeat(91)}example.com`, false],
    ["a label of 63 characters", `a@${"b".repeat(63)}.example`, true],
    ["a label of 64 characters", `a@${"b".repeat(64)}.example`, false],
  ])("knows how long an address may be: %s", (_what, email, fits) => {
    if (fits) expect(signUp({ email })).toBe(UNCONFIRMED);
    else expect(() => signUp({ email })).toThrow("This e-mail address cannot be used");
  });

  test("knows how long an attribute may be", () => {
    expect(signUp({ email: "a@b.example", name: "a".repeat(2048) })).toBe(UNCONFIRMED);
    expect(() => signUp({ email: "a@b.example", name: "a".repeat(2049) })).toThrow("please shorten it to 2048 characters");
  });

  test("answers an address that is made to keep a pattern busy", () => {
    const email = `${"a.".repeat(120)}@${"a-".repeat(100)}!`;
    expect(() => signUp({ email })).toThrow("This e-mail address cannot be used");
  });
});

describe("the rules of signing up", () => {
  test("list domains with commas, and take spaces between them", () => {
    expect(parseSignUpRules("example.com, example.org", "refused")).toEqual({
      domains: new Set(["example.com", "example.org"]),
      plusAddresses: "refused",
    });
  });

  test.each(["", "*", "Example.com", "example.com,", "@example.com", "example", "example.com;example.org", "ex\u0430mple.com"])(
    "are no rules with the domains %j",
    (domains) => {
      expect(() => parseSignUpRules(domains, "allowed")).toThrow(
        "ALLOWED_EMAIL_DOMAINS must be any, or domains in lower case with commas between them",
      );
    },
  );

  test("are no rules without a word on plus addresses", () => {
    expect(() => parseSignUpRules("any", "yes")).toThrow('PLUS_ADDRESSES must be allowed or refused, got "yes"');
  });
});
