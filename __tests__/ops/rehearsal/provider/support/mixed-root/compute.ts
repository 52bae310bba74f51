import type { JsonObject } from "../../../../../../ops/rehearsal/provider/terraform-json";

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

/** What works in the shop, and what it may do. */
export const COMPUTE: JsonObject = {
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
};
