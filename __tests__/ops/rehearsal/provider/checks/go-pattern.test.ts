import { factsOf } from "../../../../../ops/rehearsal/facts/facts";
import { goPattern } from "../../../../../ops/rehearsal/provider/checks/go-pattern";

describe("a pattern in Go's syntax", () => {
  test.each([
    ["^[[:alpha:]][[:alnum:]-]*\\z", "a-1", "1a"],
    ["(?i)^prod$", "PROD", "production"],
    ["^guard\\-2\\.x\\.x$", "guard-2.x.x", "guard-2xx"],
    ["^\\p{L}+$", "Ünïcode", "a1"],
    ["^(?P<first>a)b$", "ab", "ba"],
  ])("%s means the same in JavaScript", (pattern, match, other) => {
    expect(goPattern(pattern)?.test(match)).toBe(true);
    expect(goPattern(pattern)?.test(other)).toBe(false);
  });

  test.each(["^[[:graph:]]$", "\\Qa.b\\E", "(?U)a+", "("])("%s says something that JavaScript cannot, and is left out", (pattern) => {
    expect(goPattern(pattern)).toBeUndefined();
  });
});

test("every pattern in the table can be read", () => {
  const types = Object.values(factsOf("registry.terraform.io/hashicorp/aws")?.types ?? {});
  const patterns = types.flatMap(({ attributes }) => Object.values(attributes).flatMap(({ pattern }) => pattern ?? []));
  expect(patterns.length).toBeGreaterThan(50);
  expect(patterns.filter((pattern) => goPattern(pattern) === undefined)).toEqual([]);
});
