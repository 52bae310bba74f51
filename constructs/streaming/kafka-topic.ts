/** A topic, as its owner thinks of it. */
export interface KafkaTopic {
  readonly name: string;
  readonly partitions: number;
  /** Brokers that hold each partition. */
  readonly replicas: number;
  /** Replicas that must have a message before its producer is told so. @default - one fewer than replicas, and at least one */
  readonly minInsyncReplicas?: number;
  /** Whether messages go when they are old, when a later one has their key, or both. */
  readonly cleanupPolicy: "delete" | "compact" | "compact,delete";
  /** Hours after which messages go, where the cleanup policy has `delete`. @default - as long as the cluster keeps them */
  readonly retentionHours?: number | "forever";
  /** Other settings of the topic, by Kafka's names. @default - as the cluster has them */
  readonly settings?: Readonly<Record<string, string | number | undefined>>;
}

/** A topic as Kafka's own requests have it. */
export interface KafkaTopicForm {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number;
  /** By Kafka's names, sorted by them. */
  readonly settings: Readonly<Record<string, string>>;
}

const HOUR_MS = 60 * 60 * 1000;
/** Kafka's word for no end. @see https://kafka.apache.org/documentation/#topicconfigs_retention.ms */
const FOREVER = -1;

/** Writes a topic in Kafka's own terms. */
export function kafkaForm(topic: KafkaTopic): KafkaTopicForm {
  const { name, partitions, replicas, minInsyncReplicas = Math.max(1, replicas - 1), cleanupPolicy, retentionHours, settings = {} } = topic;
  const all = {
    ...settings,
    "cleanup.policy": cleanupPolicy,
    "min.insync.replicas": minInsyncReplicas,
    "retention.ms": retentionHours === "forever" ? FOREVER : retentionHours && retentionHours * HOUR_MS,
  };
  const written = Object.entries(all).flatMap(([setting, value]) => (value === undefined ? [] : [[setting, String(value)] as const]));
  return { name, partitions, replicas, settings: Object.fromEntries(written.sort(([a], [b]) => (a < b ? -1 : 1))) };
}
