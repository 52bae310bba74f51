import { type Change, replaced, replacedFirst, STAYS, UPDATED } from "../support/change";

/** Another block for the whole network. Addresses that the outside knows, data and secrets must live through it. */
export const NETWORK_BLOCK: readonly Change[] = [
  {
    what: "the VPC's block",
    config: (config) => {
      config.network = JSON.parse(JSON.stringify(config.network).replaceAll('"10.1.', '"10.2.'));
    },
    outcomes: {
      // The groups in it exist beside their successors for a moment, and so must the VPC.
      "aws_vpc.network": replacedFirst("cidr_block"),
      "aws_subnet.*": replaced("cidr_block", "vpc_id"),
      "aws_internet_gateway.network_internet_gateway": UPDATED,
      "aws_nat_gateway.network_nat_a": replaced("subnet_id"),
      "aws_route_table.*": replaced("vpc_id"),
      "aws_route.*": replaced("route_table_id"),
      "aws_route_table_association.*": replaced("subnet_id"),
      "aws_vpc_endpoint.network_s3_endpoint": replaced("vpc_id"),
      "aws_flow_log.network_flow_logs": replaced("vpc_id"),
      "aws_default_security_group.network_default_security_group": replaced("vpc_id"),
      "aws_security_group.*": replacedFirst("vpc_id"),
      "aws_vpc_security_group_ingress_rule.*": replaced("security_group_id"),
      "aws_vpc_security_group_egress_rule.*": replaced("security_group_id"),

      "aws_lb_target_group.*": replacedFirst("vpc_id"),
      // Planned in place by the provider. AWS takes no subnets of another VPC, here and in subnet groups: that apply would
      // end there, and a plan cannot know it.
      "aws_lb.*": UPDATED,
      "aws_lb_listener.*": STAYS,
      "aws_lb_listener.alb_nova_https_listener": UPDATED,
      "aws_lb_listener.alb_customer_https_listener": UPDATED,
      "aws_lb_listener.alb_orion_https_listener": UPDATED,
      "aws_lb_listener.nlb_storefront_http_listener": UPDATED,
      "aws_lb_listener.nlb_storefront_https_listener": UPDATED,
      "cloudflare_dns_record.*": STAYS,
      "aws_acm_certificate.*": STAYS,
      "aws_eip.*": STAYS,

      "aws_efs_file_system.caddy_files": STAYS,
      "aws_efs_access_point.caddy_files_data": STAYS,
      "aws_efs_mount_target.*": replaced("subnet_id"),
      "aws_db_subnet_group.aurora_subnets": UPDATED,
      "aws_rds_cluster.aurora": UPDATED,
      "aws_rds_cluster_instance.aurora_writer": STAYS,
      "aws_elasticache_subnet_group.redis_subnets": UPDATED,
      "aws_elasticache_replication_group.redis": UPDATED,
      "aws_secretsmanager_secret.*": STAYS,
      "aws_secretsmanager_secret_version.*": STAYS,
      "aws_ssm_parameter.*": STAYS,

      "aws_network_interface.*": replaced("subnet_id"),
      "aws_instance.*": replaced("primary_network_interface.0.network_interface_id"),
      "aws_eip_association.bastion_public_address": replaced("network_interface_id"),
      "aws_ebs_volume.clickhouse_data": STAYS,
      "aws_volume_attachment.clickhouse_data_attachment": replaced("instance_id"),

      "aws_service_discovery_private_dns_namespace.internal_names": replaced("vpc"),
      "aws_service_discovery_service.internal_names_internal_tools": replaced("dns_config.0.namespace_id"),
      "aws_ecs_cluster.cluster": STAYS,
      "aws_ecs_service.*": UPDATED,
      // These two are told ClickHouse's address, which is another one.
      "aws_ecs_task_definition.orion_backend_task_definition": replaced("container_definitions"),
      "aws_ecs_task_definition.events_consumer_task_definition": replaced("container_definitions"),
      "aws_ecs_task_definition.*": STAYS,
      "aws_cloudwatch_log_group.*": STAYS,
      "aws_iam_role.*": STAYS,

      // Alarms that watch an instance or a target group by its id.
      "aws_cloudwatch_metric_alarm.bastion_status_check_failed": UPDATED,
      "aws_cloudwatch_metric_alarm.clickhouse_status_check_failed": UPDATED,
      "aws_cloudwatch_metric_alarm.alb_nova_unhealthy_tasks": UPDATED,
      "aws_cloudwatch_metric_alarm.alb_customer_unhealthy_tasks": UPDATED,
      "aws_cloudwatch_metric_alarm.alb_orion_unhealthy_tasks": UPDATED,
      "aws_cloudwatch_metric_alarm.nlb_storefront_http_no_healthy_task": UPDATED,
      "aws_cloudwatch_metric_alarm.nlb_storefront_https_no_healthy_task": UPDATED,
      "aws_cloudwatch_metric_alarm.*": STAYS,
    },
  },
];
