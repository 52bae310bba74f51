import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** Ids from below the stack down to a construct. */
export function idsInStack(construct: IConstruct): string[] {
  const { scopes } = construct.node;
  return scopes.slice(scopes.indexOf(TerraformStack.of(construct)) + 1).map((scope) => scope.node.id);
}

/**
 * Ids that add nothing to a name: the primary child of a construct, and the construct that holds a thing's security group.
 * `Aurora/Default` is Aurora, and so is `Aurora/Connections`.
 */
const SILENT_IDS: ReadonlySet<string> = new Set(["Default", "Connections"]);

/** The ids that a person would say. */
export function spokenIds(ids: readonly string[]): readonly string[] {
  const spoken = ids.filter((id) => !SILENT_IDS.has(id));
  return spoken.length > 0 ? spoken : ids;
}

/** Path of a construct below its stack, for example `Shop/Database`. It is how the inventory and the documents name it. */
export function pathInStack(construct: IConstruct): string {
  return spokenIds(idsInStack(construct)).join("/");
}
