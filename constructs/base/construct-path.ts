import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Ids from below the stack down to a construct. */
export function idsInStack(construct: IConstruct): string[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1).map((scope) => scope.node.id);
}

/** Path of a construct below its stack, for example `Shop/Database`. It is how the inventory and the documents name it. */
export function pathInStack(construct: IConstruct): string {
  return idsInStack(construct).join("/");
}
