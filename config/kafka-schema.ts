import * as z from "zod";
import { type Fault, fault } from "./config-error";
import { clientFaults, mskPhase } from "./kafka-phase-schema";
import { refuse } from "./refuse";
import type { NetworkConfig } from "./schemas";

/**
 * Longest name of a topic, in characters.
 *
 * @see https://github.com/apache/kafka/blob/4.1/clients/src/main/java/org/apache/kafka/common/internals/Topic.java
 */
const NAME_LENGTH = 249;

const topicName = z
  .string()
  .regex(
    new RegExp(`^[A-Za-z0-9._-]{1,${NAME_LENGTH}}$`),
    `must be 1 to ${NAME_LENGTH} letters, digits, dots, underscores and hyphens, which is what Kafka takes`,
  )
  .refine((name) => name !== "." && name !== ".." && !name.startsWith("__"), "must not be a name that Kafka keeps for itself");

const whole = z.int("must be a whole number");
const atLeast = (min: number) => whole.min(min, `must be ${min} or more`);
const oneOf = <const Words extends readonly string[]>(words: Words) => z.enum(words, { error: `must be one of ${words.join(", ")}` });

/** Kafka keeps it in 32 bits. */
const int32From = (min: number) => atLeast(min).max(2_147_483_647, "must be 2147483647 or less");

/**
 * Settings of a topic that may be written besides its retention and its cleanup policy. What is not here, nobody has asked
 * for yet.
 *
 * @see https://kafka.apache.org/documentation/#topicconfigs
 */
const settings = z
  .strictObject({
    "compression.type": oneOf(["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"]).optional(),
    "delete.retention.ms": atLeast(0).optional(),
    "max.compaction.lag.ms": atLeast(1).optional(),
    "max.message.bytes": int32From(1).optional(),
    "message.timestamp.type": oneOf(["CreateTime", "LogAppendTime"]).optional(),
    "min.cleanable.dirty.ratio": z.number().min(0, "must be 0 to 1").max(1, "must be 0 to 1").optional(),
    "min.compaction.lag.ms": atLeast(0).optional(),
    /** For each partition. */
    "retention.bytes": atLeast(1).optional(),
    /** Kafka 4 takes a MiB or more. */
    "segment.bytes": int32From(1_048_576).optional(),
    "segment.ms": atLeast(1).optional(),
  })
  .refine((all) => (all["min.compaction.lag.ms"] ?? 0) <= (all["max.compaction.lag.ms"] ?? Number.POSITIVE_INFINITY), {
    error: "must not be over max.compaction.lag.ms, which Kafka refuses",
    path: ["min.compaction.lag.ms"],
  });

const common = {
  name: topicName,
  /** They can become more, never fewer; when they do, keys move to other partitions. */
  partitions: atLeast(1),
  /** Brokers that hold each partition. One alone would take the partition away whenever MSK patches it. */
  replicas: atLeast(2),
  /** Replicas that must have a message before its producer is told so. One fewer than there are when left out. */
  minInsyncReplicas: atLeast(1).optional(),
  settings: settings.optional(),
};

/** A hundred years and no more, which is arbitrary: what is to stay longer stays for ever. */
const hours = atLeast(1).max(876_000, 'must be 876000 or less, or "forever"');

const retentionHours = z.union([z.literal("forever"), hours], { error: 'must be a whole number of hours, 1 or more, or "forever"' });

/** One topic. A compacted one keeps the last message of each key, so it has no retention. */
const topic = z
  .discriminatedUnion(
    "cleanupPolicy",
    [
      z.strictObject({ ...common, cleanupPolicy: z.literal("delete"), retentionHours }),
      z.strictObject({ ...common, cleanupPolicy: z.literal("compact") }),
      z.strictObject({ ...common, cleanupPolicy: z.literal("compact,delete"), retentionHours }),
    ],
    { error: 'must be "delete", "compact" or "compact,delete"' },
  )
  .refine(({ replicas, minInsyncReplicas }) => minInsyncReplicas === undefined || minInsyncReplicas < replicas, {
    error: "must be under replicas, so that producers can go on while a broker restarts",
    path: ["minInsyncReplicas"],
  });

/** The topics of one cluster. */
const kafkaTopics = z.array(topic).check(({ value: topics, issues }) => {
  topics.forEach(({ name }, index) => {
    const other = topics.slice(0, index).findIndex((earlier) => likeKafka(earlier.name) === likeKafka(name));
    if (other === -1) return;
    refuse(issues, [index, "name"], `must differ from topics.${other}.name in more than dots and underscores, which Kafka takes for one`);
  });
});

