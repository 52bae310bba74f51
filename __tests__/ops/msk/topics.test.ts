import { LambdaClient } from "@aws-sdk/client-lambda";
import type { KafkaTopicsFact } from "../../../constructs/base/inventory-facts";
import { OperatorError } from "../../../ops/cli/operator-error";
import { applyTopics, planTopics } from "../../../ops/msk/topics";
import type { TopicStep, TopicsAnswer } from "../../../ops/msk/topics-answer";
import type { TopicsDesk } from "../../../ops/msk/topics-function";
import { LambdaEndpoint, type LambdaReply } from "../../support/lambda-endpoint";
import { fakeContext } from "../support/fake-context";
import { inventory } from "../support/inventories";

const FACT: KafkaTopicsFact = {
  kind: "kafkaTopics",
  id: "Topics",
  cluster: "shop-events",
  function: "shop-topics",
  timeoutSeconds: 120,
  topics: [{ name: "orders", partitions: 6, replicas: 3, settings: { "retention.ms": "1" } }],
};

const CREATE: TopicStep = { kind: "create", topic: "orders", partitions: 6, replicas: 3, settings: { "retention.ms": "1" } };
const DELETE: TopicStep = { kind: "delete", topic: "old", partitions: 1 };
const REFUSAL =
  "topic orders: replicas must stay 3, as only a reassignment of its partitions changes them, got 2; keep 3, or reassign first";

function answer(change: Partial<Omit<TopicsAnswer, "plan">> & { plan?: Partial<TopicsAnswer["plan"]> } = {}): TopicsAnswer {
  const { plan = {}, ...rest } = change;
  const outcome = plan.refusals === undefined ? "planned" : "refused";
  return { version: 1, outcome, results: [], ...rest, plan: { id: "0123", steps: [], kept: [], refusals: [], ...plan } };
}

const endpoints: LambdaEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of endpoints.splice(0)) await endpoint.stop();
});

/** A desk whose function gives the given replies, one after the other. */
async function deskWith(...replies: LambdaReply[]): Promise<TopicsDesk & { readonly endpoint: LambdaEndpoint }> {
  const left = [...replies];
  const endpoint = await LambdaEndpoint.start(() => left.shift() ?? "absent");
  endpoints.push(endpoint);
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new LambdaClient({ region: "eu-west-1", endpoint: endpoint.url, credentials, maxAttempts: 1 });
  return { inventory: inventory("shop-dev", FACT), fact: FACT, client, signal: new AbortController().signal, endpoint };
}

const plain = { allowDelete: false, json: false };

/** The sentence and the status that an operator gets. */
async function refusal(work: Promise<void>): Promise<{ message: string; exitCode: number }> {
  const error: unknown = await work.catch((thrown) => thrown);
  if (!(error instanceof OperatorError)) throw new Error(`expected a sentence for an operator, got ${String(error)}`);
  return { message: error.message, exitCode: error.exitCode };
}

describe("ops msk topics plan", () => {
  test("asks the root's function, in the root's account, for a plan of the topics that config/ has", async () => {
    const desk = await deskWith({ result: answer() });
    await planTopics(desk, fakeContext(), { allowDelete: true, json: false });
    expect(desk.endpoint.calls).toEqual([
      {
        functionName: "arn:aws:lambda:eu-west-1:111111111111:function:shop-topics",
        event: { action: "plan", allowDelete: true, topics: FACT.topics },
      },
    ]);
  });

  test("says so when there is nothing to do", async () => {
    const context = fakeContext();
    await planTopics(await deskWith({ result: answer() }), context, plain);
    expect(context).toMatchObject({ printed: ["every topic is as config/ has it"], errors: [], exitCode: 0 });
  });

  test("shows every kind of change, and what stays though nobody wants it", async () => {
    const context = fakeContext();
    const steps: TopicStep[] = [
      CREATE,
      { kind: "addPartitions", topic: "clicks", from: 3, to: 6 },
      {
        kind: "alterSettings",
        topic: "clicks",
        changes: [
          { setting: "retention.ms", from: "1", to: null },
          { setting: "segment.ms", from: null, to: "2" },
        ],
      },
      DELETE,
    ];
    await planTopics(await deskWith({ result: answer({ plan: { steps, kept: [{ topic: "stray", partitions: 2 }] } }) }), context, plain);
    const rows = context.printed
      .join("\n")
      .split("\n")
      .filter((line) => line.startsWith("│"));
    expect(
      rows.map((row) =>
        row
          .split("│")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ["topic", "change", "to"],
      ["orders", "create", "6 partitions"],
      ["", "", "3 replicas"],
      ["", "", "retention.ms=1"],
      ["clicks", "add partitions", "3 to 6; from then on keys go to other partitions"],
      ["clicks", "change settings", "retention.ms: 1 to default"],
      ["", "", "segment.ms: default to 2"],
      ["old", "DELETE", "1 partition, with their messages"],
      ["stray", "keep", "2 partitions; it is not in config/, and --allow-delete would delete it"],
    ]);
    expect(context.exitCode).toBe(0);
  });

  test("is one JSON document for scripts", async () => {
    const context = fakeContext();
    const given = answer({ plan: { steps: [CREATE] } });
    await planTopics(await deskWith({ result: given }), context, { ...plain, json: true });
    expect(context.printed).toHaveLength(1);
    expect(JSON.parse(context.printed[0] ?? "")).toEqual({ ...given, root: "shop-dev", cluster: "shop-events" });
  });

  test.each([true, false])("ends with status 2 and a sentence for what cannot be (JSON: %s)", async (json) => {
    const context = fakeContext();
    await planTopics(await deskWith({ result: answer({ plan: { refusals: [REFUSAL] } }) }), context, { ...plain, json });
    expect(context).toMatchObject({ errors: [REFUSAL], exitCode: 2 });
  });
});

