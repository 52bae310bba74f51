import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { MskCluster as MskClusterResource } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskClusterPolicy } from "@cdktf/provider-aws/lib/msk-cluster-policy";
import { MskConfiguration } from "@cdktf/provider-aws/lib/msk-configuration";
import { KAFKA_RELEASE } from "../../support/kafka/kafka-broker";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, addService, UNPROTECTED, ZONES } from "../parts";
import { facts, once, rules } from "../readings";
import { addCluster, synthCluster } from "./clusters";

const plain = once(() => synthCluster());

describe("MskCluster", () => {
  test("takes IAM over TLS and nothing else, encrypts, logs, and is private and protected when only the required props are given", () => {
    expect(plain().only(MskClusterResource)).toEqual({
      cluster_name: "shop-events",
      kafka_version: "4.1.x.kraft",
      number_of_broker_nodes: 2,
      broker_node_group_info: {
        instance_type: "kafka.m7g.large",
        client_subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
        security_groups: ["${aws_security_group.events.id}"],
        storage_info: { ebs_storage_info: { volume_size: 100 } },
        connectivity_info: { public_access: { type: "DISABLED" } },
      },
      client_authentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryption_info: { encryption_in_transit: { client_broker: "TLS", in_cluster: true } },
      configuration_info: {
        arn: "${aws_msk_configuration.events_configuration.arn}",
        revision: "${aws_msk_configuration.events_configuration.latest_revision}",
      },
      enhanced_monitoring: "PER_BROKER",
      logging_info: { broker_logs: { cloudwatch_logs: { enabled: true, log_group: "${aws_cloudwatch_log_group.events_log_group.name}" } } },
      tags: {},
      timeouts: { update: "6h" },
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: ["broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size"],
      },
    });
    expect(rules(plain())).toEqual([]);
    expect(plain().all(MskClusterPolicy)).toEqual([]);
  });

  test("has the line of releases that the topics are made on in tests", () => {
    const [line] = /^\d+\.\d+/.exec(KAFKA_RELEASE) ?? [];
    expect(plain().only(MskClusterResource)["kafka_version"]).toBe(`${line}.x.kraft`);
  });

  test("keeps its brokers' logs in a group of its own", () => {
    const group = (synthesized: Synthesized) => synthesized.byName(CloudwatchLogGroup)["events_log_group"];
    expect(group(plain())).toMatchObject({ name: "/aws/msk/shop-events", retention_in_days: 30 });
    expect(group(synthCluster({ logDays: 7 }))).toMatchObject({ retention_in_days: 7 });
  });

  // Two brokers hold two replicas: one in step is enough, so that the other may restart. Three and more hold three.
  test.each([
    [1, 2, 1],
    [2, 3, 2],
    [3, 3, 2],
  ])(
    "with %d brokers a zone has %d replicas, of which %d must be in step, and loses no message to go on",
    (brokersPerZone, replicas, inSync) => {
      expect(synthCluster({ brokersPerZone }).only(MskConfiguration)).toMatchObject({
        name: "shop-events",
        server_properties: [
          "allow.everyone.if.no.acl.found=false",
          "auto.create.topics.enable=false",
          `default.replication.factor=${replicas}`,
          `min.insync.replicas=${inSync}`,
          `offsets.topic.replication.factor=${replicas}`,
          `transaction.state.log.min.isr=${inSync}`,
          `transaction.state.log.replication.factor=${replicas}`,
          "unclean.leader.election.enable=false",
          "",
        ].join("\n"),
      });
    },
  );

  test("has as many brokers in each of its zones, and stays where it is when the network gets another zone", () => {
    const { a, b, c } = ZONES;
    const synthesized = synthesizeTestStack((stack) => {
      addCluster(stack, { network: addNetwork(stack, { zones: { a, b, c } }), zones: ["c", "a"], brokersPerZone: 2 });
    });
    expect(synthesized.only(MskClusterResource)).toMatchObject({
      number_of_broker_nodes: 4,
      broker_node_group_info: { client_subnets: ["${aws_subnet.network_private_c.id}", "${aws_subnet.network_private_a.id}"] },
    });
  });

  test("lets its storage grow at sixty percent, up to the most, and never shrink", () => {
    const scalable = {
      service_namespace: "kafka",
      scalable_dimension: "kafka:broker-storage:VolumeSize",
      resource_id: "${aws_msk_cluster.events.arn}",
    };
    expect(plain().only(AppautoscalingTarget)).toMatchObject({ ...scalable, min_capacity: 1, max_capacity: 500 });
    expect(plain().only(AppautoscalingPolicy)).toMatchObject({
      policy_type: "TargetTrackingScaling",
      resource_id: "${aws_appautoscaling_target.events_storage_scaling.resource_id}",
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: "KafkaBrokerStorageUtilization" },
        target_value: 60,
        disable_scale_in: true,
      },
    });
  });

  test("says why protection is off", () => {
    expect(synthCluster({ protection: UNPROTECTED }).only(MskClusterResource)).toMatchObject({
      tags: { UnprotectedBecause: "a tests data is thrown away" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("is reached on the inner port by whom it names, also without a port's name", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const network = addNetwork(stack);
      const cluster = addCluster(stack, { network });
      cluster.connections.allowFrom(addService(stack, "Api", network), "publishes");
      cluster.connections.allowFrom(addService(stack, "Reader", network), "reads", "iam");
    });
    expect(rules(synthesized).filter((rule) => rule.includes("events"))).toEqual([
      "in events <- api tcp/9098: publishes",
      "in events <- reader tcp/9098: reads",
      "out api -> events tcp/9098: publishes",
      "out reader -> events tcp/9098: reads",
    ]);
  });

  test.each([
    [{ zones: ["a"] }, 'shop-test/Events: zones must be two or three, got ["a"]'],
    [{ zones: ["a", "b", "c", "d"] }, 'shop-test/Events: zones must be two or three, got ["a","b","c","d"]'],
    [{ zones: ["a", "f"] }, 'shop-test/Network: zones must have "f", where something is to stand, got ["a","b"]'],
    [{ maxStorageGib: 100 }, "shop-test/Events: maxStorageGib must be over the 100 to begin with, got 100"],
    [
      { phase: { public: { to: ["203.0.113.0/24"], because: "partners send events" } } },
      'shop-test/Events: tier must be "public" for brokers that are to be reached from outside, got "private"',
    ],
    [
      { brokerType: "kafka.t3.small", phase: { multiVpc: { clients: [{ account: "222222222222" }] } } },
      'shop-test/Events: brokerType must be larger for multi-VPC connectivity, got "kafka.t3.small"',
    ],
  ])("refuses %j, naming the construct", (props, message) => {
    expect(() => synthCluster(props)).toThrow(message);
  });

  test("keeps the address that its messages are stored under", () => {
    expect(plain().addresses(MskClusterResource)).toEqual(["aws_msk_cluster.events"]);
  });

  test("states itself", () => {
    expect(facts(plain(), "kafka")).toEqual([
      {
        kind: "kafka",
        id: "Events",
        name: "shop-events",
        why: "every event goes through it",
        size: "2 brokers of kafka.m7g.large, 100 to 500 GiB each",
        stateful: true,
        fails: expect.stringMatching(/^MSK replaces a broker that fails, with its storage;/),
        phase: "create",
        ports: [{ name: "iam", port: 9098 }],
      },
    ]);
  });
});
