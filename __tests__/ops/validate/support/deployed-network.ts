import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
} from "@aws-sdk/client-ec2";
import type { EdgeFact, InventoryDocument } from "../../../../constructs/base/inventory-facts";
import type { Clients } from "./clients";

/** What parts of a root stand in. */
export interface DeployedNetwork {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Id of a security group, by the id of its fact. */
  readonly groupId: (id: string) => string;
  /** An edge as a rule of one of its ends. */
  readonly permission: (edge: EdgeFact, end: "from" | "to") => IpPermission;
}

/** Makes a root's network in an emulator: its security groups, with the rules that its edges say. */
export async function deployNetwork({ ec2 }: Clients, { root, region, facts }: InventoryDocument): Promise<DeployedNetwork> {
  const vpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock: "10.21.0.0/16" }))).Vpc?.VpcId ?? "";
  const subnetIds: string[] = [];
  for (const [place, letter] of ["a", "b"].entries()) {
    const subnet = new CreateSubnetCommand({ VpcId: vpcId, CidrBlock: `10.21.${place}.0/24`, AvailabilityZone: `${region}${letter}` });
    subnetIds.push((await ec2.send(subnet)).Subnet?.SubnetId ?? "");
  }
  const groups = new Map<string, string>();
  for (const fact of facts) {
    if (fact.kind !== "securityGroup") continue;
    const Tags = Object.entries({ Name: fact.name, Root: root }).map(([Key, Value]) => ({ Key, Value }));
    const make = { GroupName: `${fact.name}-1`, Description: fact.id, VpcId: vpcId };
    const { GroupId = "" } = await ec2.send(
      new CreateSecurityGroupCommand({ ...make, TagSpecifications: [{ ResourceType: "security-group", Tags }] }),
    );
    // Terraform takes away the rule that AWS gives every new group.
    const everything = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: everything }));
    groups.set(fact.id, GroupId);
  }
  const lists = new Map<string, string>();
  const edges = facts.filter((fact): fact is EdgeFact => fact.kind === "edge");
  for (const { addresses } of edges) {
    if (addresses === undefined || !("prefixList" in addresses)) continue;
    const make = new CreateManagedPrefixListCommand({ PrefixListName: addresses.prefixList, MaxEntries: 55, AddressFamily: "IPv4" });
    lists.set(addresses.prefixList, (await ec2.send(make)).PrefixList?.PrefixListId ?? "");
  }
  const groupId = (id: string): string => groups.get(id) ?? "";
  const permission = (edge: EdgeFact, end: "from" | "to"): IpPermission => {
    const { protocol, port, addresses } = edge;
    const rule = { IpProtocol: protocol, FromPort: port, ToPort: port };
    if (addresses === undefined) return { ...rule, UserIdGroupPairs: [{ GroupId: groupId(edge[end]) }] };
    if ("prefixList" in addresses) return { ...rule, PrefixListIds: [{ PrefixListId: lists.get(addresses.prefixList) ?? "" }] };
    return { ...rule, IpRanges: addresses.map((CidrIp) => ({ CidrIp })) };
  };
  for (const edge of edges) {
    const [from, to] = [groups.get(edge.from), groups.get(edge.to)];
    const [incoming, outgoing] = [[permission(edge, "from")], [permission(edge, "to")]];
    if (to !== undefined) await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: to, IpPermissions: incoming }));
    if (from !== undefined) await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: from, IpPermissions: outgoing }));
  }
  return { vpcId, subnetIds, groupId, permission };
}
