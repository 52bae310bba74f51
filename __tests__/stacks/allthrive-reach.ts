import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Body, Synthesized } from "../support/synthesized";

const DJANGO = ["Ecs/Celery", "Ecs/CeleryBeat", "Ecs/Web"] as const;
const INTERNET = "Internet (0.0.0.0/0)";
const CLOUDFRONT = "CloudFront (com.amazonaws.global.cloudfront.origin-facing)";

/** Everything that may reach something, whatever the way that CloudFront takes. */
const ALWAYS = [
  "Alb -> Ecs/Web tcp/8000",
  ...DJANGO.flatMap((process) => [
    `${process} -> Ecs/Weaviate tcp/50051`,
    `${process} -> Ecs/Weaviate tcp/8080`,
    `${process} -> Elasticache tcp/6379`,
    `${process} -> Rds tcp/5432`,
  ]),
  ...[...DJANGO, "Ecs/Weaviate"].map((service) => `${service} -> ${INTERNET} tcp/443`),
  "Ecs/Weaviate -> Ecs/Vectors tcp/2049",
  `${INTERNET} -> Alb tcp/443`,
  `${INTERNET} -> Alb tcp/80`,
];

/** Who reaches whom, with a private origin and with a secret header. */
export const REACH = {
  private: [...ALWAYS, "Alb/Origin -> Ecs/Web tcp/8000", `${CLOUDFRONT} -> Alb/Origin tcp/443`].sort(),
  // CloudFront comes in by the public balancer, like everybody else, and is known by the header.
  secretHeader: [...ALWAYS].sort(),
} as const;

/** Who reaches whom by the rules that Terraform reads. Between two groups it takes a rule on both sides. */
export function reachOf(synthesized: Synthesized): string[] {
  const [incoming, outgoing] = [lines(synthesized, VpcSecurityGroupIngressRule), lines(synthesized, VpcSecurityGroupEgressRule)];
  const between = (line: string): boolean => !line.includes("(");
  return [...incoming.filter((line) => !between(line) || outgoing.includes(line)), ...outgoing.filter((line) => !between(line))].sort();
}

/** What differs from {@link REACH}: what is shut and should be open, and the other way round. */
export function reachFaults(synthesized: Synthesized, way: keyof typeof REACH = "private"): string[] {
  const [expected, found]: readonly string[][] = [[...REACH[way]], reachOf(synthesized)];
  return [
    ...(expected ?? []).filter((line) => !found?.includes(line)).map((line) => `shut: ${line}`),
    ...(found ?? []).filter((line) => !expected?.includes(line)).map((line) => `open: ${line}`),
  ];
}

function lines(synthesized: Synthesized, type: typeof VpcSecurityGroupEgressRule | typeof VpcSecurityGroupIngressRule): string[] {
  return synthesized.all(type).map((rule) => {
    const [own, other] = [groupOf(synthesized, rule["security_group_id"]), peerOf(synthesized, rule)];
    const [from, to] = type === VpcSecurityGroupIngressRule ? [other, own] : [own, other];
    return `${from} -> ${to} ${rule["ip_protocol"]}/${rule["from_port"]}${rule["from_port"] === rule["to_port"] ? "" : `-${rule["to_port"]}`}`;
  });
}

/** Whose security group a reference leads to, as the group itself says. */
function groupOf(synthesized: Synthesized, reference: unknown): string {
  const name = /^\$\{aws_security_group\.(\w+)\.id\}$/.exec(String(reference))?.[1] ?? "";
  return String(synthesized.byName(SecurityGroup)[name]?.["description"]).replace(/ of .*$/, "");
}

function peerOf(synthesized: Synthesized, rule: Body): string {
  if (rule["cidr_ipv4"] !== undefined) return `Internet (${rule["cidr_ipv4"]})`;
  if (rule["prefix_list_id"] === undefined) return groupOf(synthesized, rule["referenced_security_group_id"]);
  const name = /^\$\{data\.aws_ec2_managed_prefix_list\.(\w+)\.id\}$/.exec(String(rule["prefix_list_id"]))?.[1] ?? "";
  const data = synthesized.json["data"] as Record<string, Record<string, Body>>;
  return `CloudFront (${data["aws_ec2_managed_prefix_list"]?.[name]?.["name"]})`;
}
