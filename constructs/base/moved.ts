import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { logicalName } from "./address";
import { idsInStack } from "./construct-path";

/**
 * Says that a construct had another path, so that Terraform moves its resources in the state and replaces none of them.
 * Call it last, when the construct holds all its resources.
 *
 * @param construct the renamed or moved construct.
 * @param oldPath its former path below the stack, for example `Shop/Database`.
 */
export function movedFrom(construct: Construct, oldPath: string): void {
  const depth = idsInStack(construct).length;
  for (const child of construct.node.findAll()) {
    if (!TerraformResource.isTerraformResource(child)) continue;
    const formerName = logicalName([...oldPath.split("/"), ...idsInStack(child).slice(depth)]);
    if (formerName !== child.friendlyUniqueId) child.moveFromId(`${child.terraformResourceType}.${formerName}`);
  }
}
