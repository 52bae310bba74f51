import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "aws-lambda";
import { parseEmailRules } from "../../../handlers/cognito/email-rule-settings";
import { cognitoTrigger, type Decide } from "../../../handlers/cognito/trigger";
import { writeMessage } from "../../../handlers/custom-message/custom-message";
import { confirmUser } from "../../../handlers/post-confirmation/post-confirmation";
import { decideSignUp } from "../../../handlers/pre-sign-up/pre-sign-up";
import { claimsFor } from "../../../handlers/pre-token-generation/pre-token-generation";
import { projectRoot } from "../../support/project";
import { DOCUMENTED_EVENTS, SUB } from "../support/cognito-events";
import { type LogRecord, withLog } from "../support/log-records";
import { MemoryAccounts } from "../support/memory-accounts";

const ACCOUNT = "11111111-2222-4333-8444-555555555555";
const page = readFileSync(join(projectRoot, "docs", "handlers.md"), "utf8");
const [, failedWords = ""] = /`failed` is what users read as "([^"]+)"/.exec(page.replaceAll("\n", " ")) ?? [];

/** Rows of one handler's table in the document: event, outcome, what the user reads. */
function rows(handler: string): [event: string, outcome: string, words: string][] {
  const [, section = ""] = page.split(`\n### ${handler}\n`);
  const [table = ""] = section.split("\n### ");
  const lines = table.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| event |"));
  return lines.map((line) => {
    const [, event = "", outcome = "", words = ""] = line.split("|").map((cell) => cell.trim());
    return [event, outcome, outcome === "failed" ? failedWords : words];
  });
}

function decisions(): Record<string, Decide<object>> {
  const accounts = new MemoryAccounts([[SUB, { accountId: ACCOUNT, role: "owner" }]]);
  const rules = parseEmailRules("example.com,kiosk.example", "refused");
  return {
    "pre-sign-up": (event) => decideSignUp(event, rules),
    "post-confirmation": (event, signal) => confirmUser(event, { store: accounts, newAccountId: () => ACCOUNT }, signal),
    "pre-token-generation": (event, signal) => claimsFor(event, { rules, store: accounts }, signal),
    "custom-message": (event) => writeMessage(event, { product: "Example", consoleUrl: "https://console.example.com" }),
  };
}

interface Answer {
  readonly outcome: string;
  readonly words: string;
  readonly record: LogRecord;
}

async function answerTo(name: string, event: unknown): Promise<Answer> {
  const decide = decisions()[name];
  if (decide === undefined) throw new Error(`there is no handler ${name}`);
  const handler = cognitoTrigger<{ response: object }>(name, () => decide);
  const { result, records } = await withLog(() =>
    handler(event as { response: object }, {} as Context).then(
      () => "",
      (error: Error) => error.message,
    ),
  );
  const [record = {}, ...more] = records;
  if (more.length > 0) throw new Error(`${name} wrote ${records.length} records for one event`);
  const rule = record["rule"] === undefined ? "" : `: ${record["rule"]}`;
  return { outcome: `${record["outcome"]}${rule}`, words: result, record };
}

/** Every text in a value, however deep, that is long enough to know somebody by. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return value.length > 3 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe.each(Object.entries(DOCUMENTED_EVENTS))("%s", (handler, events) => {
  test("has an event for every row of its table, and a row for every event", () => {
    expect(rows(handler).map(([event]) => event)).toEqual(Object.keys(events));
  });

  test.each(rows(handler))("answers as documented to %s", async (event, outcome, words) => {
    expect(await answerTo(handler, events[event])).toMatchObject({ outcome, words });
  });

  test.each(Object.entries(events))("logs nothing personal of %s", async (_name, event) => {
    const { record } = await answerTo(handler, event);
    const attributes = (event as { request?: { userAttributes?: unknown } } | null)?.request?.userAttributes;
    const log = texts(record).join("\n");
    for (const text of texts(attributes)) expect(log).not.toContain(text);
  });
});

test("a user reads nothing of how we work", () => {
  const words = Object.keys(DOCUMENTED_EVENTS).flatMap((handler) => rows(handler).map(([, , read]) => read));
  expect(failedWords).not.toBe("");
  for (const text of words) {
    expect(text).not.toMatch(/dynamo|table|aws|lambda|cognito|event|attribute|undefined|null|error/i);
    // Cognito ends the sentence.
    expect(text).not.toMatch(/[.!]$/);
  }
});
