import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Context } from "./context";
import { withPrivateFolder } from "./private-folder";
import { readInventory, selectRoots, synthesizeInto } from "./synthesis";

/**
 * What one root says of itself, as the code says it now.
 *
 * @throws {OperatorError} for a name that no root has; the message names the roots there are.
 */
export async function inventoryOf(root: string, context: Context): Promise<InventoryDocument> {
  return withPrivateFolder(context.env, false, async (outdir) => {
    const roots = await synthesizeInto(outdir, context);
    selectRoots(roots, [root], context);
    return readInventory(outdir, root);
  });
}
