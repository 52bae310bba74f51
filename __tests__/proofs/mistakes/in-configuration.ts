import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EbsVolume } from "@cdktf/provider-aws/lib/ebs-volume";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformResource, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { GeneratedPassword } from "../../../constructs/security/generated-password";
import { UNPROTECTED } from "../../constructs/parts";
import type { CodeMistake } from "../support/mistake";

const TRUST = '{"Version":"2012-10-17","Statement":[]}';
const LISTENER = { loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/1", port: 80 };

function password(scope: Construct): string {
  const name = `shop/${scope.node.id}`;
  return new GeneratedPassword(scope, "Password", { name, why: "opens the shop", version: 1, protection: UNPROTECTED }).value;
}

/** What a configuration can get wrong that compiles and synthesizes: through raw resources, overrides and references. */
export const IN_CONFIGURATION: readonly CodeMistake[] = [
  {
    mistake: "a misspelt name inside a value, which Terraform leaves out",
    caughtBy: "static check",
    says: "ingress[0].from_prot does not exist, and Terraform would leave it out without a word; write one of",
    code: (scope) => new SecurityGroup(scope, "Group", {}).addOverride("ingress", [{ from_prot: 80, to_port: 80, protocol: "tcp" }]),
  },
  {
    mistake: "an argument that does not exist",
    caughtBy: "terraform validate",
    says: 'No argument or block type is named "cidr".',
    code: (scope) => new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16" }).addOverride("cidr", "10.0.0.0/16"),
  },
  {
    mistake: "a block that does not exist",
    caughtBy: "terraform validate",
    says: 'No argument or block type is named "versioning_rules".',
    code: (scope) => new S3Bucket(scope, "Bucket", {}).addOverride("versioning_rules", [{ enabled: true }]),
  },
  {
    mistake: "an argument that is missing",
    caughtBy: "terraform validate",
    says: 'The argument "assume_role_policy" is required, but no definition was found.',
    code: (scope) => new IamRole(scope, "Role", { assumeRolePolicy: TRUST }).addOverride("assume_role_policy", undefined),
  },
  {
    mistake: "a value of another type",
    caughtBy: "terraform validate",
    says: 'Inappropriate value for attribute "enable_dns_support": a bool is required.',
    code: (scope) => new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.0/16" }).addOverride("enable_dns_support", "sometimes"),
  },
  {
    mistake: "a resource of a type that does not exist",
    caughtBy: "terraform validate",
    says: 'The provider hashicorp/aws does not support resource type "aws_cloud".',
    alone: true,
    code: (scope) => void new TerraformResource(scope, "Cloud", { terraformResourceType: "aws_cloud" }),
  },
  {
    mistake: "a reference to a resource that nobody declared",
    caughtBy: "terraform validate",
    says: 'A managed resource "aws_vpc" "nobody" has not been declared in the root module.',
    code: (scope) => void new Subnet(scope, "Subnet", { vpcId: "${aws_vpc.nobody.id}", cidrBlock: "10.0.0.0/24" }),
  },
  {
    mistake: "a reference to an attribute that does not exist",
    caughtBy: "terraform validate",
    says: 'This object has no argument, nested block, or exported attribute named "colour".',
    code: (scope) => void new SnsTopic(scope, "Topic", { name: "${aws_vpc.network.colour}" }),
  },
  {
    mistake: "a variable that nobody declared",
    caughtBy: "terraform validate",
    says: 'An input variable with the name "topic_name" has not been declared.',
    code: (scope) => void new SnsTopic(scope, "Topic", { name: "${var.topic_name}" }),
  },
  {
    mistake: "a function that Terraform does not have",
    caughtBy: "terraform validate",
    says: 'There is no function named "uppercase".',
    code: (scope) => void new SnsTopic(scope, "Topic", { name: '${uppercase("mail")}' }),
  },
  {
    mistake: "two resources that need one another",
    caughtBy: "terraform validate",
    says: "Cycle: ",
    alone: true,
    code: (scope) => {
      const first = new SnsTopic(scope, "First", {});
      const second = new SnsTopic(scope, "Second", { displayName: first.arn });
      first.displayName = second.arn;
    },
  },
  {
    mistake: "a value that is not among those allowed",
    caughtBy: "terraform validate",
    says: 'launch_type: must be one of EC2, FARGATE, EXTERNAL or MANAGED_INSTANCES, got "FARGAT"',
    code: (scope) => void new EcsService(scope, "Service", { name: "api", launchType: "FARGAT" }),
  },
  {
    mistake: "a number that is not among those allowed",
    caughtBy: "terraform validate",
    says: "retention_in_days: must be one of 0, 1, 3, 5, 7, 14, 30,",
    code: (scope) => void new CloudwatchLogGroup(scope, "Logs", { name: "/shop/raw", retentionInDays: 31 }),
  },
  {
    mistake: "a block with bits behind its mask",
    caughtBy: "terraform validate",
    says: 'cidr_block: must be a network address (write 10.0.0.0/16), got "10.0.0.1/16"',
    code: (scope) => void new Vpc(scope, "Vpc", { cidrBlock: "10.0.0.1/16" }),
  },
  {
    mistake: "a name that is longer than AWS takes",
    caughtBy: "terraform validate",
    says: "name: must be at most 64 characters long and has 70",
    code: (scope) => void new IamRole(scope, "Role", { name: "r".repeat(70), assumeRolePolicy: TRUST }),
  },
  {
    mistake: "a policy that is no JSON",
    caughtBy: "terraform validate",
    says: "assume_role_policy: must be JSON",
    code: (scope) => void new IamRole(scope, "Role", { assumeRolePolicy: "{Version: 2012-10-17}" }),
  },
  {
    mistake: "two arguments that exclude one another",
    caughtBy: "terraform validate",
    says: "name: may not be set together with name_prefix; leave one of them out",
    code: (scope) => void new SecurityGroup(scope, "Group", { name: "api", namePrefix: "api-" }),
  },
  {
    mistake: "an argument without the one that it needs",
    caughtBy: "terraform validate",
    says: "secret_string_wo_version: needs secret_string_wo, which is not set; set it too",
    code: (scope) => void new SecretsmanagerSecretVersion(scope, "Value", { secretId: "shop/api", secretStringWoVersion: 1 }),
  },
  {
    mistake: "a value for what AWS alone sets",
    caughtBy: "terraform validate",
    says: "owner_id: is set by the provider alone and may not be given a value",
    code: (scope) => new SecurityGroup(scope, "Group", {}).addOverride("owner_id", "222222222222"),
  },
  {
    mistake: "an action without its block",
    caughtBy: "terraform validate",
    says: 'default_action[0].redirect: must be set for an action of type "redirect"; add the block',
    code: (scope) => void new LbListener(scope, "Listener", { ...LISTENER, defaultAction: [{ type: "redirect" }] }),
  },
  {
    mistake: "a volume type that takes no throughput",
    caughtBy: "terraform validate",
    says: 'throughput: may be set for volumes of type gp3 only, got type "gp2"',
    code: (scope) => void new EbsVolume(scope, "Disk", { availabilityZone: "eu-west-1a", size: 8, type: "gp2", throughput: 250 }),
  },
  {
    mistake: "a change to be ignored, of an attribute that does not exist",
    caughtBy: "terraform validate",
    says: 'This object has no argument, nested block, or exported attribute named "colour".',
    code: (scope) => void new SnsTopic(scope, "Topic", { lifecycle: { ignoreChanges: ["colour"] } }),
  },
  {
    mistake: "a generated secret in an output",
    caughtBy: "terraform validate",
    says: "This output value is not declared as returning an ephemeral value",
    code: (scope) => void new TerraformOutput(scope, "Leak", { value: password(scope) }),
  },
  {
    mistake: "a given secret in an output",
    caughtBy: "terraform validate",
    says: "Terraform requires that any root module output containing sensitive data be explicitly marked as sensitive",
    code: (scope) => {
      const token = new TerraformVariable(scope, "Token", { type: "string", sensitive: true, default: "given" });
      new TerraformOutput(scope, "Leak", { value: token.value });
    },
  },
  {
    mistake: "a secret in an argument that the state keeps",
    caughtBy: "terraform validate",
    says: 'Ephemeral values are not valid for "secret_string", because it is not a write-only attribute',
    code: (scope) => void new SecretsmanagerSecretVersion(scope, "Value", { secretId: "shop/api", secretString: password(scope) }),
  },
];
