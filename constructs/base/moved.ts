import { TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { logicalName } from "./address";
import { idsInStack } from "./construct-path";

/**
 * Says that a construct had another path, so that Terraform moves its resources in the state and replaces none of them.
 * Call it last in the stack, when the construct and the rules that name it hold all their resources.
 *
 * @param construct the renamed or moved construct.
 * @param oldPath its former path below the stack, for example `Shop/Database`.
 */
export function movedFrom(construct: Construct, oldPath: string): void {
  const path = idsInStack(construct);
  const [word, oldWord] = [path.join(""), oldPath.replace(/\//g, "")];
  for (const resource of resourcesBeside(construct)) {
    const ids = idsInStack(resource);
    const inside = path.every((id, index) => ids[index] === id);
    const former = inside ? [...oldPath.split("/"), ...ids.slice(path.length)] : ids;
    // Rules between two parts stand at one of them and are called after the other: `FromShop`, `ToShop-https`.
    const renamed = former.map((id) => id.replace(new RegExp(`^(From|To)${word}(?=-|$)`), `$1${oldWord}`));
    const formerName = logicalName(renamed);
    if (formerName !== resource.friendlyUniqueId) resource.moveFromId(`${resource.terraformResourceType}.${formerName}`);
  }
}

function resourcesBeside(construct: Construct): TerraformResource[] {
  return TerraformStack.of(construct)
    .node.findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node));
}
