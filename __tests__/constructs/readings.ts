import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { ExceptionFact, Fact } from "../../constructs/base/inventory-facts";
import type { Body, Synthesized, TestStack } from "../support/synthesized";

/** Makes something when it is first asked for, and gives the same from then on: most tests of a file read one synthesis. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Statements of a policy, out of its JSON text. */
export function statements(policy: unknown): unknown {
  return JSON.parse(String(policy)).Statement;
}

/** Containers of a task definition, out of their JSON text. */
export function containers(taskDefinition: Body): Record<string, unknown>[] {
  return JSON.parse(String(taskDefinition["container_definitions"]));
}

/** Every rule of every security group, as lines `in api <- alb tcp/80: why` and `out alb -> api tcp/80: why`. */
export function rules(synthesized: Synthesized): string[] {
  const group = (reference: unknown): string => String(reference).replace(/^\$\{aws_security_group\.(\w+)\.id\}$/, "$1");
  const line = (rule: Body, way: string, arrow: string): string => {
    const peer = rule["cidr_ipv4"] ?? group(rule["referenced_security_group_id"]);
    const ports = rule["from_port"] === rule["to_port"] ? rule["from_port"] : `${rule["from_port"]}-${rule["to_port"]}`;
    return `${way} ${group(rule["security_group_id"])} ${arrow} ${peer} ${rule["ip_protocol"]}/${ports}: ${rule["description"]}`;
  };
  return [
    ...synthesized.all(VpcSecurityGroupIngressRule).map((rule) => line(rule, "in", "<-")),
    ...synthesized.all(VpcSecurityGroupEgressRule).map((rule) => line(rule, "out", "->")),
  ].sort();
}

/** Facts of one kind. */
export function facts<Kind extends Fact["kind"]>(synthesized: Synthesized, kind: Kind): Extract<Fact, { kind: Kind }>[] {
  return synthesized.inventory.facts.filter((fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind);
}

/** The fact of a safeguard that is off, or of a wildcard that is allowed. */
export function exception(id: string, what: string, because: string): ExceptionFact {
  return { kind: "exception", id, what, because };
}

/** Every address of a stack, of whatever type. */
export function allAddresses(synthesized: Synthesized): string[] {
  const resources = (synthesized.json["resource"] ?? {}) as Record<string, Record<string, unknown>>;
  return Object.entries(resources)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}

/** A value as Terraform would read it, with its references written out. */
export function resolved(stack: TestStack, value: unknown): unknown {
  return Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
}
