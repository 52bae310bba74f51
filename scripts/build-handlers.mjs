// Packages the Lambda handlers: each handlers/NAME/handler.ts becomes dist/handlers/NAME.zip, which holds one file,
// handler.js, with everything but the AWS SDK, which Lambda's runtime brings.
//
// Building them takes longer than the rest of a synthesis has time for, so it is done only when something that goes into
// them has changed. The same sources make the same bytes on every machine: Terraform deploys what has other bytes.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { common, dist, esbuild, installedPackages, root, sha256 } from "./esbuild.mjs";

const require = createRequire(import.meta.url);
const sources = join(root, "handlers");
const packages = join(dist, "handlers");
/** What the packages were made from, and their own hashes. */
const record = join(packages, "record.json");

/** Packages that are ES modules may ask where they stand. In this form of bundle nothing but the file itself knows. */
const moduleUrl = [
  "--define:import.meta.url=bundleUrl",
  "--banner:js='use strict';const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
];

/** Names of functions and classes stay: stack traces in the logs are read by people. */
const options = [...common, "--minify", "--keep-names", "--external:@aws-sdk/*", ...moduleUrl];

/** Raised when the form of the zip or of the record changes. */
const FORM = 1;

/**
 * Every file in a zip has a time. Noon, in whatever zone the machine is in: zip knows no zones, and takes the time that a
 * local clock would show. 1980 is the first year that it can express.
 */
const ZIP_TIME = new Date(1980, 0, 1, 12);
/** Unix, and rw-r--r--: Lambda runs the code as another user, who must be able to read it. */
const ZIP_FILE = { os: 3, attrs: 0o100644 << 16, level: 9, mtime: ZIP_TIME };

/**
 * Brings dist/handlers up to date.
 *
 * @returns names of the handlers, in order.
 */
export function buildHandlers() {
  const files = filesBelow(sources);
  const names = files.flatMap((file) => file.match(/^([^/]+)\/handler\.ts$/)?.[1] ?? []);
  const key = buildKey(files);
  if (!isUpToDate(key, names)) build({ key, names, files });
  return names;
}

/** Files below a folder, as paths with slashes, in one order on every machine. None when there is no folder. */
function filesBelow(folder) {
  return readOr([], () => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/** What decides on a build beside the content of its inputs: a new file may take the place of one that was imported so far. */
function buildKey(files) {
  const settings = JSON.stringify([FORM, options, files]);
  return sha256(settings, readFileSync(join(root, "tsconfig.json")), installedPackages()).toString("hex");
}

function isUpToDate(key, names) {
  const last = readOr(undefined, () => JSON.parse(readFileSync(record, "utf8")));
  if (last?.key !== key) return false;
  const unchanged = ([path, mark]) => markOf(path) === mark;
  return Object.entries(last.inputs).every(unchanged) && names.every((name) => hashOf(zipOf(name)) === last.zips[name]);
}

function build({ key, names, files }) {
  mkdirSync(packages, { recursive: true });
  // Written beside and moved, so that a build that is cut off, or one at the same time, leaves no half file.
  const unfinished = mkdtempSync(join(packages, "unfinished-"));
  process.on("exit", () => rmSync(unfinished, { recursive: true, force: true }));
  // Our own files as they are before esbuild reads them: one that is edited meanwhile is then found to have changed.
  const before = Object.fromEntries(files.map((file) => [`handlers/${file}`, markOf(`handlers/${file}`)]));
  const inputs = names.length === 0 ? [] : bundle(names, unfinished);
  for (const name of names) zip(name, unfinished);
  const zips = Object.fromEntries(names.map((name) => [name, hashOf(join(unfinished, `${name}.zip`))]));
  for (const name of names) renameSync(join(unfinished, `${name}.zip`), zipOf(name));
  for (const file of readdirSync(packages)) {
    if (file.endsWith(".zip") && !(file.slice(0, -4) in zips)) rmSync(join(packages, file));
  }
  const made = join(unfinished, "record.json");
  const marks = Object.fromEntries(inputs.map((path) => [path, before[path] ?? markOf(path)]));
  writeFileSync(made, JSON.stringify({ key, inputs: marks, zips }));
  renameSync(made, record);
}

/** Bundles every handler in one run of esbuild. @returns every file that went in, relative to the project. */
function bundle(names, outdir) {
  const metafile = join(outdir, "meta.json");
  const entries = names.map((name) => `${name}=${join(sources, name, "handler.ts")}`);
  esbuild([...entries, ...options, `--outdir=${outdir}`, `--metafile=${metafile}`]);
  return Object.keys(JSON.parse(readFileSync(metafile, "utf8")).inputs).sort();
}

function zip(name, folder) {
  // Loaded only when there is something to pack. Not zlib: its bytes differ from one release of Node to another.
  const { zipSync } = require("fflate");
  const code = readFileSync(join(folder, `${name}.js`));
  writeFileSync(join(folder, `${name}.zip`), zipSync({ "handler.js": [code, ZIP_FILE] }));
}

function zipOf(name) {
  return join(packages, `${name}.zip`);
}

/**
 * What a file of ours, or of a package, was when it was bundled: its content; for the hundreds of files of packages, of which
 * npm's own record tells the versions, the time of the last write to it. No write leaves that time as it was.
 *
 * @returns undefined when the file is gone.
 */
function markOf(path) {
  if (!path.includes("node_modules/")) return hashOf(join(root, path));
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.ctimeMs} ${found.size}`;
}

/** SHA-256 of a file; undefined when it is gone. */
function hashOf(path) {
  const content = readOr(undefined, () => readFileSync(path));
  return content === undefined ? undefined : sha256(content).toString("hex");
}

/** What a reader gives, or something else where the file does not exist. */
function readOr(otherwise, read) {
  try {
    return read();
  } catch (error) {
    if (error.code === "ENOENT") return otherwise;
    throw error;
  }
}
