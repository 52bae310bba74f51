import type { TerraformJson } from "../../../../../ops/rehearsal/provider/terraform-json";

const trust = (service: string) => ({
  statement: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: [service] }] }],
});

const containers = JSON.stringify([
  {
    name: "api",
    image: "shop/api:1",
    essential: true,
    portMappings: [{ containerPort: 3000 }],
    environment: [
      { name: "B", value: "2" },
      { name: "A", value: "1" },
    ],
  },
]);

/** Provider blocks of a root in two regions, with tags of their own. */
export const PROVIDERS = {
  terraform: {
    required_providers: { aws: { source: "aws", version: "6.25.0" }, cloudflare: { source: "cloudflare/cloudflare", version: "5.14.0" } },
    backend: { local: { path: "terraform.tfstate" } },
  },
  provider: {
    aws: [
      { region: "ap-south-1", allowed_account_ids: ["222222222222"], default_tags: [{ tags: { System: "shop" } }] },
      { alias: "edge", region: "us-east-1", allowed_account_ids: ["222222222222"], default_tags: [{ tags: { System: "edge" } }] },
    ],
    cloudflare: [{}],
  },
} as const satisfies TerraformJson;

/** A made-up shop: fifty resources of many types, with what a real root has around them. */
export const MIXED_ROOT: TerraformJson = {
  ...PROVIDERS,
  variable: { zones: { type: "map(string)", default: { a: "10.0.1.0/24", b: "10.0.2.0/24" } } },
  data: {
    aws_caller_identity: { me: {} },
    aws_region: { here: {} },
    aws_partition: { here: {} },
    aws_availability_zones: { all: { state: "available" } },
    aws_ami: { linux: { most_recent: true, owners: ["amazon"], filter: [{ name: "name", values: ["al2023-ami-2023*-arm64"] }] } },
    aws_ssm_parameter: { image: { name: "${aws_ssm_parameter.image.name}" } },
    aws_ecr_repository: { shared: { name: "shop/shared" } },
    aws_ec2_managed_prefix_list: { s3: { name: "com.amazonaws.ap-south-1.s3" } },
    aws_iam_policy_document: {
      ecs: trust("ecs-tasks.amazonaws.com"),
      ec2: trust("ec2.amazonaws.com"),
      secrets: {
        statement: [{ sid: "Read", actions: ["secretsmanager:GetSecretValue"], resources: ["${aws_secretsmanager_secret.database.arn}"] }],
      },
    },
  },
  ephemeral: {
    aws_secretsmanager_random_password: { database: { password_length: 24, exclude_punctuation: true } },
    aws_secretsmanager_secret_version: { database: { secret_id: "${aws_secretsmanager_secret_version.database.secret_id}" } },
  },
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "shop" } } },
    aws_subnet: {
      private: {
        for_each: "${var.zones}",
        vpc_id: "${aws_vpc.main.id}",
        cidr_block: "${each.value}",
        availability_zone: "ap-south-1${each.key}",
      },
    },
    aws_internet_gateway: { main: { vpc_id: "${aws_vpc.main.id}" } },
    aws_eip: { nat: { domain: "vpc" } },
    aws_nat_gateway: {
      main: { allocation_id: "${aws_eip.nat.id}", subnet_id: '${aws_subnet.private["a"].id}', depends_on: ["aws_internet_gateway.main"] },
    },
    aws_route_table: { private: { vpc_id: "${aws_vpc.main.id}" } },
    aws_route: {
      out: {
        route_table_id: "${aws_route_table.private.id}",
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: "${aws_nat_gateway.main.id}",
      },
    },
    aws_route_table_association: {
      private: { for_each: "${aws_subnet.private}", subnet_id: "${each.value.id}", route_table_id: "${aws_route_table.private.id}" },
    },
    aws_vpc_endpoint: {
      s3: { vpc_id: "${aws_vpc.main.id}", service_name: "com.amazonaws.ap-south-1.s3", route_table_ids: ["${aws_route_table.private.id}"] },
    },
    aws_flow_log: {
      main: {
        vpc_id: "${aws_vpc.main.id}",
        traffic_type: "REJECT",
        log_destination: "${aws_cloudwatch_log_group.flow.arn}",
        iam_role_arn: "${aws_iam_role.ecs.arn}",
      },
    },
    aws_security_group: {
      api: { name_prefix: "api-", vpc_id: "${aws_vpc.main.id}", description: "api", lifecycle: { create_before_destroy: true } },
      database: { name: "database", vpc_id: "${aws_vpc.main.id}", description: "database" },
    },
    aws_vpc_security_group_ingress_rule: {
      database: {
        security_group_id: "${aws_security_group.database.id}",
        referenced_security_group_id: "${aws_security_group.api.id}",
        ip_protocol: "tcp",
        from_port: 3306,
        to_port: 3306,
      },
    },
    aws_vpc_security_group_egress_rule: {
      s3: {
        security_group_id: "${aws_security_group.api.id}",
        prefix_list_id: "${data.aws_ec2_managed_prefix_list.s3.id}",
        ip_protocol: "tcp",
        from_port: 443,
        to_port: 443,
      },
    },
    aws_iam_role: {
      ecs: { name: "shop-ecs", assume_role_policy: "${data.aws_iam_policy_document.ecs.json}" },
      ec2: { name: "shop-ec2", assume_role_policy: "${data.aws_iam_policy_document.ec2.json}" },
    },
    aws_iam_role_policy: {
      secrets: { role: "${aws_iam_role.ecs.name}", name: "secrets", policy: "${data.aws_iam_policy_document.secrets.json}" },
    },
    aws_iam_role_policy_attachment: {
      ssm: {
        role: "${aws_iam_role.ec2.name}",
        policy_arn: "arn:${data.aws_partition.here.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore",
      },
    },
    aws_iam_instance_profile: { ec2: { name: "shop-ec2", role: "${aws_iam_role.ec2.name}" } },
    aws_cloudwatch_log_group: {
      api: { name: "/shop/api", retention_in_days: 30 },
      flow: { name: "/shop/flow", retention_in_days: 7 },
    },
    aws_ecs_cluster: { main: { name: "shop", setting: [{ name: "containerInsights", value: "enabled" }] } },
    aws_ecs_cluster_capacity_providers: { main: { cluster_name: "${aws_ecs_cluster.main.name}", capacity_providers: ["FARGATE"] } },
    aws_ecs_task_definition: {
      api: {
        family: "shop-api",
        requires_compatibilities: ["FARGATE"],
        network_mode: "awsvpc",
        cpu: "512",
        memory: "1024",
        execution_role_arn: "${aws_iam_role.ecs.arn}",
        container_definitions: containers,
        track_latest: true,
        volume: [
          { name: "data", efs_volume_configuration: [{ file_system_id: "${aws_efs_file_system.data.id}", transit_encryption: "ENABLED" }] },
        ],
      },
    },
    aws_lb: {
      api: {
        name: "shop-api",
        load_balancer_type: "application",
        subnets: "${values(aws_subnet.private)[*].id}",
        security_groups: ["${aws_security_group.api.id}"],
      },
    },
    aws_lb_target_group: {
      api: {
        name_prefix: "api-",
        port: 3000,
        protocol: "HTTP",
        target_type: "ip",
        vpc_id: "${aws_vpc.main.id}",
        health_check: [{ path: "/health" }],
      },
    },
    aws_lb_listener: {
      https: {
        load_balancer_arn: "${aws_lb.api.arn}",
        port: 443,
        protocol: "HTTPS",
        certificate_arn: "${aws_acm_certificate_validation.shop.certificate_arn}",
        default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" }],
      },
      http: {
        load_balancer_arn: "${aws_lb.api.arn}",
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: [{ protocol: "HTTPS", port: "443", status_code: "HTTP_301" }] }],
      },
    },
    aws_lb_listener_rule: {
      api: {
        listener_arn: "${aws_lb_listener.https.arn}",
        priority: 10,
        action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.api.arn}" }],
        condition: [{ host_header: [{ values: ["api.shop.example"] }] }],
      },
    },
    aws_ecs_service: {
      api: {
        name: "api",
        cluster: "${aws_ecs_cluster.main.arn}",
        task_definition: "${aws_ecs_task_definition.api.arn}",
        launch_type: "FARGATE",
        desired_count: 1,
        network_configuration: [{ subnets: "${values(aws_subnet.private)[*].id}", security_groups: ["${aws_security_group.api.id}"] }],
        dynamic: {
          load_balancer: {
            for_each: "${toset([aws_lb_target_group.api.arn])}",
            content: [{ target_group_arn: "${load_balancer.value}", container_name: "api", container_port: 3000 }],
          },
        },
      },
    },
    aws_appautoscaling_target: {
      api: {
        service_namespace: "ecs",
        scalable_dimension: "ecs:service:DesiredCount",
        resource_id: "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.api.name}",
        min_capacity: 1,
        max_capacity: 4,
      },
    },
    aws_appautoscaling_policy: {
      cpu: {
        name: "cpu",
        policy_type: "TargetTrackingScaling",
        service_namespace: "${aws_appautoscaling_target.api.service_namespace}",
        scalable_dimension: "${aws_appautoscaling_target.api.scalable_dimension}",
        resource_id: "${aws_appautoscaling_target.api.resource_id}",
        target_tracking_scaling_policy_configuration: [
          { target_value: 70, predefined_metric_specification: [{ predefined_metric_type: "ECSServiceAverageCPUUtilization" }] },
        ],
      },
    },
    aws_secretsmanager_secret: { database: { name: "shop/database" } },
    aws_secretsmanager_secret_version: {
      database: {
        secret_id: "${aws_secretsmanager_secret.database.id}",
        secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.database.random_password}",
        secret_string_wo_version: 1,
      },
    },
    aws_db_subnet_group: { main: { name: "shop", subnet_ids: "${values(aws_subnet.private)[*].id}" } },
    aws_rds_cluster: {
      main: {
        cluster_identifier: "shop",
        engine: "aurora-mysql",
        master_username: "shop",
        master_password_wo: "${ephemeral.aws_secretsmanager_secret_version.database.secret_string}",
        master_password_wo_version: 1,
        db_subnet_group_name: "${aws_db_subnet_group.main.name}",
        vpc_security_group_ids: ["${aws_security_group.database.id}"],
        storage_encrypted: true,
        skip_final_snapshot: true,
        serverlessv2_scaling_configuration: [{ min_capacity: 0.5, max_capacity: 2 }],
      },
    },
    aws_rds_cluster_instance: {
      main: {
        identifier: "shop-1",
        cluster_identifier: "${aws_rds_cluster.main.cluster_identifier}",
        engine: "${aws_rds_cluster.main.engine}",
        instance_class: "db.serverless",
      },
    },
    aws_elasticache_subnet_group: { main: { name: "shop", subnet_ids: "${values(aws_subnet.private)[*].id}" } },
    aws_elasticache_replication_group: {
      main: {
        replication_group_id: "shop",
        description: "cache",
        node_type: "cache.t4g.micro",
        num_cache_clusters: 1,
        subnet_group_name: "${aws_elasticache_subnet_group.main.name}",
        transit_encryption_enabled: true,
      },
    },
    aws_efs_file_system: { data: { creation_token: "shop-data", encrypted: true } },
    aws_efs_mount_target: {
      data: { for_each: "${aws_subnet.private}", file_system_id: "${aws_efs_file_system.data.id}", subnet_id: "${each.value.id}" },
    },
    aws_instance: {
      bastion: {
        ami: "${data.aws_ami.linux.id}",
        instance_type: "t4g.small",
        subnet_id: '${aws_subnet.private["a"].id}',
        iam_instance_profile: "${aws_iam_instance_profile.ec2.name}",
        vpc_security_group_ids: ["${aws_security_group.api.id}"],
        metadata_options: [{ http_tokens: "required" }],
      },
    },
    aws_ebs_volume: { data: { availability_zone: "${aws_instance.bastion.availability_zone}", size: 20, type: "gp3", encrypted: true } },
    aws_volume_attachment: {
      data: { device_name: "/dev/sdf", volume_id: "${aws_ebs_volume.data.id}", instance_id: "${aws_instance.bastion.id}" },
    },
    aws_ssm_parameter: { image: { name: "/shop/image", type: "String", value: "shop/api:1" } },
    aws_sns_topic: {
      alarms: { name: "shop-alarms" },
      edge: { provider: "aws.edge", name: "shop-alarms" },
    },
    aws_cloudwatch_metric_alarm: {
      cpu: {
        alarm_name: "shop-cpu",
        namespace: "AWS/ECS",
        metric_name: "CPUUtilization",
        statistic: "Average",
        comparison_operator: "GreaterThanThreshold",
        threshold: 90,
        period: 60,
        evaluation_periods: 5,
        alarm_actions: ["${aws_sns_topic.alarms.arn}"],
        dimensions: { ClusterName: "${aws_ecs_cluster.main.name}" },
      },
    },
    aws_ecr_repository: {
      api: { name: "shop/api", image_tag_mutability: "IMMUTABLE", image_scanning_configuration: [{ scan_on_push: true }] },
    },
    aws_s3_bucket: { assets: { bucket_prefix: "shop-assets-" } },
    aws_s3_bucket_versioning: { assets: { bucket: "${aws_s3_bucket.assets.id}", versioning_configuration: [{ status: "Enabled" }] } },
    aws_acm_certificate: {
      shop: { domain_name: "shop.example", subject_alternative_names: ["*.shop.example", "api.shop.example"], validation_method: "DNS" },
    },
    aws_acm_certificate_validation: {
      shop: {
        certificate_arn: "${aws_acm_certificate.shop.arn}",
        validation_record_fqdns: "${[for record in cloudflare_dns_record.validation : record.name]}",
      },
    },
    cloudflare_dns_record: {
      validation: {
        for_each:
          '${{for option in aws_acm_certificate.shop.domain_validation_options : option.domain_name => option if !startswith(option.domain_name, "*.")}}',
        zone_id: "0123456789abcdef0123456789abcdef",
        name: "${each.value.resource_record_name}",
        type: "${each.value.resource_record_type}",
        content: "${each.value.resource_record_value}",
        ttl: 60,
        proxied: false,
      },
      api: {
        zone_id: "0123456789abcdef0123456789abcdef",
        name: "api.shop.example",
        type: "CNAME",
        content: "${aws_lb.api.dns_name}",
        ttl: 1,
        proxied: true,
      },
    },
  },
  output: {
    account: { value: "${data.aws_caller_identity.me.account_id}" },
    zones: { value: "${data.aws_availability_zones.all.names}" },
    edge_topic: { value: "${aws_sns_topic.edge.arn}" },
    image: { value: "${data.aws_ssm_parameter.image.insecure_value}" },
    shared: { value: "${data.aws_ecr_repository.shared.repository_url}" },
    database: { value: "${aws_rds_cluster.main.endpoint}" },
    root_volume: { value: "${aws_instance.bastion.root_block_device[0].volume_id}" },
  },
};