/** Kafka names a topic's metrics with underscores for dots, and refuses a topic whose metrics another one has. */
function likeKafka(name: string): string {
  return name.replaceAll(".", "_");
}

/** A field by which AWS would let weaker clients in; that it is none here takes a sentence. */
const onlyIamAndTls = z
  .custom<undefined>((value) => value === undefined, "must be left out: clients come with IAM over TLS, and there is no other way in")
  .optional();

/** Storage of one broker, in GiB. @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
const brokerGib = whole.min(1, "must be 1 to 16384").max(16_384, "must be 1 to 16384");

/**
 * Partitions, each replica counted, that one broker is made for. Over them MSK may take no more changes of the cluster.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html#partitions-per-broker
 */
function partitionsOf(brokerType: string): number {
  if (brokerType.endsWith(".small")) return 300;
  if (/\.x?large$/.test(brokerType)) return 1000;
  return brokerType.endsWith(".2xlarge") ? 2000 : 4000;
}

function replicasIn(topics: readonly { readonly partitions: number; readonly replicas: number }[]): number {
  return topics.reduce((sum, { partitions, replicas }) => sum + partitions * replicas, 0);
}

/** An MSK cluster and its topics. TLS and IAM are the only way in, so nothing here chooses them. */
export const mskCluster = z
  .strictObject({
    clientAuthentication: onlyIamAndTls,
    encryptionInTransit: onlyIamAndTls,
    /** @see https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-types.html */
    brokerType: z
      .string()
      .regex(
        /^kafka\.(t3\.small|(m5|m7g)\.(large|xlarge|2xlarge|4xlarge|8xlarge|12xlarge|16xlarge)|m5\.24xlarge)$/,
        "must be a standard broker of MSK such as kafka.m7g.large",
      ),
    /** Letters of the network's zones. Another choice replaces the cluster. */
    zones: z
      .array(z.string().regex(/^[a-f]$/, "must be the letter of an availability zone"))
      .min(2, "must be two or three, as MSK has it")
      .max(3, "must be two or three, as MSK has it")
      .refine((zones) => new Set(zones).size === zones.length, "must not have one letter twice"),
    /** Subnets that the brokers stand in. Public access needs public ones from the beginning: another tier replaces the cluster. */
    tier: oneOf(["private", "public"]),
    /** MSK spreads them evenly; sixty in all. @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
    brokersPerZone: whole.min(1, "must be 1 to 20").max(20, "must be 1 to 20"),
    /** To begin with: MSK lets it grow to the most by itself, and never shrink. */
    storageGib: brokerGib,
    maxStorageGib: brokerGib,
    phase: mskPhase,
    topics: kafkaTopics,
  })
  .check(clientFaults)
  .check(({ value: { brokerType, zones, tier, brokersPerZone, storageGib, maxStorageGib, phase, topics }, issues }) => {
    const brokers = zones.length * brokersPerZone;
    if (maxStorageGib <= storageGib) refuse(issues, ["maxStorageGib"], "must be over storageGib, as storage grows by itself");
    topics.forEach(({ replicas }, index) => {
      // Zones or brokers that are too few have a fault of their own.
      if (replicas > brokers && brokers > 1)
        refuse(issues, ["topics", index, "replicas"], `must not be over the ${brokers} brokers that there are`);
    });
    const room = partitionsOf(brokerType) * brokers;
    const over = brokers > 1 ? topics.findIndex((_, index) => replicasIn(topics.slice(0, index + 1)) > room) : -1;
    if (over !== -1) {
      const made = `the ${room} that ${brokers} brokers of ${brokerType} are made for`;
      refuse(issues, ["topics", over, "partitions"], `must not bring all partitions, each replica counted, over ${made}`);
    }
    if (typeof phase === "string") return;
    if ("public" in phase && tier !== "public")
      refuse(issues, ["tier"], 'must be "public" for brokers that are to be reached from outside');
    if ("multiVpc" in phase && phase.multiVpc !== "off" && brokerType === "kafka.t3.small")
      refuse(issues, ["brokerType"], "must be larger for multi-VPC connectivity, which kafka.t3.small does not have");
  });

export type MskClusterConfig = z.infer<typeof mskCluster>;

/** Faults between a cluster and the network that it stands in: a zone that the network does not have. */
export function mskZoneFaults(
  path: readonly string[],
  { zones }: Pick<MskClusterConfig, "zones">,
  network: Pick<NetworkConfig, "zones">,
): Fault[] {
  return zones.flatMap((letter, index) =>
    network.zones[letter] === undefined
      ? [fault([...path, "zones", index], `must be one of the network's zones ${Object.keys(network.zones).join(", ")}`, letter)]
      : [],
  );
}
