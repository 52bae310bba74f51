import { blocksOf, isMap, type Value, type ValueMap } from "../protocol/value";
import { type Fake, type FakeResource, type Fakes, fixed, same } from "./fake-resource";

/** The first element of a block in a block, and so on; empty when one is missing. */
function inside(value: Value, ...names: readonly string[]): ValueMap {
  return names.reduce<ValueMap>((holder, name) => blocksOf(holder[name])[0] ?? {}, isMap(value) ? value : {});
}

/** Who may reach the brokers, and how: the port of each way that the cluster leaves open. */
interface Listener {
  readonly port: number;
  readonly isOpen: (cluster: ValueMap) => boolean;
}

const sasl = (kind: "scram" | "iam") => (cluster: ValueMap) => inside(cluster, "client_authentication", "sasl")[kind] === true;

function clientBroker(cluster: ValueMap): Value {
  return inside(cluster, "encryption_info", "encryption_in_transit")["client_broker"] ?? "TLS";
}

function isPublic(cluster: ValueMap): boolean {
  return inside(cluster, "broker_node_group_info", "connectivity_info", "public_access")["type"] === "SERVICE_PROVIDED_EIPS";
}

function privately(cluster: ValueMap, ...names: readonly string[]): ValueMap {
  return inside(cluster, "broker_node_group_info", "connectivity_info", "vpc_connectivity", "client_authentication", ...names);
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const LISTENERS: Readonly<Record<string, Listener>> = {
  bootstrap_brokers: { port: 9092, isOpen: (cluster) => ["PLAINTEXT", "TLS_PLAINTEXT"].includes(String(clientBroker(cluster))) },
  bootstrap_brokers_tls: { port: 9094, isOpen: (cluster) => clientBroker(cluster) !== "PLAINTEXT" },
  bootstrap_brokers_sasl_scram: { port: 9096, isOpen: sasl("scram") },
  bootstrap_brokers_sasl_iam: { port: 9098, isOpen: sasl("iam") },
  bootstrap_brokers_public_tls: { port: 9194, isOpen: (cluster) => isPublic(cluster) && clientBroker(cluster) !== "PLAINTEXT" },
  bootstrap_brokers_public_sasl_scram: { port: 9196, isOpen: (cluster) => isPublic(cluster) && sasl("scram")(cluster) },
  bootstrap_brokers_public_sasl_iam: { port: 9198, isOpen: (cluster) => isPublic(cluster) && sasl("iam")(cluster) },
  bootstrap_brokers_vpc_connectivity_tls: { port: 14_001, isOpen: (cluster) => privately(cluster)["tls"] === true },
  bootstrap_brokers_vpc_connectivity_sasl_scram: { port: 14_002, isOpen: (cluster) => privately(cluster, "sasl")["scram"] === true },
  bootstrap_brokers_vpc_connectivity_sasl_iam: { port: 14_003, isOpen: (cluster) => privately(cluster, "sasl")["iam"] === true },
};

const PARTS = ["client_authentication", "encryption_info", "broker_node_group_info"] as const;

/** Addresses of at most three brokers, sorted as text; empty when the cluster does not listen that way. */
function brokers(r: FakeResource, { port, isOpen }: Listener): string {
  if (!isOpen(Object.fromEntries(PARTS.map((part) => [part, r.value(part)])))) return "";
  const count = Math.min(3, Number(r.value("number_of_broker_nodes")) || 3);
  const host = (broker: number): string =>
    `b-${broker}.${r.text("cluster_name")}.fakefa.c1.kafka.${r.place.region}.${r.place.dnsSuffix}:${port}`;
  return Array.from({ length: count }, (_none, i) => host(i + 1)).join(",");
}

export const STREAMING_FAKES: Readonly<Record<string, Fakes>> = {
  aws_msk_cluster: {
    id: same("arn"),
    arn: (r) => r.arn("kafka", `cluster/${r.text("cluster_name")}/${r.text("cluster_uuid")}`),
    cluster_uuid: (r) => `${r.uuid()}-1`,
    current_version: (r) => r.letters("K", 14),
    ...Object.fromEntries(Object.entries(LISTENERS).map(([name, listener]): [string, Fake] => [name, (r) => brokers(r, listener)])),
    // Clusters that run without ZooKeeper have none of these addresses.
    zookeeper_connect_string: fixed(""),
    zookeeper_connect_string_tls: fixed(""),
  },
  aws_msk_configuration: {
    id: same("arn"),
    arn: (r) => r.arn("kafka", `configuration/${r.text("name")}/${r.uuid()}-1`),
    latest_revision: (r) => Number(r.before("latest_revision") ?? 0) + 1,
  },
  aws_msk_cluster_policy: { id: same("cluster_arn"), current_version: (r) => r.letters("K", 14) },
  aws_msk_vpc_connection: {
    id: same("arn"),
    arn: (r) => r.arn("kafka", `vpc-connection/${r.place.account}/${r.lastOf("target_cluster_arn")}/${r.uuid()}`),
  },
  aws_mskconnect_connector: {
    id: same("arn"),
    arn: (r) => r.arn("kafkaconnect", `connector/${r.text("name")}/${r.uuid()}-1`),
    version: (r) => r.letters("K", 14),
  },
  aws_mskconnect_custom_plugin: {
    id: same("arn"),
    arn: (r) => r.arn("kafkaconnect", `custom-plugin/${r.text("name")}/${r.uuid()}-1`),
    latest_revision: fixed(1),
    state: fixed("ACTIVE"),
  },
  aws_mskconnect_worker_configuration: {
    id: same("arn"),
    arn: (r) => r.arn("kafkaconnect", `worker-configuration/${r.text("name")}/${r.uuid()}-1`),
    latest_revision: fixed(1),
  },
};
