import { asText, blocksOf, elementsOf, isEmpty, isSame, type Value } from "../../protocol/value";
import type { ConfigView } from "../config-view";
import { isUnset, type PlanDraft } from "../plan-draft";
import type { SpecialCase, SpecialCases } from "../special-case";

/** Compares release numbers part by part. @returns below 0 when `a` is older. */
function compareVersions(a: Value, b: Value): number {
  const parts = (value: Value): number[] => (asText(value) ?? "").split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(a), parts(b)];
  const difference = Array.from({ length: Math.max(left.length, right.length) }, (_none, i) => (left[i] ?? 0) - (right[i] ?? 0)).find(
    (step) => step !== 0,
  );
  return difference ?? 0;
}

function isLowered(draft: PlanDraft, name: string): boolean {
  const [before, after] = [draft.before(name), draft.value(name)];
  return typeof before === "string" && typeof after === "string" && compareVersions(after, before) < 0;
}

function planReplicationGroup(draft: PlanDraft): void {
  draft.replaceWhen("engine_version", isLowered(draft, "engine_version"));
  draft.replaceWhen("engine", draft.before("engine") === "valkey" && draft.value("engine") === "redis");
  const actual = draft.before("engine_version_actual");
  // Encryption in transit can be switched on an existing group from Redis 7.0.5 on.
  draft.replaceWhen("transit_encryption_enabled", typeof actual === "string" && compareVersions(actual, "7.0.5") < 0);
  if (draft.isAnyChanged(["num_cache_clusters", "num_node_groups", "replicas_per_node_group"])) draft.recompute("member_clusters");
}

function checkReplicationGroup(config: ConfigView): void {
  if (
    config.value("multi_az_enabled") === true &&
    config.value("automatic_failover_enabled") !== true &&
    config.isUnset("automatic_failover_enabled")
  ) {
    config.fault("multi_az_enabled", "needs automatic_failover_enabled = true; set that too");
  }
  const clusters = config.value("num_cache_clusters");
  if (config.value("automatic_failover_enabled") === true && typeof clusters === "number" && clusters < 2) {
    config.fault("num_cache_clusters", `must be at least 2 with automatic_failover_enabled, got ${clusters}`);
  }
  if (config.isUnset("node_type") && config.isUnset("global_replication_group_id")) config.fault("node_type", "must be set; set it");
  const token = config.text("auth_token");
  if (token !== undefined && (token.length < 16 || token.length > 128))
    config.fault("auth_token", "must be 16 to 128 characters long, got a sensitive value of another length");
  if (
    config.isSet("auth_token_update_strategy") &&
    config.isUnset("auth_token") &&
    config.text("auth_token_update_strategy") !== "DELETE"
  ) {
    config.fault("auth_token_update_strategy", "needs auth_token, which is not set; set it too");
  }
}

const INSIGHTS_DAYS = { least: 7, greatest: 731, month: 31 } as const;

function checkInsights(config: ConfigView): void {
  const days = config.value("performance_insights_retention_period");
  if (typeof days !== "number" || days === INSIGHTS_DAYS.least || days === INSIGHTS_DAYS.greatest) return;
  if (days > 0 && days < INSIGHTS_DAYS.greatest && days % INSIGHTS_DAYS.month === 0) return;
  config.fault("performance_insights_retention_period", `must be 7, 731 or a multiple of 31 days, got ${days}`);
}

function planDbInstance(draft: PlanDraft): void {
  const [before, after, most] = [draft.before("allocated_storage"), draft.value("allocated_storage"), draft.value("max_allocated_storage")];
  // Storage that grew by itself is not shrunk again.
  if (typeof before === "number" && typeof after === "number" && typeof most === "number" && before > after && most > after)
    draft.keep("allocated_storage");
  if (draft.before("max_allocated_storage") === 0 && most === after) draft.keep("max_allocated_storage");
}

function planTable(draft: PlanDraft): void {
  for (const name of ["restore_source_name", "restore_source_table_arn"]) draft.replaceWhen(name, !isUnset(draft.value(name)));
  if (draft.isChanged("stream_enabled") || (draft.isChanged("stream_view_type") && !isUnset(draft.value("stream_view_type"))))
    draft.recompute("stream_arn", "stream_label");
  if (draft.isChanged("attribute") && !draft.isChanged("global_secondary_index")) draft.keep("attribute");
}

