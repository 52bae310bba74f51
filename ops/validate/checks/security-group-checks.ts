import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { EdgeFact, InventoryDocument, SecurityGroupFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { type LiveGroups, liveGroups, prefixListName, rulesOf } from "../live/live-security-groups";

/** Which way a rule lets through. */
export type Way = "in" | "out";

/** A security group: there, and letting through exactly those whom the inventory's edges name, in both directions. */
export function securityGroupChecks(aws: Aws, inventory: InventoryDocument, fact: SecurityGroupFact): readonly Check[] {
  const what = `security group ${fact.name}`;
  return [{ part: "security groups", heading: "security-group-exists", what, look: () => rules(aws, inventory, fact, what) }];
}

async function rules(aws: Aws, inventory: InventoryDocument, fact: SecurityGroupFact, what: string): Promise<readonly Finding[]> {
  const groups = await liveGroups(aws, inventory);
  const [groupId, ...others] = groups.get(fact.id) ?? [];
  if (groupId === undefined) return [absent("security-group-exists", what, `deploy ${inventory.root}`)];
  if (others.length > 0) {
    const found = `there are several: ${[groupId, ...others].join(", ")}`;
    return [finding("security-group-exists", what, found, `deploy ${inventory.root}, which ends a replacement that was cut off`)];
  }
  const live = await Promise.all((await rulesOf(aws, groupId)).map(async (rule) => ({ rule, peer: await peerOf(aws, rule, groups) })));
  const judge = (way: Way): Finding => {
    const there = live
      .filter(({ rule }) => (rule.IsEgress === true) === (way === "out"))
      .map(({ rule, peer }) => `${peer} on ${portOf(rule)}`);
    return judged(way, what, statedRules(way, inventory, fact), there, inventory.root);
  };
  return [judge("in"), judge("out")];
}

function judged(way: Way, what: string, stated: readonly string[], there: readonly string[], root: string): Finding {
  const [heading, aspect] =
    way === "in"
      ? (["security-group-ingress", `${what}: who comes in`] as const)
      : (["security-group-egress", `${what}: whom it calls`] as const);
  const missing = stated.filter((rule) => !there.includes(rule));
  const strangers = there.filter((rule) => !stated.includes(rule));
  if (missing.length === 0 && strangers.length === 0) return finding(heading, aspect, stated.length === 0 ? "nobody" : stated.join("; "));
  const found = [
    ...(missing.length === 0 ? [] : [`shut out: ${missing.join("; ")}`]),
    ...(strangers.length === 0 ? [] : [`let through and not stated: ${strangers.join("; ")}`]),
  ].join(", and ");
  const todo = [
    ...(missing.length === 0 ? [] : [`deploy ${root}, which adds what is missing`]),
    ...(strangers.length === 0 ? [] : ["remove what is not stated, or state it in the stack"]),
  ].join("; ");
  return finding(heading, aspect, found, todo);
}

/** What the edges say, in the words in which live rules are put. Edges to what has no security group need no rule. */
export function statedRules(way: Way, { facts }: InventoryDocument, { id }: SecurityGroupFact): readonly string[] {
  const isPeer = (name: string): boolean => facts.some((fact) => fact.kind === "securityGroup" && fact.id === name);
  const edges = facts.filter((fact): fact is EdgeFact => fact.kind === "edge" && (way === "in" ? fact.to : fact.from) === id);
  const rules = edges.flatMap(({ from, to, protocol, port, addresses }) => {
    const peer = way === "in" ? from : to;
    const ends = addresses === undefined ? (isPeer(peer) ? [peer] : []) : "prefixList" in addresses ? [addresses.prefixList] : addresses;
    return ends.map((end) => `${end} on ${protocol} ${port}`);
  });
  return rules.sort();
}

/** Who stands at the other end of a rule: a part by its id, a block of addresses, a list of them. */
async function peerOf(aws: Aws, rule: SecurityGroupRule, groups: LiveGroups): Promise<string> {
  const { ReferencedGroupInfo, CidrIpv4, CidrIpv6, PrefixListId } = rule;
  const groupId = ReferencedGroupInfo?.GroupId;
  if (groupId !== undefined) return [...groups].find(([, ids]) => ids.includes(groupId))?.[0] ?? groupId;
  if (PrefixListId !== undefined) return prefixListName(aws, PrefixListId);
  return CidrIpv4 ?? CidrIpv6 ?? "an unknown end";
}

function portOf({ IpProtocol = "?", FromPort, ToPort }: SecurityGroupRule): string {
  if (IpProtocol === "-1") return "every port";
  return FromPort === ToPort ? `${IpProtocol} ${FromPort}` : `${IpProtocol} ${FromPort} to ${ToPort}`;
}
