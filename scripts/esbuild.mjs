// What every bundle has in common: where it comes from, where it goes, and how esbuild is run.
//
// esbuild's own command is used: as a one-shot process it leaves its garbage collector off and takes two thirds of its
// library's time.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

/** The project's own folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where bundles go. Nothing in it is kept in git. */
export const dist = join(root, "dist");

/** Options of every bundle. The oldest Node that the project runs on can run them all, Lambda handlers included. */
export const common = ["--bundle", "--platform=node", "--target=node20", "--format=cjs", "--log-level=warning", "--legal-comments=none"];

/**
 * What is replaced in CDKTF.
 *
 * It records a full stack trace for every token that it makes, with the limit raised to the maximum, and no option turns that
 * off. Nothing reads those traces, and they cost more than a third of synthesis: in a bundle the call does nothing.
 *
 * It loads a zip library for archive assets, which we do not use: their bytes differ from run to run.
 */
export const replaced = ["--define:Error.captureStackTrace=Boolean", `--alias:archiver=${join(root, "scripts", "no-archiver.cjs")}`];

/** What npm has installed, with every version: another installation is another set of bundles. */
export function installedPackages() {
  return readFileSync(join(root, "node_modules", ".package-lock.json"));
}

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Runs esbuild. When something does not compile, esbuild has said what and where, and the process ends with status 1. */
export function esbuild(args, input) {
  try {
    execFileSync(binary(), args, { cwd: root, input, stdio: [input === undefined ? "ignore" : "pipe", "inherit", "inherit"] });
  } catch (error) {
    if (typeof error.status === "number") process.exit(1);
    throw error;
  }
}

/** As {@link esbuild}, beside what the caller does until it waits for the end. */
export async function startEsbuild(args) {
  const [status] = await once(spawn(binary(), args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }), "close");
  if (status !== 0) process.exit(1);
}

function binary() {
  return require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
}
