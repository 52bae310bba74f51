import { pascalCase } from "../base/address";
import type { Statement } from "../security/policy-document";
import type { MultiVpcClient } from "./msk-phase";

/** A topic by its name, or all whose names begin alike, for a reason that lands in a tag and in the inventory. */
export type TopicChoice = string | { readonly prefix: string; readonly because: string };

export interface MskArns {
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
  /** Last part of the cluster's ARN: another cluster of the same name has another one. */
  readonly clusterUuid: string;
  readonly clusterArn: string;
}

/** What each kind of use needs of topics. @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
const TOPIC_ACTIONS = {
  Produce: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
  Consume: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
  Manage: [
    "kafka-cluster:AlterTopic",
    "kafka-cluster:AlterTopicDynamicConfiguration",
    "kafka-cluster:CreateTopic",
    "kafka-cluster:DeleteTopic",
    "kafka-cluster:DescribeTopic",
    "kafka-cluster:DescribeTopicDynamicConfiguration",
  ],
  See: ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration"],
  Inspect: ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:ReadData"],
} as const;

/** Statements of IAM policies for what MSK asks IAM about: a cluster, its topics, its consumer groups. */
export class MskAccess {
  constructor(private readonly arns: MskArns) {}

  /** Idempotently, as every producer is by default since Kafka 3. */
  produce(topics: readonly TopicChoice[]): Statement[] {
    return [
      this.connect(),
      { sid: "ProduceOnce", actions: ["kafka-cluster:WriteDataIdempotently"], resources: [this.arns.clusterArn] },
      ...this.onTopics("Produce", topics),
    ];
  }

  consume(topics: readonly TopicChoice[], group: string): Statement[] {
    return [
      this.connect(),
      ...this.onTopics("Consume", topics),
      { sid: "JoinGroups", actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], resources: [this.arn("group", group)] },
    ];
  }

  /** Sees every topic, and changes those that are named. */
  manage(topics: readonly TopicChoice[]): Statement[] {
    return [
      this.connect(),
      ...this.onTopics("Manage", topics),
      {
        sid: "SeeTopics",
        actions: TOPIC_ACTIONS.See,
        resources: [this.arnsFrom("topic", "")],
        wildcardBecause: "a plan of topics must show those too that nobody has written down",
      },
    ];
  }

  /** Looks at everything and changes nothing. */
  inspect(): Statement[] {
    const wildcardBecause = "whoever looks after Kafka must see every topic and group, also those that nobody expected";
    return [
      this.connect(),
      {
        sid: "InspectCluster",
        actions: ["kafka-cluster:DescribeCluster", "kafka-cluster:DescribeClusterDynamicConfiguration"],
        resources: [this.arns.clusterArn],
      },
      { sid: "InspectTopics", actions: TOPIC_ACTIONS.Inspect, resources: [this.arnsFrom("topic", "")], wildcardBecause },
      { sid: "InspectGroups", actions: ["kafka-cluster:DescribeGroup"], resources: [this.arnsFrom("group", "")], wildcardBecause },
    ];
  }

  /** What Firehose's role needs. @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#firehose-assume-role-msk */
  export(topics: readonly string[]): Statement[] {
    return [
      this.connect(),
      {
        sid: "FindBrokers",
        actions: ["kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"],
        resources: [this.arns.clusterArn],
      },
      { sid: "ExportTopics", actions: TOPIC_ACTIONS.Inspect, resources: topics.map((name) => this.arn("topic", name)) },
      {
        sid: "FindOwnGroups",
        actions: ["kafka-cluster:DescribeGroup"],
        resources: [this.arnsFrom("group", "")],
        wildcardBecause: "Firehose names its consumer groups itself",
      },
    ];
  }

  /** What the cluster's own policy says of another account. @see https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html */
  ofAccount({ account, consume, produce }: MultiVpcClient): Statement[] {
    const uses = [
      ...(consume === undefined ? [] : this.consume(consume.topics, consume.group)),
      ...(produce === undefined ? [] : this.produce(produce.topics)),
    ];
    const network: Statement = {
      sid: "ConnectNetworks",
      actions: ["kafka:CreateVpcConnection", "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"],
      resources: [this.arns.clusterArn],
    };
    // Connecting is in both uses.
    const bySid = new Map([network, ...uses].map((statement) => [statement.sid, statement]));
    const principal = { AWS: `arn:aws:iam::${account}:root` };
    return [...bySid.values()].map((statement) => ({ ...statement, sid: `${statement.sid}Of${account}`, principal }));
  }

  private connect(): Statement {
    return { sid: "ConnectToKafka", actions: ["kafka-cluster:Connect"], resources: [this.arns.clusterArn] };
  }

  private onTopics(use: keyof typeof TOPIC_ACTIONS, topics: readonly TopicChoice[]): Statement[] {
    const actions = TOPIC_ACTIONS[use];
    const names = topics.filter((topic) => typeof topic === "string");
    const exact = names.length === 0 ? [] : [{ sid: `${use}Topics`, actions, resources: names.map((name) => this.arn("topic", name)) }];
    const prefixed = topics
      .filter((topic) => typeof topic !== "string")
      .map(({ prefix, because }) => ({
        // A statement has one reason, so each prefix has a statement. Sids take letters and digits.
        sid: `${use}TopicsFrom${pascalCase(prefix)}`,
        actions,
        resources: [this.arnsFrom("topic", prefix)],
        wildcardBecause: because,
      }));
    return [...exact, ...prefixed];
  }

  /** @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html#msk-iam-resources */
  private arn(kind: "topic" | "group", name: string): string {
    return this.below(kind, this.arns.clusterUuid, name);
  }

  /**
   * Names that begin alike, or all of them. The inventory states each wildcard while the cluster's UUID is not known yet, so it
   * has one too: an account has no second cluster of the name in a region.
   */
  private arnsFrom(kind: "topic" | "group", prefix: string): string {
    return this.below(kind, "*", `${prefix}*`);
  }

  private below(kind: "topic" | "group", clusterUuid: string, name: string): string {
    const { region, accountId, clusterName } = this.arns;
    return `arn:aws:kafka:${region}:${accountId}:${kind}/${clusterName}/${clusterUuid}/${name}`;
  }
}
