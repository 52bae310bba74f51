import { runTopics } from "../../../handlers/msk-topics/run-topics";
import type { FoundTopic, SettingChange, StepResult, TopicCluster, WantedTopic } from "../../../handlers/msk-topics/topic-model";
import { planTopics } from "../../../handlers/msk-topics/topics";
import { TopicsError } from "../../../handlers/msk-topics/topics-error";

const topic = (name: string, change: Partial<WantedTopic> = {}): WantedTopic => ({
  name,
  partitions: 1,
  replicas: 1,
  settings: {},
  ...change,
});

/** A cluster in memory. */
class MemoryCluster implements TopicCluster {
  readonly topics: Map<string, FoundTopic>;
  readonly calls: string[] = [];
  /** Errors by call, for example `create a`. */
  readonly faults: Record<string, Error> = {};
  /** How many listings still show what was there before the last change. */
  stale = 0;
  private before: readonly FoundTopic[] = [];

  constructor(...topics: readonly FoundTopic[]) {
    this.topics = new Map(topics.map((found) => [found.name, found]));
  }

  async list(): Promise<readonly FoundTopic[]> {
    this.calls.push("list");
    return this.stale-- > 0 ? this.before : [...this.topics.values()];
  }

  create(wanted: WantedTopic): Promise<void> {
    return this.change(`create ${wanted.name}`, () => this.topics.set(wanted.name, wanted));
  }

  addPartitions(name: string, to: number): Promise<void> {
    return this.change(`addPartitions ${name} ${to}`, () => this.topics.set(name, { ...this.found(name), partitions: to }));
  }

  alterSettings(name: string, changes: readonly SettingChange[]): Promise<void> {
    const settings = Object.fromEntries(changes.flatMap(({ setting, to }) => (to === null ? [] : [[setting, to]])));
    return this.change(`alterSettings ${name}`, () => this.topics.set(name, { ...this.found(name), settings }));
  }

  delete(name: string): Promise<void> {
    return this.change(`delete ${name}`, () => this.topics.delete(name));
  }

  private async change(call: string, make: () => void): Promise<void> {
    this.calls.push(call);
    const fault = this.faults[call];
    if (fault !== undefined) throw fault;
    this.before = [...this.topics.values()];
    make();
  }

  private found(name: string): FoundTopic {
    const found = this.topics.get(name);
    if (found === undefined) throw new Error(`there is no topic ${name}`);
    return found;
  }
}

async function run(
  cluster: TopicCluster,
  request: { action?: "plan" | "apply"; topics: WantedTopic[]; allowDelete?: boolean; plan?: string },
  signal = new AbortController().signal,
) {
  const logged: StepResult[] = [];
  const answer = await runTopics({ action: "apply", allowDelete: false, ...request }, cluster, (result) => logged.push(result), signal);
  return { ...answer, logged };
}

describe("runTopics", () => {
  test("plans without a change", async () => {
    const cluster = new MemoryCluster();
    await expect(run(cluster, { action: "plan", topics: [topic("a")] })).resolves.toMatchObject({
      outcome: "planned",
      results: [],
      logged: [],
    });
    expect(cluster.calls).toEqual(["list"]);
  });

  test("applies every kind of step, logs each, and asks the cluster whether all is there", async () => {
    const cluster = new MemoryCluster(topic("grown"), topic("set", { settings: { x: "1" } }), topic("gone"));
    const topics = [topic("new"), topic("grown", { partitions: 3 }), topic("set", { settings: { x: "2" } })];
    const { outcome, results, logged } = await run(cluster, { topics, allowDelete: true });
    expect(outcome).toBe("applied");
    expect(cluster.calls).toEqual(["list", "create new", "addPartitions grown 3", "alterSettings set", "delete gone", "list"]);
    expect([...cluster.topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([topics[1], topics[0], topics[2]]);
    expect(results.map(({ topic, done }) => [topic, done])).toEqual([
      ["new", true],
      ["grown", true],
      ["set", true],
      ["gone", true],
    ]);
    expect(logged).toEqual(results);
  });

  test("waits until the cluster shows what was done", async () => {
    const cluster = new MemoryCluster();
    const create = cluster.create.bind(cluster);
    cluster.create = async (wanted) => {
      await create(wanted);
      cluster.stale = 2;
    };
    await expect(run(cluster, { topics: [topic("a")] })).resolves.toMatchObject({ outcome: "applied" });
    expect(cluster.calls).toEqual(["list", "create a", "list", "list", "list"]);
  });

  test("a step that fails keeps no other from being done, and is not waited for", async () => {
    const cluster = new MemoryCluster();
    cluster.faults["create b"] = new TopicsError("creating topic b failed: no room; make some");
    const { outcome, results } = await run(cluster, { topics: [topic("a"), topic("b"), topic("c")] });
    expect(outcome).toBe("failed");
    expect(results).toEqual([
      { topic: "a", kind: "create", done: true },
      { topic: "b", kind: "create", done: false, because: "creating topic b failed: no room; make some" },
      { topic: "c", kind: "create", done: true },
    ]);
    expect([...cluster.topics.keys()]).toEqual(["a", "c"]);
  });

  test("an error that nobody expected ends the run", async () => {
    const cluster = new MemoryCluster();
    cluster.faults["create a"] = new TypeError("x is not a function");
    await expect(run(cluster, { topics: [topic("a"), topic("b")] })).rejects.toThrow(new TypeError("x is not a function"));
    expect(cluster.calls).toEqual(["list", "create a"]);
  });

  test.each(["plan", "apply"] as const)("applies nothing of a plan that holds a refusal, and says so, when asked to %s", async (action) => {
    const cluster = new MemoryCluster(topic("a", { partitions: 2 }));
    await expect(run(cluster, { action, topics: [topic("a"), topic("b")] })).resolves.toMatchObject({ outcome: "refused", results: [] });
    expect(cluster.calls).toEqual(["list"]);
  });

  test("applies the plan that was shown, and no other", async () => {
    const cluster = new MemoryCluster(topic("old"));
    const shown = planTopics({ wanted: [topic("a")], found: [topic("old")], allowDelete: true }).id;
    await expect(run(cluster, { topics: [topic("a"), topic("b")], allowDelete: true, plan: shown })).resolves.toMatchObject({
      outcome: "outdated",
      results: [],
    });
    expect(cluster.calls).toEqual(["list"]);
    await expect(run(cluster, { topics: [topic("a")], allowDelete: true, plan: shown })).resolves.toMatchObject({ outcome: "applied" });
  });

  test("begins no step when time is up", async () => {
    const cluster = new MemoryCluster();
    const limit = new AbortController();
    const create = cluster.create.bind(cluster);
    cluster.create = async (wanted) => {
      await create(wanted);
      limit.abort(new TopicsError("time is up"));
    };
    await expect(run(cluster, { topics: [topic("a"), topic("b")] }, limit.signal)).rejects.toThrow(new TopicsError("time is up"));
    expect([...cluster.topics.keys()]).toEqual(["a"]);
  });
});
