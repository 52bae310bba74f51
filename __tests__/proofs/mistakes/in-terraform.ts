import { DataAwsCloudfrontCachePolicy } from "@cdktf/provider-aws/lib/data-aws-cloudfront-cache-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { TerraformIterator } from "cdktf";
import type { Construct } from "constructs";
import { EphemeralResource } from "../../../constructs/base/ephemeral-resource";
import { DataVolume, type DataVolumeProps } from "../../../constructs/data/data-volume";
import { UNMONITORED, UNPROTECTED } from "../../constructs/parts";
import type { CodeMistake, VariableMistake } from "../support/mistake";

function volume(scope: Construct, props: Partial<DataVolumeProps>): void {
  const name = `data-${scope.node.id.toLowerCase()}`;
  new DataVolume(scope, "Data", {
    name,
    zone: "eu-west-1a",
    sizeGib: 40,
    protection: UNPROTECTED,
    alarms: UNMONITORED,
    runbook: "ec2.md#disk",
    ...props,
  });
}

/** ARN of a topic that is made in the same apply. */
function newTopic(scope: Construct): string {
  return new SnsTopic(scope, "Topic", {}).arn;
}

/** A target group of a fixed name that is created before its predecessor goes. */
function fixedTargets(port: number): CodeMistake["code"] {
  return (scope, { network: { vpcId } }) => {
    const lifecycle = { createBeforeDestroy: true };
    new LbTargetGroup(scope, "Targets", { name: "targets-of-a-fixed-name", port, protocol: "HTTP", vpcId, lifecycle });
  };
}

/** What comes out only when values are known: while Terraform plans, or while it applies. */
export const IN_TERRAFORM: readonly CodeMistake[] = [
  {
    mistake: "as many resources as something has that is not there yet",
    caughtBy: "terraform plan",
    says: "includes values derived from resource attributes that cannot be determined until apply",
    code: (scope) => {
      new SnsTopic(scope, "Each", { forEach: TerraformIterator.fromList([newTopic(scope)]) });
    },
  },
  {
    mistake: "a change that would replace what is protected",
    caughtBy: "terraform plan",
    says: "has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed",
    before: (scope) => volume(scope, { protection: "protected" }),
    code: (scope) => volume(scope, { protection: "protected", zone: "eu-west-1b" }),
  },
  {
    mistake: "a volume that would shrink",
    caughtBy: "terraform plan",
    says: "size: cannot shrink from 40 to 20 GiB; make a new volume",
    before: (scope) => volume(scope, {}),
    code: (scope) => volume(scope, { sizeGib: 20 }),
  },
  {
    mistake: "something to be read that AWS does not have",
    caughtBy: "terraform plan",
    says: 'got "Managed-CachingEverything"; one of your own is a resource',
    code: (scope) => void new DataAwsCloudfrontCachePolicy(scope, "Policy", { name: "Managed-CachingEverything" }),
  },
  {
    mistake: "a secret that is read before anybody wrote it",
    caughtBy: "terraform plan",
    says: 'secret_id: must be a secret whose value was set earlier in this rehearsal, got "shop/nobody"',
    code: (scope) => void new EphemeralResource(scope, "Read", "aws_secretsmanager_secret_version", { secret_id: "shop/nobody" }),
  },
  {
    mistake: "one name for two resources",
    caughtBy: "terraform apply",
    says: 'aws_ssm_parameter "/shop/image" in eu-west-1 of account 111111111111: exists already',
    code: (scope) => {
      for (const id of ["First", "Second"]) new SsmParameter(scope, id, { name: "/shop/image", type: "String", value: id });
    },
  },
  {
    mistake: "one block for two subnets",
    caughtBy: "terraform apply",
    says: "exists already, created earlier in this rehearsal as aws_subnet; give one of the two another name",
    code: (scope, { network }) => {
      for (const id of ["First", "Second"]) new Subnet(scope, id, { vpcId: network.vpcId, cidrBlock: "10.0.240.0/24" });
    },
  },
  {
    mistake: "a fixed name on what is replaced before the old one goes",
    caughtBy: "terraform apply",
    says: "and one that is replaced before it is destroyed a name prefix",
    before: fixedTargets(8080),
    code: fixedTargets(8081),
  },
  {
    mistake: "a name that turns out too long",
    caughtBy: "terraform apply",
    says: "name: must be at most 32 characters long and has",
    code: (scope) => void new Lb(scope, "Balancer", { name: newTopic(scope), subnets: ["subnet-1", "subnet-2"] }),
  },
  {
    mistake: "a policy that turns out to be no JSON",
    caughtBy: "terraform apply",
    says: "assume_role_policy: must be JSON",
    code: (scope) => void new IamRole(scope, "Role", { assumeRolePolicy: `{"Topic": ${newTopic(scope)}}` }),
  },
];

/** What an operator can get wrong in terraform.tfvars. */
export const IN_VARIABLES: readonly VariableMistake[] = [
  {
    mistake: "a host name with a scheme",
    caughtBy: "terraform plan",
    says: "Every host name in domain_names must be in lower case and without a scheme or a path, such as shop.example.com.",
    variable: "domain_names",
    value: `{ staging = { nova = "https://nova.example.com", customer = "c.example.com", orion = "o.example.com", storefront = [] } }`,
  },
  {
    mistake: "a private key for the SSH key",
    caughtBy: "terraform plan",
    says: 'Call to function "regex" failed: pattern did not match any part of the given string.',
    variable: "bastion_ssh_public_key",
    value: '"-----BEGIN OPENSSH PRIVATE KEY-----"',
  },
  {
    mistake: "a name for an e-mail address",
    caughtBy: "terraform plan",
    says: "The variable alert_email must be an e-mail address, such as alerts@example.com.",
    variable: "alert_email",
    value: '"the operators"',
  },
  {
    mistake: "a zone's name for its id",
    caughtBy: "terraform plan",
    says: "The variable cloudflare_zone_id must be the 32 hexadecimal digits of the zone's id, as its overview page shows them.",
    variable: "cloudflare_zone_id",
    value: '"example.com"',
  },
  {
    mistake: "Cloudflare's global key for a token",
    caughtBy: "terraform plan",
    says: 'Call to function "regex" failed: pattern did not match any part of the given string.',
    variable: "cloudflare_api_token",
    value: '"0123456789abcdef0123456789abcdef01234"',
  },
];
