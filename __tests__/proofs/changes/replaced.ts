import { type Change, DESTROYED, replaced, replacedFirst, STAYS, UPDATED } from "../support/change";

const service = (name: string): string => `aws_ecs_service.${name}`;
const task = (name: string): string => `aws_ecs_task_definition.${name}_task_definition`;
const EXECUTION_POLICY = "aws_iam_role_policy.task_execution_role_policy";

/** Names, places and what else AWS cannot change: each with what hangs on it, and what must not be touched. */
export const REPLACED: readonly Change[] = [
  {
    what: "a log group's name: a new group, and a task definition that writes to it",
    edits: [["aws_cloudwatch_log_group.orion_backend_log_group", "name", "/zelly/ecs/orion"]],
    outcomes: {
      "aws_cloudwatch_log_group.orion_backend_log_group": replaced("name"),
      [task("orion_backend")]: replaced("container_definitions"),
      [service("orion_backend")]: UPDATED,
      [EXECUTION_POLICY]: UPDATED,
    },
  },
  {
    what: "a task's size: a new revision, and a service that takes it in place",
    config: ({ services }) => {
      services.customerPanel = { ...services.customerPanel, cpu: 1024, memoryMib: 2048 };
    },
    outcomes: { [task("customer_panel")]: replaced("cpu", "memory"), [service("customer_panel")]: UPDATED },
  },
  {
    what: "one subnet's block",
    config: ({ network }) => {
      network.zones["c"] = { publicCidr: "10.1.32.0/20", privateCidr: "10.1.176.0/20" };
    },
    outcomes: {
      "aws_subnet.network_private_c": replaced("cidr_block"),
      "aws_subnet.*": STAYS,
      "aws_efs_mount_target.caddy_files_mount_target_c": replaced("subnet_id"),
      "aws_route_table_association.network_private_c_route_table_association": replaced("subnet_id"),
      "aws_elasticache_subnet_group.redis_subnets": UPDATED,
    },
  },
  {
    what: "a secret's name",
    edits: [["aws_secretsmanager_secret.secrets_fastify_nova", "name", "zelly/nova/env"]],
    outcomes: {
      "aws_secretsmanager_secret.secrets_fastify_nova": replaced("name"),
      "aws_secretsmanager_secret.*": STAYS,
      [task("fastify_nova")]: replaced("container_definitions"),
      [service("fastify_nova")]: UPDATED,
    },
  },
  {
    what: "a target group's port: the new group is there before the listener lets go of the old one",
    edits: [["aws_lb_target_group.alb_nova_targets", "port", 3001]],
    outcomes: {
      "aws_lb_target_group.alb_nova_targets": replacedFirst("port"),
      "aws_lb_listener.alb_nova_https_listener": UPDATED,
      "aws_lb.alb_nova": STAYS,
      [service("fastify_nova")]: UPDATED,
      "aws_cloudwatch_metric_alarm.alb_nova_unhealthy_tasks": UPDATED,
    },
  },
  {
    what: "the zone of a volume",
    edits: [["aws_ebs_volume.clickhouse_data", "availability_zone", "ap-southeast-1b"]],
    outcomes: {
      "aws_ebs_volume.clickhouse_data": replaced("availability_zone"),
      "aws_volume_attachment.clickhouse_data_attachment": replaced("volume_id"),
      // It looks for its volume by id.
      "aws_instance.clickhouse": UPDATED,
      "aws_iam_role_policy.clickhouse_data_snapshot_role_policy": UPDATED,
    },
  },
  {
    what: "a security group's description: its rules are new, rules that point at it change in place",
    edits: [["aws_security_group.caddy_files", "description", "certificates of the shops"]],
    outcomes: {
      "aws_security_group.caddy_files": replacedFirst("description"),
      "aws_vpc_security_group_ingress_rule.caddy_files_from_storefront_nfs": replaced("security_group_id"),
      "aws_vpc_security_group_egress_rule.storefront_to_caddy_files_nfs": UPDATED,
      "aws_efs_mount_target.caddy_files_mount_target_a": UPDATED,
      "aws_efs_mount_target.caddy_files_mount_target_b": UPDATED,
    },
  },
  {
    what: "a certificate's domain: the new one is issued before the listener lets go of the old one",
    variables: [["orion.staging.example.com", "office.staging.example.com"]],
    outcomes: {
      "aws_acm_certificate.alb_orion_certificate": replacedFirst("domain_name"),
      "cloudflare_dns_record.alb_orion_certificate_validation_record": replaced("type"),
      "aws_acm_certificate_validation.alb_orion_certificate_validation": replaced("certificate_arn", "validation_record_fqdns"),
      "aws_lb_listener.alb_orion_https_listener": UPDATED,
      "cloudflare_dns_record.alb_orion_name": UPDATED,
    },
  },
  {
    what: "a repository's name",
    edits: [["aws_ecr_repository.tools", "name", "zelly/tooling"]],
    outcomes: { "aws_ecr_repository.tools": replaced("name"), "aws_ecr_lifecycle_policy.tools_lifecycle": replaced("repository") },
  },
  {
    what: "the database's identifier, and its way from public subnets to private ones",
    config: ({ aurora }) => {
      aurora.access = "private";
    },
    edits: [["aws_rds_cluster.aurora", "cluster_identifier", "zelly-staging-orders"]],
    outcomes: {
      "aws_rds_cluster.aurora": replaced("cluster_identifier", "db_subnet_group_name"),
      "aws_rds_cluster_instance.aurora_writer": replaced("cluster_identifier"),
      "aws_db_subnet_group.aurora_subnets": replaced("name"),
      // It holds the host, and the host is another one.
      "aws_secretsmanager_secret_version.aurora_secret_value": replaced("replace_triggered_by"),
      'aws_vpc_security_group_ingress_rule.aurora_from_allowed_addresses_mysql["203.0.113.0/24"]': DESTROYED,
    },
  },
  {
    what: "Redis' identifier",
    edits: [["aws_elasticache_replication_group.redis", "replication_group_id", "zelly-staging-cache"]],
    outcomes: { "aws_elasticache_replication_group.redis": replaced("replication_group_id") },
  },
  {
    what: "the name of the network balancer, whose addresses stay",
    edits: [["aws_lb.nlb_storefront", "name", "nlb-shops"]],
    outcomes: {
      "aws_lb.nlb_storefront": replaced("name"),
      "aws_lb_listener.nlb_storefront_http_listener": replaced("load_balancer_arn"),
      "aws_lb_listener.nlb_storefront_https_listener": replaced("load_balancer_arn"),
      "aws_lb_target_group.nlb_storefront_http_targets": STAYS,
      "aws_lb_target_group.nlb_storefront_https_targets": STAYS,
      "aws_eip.*": STAYS,
      'cloudflare_dns_record.storefront_names["shop.staging.example.com"]': UPDATED,
      "aws_cloudwatch_metric_alarm.nlb_storefront_http_no_healthy_task": UPDATED,
      "aws_cloudwatch_metric_alarm.nlb_storefront_https_no_healthy_task": UPDATED,
    },
  },
  {
    what: "the folder of an access point",
    edits: [["aws_efs_access_point.caddy_files_data", "root_directory.path", "/caddy"]],
    outcomes: {
      "aws_efs_access_point.caddy_files_data": replaced("root_directory.0.path"),
      "aws_efs_file_system.caddy_files": STAYS,
      [task("storefront")]: replaced("volume"),
      [service("storefront")]: UPDATED,
      "aws_iam_role_policy.storefront_task_role_policy": UPDATED,
    },
  },
  {
    what: "a role's name",
    edits: [["aws_iam_role.events_consumer_task_role", "name", "zelly-staging-events"]],
    outcomes: {
      "aws_iam_role.events_consumer_task_role": replaced("name"),
      "aws_iam_role_policy.events_consumer_task_role_policy": replaced("role"),
      [task("events_consumer")]: replaced("task_role_arn"),
      [service("events_consumer")]: UPDATED,
    },
  },
  {
    what: "a service's name",
    edits: [[service("internal_tools"), "name", "internal-tools"]],
    outcomes: { [service("internal_tools")]: replaced("name") },
  },
  {
    what: "an alarm's name",
    edits: [["aws_cloudwatch_metric_alarm.redis_cpu_high", "alarm_name", "zelly-staging-redis-busy"]],
    outcomes: { "aws_cloudwatch_metric_alarm.redis_cpu_high": replaced("alarm_name") },
  },
  {
    what: "the budget's name",
    edits: [["aws_budgets_budget.budget", "name", "zelly-of-staging"]],
    outcomes: { "aws_budgets_budget.budget": replaced("name") },
  },
  {
    what: "the bastion's processor and its SSH key: its interface, its address, its own key and its peers stay",
    config: ({ bastion }) => {
      bastion.instanceType = "t4g.micro";
    },
    variables: [
      [
        "AAAAC3NzaC1lZDI1NTE5AAAAIGV4YW1wbGUta2V5LW9mLW5vYm9keS0wMDAwMDAwMDAw",
        "AAAAC3NzaC1lZDI1NTE5AAAAIGV4YW1wbGUta2V5LW9mLW5vYm9keS0xMTExMTExMTEx",
      ],
    ],
    outcomes: {
      "aws_key_pair.bastion_key": replacedFirst("public_key"),
      "aws_instance.bastion": replaced("instance_type", "key_name"),
      "aws_network_interface.bastion_network_interface": STAYS,
      "aws_eip_association.bastion_public_address": STAYS,
      "aws_secretsmanager_secret.bastion_server_key": STAYS,
      "aws_ssm_parameter.bastion_peers": STAYS,
      "aws_cloudwatch_metric_alarm.bastion_status_check_failed": UPDATED,
    },
  },
];
