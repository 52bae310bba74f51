import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Context } from "../cli/context";
import { OperatorError } from "../cli/operator-error";
import { withPrivateFolder } from "../cli/private-folder";
import { readInventory, synthesizeInto } from "../cli/synthesis";
import { architecturePage } from "./architecture";

/**
 * Compares docs/architecture.md with what the roots state, or writes it.
 *
 * @throws {OperatorError} when it is out of date and was not to be written.
 */
export async function checkDocs(context: Context, write: boolean): Promise<void> {
  const page = join(context.projectRoot, "docs", "architecture.md");
  const wanted = await renderArchitecture(context);
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

async function renderArchitecture(context: Context): Promise<string> {
  return withPrivateFolder(context.env, false, async (outdir) => {
    const roots = await synthesizeInto(outdir, context);
    const inventories = roots.map(({ id }) => readInventory(outdir, id));
    return architecturePage({ inventories, notes: readNotes(join(context.projectRoot, "docs", "systems")) });
  });
}

function readNotes(folder: string): ReadonlyMap<string, string> {
  const pages = readdirSync(folder).filter((file) => file.endsWith(".md"));
  return new Map(pages.map((file) => [basename(file, ".md"), readFileSync(join(folder, file), "utf8")]));
}
