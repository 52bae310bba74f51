import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InventoryDocument } from "../../../../constructs/base/inventory-facts";
import { scratchFolder, synth } from "../../../support/project";

/** What a root states of itself, as synthesis writes it. */
export function inventoryOfRoot(root: string): InventoryDocument {
  const outdir = scratchFolder();
  const { status, stderr } = synth([root], { env: { CDKTF_OUTDIR: outdir } });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(readFileSync(join(outdir, "inventory", `${root}.json`), "utf8"));
}