describe("ops msk topics apply", () => {
  const run = { ...plain, yes: false };
  const done = (topic: string, kind: TopicStep["kind"]) => ({ topic, kind, done: true as const });

  test("shows the plan, then applies that plan and no other", async () => {
    const context = fakeContext();
    const planned = answer({ plan: { steps: [CREATE] } });
    const desk = await deskWith({ result: planned }, { result: { ...planned, outcome: "applied", results: [done("orders", "create")] } });
    await applyTopics(desk, context, run);
    expect(desk.endpoint.calls.map(({ event }) => event)).toEqual([
      { action: "plan", allowDelete: false, topics: FACT.topics },
      { action: "apply", allowDelete: false, plan: "0123", topics: FACT.topics },
    ]);
    expect(context.printed[0]).toContain("6 partitions");
    expect(context.printed.slice(1)).toEqual(["orders: created"]);
    expect(context.exitCode).toBe(0);
  });

  test("does nothing when config/ asks for something that cannot be", async () => {
    const context = fakeContext();
    const desk = await deskWith({ result: answer({ plan: { steps: [CREATE], refusals: [REFUSAL] } }) });
    await applyTopics(desk, context, { ...run, json: true });
    expect(desk.endpoint.calls).toHaveLength(1);
    expect(JSON.parse(context.printed[0] ?? "")).toMatchObject({ outcome: "refused" });
    expect(context).toMatchObject({ errors: [REFUSAL], exitCode: 2 });
  });

  test("asks before it deletes, and takes no for an answer", async () => {
    const asked: string[] = [];
    const confirm = async (question: string) => {
      asked.push(question);
      return false;
    };
    const desk = await deskWith({ result: answer({ plan: { steps: [CREATE, DELETE] } }) });
    expect(await refusal(applyTopics(desk, fakeContext({ confirm }), { ...run, allowDelete: true }))).toEqual({
      message: "nothing was changed",
      exitCode: 2,
    });
    expect(asked).toEqual(["Delete old from shop-events, with all messages?"]);
    expect(desk.endpoint.calls).toHaveLength(1);
  });

  test("does not ask with --yes, and asks nothing when nothing is deleted", async () => {
    const planned = answer({ plan: { steps: [DELETE] } });
    const desk = await deskWith({ result: planned }, { result: { ...planned, outcome: "applied", results: [done("old", "delete")] } });
    const context = fakeContext();
    await applyTopics(desk, context, { ...run, allowDelete: true, yes: true });
    expect(context.printed.at(-1)).toBe("old: deleted");
  });

  test("ends with status 1 and a sentence for each step that failed", async () => {
    const context = fakeContext();
    const planned = answer({ plan: { steps: [CREATE] } });
    const because = "creating topic clicks failed: Kafka answers INVALID_CONFIG; correct the topic's settings in config/ and deploy";
    const results = [done("orders", "create"), { topic: "clicks", kind: "create" as const, done: false as const, because }];
    await applyTopics(await deskWith({ result: planned }, { result: { ...planned, outcome: "failed", results } }), context, run);
    expect(context.printed.slice(1)).toEqual(["orders: created"]);
    expect(context).toMatchObject({ errors: [because], exitCode: 1 });
  });

  test("is refused when the topics have changed since the plan", async () => {
    const planned = answer({ plan: { steps: [CREATE] } });
    const desk = await deskWith({ result: planned }, { result: { ...planned, outcome: "outdated" } });
    expect(await refusal(applyTopics(desk, fakeContext(), run))).toEqual({
      message: "the topics of shop-events have changed since the plan was made, so nothing was done; run again",
      exitCode: 2,
    });
  });
});

describe("a function that cannot answer", () => {
  test.each<[string, LambdaReply, string, number]>([
    ["is not there", "absent", "there is no function shop-topics in eu-west-1 of account 111111111111; deploy shop-dev first", 2],
    [
      "says in a sentence what is wrong",
      { thrown: { errorType: "TopicsError", errorMessage: "no broker can be reached: b-1:9098 does not answer; see …", trace: [] } },
      "no broker can be reached: b-1:9098 does not answer; see …",
      1,
    ],
    [
      "is ended by Lambda",
      { thrown: { errorType: "Sandbox.Timedout", errorMessage: "RequestId: 1 Error: Task timed out after 120.00 seconds" } },
      "function shop-topics failed: RequestId: 1 Error: Task timed out after 120.00 seconds; read its log group /aws/lambda/shop-topics, then plan again",
      1,
    ],
    [
      "breaks with several lines",
      { thrown: { errorType: "Error", errorMessage: "Cannot find module 'x'\nRequire stack:\n- /var/task/index.js" } },
      "function shop-topics failed: Cannot find module 'x' Require stack: - /var/task/index.js; read its log group /aws/lambda/shop-topics, then plan again",
      1,
    ],
    [
      "breaks without a word",
      { thrown: "oops" },
      "function shop-topics failed: it does not say why; read its log group /aws/lambda/shop-topics, then plan again",
      1,
    ],
    [
      "is of another release",
      { result: { version: 2 } },
      "function shop-topics answers in a form that this release does not know; deploy shop-dev and run again",
      1,
    ],
  ])("and %s is one sentence", async (_how, reply, message, exitCode) => {
    expect(await refusal(planTopics(await deskWith(reply), fakeContext(), plain))).toEqual({ message, exitCode });
  });

  test("is not waited for when the operator interrupts", async () => {
    const desk = await deskWith({ result: answer() });
    const interruption = new Error("interrupted");
    await expect(planTopics({ ...desk, signal: AbortSignal.abort(interruption) }, fakeContext(), plain)).rejects.toBe(interruption);
  });
});
