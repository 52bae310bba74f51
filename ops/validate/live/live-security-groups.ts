import {
  DescribeManagedPrefixListsCommand,
  EC2Client,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import type { InventoryDocument, SecurityGroupFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";

/** Ids of a root's security groups, by the id of their fact. A group that is being replaced has two for a moment. */
export type LiveGroups = ReadonlyMap<string, readonly string[]>;

/** The root's security groups, by their Name tag among those that bear the root's tag. */
export function liveGroups(aws: Aws, { root, facts }: InventoryDocument): Promise<LiveGroups> {
  return aws.once("security groups", async () => {
    const live = await taggedGroups(aws, root);
    const stated = facts.filter((fact): fact is SecurityGroupFact => fact.kind === "securityGroup");
    return new Map(stated.map(({ id, name }) => [id, live.flatMap((group) => (nameOf(group) === name ? (group.GroupId ?? []) : []))]));
  });
}

export async function rulesOf(aws: Aws, groupId: string): Promise<readonly SecurityGroupRule[]> {
  const filter = { Filters: [{ Name: "group-id", Values: [groupId] }] };
  const pages = await aws.pages((options) => paginateDescribeSecurityGroupRules({ client: aws.client(EC2Client) }, filter, options));
  return pages.flatMap(({ SecurityGroupRules = [] }) => SecurityGroupRules);
}

/** Name of a list of addresses, or its id where it has none. */
export function prefixListName(aws: Aws, id: string): Promise<string> {
  return aws.once(`prefix list ${id}`, async () => {
    const describe = new DescribeManagedPrefixListsCommand({ PrefixListIds: [id] });
    const { PrefixLists = [] } = await aws.ask((options) => aws.client(EC2Client).send(describe, options));
    return PrefixLists[0]?.PrefixListName ?? id;
  });
}

async function taggedGroups(aws: Aws, root: string): Promise<readonly SecurityGroup[]> {
  const filter = { Filters: [{ Name: "tag:Root", Values: [root] }] };
  const pages = await aws.pages((options) => paginateDescribeSecurityGroups({ client: aws.client(EC2Client) }, filter, options));
  return pages.flatMap(({ SecurityGroups = [] }) => SecurityGroups);
}

function nameOf({ Tags = [] }: SecurityGroup): string | undefined {
  return Tags.find(({ Key }) => Key === "Name")?.Value;
}
