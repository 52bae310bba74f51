import type { FoundTopic, WantedTopic } from "../../../handlers/msk-topics/topic-model";
import { planTopics } from "../../../handlers/msk-topics/topics";

const orders: WantedTopic = { name: "orders", partitions: 6, replicas: 3, settings: { "retention.ms": "1", "cleanup.policy": "delete" } };

function plan(wanted: readonly WantedTopic[], found: readonly FoundTopic[], allowDelete = false) {
  return planTopics({ wanted, found, allowDelete });
}

describe("planTopics", () => {
  test("plans nothing for topics that are as they should be", () => {
    expect(plan([orders], [{ ...orders, settings: { "cleanup.policy": "delete", "retention.ms": "1" } }])).toMatchObject({
      steps: [],
      kept: [],
      refusals: [],
    });
  });

  test("creates a topic whole, its settings sorted by name", () => {
    const [step] = plan([orders], []).steps;
    expect(step).toEqual({
      kind: "create",
      topic: "orders",
      partitions: 6,
      replicas: 3,
      settings: { "cleanup.policy": "delete", "retention.ms": "1" },
    });
    expect(JSON.stringify(step)).toContain('{"cleanup.policy":"delete","retention.ms":"1"}');
  });

  test("adds partitions up to the number that is wanted", () => {
    expect(plan([orders], [{ ...orders, partitions: 5 }]).steps).toEqual([{ kind: "addPartitions", topic: "orders", from: 5, to: 6 }]);
  });

  test("changes settings that differ, sets those that are missing, and takes back those that somebody set besides", () => {
    const found = { ...orders, settings: { "retention.ms": "2", "segment.ms": "9" } };
    expect(plan([orders], [found]).steps).toEqual([
      {
        kind: "alterSettings",
        topic: "orders",
        changes: [
          { setting: "cleanup.policy", from: null, to: "delete" },
          { setting: "retention.ms", from: "2", to: "1" },
          { setting: "segment.ms", from: "9", to: null },
        ],
      },
    ]);
  });

  test("refuses fewer partitions, and plans nothing else for that topic", () => {
    const { steps, refusals } = plan([{ ...orders, partitions: 5, settings: {} }], [orders]);
    expect(steps).toEqual([]);
    expect(refusals).toEqual([
      "topic orders: partitions must not go under the 6 that it has, as Kafka takes none away, got 5; keep 6, or make another topic and move to it",
    ]);
  });

  test.each([2, 4])("refuses %d replicas where there are 3", (replicas) => {
    expect(plan([{ ...orders, replicas }], [orders]).refusals).toEqual([
      `topic orders: replicas must stay 3, as only a reassignment of its partitions changes them, got ${replicas}; keep 3, or reassign first`,
    ]);
  });

  test("goes on planning for the other topics when one is refused", () => {
    const other = { ...orders, name: "clicks" };
    expect(plan([{ ...orders, replicas: 2 }, other], [orders]).steps).toMatchObject([{ kind: "create", topic: "clicks" }]);
  });

  test("keeps topics that nobody wants, and deletes them only where that is allowed", () => {
    const old = { ...orders, name: "old" };
    expect(plan([orders], [orders, old])).toMatchObject({ steps: [], kept: [{ topic: "old", partitions: 6 }] });
    expect(plan([orders], [orders, old], true)).toMatchObject({ steps: [{ kind: "delete", topic: "old", partitions: 6 }], kept: [] });
  });

  test("creates first and deletes last, and goes by name within a kind", () => {
    const named = (name: string, change: Partial<WantedTopic> = {}): WantedTopic => ({ ...orders, name, ...change });
    const { steps } = plan(
      [named("b"), named("a"), named("d", { partitions: 7 }), named("c", { settings: {} })],
      [named("d"), named("c"), named("y"), named("x")],
      true,
    );
    expect(steps.map(({ kind, topic }) => `${kind} ${topic}`)).toEqual([
      "create a",
      "create b",
      "addPartitions d",
      "alterSettings c",
      "delete x",
      "delete y",
    ]);
  });

  test("has the same id for the same changes, in whatever order the topics come", () => {
    const other = { ...orders, name: "clicks" };
    expect(plan([orders, other], []).id).toBe(plan([other, orders], []).id);
    expect(plan([orders, other], []).id).toMatch(/^[0-9a-f]{16}$/);
  });

  test("has another id for any other change", () => {
    const old = { ...orders, name: "old" };
    const ids = [
      plan([orders], []),
      plan([{ ...orders, partitions: 7 }], []),
      plan([{ ...orders, settings: {} }], []),
      plan([], [old]),
      plan([], [old], true),
      plan([{ ...orders, replicas: 2 }], [orders]),
      plan([], []),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
