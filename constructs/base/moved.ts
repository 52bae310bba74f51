import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { logicalName } from "./address";

/**
 * Says that a construct had another path, so that Terraform moves its resources in the state and replaces none of them.
 * Call it last, when the construct holds all its resources.
 *
 * @param construct the renamed or moved construct.
 * @param oldPath its former path below the stack, for example `Shop/Database`.
 */
export function movedFrom(construct: Construct, oldPath: string): void {
  const stack = TerraformStack.of(construct);
  const depth = construct.node.scopes.length - construct.node.scopes.indexOf(stack) - 1;
  for (const child of construct.node.findAll()) {
    if (!TerraformResource.isTerraformResource(child)) continue;
    const ids = child.node.scopes.slice(child.node.scopes.indexOf(stack) + 1).map((scope) => scope.node.id);
    const formerName = logicalName([...oldPath.split("/"), ...ids.slice(depth)]);
    if (formerName !== child.friendlyUniqueId) child.moveFromId(`${child.terraformResourceType}.${formerName}`);
  }
}
