import { MskCluster as MskClusterResource } from "@cdktf/provider-aws/lib/msk-cluster";
import { MskClusterPolicy } from "@cdktf/provider-aws/lib/msk-cluster-policy";
import type { MskPhase, MultiVpcClient } from "../../../constructs/streaming/msk-phase";
import { scratchApp, TestStack } from "../../support/synthesized";
import { allAddresses, exception, facts, resolved, rules, statements } from "../readings";
import { addCluster, synthCluster } from "./clusters";

const PUBLIC: MskPhase = { public: { to: ["203.0.113.0/24", "198.51.100.7/32"], because: "partners send their events" } };
const MULTI_VPC: MskPhase = { multiVpc: { clients: [{ account: "222222222222" }] } };

/** The cluster of one phase, in public subnets, which every phase may have. */
const inPhase = (phase: MskPhase) => synthCluster({ tier: "public", phase });

const connectivity = (phase: MskPhase): unknown => {
  const { broker_node_group_info: group } = inPhase(phase).only(MskClusterResource);
  return (group as { connectivity_info: unknown }).connectivity_info;
};

describe("phases of an MskCluster", () => {
  // AWS refuses both kinds of access while it makes a cluster, and two changes at once: each phase states one thing.
  test.each<[string, MskPhase, object]>([
    ["create", "create", { public_access: { type: "DISABLED" } }],
    ["public", PUBLIC, { public_access: { type: "SERVICE_PROVIDED_EIPS" } }],
    ["multi-VPC", MULTI_VPC, { vpc_connectivity: { client_authentication: { sasl: { iam: true } } } }],
    ["multi-VPC off", { multiVpc: "off" }, { vpc_connectivity: { client_authentication: { sasl: { iam: false } } } }],
  ])("%s states the one thing that it is about", (_name, phase, expected) => {
    expect(connectivity(phase)).toEqual(expected);
  });

  test.each<[string, MskPhase]>([
    ["public", PUBLIC],
    ["multi-VPC", MULTI_VPC],
    ["multi-VPC off", { multiVpc: "off" }],
  ])("%s changes nothing else of a cluster that was created, so it is changed in place", (_name, phase) => {
    const without = (phase: MskPhase): unknown => {
      const { broker_node_group_info: group, ...rest } = inPhase(phase).only(MskClusterResource);
      const { connectivity_info: _own, ...others } = group as Record<string, unknown>;
      return { ...rest, others };
    };
    expect(without(phase)).toEqual(without("create"));
    const before = allAddresses(inPhase("create"));
    expect(allAddresses(inPhase(phase))).toEqual(expect.arrayContaining(before));
  });

  test("in public subnets waits for the internet gateway, and nobody outside reaches it before the public phase", () => {
    const created = inPhase("create");
    expect(created.only(MskClusterResource)).toMatchObject({
      broker_node_group_info: { client_subnets: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"] },
      depends_on: ["aws_internet_gateway.network_internet_gateway"],
    });
    expect(rules(created)).toEqual([]);
  });

  test("public lets the named addresses, and no others, come to the public port, and says why", () => {
    const synthesized = inPhase(PUBLIC);
    expect(rules(synthesized)).toEqual(["in events <- ${each.value} tcp/9198: partners send their events"]);
    expect(synthesized.edges()).toEqual(["Clients (203.0.113.0/24, 198.51.100.7/32) -> Events tcp/9198: partners send their events"]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Events public", "Kafka cluster shop-events has public addresses", "partners send their events"),
    );
  });

  test.each<[string, MskPhase, object, readonly number[]]>([
    ["create", "create", { internal: "sasl_iam" }, [9098]],
    ["public", PUBLIC, { internal: "sasl_iam", public: "public_sasl_iam" }, [9098, 9198]],
    ["multiVpc", MULTI_VPC, { internal: "sasl_iam", vpcConnectivity: "vpc_connectivity_sasl_iam" }, [9098, 14_001]],
    ["multiVpcOff", { multiVpc: "off" }, { internal: "sasl_iam" }, [9098]],
  ])("%s has the brokers and ports that it is reached by", (name, phase, brokers, ports) => {
    const stack = new TestStack(scratchApp());
    const cluster = addCluster(stack, { tier: "public", phase });
    const references = Object.fromEntries(
      Object.entries(brokers).map(([name, attribute]) => [name, `\${aws_msk_cluster.events.bootstrap_brokers_${attribute}}`]),
    );
    expect(resolved(stack, cluster.bootstrapBrokers)).toEqual(references);
    const [fact] = stack.inventory.toDocument().facts.filter(({ kind }) => kind === "kafka");
    expect(fact).toMatchObject({ phase: name, ports: ports.map((port) => expect.objectContaining({ port })) });
  });

  test("multi-VPC has a policy that lets the named accounts connect, and do no more than they are given", () => {
    const phase: MskPhase = {
      multiVpc: {
        clients: [
          { account: "222222222222" },
          { account: "333333333333", consume: { topics: ["orders"], group: "billing" }, produce: { topics: ["bills"] } },
        ],
      },
    };
    const { policy, cluster_arn } = inPhase(phase).only(MskClusterPolicy);
    expect(cluster_arn).toBe("${aws_msk_cluster.events.arn}");
    const cluster = "${aws_msk_cluster.events.arn}";
    const below = (kind: string, name: string): string =>
      `arn:aws:kafka:eu-west-1:111111111111:${kind}/shop-events/\${aws_msk_cluster.events.cluster_uuid}/${name}`;
    const network = ["kafka:CreateVpcConnection", "kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"];
    const allowed = (Sid: string, account: string, Action: unknown, Resource: string) => ({
      Sid: `${Sid}Of${account}`,
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action,
      Resource,
    });
    expect(statements(policy)).toEqual([
      allowed("ConnectNetworks", "222222222222", network, cluster),
      allowed("ConnectNetworks", "333333333333", network, cluster),
      allowed("ConnectToKafka", "333333333333", "kafka-cluster:Connect", cluster),
      allowed("ConsumeTopics", "333333333333", ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"], below("topic", "orders")),
      allowed("JoinGroups", "333333333333", ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], below("group", "billing")),
      allowed("ProduceOnce", "333333333333", "kafka-cluster:WriteDataIdempotently", cluster),
      allowed("ProduceTopics", "333333333333", ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"], below("topic", "bills")),
    ]);
  });

  test.each<[string, readonly MultiVpcClient[], string]>([
    [
      "every topic",
      [{ account: "222222222222", consume: { topics: ["*"], group: "billing" } }],
      'shop-test/Events: statement ConsumeTopicsOf222222222222 must have no wildcard, since other accounts come by it, got "arn:aws:kafka:',
    ],
    [
      "every group",
      [{ account: "222222222222", consume: { topics: ["orders"], group: "b?" } }],
      "shop-test/Events: statement JoinGroupsOf222222222222 must have no wildcard",
    ],
    [
      "one account twice",
      [{ account: "222222222222" }, { account: "222222222222" }],
      'shop-test/Events: sid must be given to one statement alone, got "ConnectNetworksOf222222222222"',
    ],
  ])("multi-VPC refuses %s in the cluster's policy", (_what, clients, message) => {
    expect(() => inPhase({ multiVpc: { clients } })).toThrow(message);
  });

  test.each<[string, MskPhase]>([
    ["create", "create"],
    ["public", PUBLIC],
    ["multi-VPC off", { multiVpc: "off" }],
  ])("%s has no policy for other accounts", (_name, phase) => {
    expect(inPhase(phase).all(MskClusterPolicy)).toEqual([]);
  });
});
