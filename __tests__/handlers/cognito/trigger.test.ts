import { createHash } from "node:crypto";
import type { Context } from "aws-lambda";
import { Refusal } from "../../../handlers/cognito/refusal";
import { cognitoTrigger, DEADLINE_MS } from "../../../handlers/cognito/trigger";
import { Fault } from "../../../handlers/fault";
import { cognitoEvent, SUB } from "../support/cognito-events";
import { type LogRecord, withLog } from "../support/log-records";

const WORDS = "This did not work; please try again in a few minutes, and write to support if it still does not";
const CONTEXT = { functionName: "dev-greet", awsRequestId: "request-1" } as Context;
const event = cognitoEvent("Greet_User", { sub: SUB, email: "a.user@example.com" });

interface Outcome {
  readonly answer: unknown;
  readonly words: string;
  readonly records: LogRecord[];
}

async function run(prepare: Parameters<typeof cognitoTrigger>[1], given: { readonly response: object } = event): Promise<Outcome> {
  const { result, records } = await withLog(() =>
    cognitoTrigger("greet", prepare)(given, CONTEXT).then(
      (answer) => ({ answer, words: "" }),
      (error: Error) => ({ answer: undefined, words: `${error.name}: ${error.message}` }),
    ),
  );
  return { ...result, records };
}

const throwing = (error: unknown) => () => () => {
  throw error;
};

describe("a trigger", () => {
  test("gives Cognito its event back, with the answer beside what the response held", async () => {
    const { answer } = await run(() => () => ({ allowed: true }), { ...event, response: { before: 1 } });
    expect(answer).toEqual({ ...event, response: { before: 1, allowed: true } });
  });

  test("leaves one record: which trigger, which outcome, and a mark that only somebody with the id can make", async () => {
    const { records } = await run(() => () => ({}));
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      level: "INFO",
      service: "greet",
      trigger: "Greet_User",
      outcome: "allowed",
      function_request_id: "request-1",
      user: createHash("sha256").update(SUB).digest("hex").slice(0, 12),
    });
  });

  test("refuses in the words of the decision, and takes that for no failure", async () => {
    const { words, records } = await run(throwing(new Refusal("greeting", "Please greet first")));
    expect(words).toBe("Refusal: Please greet first");
    expect(records).toEqual([expect.objectContaining({ level: "INFO", outcome: "refused", rule: "greeting" })]);
  });

  test("tells the log, and not the user, of a fault of ours", async () => {
    const { words, records } = await run(throwing(new Fault("the item has no account")));
    expect(words).toBe(`Refusal: ${WORDS}`);
    expect(records).toEqual([
      expect.objectContaining({ level: "ERROR", outcome: "failed", error: "Fault", says: "the item has no account" }),
    ]);
  });

  test("keeps the message of a foreign error to itself: it may quote the event", async () => {
    const { words, records } = await run(throwing(new TypeError("cannot read a.user@example.com")));
    expect(words).toBe(`Refusal: ${WORDS}`);
    expect(records[0]).toMatchObject({
      outcome: "failed",
      error: "TypeError",
      at: [expect.stringMatching(/^at .*trigger\.test\.ts/), ...anything(records)],
    });
    expect(JSON.stringify(records)).not.toContain("a.user");
  });

  test("fails closed on whatever is thrown", async () => {
    const { words, records } = await run(throwing("a.user@example.com"));
    expect(words).toBe(`Refusal: ${WORDS}`);
    expect(records[0]).toMatchObject({ outcome: "failed", error: "string" });
    expect(JSON.stringify(records)).not.toContain("a.user");
  });

  test("fails closed, event by event, when it cannot start, and says why in the log", async () => {
    const { words, records } = await run(() => {
      throw new Error("environment variable DOMAINS is not set");
    });
    expect(words).toBe(`Refusal: ${WORDS}`);
    expect(records[0]).toMatchObject({ outcome: "failed", says: "environment variable DOMAINS is not set" });
  });

  test("starts once for all events", async () => {
    let starts = 0;
    const handler = cognitoTrigger("greet", () => {
      starts++;
      return () => ({});
    });
    await withLog(() => Promise.all([handler(event, CONTEXT), handler(event, CONTEXT)]));
    expect(starts).toBe(1);
  });

  test.each([
    ["a trigger that is no word", { ...event, triggerSource: "a.user@example.com" }],
    ["a trigger that is too long", { ...event, triggerSource: "a".repeat(65) }],
    ["a user without an id", cognitoEvent("", { sub: "a.user@example.com" })],
  ])("says nothing in the log of %s", async (_what, given) => {
    const { records } = await run(() => () => ({}), given);
    expect(records[0]).not.toHaveProperty("trigger");
    expect(JSON.stringify(records)).not.toContain("a.user");
  });
});

describe("the deadline of a trigger", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("ends a decision that does not come, and tells the work to stop", async () => {
    let stopped = false;
    const outcome = run(() => (_event, signal) => {
      signal.addEventListener("abort", () => {
        stopped = true;
      });
      return new Promise(() => undefined);
    });
    await jest.advanceTimersByTimeAsync(DEADLINE_MS);
    const { words, records } = await outcome;
    expect(words).toBe(`Refusal: ${WORDS}`);
    expect(records[0]).toMatchObject({ outcome: "failed", says: "no decision within 3000 ms" });
    expect(stopped).toBe(true);
  });

  test("lets a decision pass that comes a millisecond before", async () => {
    const outcome = run(() => () => new Promise((done) => setTimeout(() => done({}), DEADLINE_MS - 1)));
    await jest.advanceTimersByTimeAsync(DEADLINE_MS - 1);
    expect((await outcome).records[0]).toMatchObject({ outcome: "allowed" });
    expect(jest.getTimerCount()).toBe(0);
  });
});

/** The rest of a stack trace, whose length is Node's own business. */
function anything([record]: LogRecord[]): unknown[] {
  const frames = record?.["at"];
  return Array.isArray(frames) ? frames.slice(1).map(() => expect.stringMatching(/^at /)) : [];
}
