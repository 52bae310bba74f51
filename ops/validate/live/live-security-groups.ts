import {
  DescribeManagedPrefixListsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
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
  const rules: SecurityGroupRule[] = [];
  let NextToken: string | undefined;
  do {
    const describe = new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [groupId] }], NextToken });
    const answer = await aws.ask((options) => aws.client(EC2Client).send(describe, options));
    rules.push(...(answer.SecurityGroupRules ?? []));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return rules;
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
  const groups: SecurityGroup[] = [];
  let NextToken: string | undefined;
  do {
    const describe = new DescribeSecurityGroupsCommand({ Filters: [{ Name: "tag:Root", Values: [root] }], NextToken });
    const answer = await aws.ask((options) => aws.client(EC2Client).send(describe, options));
    groups.push(...(answer.SecurityGroups ?? []));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined && NextToken !== "");
  return groups;
}

function nameOf({ Tags = [] }: SecurityGroup): string | undefined {
  return Tags.find(({ Key }) => Key === "Name")?.Value;
}
