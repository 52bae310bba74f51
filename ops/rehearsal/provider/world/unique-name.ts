import { isEmpty, isUnknown, type ValueMap } from "../protocol/value";
import type { Place } from "./place";

/** How far a name is unique: in a region of an account, in an account, or in all of AWS. */
type Reach = "region" | "account" | "everywhere";

interface UniqueName {
  readonly reach: Reach;
  /** Attributes that together are the name. None: there is one for the whole reach. */
  readonly by: readonly string[];
  /** Types that share their names. @default the type itself */
  readonly kind?: string;
}

const inRegion = (...by: readonly string[]): UniqueName => ({ reach: "region", by });
const inAccount = (...by: readonly string[]): UniqueName => ({ reach: "account", by });
const everywhere = (...by: readonly string[]): UniqueName => ({ reach: "everywhere", by });

const RULE_PARTS = [
  "security_group_id",
  "cidr_ipv4",
  "cidr_ipv6",
  "prefix_list_id",
  "referenced_security_group_id",
  "ip_protocol",
  "from_port",
  "to_port",
];

/**
 * What AWS keeps unique: names that a second resource cannot take, and settings of one resource that a second writer would
 * overwrite. Types that are not here may share everything.
 */
const UNIQUE: Readonly<Record<string, UniqueName>> = {
  aws_accessanalyzer_analyzer: inRegion("analyzer_name"),
  aws_api_gateway_account: inRegion(),
  aws_api_gateway_domain_name: inRegion("domain_name"),
  aws_api_gateway_stage: inRegion("rest_api_id", "stage_name"),
  aws_appautoscaling_policy: inRegion("service_namespace", "resource_id", "scalable_dimension", "name"),
  aws_appautoscaling_target: inRegion("service_namespace", "resource_id", "scalable_dimension"),
  aws_backup_vault: inRegion("name"),
  aws_budgets_budget: inAccount("name"),
  aws_cloudfront_cache_policy: inAccount("name"),
  aws_cloudfront_function: inAccount("name"),
  aws_cloudfront_origin_access_control: inAccount("name"),
  aws_cloudfront_origin_request_policy: inAccount("name"),
  aws_cloudfront_response_headers_policy: inAccount("name"),
  aws_cloudtrail: inRegion("name"),
  aws_cloudwatch_composite_alarm: { ...inRegion("alarm_name"), kind: "alarm" },
  aws_cloudwatch_dashboard: inAccount("dashboard_name"),
  aws_cloudwatch_event_rule: inRegion("event_bus_name", "name"),
  aws_cloudwatch_log_group: inRegion("name"),
  aws_cloudwatch_log_metric_filter: inRegion("log_group_name", "name"),
  aws_cloudwatch_metric_alarm: { ...inRegion("alarm_name"), kind: "alarm" },
  aws_cognito_user_pool_domain: inRegion("domain"),
  aws_config_config_rule: inRegion("name"),
  aws_config_configuration_recorder: inRegion(),
  aws_config_delivery_channel: inRegion(),
  aws_db_instance: { ...inRegion("identifier"), kind: "database instance" },
  aws_db_parameter_group: inRegion("name"),
  aws_db_subnet_group: inRegion("name"),
  aws_dynamodb_table: inRegion("name"),
  aws_ecr_lifecycle_policy: inRegion("repository"),
  aws_ecr_repository: inRegion("name"),
  aws_ecr_repository_policy: inRegion("repository"),
  aws_ecs_cluster: inRegion("name"),
  aws_ecs_cluster_capacity_providers: inRegion("cluster_name"),
  aws_ecs_service: inRegion("cluster", "name"),
  aws_efs_backup_policy: inRegion("file_system_id"),
  aws_efs_file_system: inRegion("creation_token"),
  aws_efs_file_system_policy: inRegion("file_system_id"),
  aws_efs_mount_target: inRegion("file_system_id", "subnet_id"),
  aws_eip_association: inRegion("allocation_id"),
  aws_elasticache_parameter_group: inRegion("name"),
  aws_elasticache_replication_group: inRegion("replication_group_id"),
  aws_elasticache_subnet_group: inRegion("name"),
  aws_elasticache_user: inRegion("user_id"),
  aws_elasticache_user_group: inRegion("user_group_id"),
  aws_guardduty_detector: inRegion(),
  aws_iam_account_password_policy: inAccount(),
  aws_iam_instance_profile: inAccount("name"),
  aws_iam_openid_connect_provider: inAccount("url"),
  aws_iam_policy: inAccount("name"),
  aws_iam_role: inAccount("name"),
  aws_iam_role_policy: inAccount("role", "name"),
  aws_key_pair: inRegion("key_name"),
  aws_kinesis_firehose_delivery_stream: inRegion("name"),
  aws_kms_alias: inRegion("name"),
  aws_lambda_function: inRegion("function_name"),
  aws_lambda_permission: inRegion("function_name", "qualifier", "statement_id"),
  aws_lb: { ...inRegion("name"), kind: "load balancer" },
  aws_lb_listener: inRegion("load_balancer_arn", "port"),
  aws_lb_listener_rule: inRegion("listener_arn", "priority"),
  aws_lb_target_group: inRegion("name"),
  aws_memorydb_acl: inRegion("name"),
  aws_memorydb_cluster: inRegion("name"),
  aws_memorydb_parameter_group: inRegion("name"),
  aws_memorydb_subnet_group: inRegion("name"),
  aws_memorydb_user: inRegion("user_name"),
  aws_msk_cluster: inRegion("cluster_name"),
  aws_msk_cluster_policy: inRegion("cluster_arn"),
  aws_msk_configuration: inRegion("name"),
  aws_mskconnect_connector: inRegion("name"),
  aws_mskconnect_custom_plugin: inRegion("name"),
  aws_mskconnect_worker_configuration: inRegion("name"),
  aws_rds_cluster: inRegion("cluster_identifier"),
  aws_rds_cluster_instance: { ...inRegion("identifier"), kind: "database instance" },
  aws_rds_cluster_parameter_group: inRegion("name"),
  aws_route: inRegion("route_table_id", "destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"),
  aws_route53_record: inAccount("zone_id", "name", "type", "set_identifier"),
  aws_route_table_association: inRegion("subnet_id", "gateway_id"),
  aws_s3_bucket: everywhere("bucket"),
  aws_s3_bucket_cors_configuration: everywhere("bucket"),
  aws_s3_bucket_lifecycle_configuration: everywhere("bucket"),
  aws_s3_bucket_logging: everywhere("bucket"),
  aws_s3_bucket_notification: everywhere("bucket"),
  aws_s3_bucket_object_lock_configuration: everywhere("bucket"),
  aws_s3_bucket_ownership_controls: everywhere("bucket"),
  aws_s3_bucket_policy: everywhere("bucket"),
  aws_s3_bucket_public_access_block: everywhere("bucket"),
  aws_s3_bucket_server_side_encryption_configuration: everywhere("bucket"),
  aws_s3_bucket_versioning: everywhere("bucket"),
  aws_s3_object: everywhere("bucket", "key"),
  aws_scheduler_schedule: inRegion("group_name", "name"),
  aws_secretsmanager_secret: inRegion("name"),
  aws_secretsmanager_secret_policy: inRegion("secret_arn"),
  aws_secretsmanager_secret_rotation: inRegion("secret_id"),
  aws_security_group: inRegion("vpc_id", "name"),
  aws_service_discovery_http_namespace: inRegion("name"),
  aws_service_discovery_private_dns_namespace: inRegion("vpc", "name"),
  aws_service_discovery_service: inRegion("namespace_id", "name"),
  aws_sfn_state_machine: inRegion("name"),
  aws_sns_topic: inRegion("name"),
  aws_sns_topic_policy: inRegion("arn"),
  aws_sqs_queue: inRegion("name"),
  aws_sqs_queue_policy: inRegion("queue_url"),
  aws_ssm_document: inRegion("name"),
  aws_ssm_parameter: inRegion("name"),
  aws_subnet: inRegion("vpc_id", "cidr_block"),
  aws_synthetics_canary: inRegion("name"),
  aws_volume_attachment: inRegion("instance_id", "device_name"),
  aws_vpc_security_group_egress_rule: inRegion(...RULE_PARTS),
  aws_vpc_security_group_ingress_rule: inRegion(...RULE_PARTS),
  aws_wafv2_ip_set: inRegion("scope", "name"),
  aws_wafv2_web_acl: inRegion("scope", "name"),
  aws_wafv2_web_acl_association: inRegion("resource_arn"),
  aws_wafv2_web_acl_logging_configuration: inRegion("resource_arn"),
  aws_xray_group: inRegion("group_name"),
  aws_xray_sampling_rule: inRegion("rule_name"),
  cloudflare_dns_record: everywhere("zone_id", "name", "type", "content"),
};

