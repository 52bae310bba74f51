import { randomPassword } from "../../../../../ops/rehearsal/provider/ephemeral/random-password";

const many = (rules: Parameters<typeof randomPassword>[0]): string[] => Array.from({ length: 50 }, () => randomPassword(rules));

describe("a generated password", () => {
  test("has 32 characters with every kind but spaces, unless it is told otherwise", () => {
    for (const password of many({})) {
      expect(password).toHaveLength(32);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9 ]/]) expect(password).toMatch(kind);
      expect(password).not.toContain(" ");
    }
  });

  test("leaves out what is excluded", () => {
    const rules = { length: 64, excludePunctuation: true, excludeUppercase: true, excludeCharacters: "abc012" };
    for (const password of many(rules)) expect(password).toMatch(/^[d-z3-9]{64}$/);
  });

  test("may hold spaces, and need not hold every kind", () => {
    expect(randomPassword({ length: 5, includeSpace: true })).toContain(" ");
    expect(randomPassword({ length: 1, requireEachIncludedType: false })).toHaveLength(1);
  });

  test("is another one each time", () => {
    expect(new Set(many({})).size).toBe(50);
  });

  test.each([
    [{ length: 0 }, "password_length: must be 1 to 4096, got 0"],
    [{ length: 3 }, "password_length: must be at least 4 to hold one character of each kind, got 3"],
    [
      { excludeLowercase: true, excludeUppercase: true, excludePunctuation: true, excludeCharacters: "0123456789" },
      "exclude_characters: leave nothing to choose from, with what else is excluded; allow some characters",
    ],
  ])("cannot be made of %j", (rules, message) => {
    expect(() => randomPassword(rules)).toThrow(message);
  });
});
