import { absent, finding } from "../../../ops/validate/finding";
import { reportDocument, reportLines } from "../../../ops/validate/report";
import { nothingIsThere } from "../../../ops/validate/validate";
import { inventory } from "../support/inventories";

const FINDINGS = [
  { part: "caches", ...finding("cache-available", "cache a: status", "available") },
  { part: "caches", ...absent("cache-exists", "cache b", "deploy shop-dev") },
  {
    part: "functions",
    verdict: "unknown",
    what: "function c",
    found: "no answer within 20 seconds",
    todo: "run again",
    heading: "function",
  },
] as const;

describe("a report", () => {
  test("groups its lines by part, says of each what was found and what to do, and counts", () => {
    expect(reportLines("shop-dev", FINDINGS)).toEqual([
      "caches",
      "  ok       cache a: status  available",
      "  wrong    cache b  does not exist  deploy shop-dev; docs/runbooks/validate.md#cache-exists",
      "",
      "functions",
      "  unknown  function c  no answer within 20 seconds  run again; docs/runbooks/validate.md#function",
      "",
      "shop-dev: 1 ok, 1 wrong, 1 unknown",
    ]);
  });

  test("for scripts has the same, and the runbook of each finding", () => {
    expect(reportDocument(inventory("shop-dev"), FINDINGS)).toMatchObject({
      version: 1,
      root: "shop-dev",
      accountId: "111111111111",
      region: "eu-west-1",
      summary: { ok: 1, wrong: 1, unknown: 1 },
      findings: [
        {
          part: "caches",
          verdict: "ok",
          what: "cache a: status",
          found: "available",
          todo: "",
          runbook: "docs/runbooks/validate.md#cache-available",
        },
        { verdict: "wrong", todo: "deploy shop-dev", runbook: "docs/runbooks/validate.md#cache-exists" },
        { verdict: "unknown", runbook: "docs/runbooks/validate.md#function" },
      ],
    });
  });

  test("knows a root of which nothing is there, from one that lacks something", () => {
    expect(nothingIsThere(FINDINGS)).toBe(false);
    expect(nothingIsThere([FINDINGS[1]])).toBe(true);
    expect(nothingIsThere([])).toBe(false);
  });
});
