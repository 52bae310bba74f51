import { type Change, CREATED, replaced, UPDATED } from "../support/change";

const NOVA = "alb_nova";
const OFFICE = 'aws_vpc_security_group_ingress_rule.aurora_from_allowed_addresses_mysql["203.0.113.0/24"]';

/** Sizes, numbers and texts: what AWS changes on the thing that is there. */
export const IN_PLACE: readonly Change[] = [
  {
    what: "the most tasks of a service",
    config: ({ services }) => {
      services.fastifyNova.tasks.max = 3;
    },
    outcomes: { "aws_appautoscaling_target.fastify_nova_scaling": UPDATED },
  },
  {
    what: "the CPU that scaling aims at",
    config: ({ services }) => {
      services.storefront.tasks.cpuPercent = 60;
    },
    outcomes: { "aws_appautoscaling_policy.storefront_scaling_cpu": UPDATED },
  },
  {
    what: "the number of tasks of a service that does not scale, and with it the least that an alarm asks for",
    config: ({ services }) => {
      services.eventsConsumer.tasks = { min: 2, max: 2 };
    },
    outcomes: {
      "aws_ecs_service.events_consumer": UPDATED,
      "aws_cloudwatch_metric_alarm.events_consumer_tasks_missing": UPDATED,
    },
  },
  {
    what: "Redis' node type",
    config: ({ redis }) => {
      redis.nodeType = "cache.t4g.small";
    },
    outcomes: { "aws_elasticache_replication_group.redis": UPDATED },
  },
  {
    what: "Aurora's largest capacity, and with it the connections that an alarm allows",
    config: ({ aurora }) => {
      aurora.maxAcu = 4;
    },
    outcomes: { "aws_rds_cluster.aurora": UPDATED, "aws_cloudwatch_metric_alarm.aurora_alarms_connections_high": UPDATED },
  },
  {
    what: "the version of Aurora's password: the cluster gets it in place, the secrets get a new version each",
    config: ({ aurora }) => {
      aurora.passwordVersion = 2;
    },
    outcomes: {
      "aws_rds_cluster.aurora": UPDATED,
      "aws_secretsmanager_secret_version.aurora_password_stored": replaced("secret_string_wo_version"),
      "aws_secretsmanager_secret_version.aurora_secret_value": replaced("secret_string_wo_version"),
    },
  },
  {
    what: "the type of ClickHouse's instance, which stops and starts",
    config: ({ clickhouse }) => {
      clickhouse.instanceType = "t3.medium";
    },
    outcomes: { "aws_instance.clickhouse": UPDATED },
  },
  {
    what: "the size of ClickHouse's data volume",
    config: ({ clickhouse }) => {
      clickhouse.dataGib = 40;
    },
    outcomes: { "aws_ebs_volume.clickhouse_data": UPDATED },
  },
  {
    what: "the budget's amount",
    config: (config) => {
      config.monthlyBudgetUsd = 400;
    },
    outcomes: { "aws_budgets_budget.budget": UPDATED },
  },
  {
    what: "how long flow logs are kept",
    config: ({ network }) => {
      network.flowLogDays = 14;
    },
    outcomes: { "aws_cloudwatch_log_group.network_flow_logs_log_group": UPDATED },
  },
  {
    what: "the reason of a security group's rule, and one more block beside the one it lets in",
    config: ({ aurora }) => {
      aurora.access = { publicTo: ["203.0.113.0/24", "198.51.100.0/24"], because: "both offices reach staging without the VPN" };
    },
    outcomes: { [OFFICE]: UPDATED, [OFFICE.replace("203.0.113", "198.51.100")]: CREATED },
  },
  {
    what: "the port of a security group's rule",
    edits: [
      ["aws_vpc_security_group_ingress_rule.redis_from_bastion_redis", "from_port", 6000],
      ["aws_vpc_security_group_ingress_rule.redis_from_bastion_redis", "to_port", 6380],
    ],
    outcomes: { "aws_vpc_security_group_ingress_rule.redis_from_bastion_redis": UPDATED },
  },
  {
    what: "an alarm's threshold",
    edits: [["aws_cloudwatch_metric_alarm.redis_memory_high", "threshold", 70]],
    outcomes: { "aws_cloudwatch_metric_alarm.redis_memory_high": UPDATED },
  },
  {
    what: "a balancer's idle timeout",
    edits: [[`aws_lb.${NOVA}`, "idle_timeout", 120]],
    outcomes: { [`aws_lb.${NOVA}`]: UPDATED },
  },
  {
    what: "a listener's TLS policy",
    edits: [[`aws_lb_listener.${NOVA}_https_listener`, "ssl_policy", "ELBSecurityPolicy-TLS13-1-3-2021-06"]],
    outcomes: { [`aws_lb_listener.${NOVA}_https_listener`]: UPDATED },
  },
  {
    what: "the path of a health check",
    edits: [[`aws_lb_target_group.${NOVA}_targets`, "health_check.path", "/well"]],
    outcomes: { [`aws_lb_target_group.${NOVA}_targets`]: UPDATED },
  },
  {
    what: "what a name in Cloudflare stands for",
    edits: [["cloudflare_dns_record.alb_customer_name", "content", "maintenance.example.com"]],
    outcomes: { "cloudflare_dns_record.alb_customer_name": UPDATED },
  },
  {
    what: "the dashboard",
    edits: [["aws_cloudwatch_dashboard.dashboard", "dashboard_body", '{"widgets":[]}']],
    outcomes: { "aws_cloudwatch_dashboard.dashboard": UPDATED },
  },
  {
    what: "a tag of a subnet",
    edits: [["aws_subnet.network_public_a", "tags.Tier", "front"]],
    outcomes: { "aws_subnet.network_public_a": UPDATED },
  },
  {
    what: "the route table of a subnet",
    edits: [
      [
        "aws_route_table_association.network_private_b_route_table_association",
        "route_table_id",
        "${aws_route_table.network_private_a_route_table.id}",
      ],
    ],
    outcomes: { "aws_route_table_association.network_private_b_route_table_association": UPDATED },
  },
  {
    what: "a parameter of Aurora's, and one of Redis'",
    edits: [
      ["aws_rds_cluster_parameter_group.aurora_parameters", "parameter.2.value", "2"],
      ["aws_elasticache_parameter_group.redis_parameters", "parameter.0.value", "allkeys-lru"],
    ],
    outcomes: { "aws_rds_cluster_parameter_group.aurora_parameters": UPDATED, "aws_elasticache_parameter_group.redis_parameters": UPDATED },
  },
  {
    what: "whether the database has a public address",
    edits: [["aws_rds_cluster_instance.aurora_writer", "publicly_accessible", false]],
    outcomes: { "aws_rds_cluster_instance.aurora_writer": UPDATED },
  },
  {
    what: "the throughput of the file system",
    edits: [["aws_efs_file_system.caddy_files", "throughput_mode", "bursting"]],
    outcomes: { "aws_efs_file_system.caddy_files": UPDATED },
  },
  {
    what: "a secret's description",
    edits: [["aws_secretsmanager_secret.redis_secret", "description", "how to reach Redis"]],
    outcomes: { "aws_secretsmanager_secret.redis_secret": UPDATED },
  },
  {
    what: "how long a name inside the network is remembered",
    edits: [["aws_service_discovery_service.internal_names_internal_tools", "dns_config.dns_records.0.ttl", 60]],
    outcomes: { "aws_service_discovery_service.internal_names_internal_tools": UPDATED },
  },
  {
    what: "the cluster's metrics",
    edits: [["aws_ecs_cluster.cluster", "setting.0.value", "disabled"]],
    outcomes: { "aws_ecs_cluster.cluster": UPDATED },
  },
  {
    what: "the size of the bastion's root volume",
    edits: [["aws_instance.bastion", "root_block_device.volume_size", 12]],
    outcomes: { "aws_instance.bastion": UPDATED },
  },
  {
    what: "whether tags of images may move",
    edits: [["aws_ecr_repository.tools", "image_tag_mutability", "MUTABLE"]],
    outcomes: { "aws_ecr_repository.tools": UPDATED },
  },
];
