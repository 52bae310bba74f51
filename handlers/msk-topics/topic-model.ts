/** A topic as it should be. */
export interface WantedTopic {
  readonly name: string;
  readonly partitions: number;
  /** Brokers that hold each partition. */
  readonly replicas: number;
  /** Kafka's own settings of the topic, for example `retention.ms`. What is not here is as the cluster has it by default. */
  readonly settings: Readonly<Record<string, string>>;
}

/** A topic as the cluster has it. Its settings are those that were set on the topic itself. */
export type FoundTopic = WantedTopic;

/** A setting that changes. Null stands for the cluster's default. */
export interface SettingChange {
  readonly setting: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** One change of one topic. */
export type TopicStep =
  | ({ readonly kind: "create"; readonly topic: string } & Omit<WantedTopic, "name">)
  | { readonly kind: "addPartitions"; readonly topic: string; readonly from: number; readonly to: number }
  | { readonly kind: "alterSettings"; readonly topic: string; readonly changes: readonly SettingChange[] }
  | { readonly kind: "delete"; readonly topic: string; readonly partitions: number };

export interface TopicPlan {
  /** Hash of all the rest: two plans of one id do the same. */
  readonly id: string;
  /** Changes, in the order in which they are made. */
  readonly steps: readonly TopicStep[];
  /** Topics that are not wanted and stay, because nobody allowed to delete them. */
  readonly kept: readonly { readonly topic: string; readonly partitions: number }[];
  /** What is wanted and cannot be, one sentence each. A plan that has some is not applied. */
  readonly refusals: readonly string[];
}

/** What came of a step. A step that failed says why in one sentence. */
export type StepResult =
  | { readonly topic: string; readonly kind: TopicStep["kind"]; readonly done: true }
  | { readonly topic: string; readonly kind: TopicStep["kind"]; readonly done: false; readonly because: string };

/** What the decisions need of a Kafka cluster. Each call throws {@link TopicsError} when Kafka says no. */
export interface TopicCluster {
  /** Topics that the caller may see, without Kafka's own. */
  list(): Promise<readonly FoundTopic[]>;
  create(topic: WantedTopic): Promise<void>;
  /** @param to partitions in all, those that are there included. */
  addPartitions(topic: string, to: number): Promise<void>;
  alterSettings(topic: string, changes: readonly SettingChange[]): Promise<void>;
  delete(topic: string): Promise<void>;
}
