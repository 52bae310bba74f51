import { type Change, CREATED, DESTROYED, movedFrom, STAYS, UPDATED } from "../support/change";

/** Every day's work, which must leave alone what stands beside it; and differences that are none. */
export const LEFT_ALONE: readonly Change[] = [
  {
    what: "one more WireGuard peer: the list of peers, and not the bastion",
    config: ({ wireguard }) => {
      wireguard.peers["peer2"] = { publicKey: "emVsbHktc3RhZ2luZy1wZWVyMi1mYWtlLWtleS0tLS0=", address: "10.10.0.3" };
    },
    outcomes: {
      "aws_ssm_parameter.bastion_peers": UPDATED,
      "aws_instance.bastion": STAYS,
      "aws_network_interface.bastion_network_interface": STAYS,
      "aws_eip_association.bastion_public_address": STAYS,
      "aws_secretsmanager_secret.bastion_server_key": STAYS,
    },
  },
  {
    what: "ClickHouse's user data: the instance in place, and not its data",
    edits: [["aws_instance.clickhouse", "user_data", "#!/bin/sh\necho another script\n"]],
    outcomes: {
      "aws_instance.clickhouse": UPDATED,
      "aws_ebs_volume.clickhouse_data": STAYS,
      "aws_volume_attachment.clickhouse_data_attachment": STAYS,
      "aws_network_interface.clickhouse_network_interface": STAYS,
    },
  },
  {
    what: "a newer machine image, which is taken on purpose only",
    edits: [["aws_instance.bastion", "ami", "ami-0fa4e000000000001"]],
    outcomes: { "aws_instance.bastion": STAYS },
  },
  {
    what: "another first image, when releases write the image that runs",
    edits: [["aws_ssm_parameter.images_fastify_nova", "insecure_value", "registry.example.com/zelly/fastify-nova:second"]],
    outcomes: { "aws_ssm_parameter.images_fastify_nova": STAYS, "aws_ecs_task_definition.fastify_nova_task_definition": STAYS },
  },
  {
    what: "the number of tasks of a service that scales",
    edits: [["aws_ecs_service.storefront", "desired_count", 2]],
    outcomes: { "aws_ecs_service.storefront": STAYS },
  },
  {
    what: "a policy in another order of its keys, and with white space",
    edits: [
      [
        "aws_ecr_lifecycle_policy.tools_lifecycle",
        "policy",
        `{ "rules": [
          { "action": { "type": "expire" }, "description": "untagged images go after 14 days", "rulePriority": 1,
            "selection": { "countNumber": 14, "countUnit": "days", "countType": "sinceImagePushed", "tagStatus": "untagged" } },
          { "action": { "type": "expire" }, "description": "the newest 500 images stay", "rulePriority": 2,
            "selection": { "countNumber": 500, "countType": "imageCountMoreThan", "tagStatus": "any" } } ] }`,
      ],
    ],
    outcomes: { "aws_ecr_lifecycle_policy.tools_lifecycle": STAYS },
  },
  {
    what: "a NAT gateway for every zone: routes in place, and not the subnets",
    config: ({ network }) => {
      network.nat = "perZone";
    },
    outcomes: {
      "aws_nat_gateway.network_nat_b": CREATED,
      "aws_nat_gateway.network_nat_c": CREATED,
      "aws_eip.network_nat_b_address": CREATED,
      "aws_eip.network_nat_c_address": CREATED,
      "aws_route.network_private_b_default_route": UPDATED,
      "aws_route.network_private_c_default_route": UPDATED,
      "aws_nat_gateway.network_nat_a": STAYS,
      "aws_eip.network_nat_a_address": STAYS,
      "aws_subnet.*": STAYS,
    },
  },
  {
    what: "a construct's id, with movedFrom: another address, and nothing else",
    names: { kept: "Ledger" },
    outcomes: { "aws_cloudwatch_log_group.ledger": movedFrom("aws_cloudwatch_log_group.audit") },
  },
  {
    what: "a construct's id, without movedFrom: what it held is gone",
    names: { lost: "Uploads" },
    outcomes: { "aws_cloudwatch_log_group.imports": DESTROYED, "aws_cloudwatch_log_group.uploads": CREATED },
  },
];
