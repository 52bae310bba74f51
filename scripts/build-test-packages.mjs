// Bundles the engine and the bindings for jest, which loads them anew for every test file: one file each, without source maps
// and white space, is read and compiled in a fraction of the time. It is the engine as the product has it, with the same
// replacements.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { common, dist, esbuild, installedPackages, replaced, root, sha256 } from "./esbuild.mjs";

/** Where jest.config.cjs looks for them, below the names that they are imported by. */
const packages = join(dist, "test-packages");
/** What the bundles were made from. */
const record = join(packages, "record");

const options = [...common, "--minify-whitespace", "--external:constructs"];

/** Brings `dist/test-packages` up to date. What is imported and not there, jest takes from node_modules. */
export function buildTestPackages() {
  const bindings = importedBindings();
  const key = sha256(installedPackages(), JSON.stringify([options, replaced, bindings])).toString("hex");
  if (existsSync(record) && readFileSync(record, "utf8") === key) return;
  // Written beside and moved, so that a build that is cut off leaves no half a set.
  const unfinished = `${packages}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const module = (name) => join(root, "node_modules", name, "index.js");
  esbuild([`cdktf=${module("cdktf/lib")}`, ...options, ...replaced, `--outdir=${unfinished}`]);
  const entries = bindings.filter((name) => existsSync(module(name))).map((name) => `${name}=${module(name)}`);
  esbuild([...entries, ...options, "--external:cdktf", `--outdir=${unfinished}`]);
  writeFileSync(join(unfinished, "record"), key);
  rmSync(packages, { recursive: true, force: true });
  renameSync(unfinished, packages);
}

/** Every binding that a source or a test names, in order. */
function importedBindings() {
  const sources = ["constructs", "stacks", "__tests__"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(join(root, folder, path), "utf8")),
  );
  const found = sources.flatMap((text) => text.match(/@cdktf\/provider-[a-z]+\/lib\/[a-z0-9-]+/g) ?? []);
  return [...new Set(found)].sort();
}
