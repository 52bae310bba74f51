// Bundles the entry points. Every command goes through here, so there is one set of build options.
//
// main.ts is bundled in two halves. Our own code is bundled each time, which takes a hundredth of a second. The packages
// it imports (11 MB of bindings) are bundled once for each set of imports and each package-lock.json. esbuild's own
// command is used: as a one-shot process it leaves its garbage collector off and takes two thirds of its library's time.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

const common = ["--bundle", "--platform=node", "--target=node20", "--format=cjs", "--log-level=warning", "--legal-comments=none"];
const text = [".sh", ".sql", ".conf", ".service", ".timer", ".xml"].map((extension) => `--loader:${extension}=text`);

/**
 * CDKTF records a full stack trace for every token it makes, with the limit raised to the maximum, and no option turns it
 * off. Nothing reads those traces, and they cost more than a third of synthesis: in the bundle the call does nothing.
 */
const withoutTokenTraces = "--define:Error.captureStackTrace=Boolean";
/** CDKTF loads a zip library for archive assets, which we do not use: their bytes differ from run to run. */
const withoutArchiver = `--alias:archiver=${join(root, "scripts", "no-archiver.cjs")}`;

/**
 * The program that synthesizes every root: `dist/main.cjs`, and the packages beside it.
 *
 * @param engine the npm package that stands behind `import … from "cdktf"`. Only the twin test passes another one.
 * @returns the file to run.
 */
export function buildMain({ engine = "cdktf" } = {}) {
  mkdirSync(dist, { recursive: true });
  const name = engine === "cdktf" ? "main" : `main-${engine}`;
  const outfile = join(dist, `${name}.cjs`);
  const metafile = join(dist, `${name}.meta.json`);
  const body = join(dist, `${name}.body.cjs`);
  esbuild([join(root, "main.ts"), ...common, ...text, "--packages=external", `--metafile=${metafile}`, `--outfile=${body}`]);
  const packages = bundlePackages(importedPackages(metafile), engine);
  // The body's `require` is the packages' table; what is not in it, such as node:fs, is Node's own.
  writeFileSync(outfile, `var require = require("./${packages}")(require);\n${readFileSync(body, "utf8")}`);
  return outfile;
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
  const installed = readFileSync(join(root, "node_modules", ".package-lock.json"));
  const options = [...common, withoutTokenTraces, withoutArchiver, ...(engine === "cdktf" ? [] : [`--alias:cdktf=${engine}`])];
  const key = createHash("sha256")
    .update(installed)
    .update(JSON.stringify([imports, options]))
    .digest("hex")
    .slice(0, 16);
  const name = `packages-${key}.cjs`;
  const outfile = join(dist, name);
  if (!existsSync(outfile)) {
    const table = imports.map((path) => `${JSON.stringify(path)}: () => require(${JSON.stringify(path)})`);
    const source = `const table = {\n${table.join(",\n")}\n};\nmodule.exports = (node) => (name) => (table[name] ?? (() => node(name)))();\n`;
    // Written beside and moved, so that a build that is cut off, or one at the same time, leaves no half file.
    const unfinished = `${outfile}.${process.pid}`;
    esbuild([...options, `--outfile=${unfinished}`, `--sourcefile=packages.js`], source);
    renameSync(unfinished, outfile);
  }
  return name;
}

function importedPackages(metafile) {
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8"));
  const [output] = Object.values(outputs);
  const paths = output.imports.filter(({ path }) => !path.startsWith("node:")).map(({ path }) => path);
  return [...new Set(paths)].sort();
}

function esbuild(args, input) {
  const binary = require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
  try {
    execFileSync(binary, args, { cwd: root, input, stdio: [input === undefined ? "ignore" : "pipe", "inherit", "inherit"] });
  } catch (error) {
    // esbuild has printed what does not compile, and where; there is nothing to run.
    if (typeof error.status === "number") process.exit(1);
    throw error;
  }
}
