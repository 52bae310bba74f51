// Bundles an entry point with esbuild. Every command goes through here, so there is one set of build options.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * CDKTF records a full stack trace for every token it makes, with the limit raised to the maximum, and no option turns it
 * off. Nothing here reads those traces, and they cost more than a third of synthesis, so the bundle leaves them out.
 */
const withoutTokenTraces = {
  name: "without-token-traces",
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/](cdktf|cdktn)[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/ }, () => ({
      contents: "exports.captureStackTrace = () => [];",
      loader: "js",
    }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
  legalComments: "none",
};

/**
 * The program that synthesizes every root, as one file.
 *
 * @param engine the npm package that stands behind `import … from "cdktf"`. Only the twin test passes another one.
 */
export async function buildMain({ engine = "cdktf", outfile = join(root, "dist", "main.cjs") } = {}) {
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    ...shared,
    entryPoints: ["main.ts"],
    outfile,
    plugins: [withoutTokenTraces],
    alias: engine === "cdktf" ? {} : { cdktf: engine },
  });
  return outfile;
}

/** The operators' CLI. Packages stay outside: it runs beside node_modules and loads only what a command needs. */
export async function buildOps() {
  const outfile = join(root, "dist", "ops.cjs");
  mkdirSync(dirname(outfile), { recursive: true });
  await build({ ...shared, entryPoints: ["ops/main.ts"], outfile, packages: "external" });
  return outfile;
}
