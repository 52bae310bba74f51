import { type Check, runChecks } from "../../../ops/validate/check";
import { finding } from "../../../ops/validate/finding";

const limits = { atOnce: 2, seconds: 0.2, signal: new AbortController().signal };

function check(what: string, look: Check["look"]): Check {
  return { part: "caches", heading: "cache-exists", what, look };
}

const well = (what: string) => check(what, async () => [finding("cache-exists", what, "is there")]);
const failing = (error: Error) => check("failing", async () => Promise.reject(error));
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe("checks", () => {
  test("tell what they found in their own order, whoever is done first", async () => {
    const slow = check("slow", async () => {
      await new Promise((done) => setTimeout(done, 50));
      return [finding("cache-exists", "slow", "is there")];
    });
    const findings = await runChecks([slow, well("quick"), well("last")], limits);
    expect(findings.map(({ what, part, verdict }) => [what, part, verdict])).toEqual([
      ["slow", "caches", "ok"],
      ["quick", "caches", "ok"],
      ["last", "caches", "ok"],
    ]);
  });

  test("never run more at a time than they may", async () => {
    let [now, most] = [0, 0];
    const counting = check("counting", async () => {
      most = Math.max(most, ++now);
      await new Promise((done) => setTimeout(done, 5));
      now--;
      return [];
    });
    await runChecks(Array<Check>(9).fill(counting), limits);
    expect(most).toBe(2);
  });

  test("that take too long are unknown, and hide nothing of the others", async () => {
    const findings = await runChecks([check("silent", () => new Promise(() => {})), well("other")], limits);
    expect(findings).toMatchObject([
      { verdict: "unknown", what: "silent", found: "no answer within 0.2 seconds", todo: expect.stringContaining("run again") },
      { verdict: "ok", what: "other" },
    ]);
  });

  test.each([
    [
      named("AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeServices on resource: y"),
      "these credentials may not ecs:DescribeServices",
    ],
    [named("UnauthorizedOperation", "You are not authorized."), "these credentials may not ask (UnauthorizedOperation)"],
    [
      Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" }),
      "AWS did not answer: connect ECONNREFUSED 127.0.0.1:1",
    ],
    [Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }), "AWS did not answer: AggregateError ECONNREFUSED"],
    [Object.assign(named("ThrottlingException", "Rate exceeded."), { $response: {} }), "AWS answers: Rate exceeded"],
  ])("that fail with %s are unknown, in a sentence", async (error, found) => {
    expect(await runChecks([failing(error), well("other")], limits)).toMatchObject([{ verdict: "unknown", found }, { verdict: "ok" }]);
  });

  test("do not take a mistake of this program for silence of AWS", async () => {
    await expect(runChecks([failing(new TypeError("undefined is not a function"))], limits)).rejects.toThrow("undefined is not a function");
  });

  test("stop when the operator interrupts", async () => {
    const interruption = new AbortController();
    const looked: string[] = [];
    const first = check("first", async () => {
      looked.push("first");
      interruption.abort(new Error("enough"));
      return [];
    });
    const second = check("second", async () => {
      looked.push("second");
      return [];
    });
    await expect(runChecks([first, second], { ...limits, atOnce: 1, signal: interruption.signal })).rejects.toThrow("enough");
    expect(looked).toEqual(["first"]);
  });
});