/** A name that is taken. */
export interface TakenName {
  /** One text per name: equal texts are the same name. */
  readonly key: string;
  /** The attribute that an operator would change. */
  readonly attribute: string | undefined;
  /** As an operator knows it: `aws_lb "shop-api" in eu-west-1 of account 111111111111`. */
  readonly label: string;
}

const PLACE_OF_REACH: Readonly<Record<Reach, (place: Place) => string>> = {
  region: ({ account, region }) => `in ${region} of account ${account}`,
  account: ({ account }) => `in account ${account}`,
  everywhere: () => "in all accounts",
};

/**
 * The name that a resource takes, or holds.
 *
 * @returns undefined when its type shares everything, or when the name is not set.
 */
export function uniqueNameOf(type: string, values: ValueMap, place: Place): TakenName | undefined {
  const unique = UNIQUE[type];
  if (unique === undefined) return undefined;
  // A name has one CNAME, whatever it points at; of addresses it may have several.
  const by = type === "cloudflare_dns_record" && values["type"] === "CNAME" ? unique.by.filter((name) => name !== "content") : unique.by;
  const parts = by.map((name) => values[name] ?? null);
  if (parts.some(isUnknown) || (by.length > 0 && parts.every(isEmpty))) return undefined;
  const region = values["region"];
  const where = PLACE_OF_REACH[unique.reach](typeof region === "string" ? { ...place, region } : place);
  const shown = parts.filter((part) => !isEmpty(part)).join(" ");
  return {
    key: JSON.stringify([unique.kind ?? type, where, ...parts]),
    attribute: by.findLast((_name, i) => !isEmpty(parts[i])),
    label: `${type}${shown === "" ? "" : ` "${shown}"`} ${where}`,
  };
}
