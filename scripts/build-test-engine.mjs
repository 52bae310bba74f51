// Bundles the engine for jest. Every test file loads CDKTF anew: as one file that takes a fifth of the time of its four
// hundred, and it is the engine as the product has it, with the same replacements.
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { common, dist, esbuild, installedPackages, replaced, root, sha256 } from "./esbuild.mjs";

/** Where jest.config.cjs looks for it. */
const outfile = join(dist, "test-engine.cjs");

/** Writes `dist/test-engine.cjs`, unless it is there for the packages that are installed. */
export function buildTestEngine() {
  const entry = join(root, "node_modules", "cdktf", "lib", "index.js");
  const options = [...common, ...replaced, "--external:constructs"];
  const made = `// ${sha256(installedPackages(), JSON.stringify(options)).toString("hex")}\n`;
  if (existsSync(outfile) && readFileSync(outfile, "utf8").startsWith(made)) return;
  mkdirSync(dist, { recursive: true });
  // Written beside and moved: a run at the same time reads the old bundle or the new one.
  const unfinished = `${outfile}.${process.pid}`;
  esbuild([entry, ...options, `--banner:js=${made.trimEnd()}`, `--outfile=${unfinished}`]);
  renameSync(unfinished, outfile);
}
