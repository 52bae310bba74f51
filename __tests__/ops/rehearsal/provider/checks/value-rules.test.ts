import type { AttributeFacts } from "../../../../../ops/rehearsal/facts/facts";
import { brokenRule } from "../../../../../ops/rehearsal/provider/checks/value-rules";

const skipped: string[] = [];
const rule = (facts: AttributeFacts, value: string | number | boolean): string | undefined =>
  brokenRule(facts, value, (pattern) => skipped.push(pattern));

describe("a value", () => {
  test.each<[AttributeFacts, string | number, string | undefined]>([
    [{ enum: ["EC2", "FARGATE"] }, "FARGATE", undefined],
    [{ enum: ["EC2", "FARGATE"] }, "fargate", "must be one of EC2 or FARGATE"],
    [{ enum: ["EC2", "FARGATE"], enumIgnoresCase: true }, "fargate", undefined],
    [{ enum: [60, 600] }, 60, undefined],
    [{ enum: ["Sum"], orPattern: "^p\\d+$" }, "p99", undefined],
    [{ enum: ["Sum"], orPattern: "^p\\d+$" }, "q99", "must be Sum"],
    [{ range: [1, 35] }, 35, undefined],
    [{ range: [1, 35] }, 36, "must be 1 to 35"],
    [{ range: [7, 30], alsoAllowed: [0] }, 0, undefined],
    [{ range: [7, 30], alsoAllowed: [0] }, 6, "must be 7 to 30 or 0"],
    [{ range: [0, null] }, -1, "must be at least 0"],
    [{ range: [0, 1440] }, "90", undefined],
    [{ range: [0, 1440] }, "soon", "must be 0 to 1440"],
    [{ maxLength: 3 }, "äöü", undefined],
    [{ maxLength: 3 }, "abcd", "must be at most 3 characters long and has 4"],
    [{ minLength: 2 }, "a", "must be at least 2 characters long and has 1"],
    [{ pattern: "^[a-z]+$" }, "A", "must match ^[a-z]+$"],
    [{ pattern: "[0-9]" }, "a1b", undefined],
    [{ format: "json" }, "[", "must be JSON"],
  ])("under %j: %j breaks %j", (facts, value, expected) => {
    expect(rule(facts, value)).toBe(expected);
  });

  test("passes a pattern that JavaScript cannot read, and that is reported", () => {
    expect(rule({ pattern: "[[:graph:]]" }, "x")).toBeUndefined();
    expect(skipped).toEqual(["[[:graph:]]"]);
  });
});
