import type { JsonObject } from "../../../../../../ops/rehearsal/provider/terraform-json";

/** The shop's network, and who reaches whom in it. */
export const NETWORK: JsonObject = {
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
};
