import { brokenEmailRule, type EmailRules } from "../../../handlers/cognito/email-rules";

const ANY: EmailRules = { domains: "any", plusAddresses: "allowed" };
const SOME: EmailRules = { domains: new Set(["example.com", "kiosk.example"]), plusAddresses: "refused" };

describe("brokenEmailRule", () => {
  test.each(["a.user@elsewhere.example", "a@b.co", "a.user@xn--bcher-kva.example", "o'hara_{x}=1@mail.example.com"])(
    "finds nothing wrong with %s where any domain may be used",
    (address) => {
      expect(brokenEmailRule(address, ANY)).toBeUndefined();
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
    "",
    "user@1.2.3.4",
    "user@[127.0.0.1]",
    "user@example.com\n",
  ])("lets %j be used nowhere", (address) => {
    expect(brokenEmailRule(address, ANY)).toBe("email-form");
  });

  test.each([
    ["64 characters before the @", `${"a".repeat(64)}@example.com`, undefined],
    ["65 characters before the @", `${"a".repeat(65)}@example.com`, "email-form"],
    ["254 characters", `${"a".repeat(60)}@${"b.".repeat(91)}example.com`, undefined],
    ["255 characters", `${"a".repeat(61)}@${"b.".repeat(91)}example.com`, "email-form"],
    ["a label of 63 characters", `a@${"b".repeat(63)}.example`, undefined],
    ["a label of 64 characters", `a@${"b".repeat(64)}.example`, "email-form"],
  ])("knows how long an address may be: %s", (_what, address, rule) => {
    expect(brokenEmailRule(address, ANY)).toBe(rule);
  });

  test("answers an address that is made to keep a pattern busy", () => {
    expect(brokenEmailRule(`${"a.".repeat(31)}a@${"a-".repeat(90)}!`, ANY)).toBe("email-form");
    expect(brokenEmailRule(`${"a.".repeat(100_000)}@${"a-".repeat(100_000)}!`, ANY)).toBe("email-form");
  });

  test.each([
    ["a.user@example.com", undefined],
    ["A.User@KIOSK.Example", undefined],
    ["a.user@mail.example.com", "domain"],
    ["a.user@example.com.elsewhere.example", "domain"],
    ["a.user+second@elsewhere.example", "domain"],
    ["a.user+second@example.com", "plus-address"],
    ["+@example.com", "plus-address"],
    [undefined, "email-missing"],
  ])("holds a list of domains and the rule about plus addresses against %s", (address, rule) => {
    expect(brokenEmailRule(address, SOME)).toBe(rule);
  });

  test("allows plus addresses where they are allowed", () => {
    expect(brokenEmailRule("a.user+second@example.com", { ...SOME, plusAddresses: "allowed" })).toBeUndefined();
  });
});
