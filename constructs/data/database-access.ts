import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import type { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { SystemStack } from "../base/system-stack";
import type { Connectable } from "../network/connections";
import type { Network } from "../network/network";

/** Who reaches a database from outside its network: nobody, or some addresses for a reason. */
export type DatabaseAccess = "private" | { readonly publicTo: readonly string[]; readonly because: string };

/** Lets in whom `access` names, and says in the inventory that `database` has a public address; does nothing when it is private. */
export function allowPublicAccess(database: Construct & Connectable, name: string, access: DatabaseAccess): void {
  if (access === "private") return;
  database.connections.allowFromAddresses("AllowedAddresses", access.publicTo, access.because);
  SystemStack.of(database).inventory.add({
    kind: "exception",
    id: `${pathInStack(database)} public`,
    what: `database ${name} has a public address`,
    because: access.because,
  });
}

/** The subnets that `database` stands in, as its child `Subnets`. */
export function databaseSubnets(database: Construct, name: string, network: Network, access: DatabaseAccess): DbSubnetGroup {
  const [tier, subnets] =
    access === "private" ? (["private", network.privateSubnets] as const) : (["public", network.publicSubnets] as const);
  return new DbSubnetGroup(database, "Subnets", {
    // Two groups, not one that changes: a database cannot leave the group that it was made in.
    name: `${name}-${tier}`,
    description: `${tier} subnets for ${name}`,
    subnetIds: subnets.map((subnet) => subnet.id),
  });
}
