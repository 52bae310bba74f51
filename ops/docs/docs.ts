import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Context } from "../cli/context";
import { readInventories } from "../cli/inventory";
import { OperatorError } from "../cli/operator-error";
import { architecturePage } from "./architecture";

/**
 * Compares docs/architecture.md with what the roots state, or writes it.
 *
 * @throws {OperatorError} when it is out of date and was not to be written.
 */
export async function checkDocs(context: Context, write: boolean): Promise<void> {
  const page = join(context.projectRoot, "docs", "architecture.md");
  const wanted = renderArchitecture(context.projectRoot, await readInventories(context));
  if (write) {
    writeFileSync(page, wanted);
    context.print("docs/architecture.md is written");
    return;
  }
  if (!existsSync(page) || readFileSync(page, "utf8") !== wanted) {
    throw new OperatorError(
      "docs/architecture.md is not what the roots state now; run `npm run ops -- docs --write` and read the difference",
    );
  }
  context.print("docs/architecture.md is up to date");
}

/**
 * docs/architecture.md as it should be.
 *
 * @throws {OperatorError} when there is no folder with what people say of the systems.
 */
export function renderArchitecture(projectRoot: string, inventories: readonly InventoryDocument[]): string {
  return architecturePage({ inventories, notes: readNotes(join(projectRoot, "docs", "systems")) });
}

/** What people say of the systems, by their names. */
function readNotes(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) {
    throw new OperatorError("docs/systems does not exist; make it, with what only a person can say of a system in a page of its name");
  }
  const pages = readdirSync(folder).filter((file) => file.endsWith(".md"));
  // Links in them start from docs/systems, and docs/architecture.md stands above it.
  return new Map(pages.map((file) => [basename(file, ".md"), readFileSync(join(folder, file), "utf8").replaceAll("](../", "](")]));
}
