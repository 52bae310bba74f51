import type { Fact, InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Context } from "./context";
import { EXIT, OperatorError } from "./operator-error";
import { withPrivateFolder } from "./private-folder";
import { readInventory, synthesizeInto, unknownRoots } from "./synthesis";

/** What every root says of itself, as the code says it now. */
export async function readInventories(context: Context): Promise<readonly InventoryDocument[]> {
  return withPrivateFolder(context.env, false, async (outdir) => {
    const roots = await synthesizeInto(outdir, context);
    return roots.map(({ id }) => readInventory(outdir, id));
  });
}

/**
 * What one root says of itself, as the code says it now.
 *
 * @throws {OperatorError} for a name that no root has; the message names the roots there are.
 */
export async function inventoryOf(root: string, context: Context): Promise<InventoryDocument> {
  return inventoryNamed(root, await readInventories(context));
}

/** What a root says of itself, and the part of it that an operator's command is about. */
export interface RootPart<Part extends Fact> {
  readonly inventory: InventoryDocument;
  readonly part: Part;
}

/**
 * The root of a name, and its part of some kind: the first, where it has several.
 *
 * @param isPart says whether a fact is that part.
 * @param what the part, in an operator's words, for example `VPN`.
 * @throws {OperatorError} with exit status 2 when no root has the name, and when the root has no such part. The message names
 *   the roots that there are, or that have one.
 */
export function rootPart<Part extends Fact>(
  inventories: readonly InventoryDocument[],
  root: string,
  isPart: (fact: Fact) => fact is Part,
  what: string,
): RootPart<Part> {
  const inventory = inventoryNamed(root, inventories);
  const part = inventory.facts.find(isPart);
  if (part !== undefined) return { inventory, part };
  const others = rootsOf(inventories.filter(({ facts }) => facts.some(isPart)));
  const advice = others.length === 0 ? "no root has one" : `the roots that have one are ${others.join(", ")}`;
  throw new OperatorError(`root ${root} has no ${what}; ${advice}`, EXIT.refused);
}

function inventoryNamed(root: string, inventories: readonly InventoryDocument[]): InventoryDocument {
  const found = inventories.find((inventory) => inventory.root === root);
  if (found === undefined) throw unknownRoots([root], rootsOf(inventories));
  return found;
}

function rootsOf(inventories: readonly InventoryDocument[]): readonly string[] {
  return inventories.map(({ root }) => root);
}
