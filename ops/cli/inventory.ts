import type { Fact, InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Context } from "./context";
import { EXIT, OperatorError } from "./operator-error";
import { withPrivateFolder } from "./private-folder";
import { readInventory, synthesizeInto } from "./synthesis";

/** Reads what roots say of themselves: those of the given names, or all. */
export type ReadInventories = (only?: readonly string[]) => Promise<readonly InventoryDocument[]>;

/**
 * What roots say of themselves, as the code says it now.
 *
 * @param only names of roots. @default - all
 * @throws {OperatorError} with exit status 2 for a name that no root has; the message names the roots there are.
 */
export async function readInventories(context: Context, only: readonly string[] = []): Promise<readonly InventoryDocument[]> {
  return withPrivateFolder(context.env, false, async (outdir) => {
    const roots = await synthesizeInto(outdir, context, only);
    return roots.map(({ id }) => readInventory(outdir, id));
  });
}

/**
 * What one root says of itself, as the code says it now.
 *
 * @throws {OperatorError} with exit status 2 for a name that no root has; the message names the roots there are.
 */
export async function inventoryOf(root: string, context: Context): Promise<InventoryDocument> {
  return inventoryIn(await readInventories(context, [root]), root);
}

/** What a root says of itself, and the part of it that an operator's command is about. */
export interface RootPart<Part extends Fact> {
  readonly inventory: InventoryDocument;
  readonly part: Part;
}

/**
 * A root's part of some kind: the first, where it has several.
 *
 * @param isPart says whether a fact is that part.
 * @param what the part, in an operator's words, for example `VPN`.
 * @throws {OperatorError} with exit status 2 when no root has the name, and when the root has no such part. The message names
 *   the roots that there are, or that have one.
 */
export async function rootPart<Part extends Fact>(
  root: string,
  read: ReadInventories,
  isPart: (fact: Fact) => fact is Part,
  what: string,
): Promise<RootPart<Part>> {
  const inventory = inventoryIn(await read([root]), root);
  const part = inventory.facts.find(isPart);
  if (part !== undefined) return { inventory, part };
  const others = (await read()).filter(({ facts }) => facts.some(isPart)).map((other) => other.root);
  const advice = others.length === 0 ? "no root has one" : `the roots that have one are ${others.join(", ")}`;
  throw new OperatorError(`root ${root} has no ${what}; ${advice}`, EXIT.refused);
}

function inventoryIn(inventories: readonly InventoryDocument[], root: string): InventoryDocument {
  const found = inventories.find((inventory) => inventory.root === root);
  if (found === undefined) throw new Error(`synthesis of ${root} wrote no inventory of it`);
  return found;
}
