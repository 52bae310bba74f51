import type { Fact, InventoryDocument, SecurityGroupFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { type Finding, finding } from "../finding";
import { liveBalancer } from "../live/live-balancer";
import { liveDatabase } from "../live/live-database";
import { liveGroups } from "../live/live-security-groups";
import { liveService } from "../live/live-service";

/** Ids of the security groups that a part wears; undefined when the part does not exist, or is of a kind that is not asked. */
async function groupsWorn(aws: Aws, fact: Fact): Promise<readonly string[] | undefined> {
  if (fact.kind === "database") return (await liveDatabase(aws, fact))?.groupIds;
  if (fact.kind === "loadBalancer") return (await liveBalancer(aws, fact.name))?.SecurityGroups;
  if (fact.kind === "service") return (await liveService(aws, fact))?.networkConfiguration?.awsvpcConfiguration?.securityGroups;
  return undefined;
}

/** Whether the rules of a security group hold for the part that they are stated for: rules of a group that nobody wears help nobody. */
export function wornGroupChecks(aws: Aws, inventory: InventoryDocument, fact: SecurityGroupFact): readonly Check[] {
  const what = `security group ${fact.name}: worn by ${fact.id}`;
  const wearer = inventory.facts.find(
    ({ id, kind }) => id === fact.id && (kind === "database" || kind === "loadBalancer" || kind === "service"),
  );
  if (wearer === undefined) return [];
  return [{ part: "security groups", heading: "security-group-worn", what, look: () => worn(aws, inventory, fact, wearer, what) }];
}

async function worn(
  aws: Aws,
  inventory: InventoryDocument,
  { id }: SecurityGroupFact,
  wearer: Fact,
  what: string,
): Promise<readonly Finding[]> {
  const [ids, groups] = await Promise.all([groupsWorn(aws, wearer), liveGroups(aws, inventory)]);
  const own = groups.get(id) ?? [];
  if (ids === undefined || own.length === 0) return [];
  const strangers = ids.filter((other) => !own.includes(other));
  if (strangers.length === 0 && ids.length > 0) return [finding("security-group-worn", what, "and no other")];
  const found = ids.length === 0 ? "it wears none" : `it wears ${strangers.join(", ")}, which the stack does not state`;
  return [finding("security-group-worn", what, found, `deploy ${inventory.root}`)];
}
