import { kafkaForm } from "../../../constructs/streaming/kafka-topic";

const topic = { name: "orders", partitions: 3, replicas: 3, cleanupPolicy: "delete" } as const;

describe("a topic in Kafka's own terms", () => {
  test("keeps its messages as many hours as it says, in milliseconds", () => {
    expect(kafkaForm({ ...topic, retentionHours: 24 })).toEqual({
      name: "orders",
      partitions: 3,
      replicas: 3,
      settings: { "cleanup.policy": "delete", "min.insync.replicas": "2", "retention.ms": "86400000" },
    });
  });

  test("keeps them for ever where it says so, and as long as the cluster does where it says nothing", () => {
    expect(kafkaForm({ ...topic, retentionHours: "forever" }).settings["retention.ms"]).toBe("-1");
    expect(kafkaForm({ ...topic, cleanupPolicy: "compact" }).settings).not.toHaveProperty("retention.ms");
  });

  test.each([
    [3, undefined, "2"],
    [2, undefined, "1"],
    [1, undefined, "1"],
    [3, 1, "1"],
  ])("with %d replicas and a minimum of %s has %s in step", (replicas, minInsyncReplicas, expected) => {
    expect(kafkaForm({ ...topic, replicas, minInsyncReplicas }).settings["min.insync.replicas"]).toBe(expected);
  });

  test("has its other settings as text, sorted by name, without those that are not given", () => {
    const settings = { "segment.ms": 1000, "compression.type": "zstd", "max.message.bytes": undefined };
    expect(Object.entries(kafkaForm({ ...topic, settings }).settings)).toEqual([
      ["cleanup.policy", "delete"],
      ["compression.type", "zstd"],
      ["min.insync.replicas", "2"],
      ["segment.ms", "1000"],
    ]);
  });
});
