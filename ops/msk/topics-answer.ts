import * as z from "zod";

const setting = z.string().nullable();

/** One change of one topic. Null stands for the cluster's default. */
const step = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("create"),
    topic: z.string(),
    partitions: z.number(),
    replicas: z.number(),
    settings: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal("addPartitions"), topic: z.string(), from: z.number(), to: z.number() }),
  z.object({
    kind: z.literal("alterSettings"),
    topic: z.string(),
    changes: z.array(z.object({ setting: z.string(), from: setting, to: setting })),
  }),
  z.object({ kind: z.literal("delete"), topic: z.string(), partitions: z.number() }),
]);

const kind = z.enum(["create", "addPartitions", "alterSettings", "delete"]);

const result = z.discriminatedUnion("done", [
  z.object({ topic: z.string(), kind, done: z.literal(true) }),
  z.object({ topic: z.string(), kind, done: z.literal(false), because: z.string() }),
]);

/** What the function in the cluster's network answers. */
export const topicsAnswer = z.object({
  version: z.literal(1),
  outcome: z.enum(["planned", "applied", "failed", "refused", "outdated"]),
  plan: z.object({
    id: z.string(),
    steps: z.array(step),
    /** Topics that are not in config/ and stay. */
    kept: z.array(z.object({ topic: z.string(), partitions: z.number() })),
    /** What config/ asks for and Kafka cannot do, one sentence each. */
    refusals: z.array(z.string()),
  }),
  results: z.array(result),
});

export type TopicsAnswer = z.infer<typeof topicsAnswer>;
export type TopicStep = z.infer<typeof step>;
