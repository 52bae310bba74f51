// Bundles the entry points. Every command goes through here, so there is one set of build options.
//
// main.ts is bundled in two halves. Our own code is bundled each time, which takes a hundredth of a second. The packages
// it imports (11 MB of bindings) are bundled once for each set of imports and each package-lock.json.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { buildHandlers } from "./build-handlers.mjs";
import { common, dist, esbuild, installedPackages, replaced, root, sha256, startEsbuild } from "./esbuild.mjs";

const require = createRequire(import.meta.url);

const text = [".sh", ".sql", ".conf", ".service", ".timer", ".xml", ".viewer.js"].map((extension) => `--loader:${extension}=text`);

/** The packages as the function that scripts/compiled.cjs calls. */
const asFunction = ["--banner:js=(function (exports, require, module, __filename, __dirname) {", "--footer:js=})"];

/**
 * The program that synthesizes every root: `dist/main.cjs`, and the packages beside it. The Lambda handlers' packages, which
 * it looks for, are brought up to date too.
 *
 * @param engine the npm package that stands behind `import … from "cdktf"`. Only the twin test passes another one.
 * @returns the file to run.
 */
export async function buildMain({ engine = "cdktf" } = {}) {
  mkdirSync(dist, { recursive: true });
  const name = engine === "cdktf" ? "main" : `main-${engine}`;
  const outfile = join(dist, `${name}.cjs`);
  const metafile = join(dist, `${name}.meta.json`);
  const body = join(dist, `${name}.body.cjs`);
  const bundled = startEsbuild([
    join(root, "main.ts"),
    ...common,
    ...text,
    "--packages=external",
    `--metafile=${metafile}`,
    `--outfile=${body}`,
  ]);
  buildHandlers();
  await bundled;
  const packages = bundlePackages(importedPackages(metafile), engine);
  // The body's `require` is the packages' table; what is not in it, such as node:fs, is Node's own.
  const loaded = `require("../scripts/compiled.cjs")(require("node:path").join(__dirname, "${packages}"))`;
  writeFileSync(outfile, `var require = ${loaded}(require);\n${readFileSync(body, "utf8")}`);
  return outfile;
}

/**
 * Builds the program that synthesizes, and runs it in this process. While esbuild is at work the packages are loaded: mostly
 * they are the same as the last time.
 */
export async function runMain() {
  const building = buildMain();
  const last = readdirSync(dist).find((name) => /^packages-cdktf-\w+\.cjs$/.test(name));
  if (last !== undefined) require("./compiled.cjs")(join(dist, last));
  require(await building);
}

/** The operators' CLI. Packages stay outside: it runs beside node_modules and loads only what a command needs. */
export function buildOps() {
  const outfile = join(dist, "ops.cjs");
  mkdirSync(dist, { recursive: true });
  esbuild([join(root, "ops", "main.ts"), ...common, ...text, "--packages=external", `--outfile=${outfile}`]);
  return outfile;
}

/** @returns name of the file, in dist, that exports a `require` for the given imports. */
function bundlePackages(imports, engine) {
  const options = [
    ...common,
    "--minify-whitespace",
    ...asFunction,
    ...replaced,
    ...(engine === "cdktf" ? [] : [`--alias:cdktf=${engine}`]),
  ];
  const key = sha256(installedPackages(), JSON.stringify([imports, options]))
    .toString("hex")
    .slice(0, 16);
  const family = `packages-${engine}-`;
  const name = `${family}${key}.cjs`;
  const outfile = join(dist, name);
  if (!existsSync(outfile)) {
    const table = imports.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`);
    const source = `const table = {\n${table.join(",\n")}\n};\nmodule.exports = (node) => (name) => (table[name] ?? (() => node(name)))();\n`;
    // Written beside and moved, so that a build that is cut off, or one at the same time, leaves no half file.
    const unfinished = `${outfile}.${process.pid}`;
    esbuild([...options, `--outfile=${unfinished}`, `--sourcefile=packages.js`], source);
    renameSync(unfinished, outfile);
    for (const old of readdirSync(dist)) if (old.startsWith(family) && !old.startsWith(name)) rmSync(join(dist, old), { force: true });
  }
  return name;
}

function importedPackages(metafile) {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8"));
  const [output] = Object.values(outputs);
  const paths = output.imports.filter(({ path }) => !path.startsWith("node:")).map(({ path }) => path);
  return [...new Set(paths)].sort();
}
