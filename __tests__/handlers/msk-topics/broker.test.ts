import { createServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { TopicsAnswer } from "../../../handlers/msk-topics/run-topics";
import type { WantedTopic } from "../../../handlers/msk-topics/topic-model";
import { freePort } from "../../support/free-port";
import { KAFKA_NEEDS, KafkaBroker } from "../../support/kafka/kafka-broker";
import { type Invocation, TopicsFunction } from "../../support/kafka/topics-function";
import { describeWith } from "../../support/needs";

// A broker starts in some seconds, and every invocation is a new process.
jest.setTimeout(180_000);

const ORDERS: WantedTopic = {
  name: "orders",
  partitions: 3,
  replicas: 1,
  settings: { "cleanup.policy": "delete", "retention.ms": "86400000" },
};
const CLICKS: WantedTopic = { name: "clicks", partitions: 1, replicas: 1, settings: {} };

describeWith(KAFKA_NEEDS, "msk-topics, as it is deployed, against a real broker", () => {
  let broker: KafkaBroker;
  let deployed: TopicsFunction;

  beforeAll(async () => {
    deployed = new TopicsFunction();
    broker = await KafkaBroker.start();
  });

  afterAll(() => broker?.stop());

  const ask = (
    action: "plan" | "apply",
    topics: readonly WantedTopic[],
    more: { readonly allowDelete?: boolean; readonly plan?: string } = {},
    env = broker.env(),
  ): Promise<Invocation<TopicsAnswer>> => deployed.invoke({ action, topics, ...more }, env);

  /** The plan for some topics, without its id. */
  const planned = async (...topics: readonly WantedTopic[]) => {
    const { answer } = await ask("plan", topics);
    if (answer === undefined) throw new Error("there is no answer");
    const { id: _id, ...plan } = answer.plan;
    return plan;
  };

  test("a plan for an empty cluster makes every topic, and does nothing yet", async () => {
    const create = {
      steps: [
        { kind: "create", topic: "clicks", partitions: 1, replicas: 1, settings: {} },
        { kind: "create", topic: "orders", partitions: 3, replicas: 1, settings: ORDERS.settings },
      ],
      kept: [],
      refusals: [],
    };
    expect(await planned(ORDERS, CLICKS)).toEqual(create);
    expect(await planned(ORDERS, CLICKS)).toEqual(create);
  });

  test("applying it makes the topics, and writes each down", async () => {
    const { answer, log } = await ask("apply", [ORDERS, CLICKS]);
    expect(answer).toMatchObject({
      outcome: "applied",
      results: [
        { topic: "clicks", kind: "create", done: true },
        { topic: "orders", kind: "create", done: true },
      ],
    });
    const records = log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records).toMatchObject([
      { level: "INFO", message: "changed a topic", topic: "clicks", done: true },
      { level: "INFO", message: "changed a topic", topic: "orders", done: true },
    ]);
  });

  test("applying it again does nothing", async () => {
    const { answer, log } = await ask("apply", [ORDERS, CLICKS]);
    expect(answer).toMatchObject({ outcome: "applied", plan: { steps: [], kept: [], refusals: [] }, results: [] });
    expect(log).toBe("");
  });

  test("settings change, come and go back to the cluster's own, and partitions are added", async () => {
    const changed = { ...ORDERS, partitions: 5, settings: { "retention.ms": "3600000", "max.message.bytes": "2000000" } };
    const steps = [
      { kind: "addPartitions", topic: "orders", from: 3, to: 5 },
      {
        kind: "alterSettings",
        topic: "orders",
        changes: [
          { setting: "cleanup.policy", from: "delete", to: null },
          { setting: "max.message.bytes", from: null, to: "2000000" },
          { setting: "retention.ms", from: "86400000", to: "3600000" },
        ],
      },
    ];
    expect(await planned(changed, CLICKS)).toEqual({ steps, kept: [], refusals: [] });
    expect((await ask("apply", [changed, CLICKS])).answer).toMatchObject({ outcome: "applied", plan: { steps } });
    expect(await planned(changed, CLICKS)).toEqual({ steps: [], kept: [], refusals: [] });
  });

  test("fewer partitions and other replicas are refused, and nothing else is done with them", async () => {
    const { answer } = await ask("apply", [{ ...ORDERS, partitions: 2, replicas: 2 }, CLICKS, { ...CLICKS, name: "new" }]);
    expect(answer).toMatchObject({ outcome: "refused", results: [] });
    expect(answer?.plan.refusals).toEqual([
      "topic orders: partitions must not go under the 5 that it has, as Kafka takes none away, got 2; keep 5, or make another topic and move to it",
      "topic orders: replicas must stay 1, as only a reassignment of its partitions changes them, got 2; keep 1, or reassign first",
    ]);
    expect((await planned(CLICKS)).kept).toEqual([{ topic: "orders", partitions: 5 }]);
  });

  test("a topic that nobody wants is listed, and stays without the flag", async () => {
    const { answer } = await ask("apply", [CLICKS]);
    expect(answer).toMatchObject({ outcome: "applied", plan: { steps: [], kept: [{ topic: "orders", partitions: 5 }] }, results: [] });
    expect((await planned(CLICKS)).kept).toEqual([{ topic: "orders", partitions: 5 }]);
  });

  test("a plan that is not the one that was shown is not applied", async () => {
    const shown = (await ask("plan", [CLICKS], { allowDelete: true })).answer?.plan.id ?? "";
    const { answer } = await ask("apply", [CLICKS, { ...CLICKS, name: "late" }], { allowDelete: true, plan: shown });
    expect(answer).toMatchObject({ outcome: "outdated", results: [] });
    expect(await planned(CLICKS)).toEqual({ steps: [], kept: [{ topic: "orders", partitions: 5 }], refusals: [] });
  });

  test("with the flag it is deleted, by the plan that was shown", async () => {
    const shown = (await ask("plan", [CLICKS], { allowDelete: true })).answer?.plan;
    expect(shown).toMatchObject({ steps: [{ kind: "delete", topic: "orders", partitions: 5 }], kept: [] });
    const { answer } = await ask("apply", [CLICKS], { allowDelete: true, plan: shown?.id });
    expect(answer).toMatchObject({ outcome: "applied", results: [{ topic: "orders", kind: "delete", done: true }] });
    expect(await planned(CLICKS)).toEqual({ steps: [], kept: [], refusals: [] });
  });

  test("topics of Kafka's own and of MSK's are in no plan, also where everything else may be deleted", async () => {
    broker.makeTopics("__consumer_offsets", "__amazon_msk_canary");
    const { answer } = await ask("plan", [CLICKS], { allowDelete: true });
    expect(answer?.plan).toMatchObject({ steps: [], kept: [], refusals: [] });
    expect(await planned(CLICKS)).toEqual({ steps: [], kept: [], refusals: [] });
  });

  test("what Kafka refuses fails with its own words, and the rest is done", async () => {
    const { answer } = await ask("apply", [
      CLICKS,
      { ...CLICKS, name: "fits" },
      { ...CLICKS, name: "too-wide", replicas: 3 },
      { ...CLICKS, name: "unreadable", settings: { "retention.ms": "soon" } },
      { ...CLICKS, name: "unknown", settings: { "no.such.setting": "1" } },
    ]);
    expect(answer?.outcome).toBe("failed");
    const wording = Object.fromEntries(answer?.results.map((result) => [result.topic, result.done || result.because]) ?? []);
    expect(wording).toEqual({
      fits: true,
      "too-wide": expect.stringMatching(
        /^creating topic too-wide failed: Kafka answers INVALID_REPLICATION_FACTOR \(.*only 1 broker.*\); write no more replicas than there are brokers up$/,
      ),
      unreadable: expect.stringMatching(
        /^creating topic unreadable failed: Kafka answers INVALID_CONFIG \(.*soon.*\); correct the topic's settings in config\/ and deploy$/,
      ),
      unknown: expect.stringMatching(/^creating topic unknown failed: Kafka answers INVALID_CONFIG \(.*no\.such\.setting\);/),
    });
    expect((await planned()).kept.map(({ topic }) => topic)).toEqual(["clicks", "fits"]);
  });

  test("whoever may not see the topics is refused each change, one by one", async () => {
    const { answer } = await ask("apply", [CLICKS], {}, broker.env("stranger"));
    expect(answer).toMatchObject({
      outcome: "failed",
      results: [
        {
          done: false,
          because:
            "creating topic clicks failed: Kafka answers TOPIC_AUTHORIZATION_FAILED (Authorization failed); the function's role has the topics of the last deployment: deploy before a topic is made, and after one is deleted",
        },
      ],
    });
  });

  describe("without a way in", () => {
    const listeners: Server[] = [];
    afterAll(() => {
      for (const server of listeners) server.close();
    });

    /** A port that takes connections and never says a word. */
    const silentPort = async (): Promise<number> => {
      const port = await freePort();
      const server = createServer((socket) => socket.on("error", () => {})).listen(port, "127.0.0.1");
      // What is still open when the tests end is not waited for.
      server.unref();
      listeners.push(server);
      return port;
    };

    test("credentials that MSK does not accept are a sentence", async () => {
      const invocation = await ask("plan", [CLICKS], {}, { ...broker.env(), AWS_SECRET_ACCESS_KEY: "not-the-secret" });
      expect(invocation).toMatchObject({
        errorType: "TopicsError",
        errorMessage: `broker ${broker.bootstrap} does not accept the function's IAM credentials; see to it that its role has kafka-cluster:Connect on this cluster, and run again`,
      });
    });

    test("brokers that refuse, and brokers that nobody can trust, are named with their reasons", async () => {
      const closed = `localhost:${await freePort()}`;
      const { NODE_EXTRA_CA_CERTS: _trusted, ...env } = broker.env();
      const invocation = await ask("plan", [CLICKS], {}, { ...env, KAFKA_BROKERS: `${closed},${broker.bootstrap}` });
      expect(invocation).toMatchObject({
        errorType: "TopicsError",
        errorMessage: `no broker can be reached: ${closed} fails with ECONNREFUSED, ${broker.bootstrap} fails with DEPTH_ZERO_SELF_SIGNED_CERT; see that the cluster is active and lets the function's security group in, and run again`,
      });
    });

    test("a broker that hangs up during the login is not taken for one that says no", async () => {
      const port = await freePort();
      const server = createTlsServer(broker.identity, (socket) => socket.once("data", () => socket.destroy()));
      listeners.push(server.listen(port, "127.0.0.1"));
      const invocation = await ask("plan", [CLICKS], {}, { ...broker.env(), KAFKA_BROKERS: `localhost:${port}` });
      expect(invocation).toMatchObject({
        errorType: "TopicsError",
        errorMessage: `no broker can be reached: localhost:${port} hangs up during the login; see that the cluster is active and lets the function's security group in, and run again`,
      });
    });

    test("a broker that does not answer is left for the next one", async () => {
      const env = { ...broker.env(), KAFKA_BROKERS: `localhost:${await silentPort()},${broker.bootstrap}` };
      expect((await ask("plan", [CLICKS], {}, env)).answer?.outcome).toBe("planned");
    });

    test("a broker that never answers ends with a sentence before Lambda's own limit does", async () => {
      const env = { ...broker.env(), KAFKA_BROKERS: `localhost:${await silentPort()}` };
      const invocation = await deployed.invoke({ action: "plan", topics: [] }, env, 3000);
      expect(invocation).toMatchObject({
        errorType: "TopicsError",
        errorMessage: "Kafka was not done within 2 seconds; see docs/runbooks/kafka.md#topics, then plan again to see what is left",
      });
    });
  });

  test.each([
    ["goes well", {}],
    ["is refused at the door", { AWS_SECRET_ACCESS_KEY: "not-the-secret" }],
    ["meets nobody", { KAFKA_BROKERS: "localhost:1" }],
  ])("neither credentials nor token are in the log or the answer of an invocation that %s", async (_how, change) => {
    const env: Record<string, string> = { ...broker.env(), ...change };
    const said = JSON.stringify(await ask("apply", [CLICKS, { ...CLICKS, name: "logged" }], {}, env));
    expect(said).toMatch(/changed a topic|does not accept|no broker/);
    const tokenStart = Buffer.from("https://kafka.eu-west-1").toString("base64url").slice(0, 24);
    for (const secret of [env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN, "X-Amz-Signature", tokenStart])
      expect(said).not.toContain(secret);
  });
});
