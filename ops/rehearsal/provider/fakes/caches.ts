import { type FakeResource, type Fakes, fixed, same } from "./fake-resource";

const cacheHost = (r: FakeResource, role: string): string =>
  `${role}${r.text("replication_group_id")}.${r.word(6)}.${r.place.region}.cache.${r.place.dnsSuffix}`;

/** A replication group with several shards has one address for its configuration, and no primary. */
function isSharded(r: FakeResource): boolean {
  const shards = r.value("num_node_groups");
  return (typeof shards === "number" && shards > 1) || r.text("cluster_mode") === "enabled";
}

export const CACHE_FAKES: Readonly<Record<string, Fakes>> = {
  aws_elasticache_replication_group: {
    id: (r) => r.text("replication_group_id").toLowerCase(),
    arn: (r) => r.arn("elasticache", `replicationgroup:${r.text("replication_group_id")}`),
    primary_endpoint_address: (r) => (isSharded(r) ? "" : cacheHost(r, r.value("transit_encryption_enabled") === true ? "master." : "")),
    reader_endpoint_address: (r) => (isSharded(r) ? "" : cacheHost(r, r.value("transit_encryption_enabled") === true ? "replica." : "")),
    configuration_endpoint_address: (r) => (isSharded(r) ? cacheHost(r, "clustercfg.") : ""),
    member_clusters: (r) =>
      Array.from(
        { length: Number(r.value("num_cache_clusters")) || 1 },
        (_none, i) => `${r.text("replication_group_id")}-${String(i + 1).padStart(3, "0")}`,
      ),
    cluster_enabled: isSharded,
    apply_immediately: fixed(false),
    at_rest_encryption_enabled: fixed("false"),
    auto_minor_version_upgrade: fixed("true"),
    cluster_mode: fixed("disabled"),
    data_tiering_enabled: fixed(false),
    engine: fixed("redis"),
    engine_version: fixed("7.1"),
    engine_version_actual: (r) =>
      /^\d+\.\d+$/.test(r.text("engine_version")) ? `${r.text("engine_version")}.0` : r.text("engine_version"),
    global_replication_group_id: fixed(""),
    ip_discovery: fixed("ipv4"),
    maintenance_window: fixed("sun:01:00-sun:02:00"),
    network_type: fixed("ipv4"),
    node_type: fixed("cache.t4g.micro"),
    num_cache_clusters: fixed(1),
    num_node_groups: fixed(1),
    parameter_group_name: fixed("default.redis7"),
    replicas_per_node_group: fixed(0),
    security_group_ids: fixed([]),
    security_group_names: fixed([]),
    snapshot_window: fixed("03:00-04:00"),
    subnet_group_name: fixed("default"),
    transit_encryption_enabled: fixed(false),
    transit_encryption_mode: fixed(""),
  },
  aws_elasticache_subnet_group: {
    id: (r) => r.text("name").toLowerCase(),
    arn: (r) => r.arn("elasticache", `subnetgroup:${r.text("name")}`),
    vpc_id: (r) => r.hexId("vpc"),
  },
  aws_elasticache_parameter_group: { id: same("name"), arn: (r) => r.arn("elasticache", `parametergroup:${r.text("name")}`) },
  aws_elasticache_user: { id: same("user_id"), arn: (r) => r.arn("elasticache", `user:${r.text("user_id")}`) },
  aws_elasticache_user_group: { id: same("user_group_id"), arn: (r) => r.arn("elasticache", `usergroup:${r.text("user_group_id")}`) },
  aws_memorydb_cluster: {
    id: same("name"),
    engine: fixed("redis"),
    engine_version: fixed("7.1"),
    maintenance_window: fixed("sun:01:00-sun:02:00"),
    parameter_group_name: fixed("default.memorydb-redis7"),
    port: fixed(6379),
    snapshot_retention_limit: fixed(0),
    snapshot_window: fixed("03:00-04:00"),
    subnet_group_name: fixed("default"),
    arn: (r) => r.arn("memorydb", `cluster/${r.text("name")}`),
    cluster_endpoint: (r) => [
      {
        address: `clustercfg.${r.text("name")}.${r.word(6)}.memorydb.${r.place.region}.${r.place.dnsSuffix}`,
        port: Number(r.value("port")) || 6379,
      },
    ],
    engine_patch_version: same("engine_version"),
    shards: fixed([]),
  },
  aws_memorydb_acl: { id: same("name"), arn: (r) => r.arn("memorydb", `acl/${r.text("name")}`), minimum_engine_version: fixed("6.0") },
  aws_memorydb_user: {
    id: same("user_name"),
    arn: (r) => r.arn("memorydb", `user/${r.text("user_name")}`),
    minimum_engine_version: fixed("6.0"),
    "authentication_mode.password_count": fixed(1),
  },
  aws_memorydb_parameter_group: { id: same("name"), arn: (r) => r.arn("memorydb", `parametergroup/${r.text("name")}`) },
  aws_memorydb_subnet_group: {
    id: same("name"),
    arn: (r) => r.arn("memorydb", `subnetgroup/${r.text("name")}`),
    vpc_id: (r) => r.hexId("vpc"),
  },
};
