import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { DynamoAccountStore } from "../../../handlers/accounts/dynamo-account-store";
import { dynamoClient } from "../../../handlers/accounts/dynamo-client";
import { cognitoTrigger } from "../../../handlers/cognito/trigger";
import { confirmUser } from "../../../handlers/post-confirmation/post-confirmation";
import { claimsFor } from "../../../handlers/pre-token-generation/pre-token-generation";
import { freePort } from "../../support/free-port";
import { cognitoEvent, SUB } from "../support/cognito-events";
import { FAULTS, type FaultName, FaultyDynamo } from "../support/faulty-dynamo";
import { type LogRecord, withLog } from "../support/log-records";

// The SDK says on its first use which Node its later releases want, among the log's records.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html */
const COGNITO_WAITS_MS = 5000;
const WORDS = "This did not work; please try again in a few minutes, and write to support if it still does not";

const EVENTS = {
  "post-confirmation": cognitoEvent("PostConfirmation_ConfirmSignUp", { sub: SUB }),
  "pre-token-generation": cognitoEvent("TokenGeneration_Authentication", { sub: SUB, email: "a.user@example.com" }, { version: "2" }),
} as const;
type HandlerName = keyof typeof EVENTS;
const HANDLERS = Object.keys(EVENTS) as HandlerName[];

const NOWHERE = "is not there";
type Fault = FaultName | typeof NOWHERE;
const ALL_FAULTS: readonly Fault[] = [...(Object.keys(FAULTS) as FaultName[]), NOWHERE];

interface Call {
  readonly words: string;
  readonly record: LogRecord | undefined;
  readonly requests: number;
}

const calls = new Map<string, Call>();
/** A handler as its own wiring makes it, but for where the table is. */
function wire(name: HandlerName, endpoint: string): (event: { response: object }, context: Context) => Promise<unknown> {
  const client = dynamoClient({ endpoint, region: "eu-west-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
  const store = new DynamoAccountStore(client, "UsersAccountsTable", () => new Date());
  return cognitoTrigger(name, () =>
    name === "post-confirmation"
      ? (event, signal) => confirmUser(event, { store, newAccountId: randomUUID }, signal)
      : (event, signal) => claimsFor(event, { rules: { domains: "any", plusAddresses: "allowed" }, store }, signal),
  );
}

/** Calls a handler, and hangs up when Cognito would. */
async function call(name: HandlerName, fault: Fault): Promise<{ words: string; requests: number }> {
  const dynamo = fault === NOWHERE ? undefined : await FaultyDynamo.start(fault);
  const handler = wire(name, dynamo?.url ?? `http://127.0.0.1:${await freePort()}`);
  let timer: NodeJS.Timeout | undefined;
  const hangUp = new Promise<string>((done) => {
    timer = setTimeout(() => done("Cognito has hung up"), COGNITO_WAITS_MS);
  });
  const answer = handler(EVENTS[name], { awsRequestId: `${name} ${fault}` } as Context).then(
    () => "allowed",
    (error: Error) => error.message,
  );
  const words = await Promise.race([answer, hangUp]);
  clearTimeout(timer);
  await dynamo?.stop();
  return { words, requests: dynamo?.requests ?? 0 };
}

// All at once, as most of them take their time.
beforeAll(async () => {
  const each = HANDLERS.flatMap((name) => ALL_FAULTS.map((fault) => ({ name, fault })));
  const { result, records } = await withLog(() => Promise.all(each.map(({ name, fault }) => call(name, fault))));
  each.forEach(({ name, fault }, index) => {
    const { words, requests } = result[index] ?? { words: "not called", requests: 0 };
    const record = records.find(({ function_request_id: id }) => id === `${name} ${fault}`);
    calls.set(`${name} ${fault}`, { words, requests, record });
  });
}, 60_000);

describe.each(HANDLERS)("%s, when the table", (name) => {
  test.each(ALL_FAULTS)("%s: answers before Cognito hangs up, and fails closed", (fault) => {
    expect(calls.get(`${name} ${fault}`)).toMatchObject({ words: WORDS, record: { outcome: "failed" } });
  });

  test("throttles every request: asks twice and no more", () => {
    expect(calls.get(`${name} throttles every request`)?.requests).toBe(2);
  });

  test("accepts the request and says nothing: asks twice and no more", () => {
    expect(calls.get(`${name} accepts the request and says nothing`)?.requests).toBe(2);
  });

  test("refuses the function's role: asks once, and says so without naming it", () => {
    const { record, requests } = calls.get(`${name} refuses the function's role`) ?? {};
    expect(requests).toBe(1);
    expect(record).toMatchObject({ error: "AccessDeniedException" });
    expect(JSON.stringify(record)).not.toContain("111111111111");
  });
});

test("post-confirmation tries again, until the deadline, what was cancelled because of another transaction", () => {
  expect(calls.get("post-confirmation cancels every transaction because of another")?.requests).toBeGreaterThan(2);
});