function checkTable(config: ConfigView): void {
  const defined = blocksOf(config.value("attribute")).map(({ name }) => name ?? null);
  const indexes = [...blocksOf(config.value("global_secondary_index")), ...blocksOf(config.value("local_secondary_index"))];
  const keys = [config.values, ...indexes].flatMap((holder) => [
    holder["hash_key"],
    holder["range_key"],
    ...blocksOf(holder["key_schema"]).map((key) => key["attribute_name"]),
  ]);
  if ([...defined, ...keys].some((name) => typeof name === "object" && name !== null)) return;
  const used = new Set(keys.filter((name) => typeof name === "string" && name !== ""));
  for (const name of defined)
    if (!used.has(name ?? undefined)) config.fault("attribute", `defines ${JSON.stringify(name)}, which no key or index uses; remove it`);
  for (const name of used)
    if (!defined.includes(name ?? null)) config.fault("attribute", `lacks ${JSON.stringify(name)}, which a key or index uses; define it`);
  const isStreaming = config.value("stream_enabled") === true;
  if (isStreaming && config.isUnset("stream_view_type")) config.fault("stream_view_type", "must be set with stream_enabled = true; set it");
  if (!isStreaming && config.isSet("stream_view_type")) config.fault("stream_view_type", "needs stream_enabled = true; set that too");
  if (config.text("billing_mode") === "PAY_PER_REQUEST") {
    for (const name of ["read_capacity", "write_capacity"]) {
      if (config.isSet(name) && config.value(name) !== 0)
        config.fault(name, 'may not be set with billing_mode "PAY_PER_REQUEST"; leave it out');
    }
  }
}

/** Where clients from outside find an MSK cluster's brokers, by each kind of authentication. */
const OUTSIDE_BROKERS = ["public", "vpc_connectivity"].flatMap((way) =>
  ["tls", "sasl_scram", "sasl_iam"].map((kind) => `bootstrap_brokers_${way}_${kind}`),
);

function planKafkaCluster(draft: PlanDraft): void {
  draft.replaceWhen("kafka_version", isLowered(draft, "kafka_version"));
  const waysIn = (nodes: Value): Value => blocksOf(nodes)[0]?.["connectivity_info"] ?? null;
  // They come and go with the ways in. The provider's own plan says that they stay, and its apply then brings others.
  if (!isSame(waysIn(draft.before("broker_node_group_info")), waysIn(draft.value("broker_node_group_info"))))
    draft.recompute(...OUTSIDE_BROKERS);
}

const versionedBucket: SpecialCase = {
  plan: (draft) => {
    const statusOf = (value: Value): Value => blocksOf(value)[0]?.["status"] ?? null;
    const before = statusOf(draft.before("versioning_configuration"));
    if (!draft.isCreate && before !== "Disabled" && statusOf(draft.value("versioning_configuration")) === "Disabled") {
      draft.fault("versioning_configuration", `cannot become Disabled on a bucket that is ${asText(before)}; write Suspended`);
    }
  },
};

/** Arguments that make new content of an object. */
const CONTENT = [
  "bucket_key_enabled",
  "cache_control",
  "checksum_algorithm",
  "content",
  "content_base64",
  "content_disposition",
  "content_encoding",
  "content_language",
  "content_type",
  "etag",
  "kms_key_id",
  "metadata",
  "server_side_encryption",
  "source",
  "source_hash",
  "storage_class",
  "website_redirect",
];

export const DATA: SpecialCases = {
  aws_elasticache_replication_group: { plan: planReplicationGroup, check: checkReplicationGroup },
  aws_rds_cluster: {
    check: checkInsights,
    plan: (draft) => {
      draft.replaceWhen("storage_type", !(asText(draft.value("engine")) ?? "").startsWith("aurora"));
      if (isUnset(draft.value("snapshot_identifier"))) draft.keep("snapshot_identifier");
      draft.replaceWhen("snapshot_identifier", !isUnset(draft.value("snapshot_identifier")));
    },
  },
  aws_rds_cluster_instance: { check: checkInsights },
  aws_db_instance: { check: checkInsights, plan: planDbInstance },
  aws_db_subnet_group: {
    check: (config) => {
      if (config.text("name")?.toLowerCase() === "default")
        config.fault("name", 'must not be "default", which AWS keeps for itself; choose another name');
    },
  },
  aws_efs_file_system: {
    check: (config) => {
      if (config.isSet("kms_key_id") && config.value("encrypted") === false)
        config.fault("kms_key_id", "needs encrypted = true; set that too");
    },
  },
  aws_dynamodb_table: { plan: planTable, check: checkTable },
  aws_msk_cluster: { plan: planKafkaCluster },
  aws_msk_configuration: {
    plan: (draft) => {
      if (draft.isChanged("server_properties")) draft.recompute("latest_revision");
    },
  },
  aws_memorydb_cluster: {
    plan: (draft) => {
      if (!draft.isCreate && elementsOf(draft.before("security_group_ids")).length > 0 && isEmpty(draft.config["security_group_ids"])) {
        draft.fault("security_group_ids", "cannot lose its last security group; leave one");
      }
    },
  },
  aws_s3_bucket_versioning: versionedBucket,
  aws_s3_object: {
    plan: (draft) => {
      if (draft.isAnyChanged(CONTENT)) draft.recompute("version_id");
    },
  },
};
