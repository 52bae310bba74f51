import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { KafkaTopic } from "../../../constructs/streaming/kafka-topic";
import { MskTopics } from "../../../constructs/streaming/msk-topics";
import { workBesidePackages } from "../../support/packed-handlers";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, UNMONITORED } from "../parts";
import { facts, once, rules, statements } from "../readings";
import { addCluster } from "./clusters";

workBesidePackages({ "msk-topics": "a package" });

const ORDERS: KafkaTopic = { name: "orders", partitions: 3, replicas: 2, cleanupPolicy: "delete", retentionHours: 1 };

function synthTopics(topics: readonly KafkaTopic[]): Synthesized {
  return synthesizeTestStack((stack) => {
    const network = addNetwork(stack);
    const cluster = addCluster(stack, { network });
    const made = new MskTopics(stack, "Topics", { cluster, network, topics, alarms: UNMONITORED });
    cluster.connections.allowFrom(made, "makes topics");
  });
}

const plain = once(() => synthTopics([ORDERS, { ...ORDERS, name: "clicks", cleanupPolicy: "compact", retentionHours: undefined }]));

describe("MskTopics", () => {
  test("runs the handler in the private subnets, knows the brokers, and reaches nothing but them", () => {
    expect(plain().only(LambdaFunction)).toMatchObject({
      function_name: "shop-test-topics-function",
      handler: "handler.handler",
      timeout: 120,
      environment: { variables: { KAFKA_BROKERS: "${aws_msk_cluster.events.bootstrap_brokers_sasl_iam}" } },
      vpc_config: { subnet_ids: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"] },
    });
    expect(rules(plain())).toEqual([
      "in events <- topics_function tcp/9098: makes topics",
      "out topics_function -> events tcp/9098: makes topics",
    ]);
  });

  test("may change the topics of the list and no others", () => {
    const found = statements(plain().byName(IamRolePolicy)["topics_function_role_policy"]?.["policy"]) as {
      Sid: string;
      Resource: unknown;
    }[];
    const topic = (name: string): string =>
      `arn:aws:kafka:eu-west-1:111111111111:topic/shop-events/\${aws_msk_cluster.events.cluster_uuid}/${name}`;
    expect(found.find(({ Sid }) => Sid === "ManageTopics")?.Resource).toEqual([topic("orders"), topic("clicks")]);
  });

  test("states the topics in Kafka's own terms, sorted by name, and the function that makes them", () => {
    expect(facts(plain(), "kafkaTopics")).toEqual([
      {
        kind: "kafkaTopics",
        id: "Topics",
        cluster: "shop-events",
        function: "shop-test-topics-function",
        timeoutSeconds: 120,
        topics: [
          { name: "clicks", partitions: 3, replicas: 2, settings: { "cleanup.policy": "compact", "min.insync.replicas": "1" } },
          {
            name: "orders",
            partitions: 3,
            replicas: 2,
            settings: { "cleanup.policy": "delete", "min.insync.replicas": "1", "retention.ms": "3600000" },
          },
        ],
      },
    ]);
  });

  test("has no alarms where nobody is to be rung", () => {
    expect(plain().all(CloudwatchMetricAlarm)).toEqual([]);
  });

  test.each([
    [
      [{ ...ORDERS, replicas: 3 }],
      "shop-test/Topics: topic orders must not have more replicas than the cluster has brokers, which are 2, got 3",
    ],
    [[ORDERS, ORDERS], 'shop-test/Topics: topics must have each name once, got "orders"'],
  ])("refuses %j", (topics, message) => {
    expect(() => synthTopics(topics)).toThrow(message);
  });
});
