import { parseEmailRules } from "../../../handlers/cognito/email-rule-settings";

describe("the rules about addresses", () => {
  test("list domains with commas, and take spaces between them", () => {
    expect(parseEmailRules("example.com, example.org", "refused")).toEqual({
      domains: new Set(["example.com", "example.org"]),
      plusAddresses: "refused",
    });
  });

  test("may let any domain be used", () => {
    expect(parseEmailRules("any", "allowed")).toEqual({ domains: "any", plusAddresses: "allowed" });
  });

  test.each(["", "*", "Example.com", "example.com,", "@example.com", "example", "example.com;example.org", "ex\u0430mple.com"])(
    "are no rules with the domains %j",
    (domains) => {
      expect(() => parseEmailRules(domains, "allowed")).toThrow(
        "ALLOWED_EMAIL_DOMAINS must be any, or domains in lower case with commas between them",
      );
    },
  );

  test("are no rules without a word on plus addresses", () => {
    expect(() => parseEmailRules("any", "yes")).toThrow('PLUS_ADDRESSES must be allowed or refused, got "yes"');
  });
});
