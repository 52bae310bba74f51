import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { Context } from "../cli/context";
import { readInventories } from "../cli/inventory";
import { OperatorError } from "../cli/operator-error";
import { withPriceTables } from "../prices/endpoints-page";
import { readPrices } from "../prices/prices";
import { architecturePage } from "./architecture";

/** A generated document as it should be. */
interface Page {
  readonly file: "docs/architecture.md" | "docs/endpoints.md";
  readonly wanted: string;
  /** What it is written from, as in `is what the roots state`. */
  readonly source: string;
}

/**
 * Compares the generated documents with what they are written from, or writes them.
 *
 * @throws {OperatorError} naming each that is out of date and was not to be written.
 */
export async function checkDocs(context: Context, write: boolean): Promise<void> {
  const { projectRoot } = context;
  const pages: readonly Page[] = [
    { file: "docs/architecture.md", wanted: renderArchitecture(projectRoot, await readInventories(context)), source: "the roots state" },
    { file: "docs/endpoints.md", wanted: renderEndpoints(projectRoot), source: "ops/prices/prices.json gives" },
  ];
  if (write) {
    for (const { file, wanted } of pages) writeFileSync(join(projectRoot, file), wanted);
    for (const { file } of pages) context.print(`${file} is written`);
    return;
  }
  const old = pages.filter(({ file, wanted }) => textOf(join(projectRoot, file)) !== wanted);
  if (old.length > 0) {
    const faults = old.map(({ file, source }) => `${file} is not what ${source} now`).join(", and ");
    throw new OperatorError(`${faults}; run \`npm run ops -- docs --write\` and read the difference`);
  }
  for (const { file } of pages) context.print(`${file} is up to date`);
}

/** @returns undefined when there is no such file. */
function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/**
 * docs/endpoints.md as it should be: what people say in it, with the tables that the price file gives.
 *
 * @throws {OperatorError} when it does not exist, or has no one place for the tables.
 */
function renderEndpoints(projectRoot: string): string {
  const page = textOf(join(projectRoot, "docs", "endpoints.md"));
  if (page === undefined)
    throw new OperatorError("docs/endpoints.md does not exist, and most of it is written by people; bring it back from git");
  return withPriceTables(page, readPrices());
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
