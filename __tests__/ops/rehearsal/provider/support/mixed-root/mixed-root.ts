import type { TerraformJson } from "../../../../../../ops/rehearsal/provider/terraform-json";
import { COMPUTE } from "./compute";
import { DATA } from "./data";
import { EDGE } from "./edge";
import { NETWORK } from "./network";
import { OBSERVABILITY } from "./observability";
import { PROVIDERS } from "./providers";

const trust = (service: string) => ({
  statement: [{ actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: [service] }] }],
});

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
  resource: { ...NETWORK, ...COMPUTE, ...DATA, ...EDGE, ...OBSERVABILITY },
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
