// Loads a bundle together with what V8 made of it the last time: compiling the packages anew takes a fifth of synthesis.
const { createHash } = require("node:crypto");
const { existsSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const vm = require("node:vm");

// V8's optimizing compiler runs beside the program and costs a third of synthesis' CPU time. A program of half a second ends
// before that pays: without it the wall time is the same.
setFlagsFromString("--no-opt");

const bundles = new Map();

/**
 * @param file a bundle of ASCII that is one expression: a function of `exports, require, module, __filename, __dirname`.
 * @returns what it exports, the same each time.
 */
module.exports = function loadCompiled(file) {
  if (!bundles.has(file)) bundles.set(file, load(file));
  return bundles.get(file);
};

function load(file) {
  // Programs that are started in different ways do not take turns at one file.
  const start = sha256([process.version, ...process.execArgv].join(" "));
  const compiled = `${file}.${start.toString("hex", 0, 4)}.compiled`;
  // V8 refuses what another V8 made, or with other flags. Of the source it looks at the length alone.
  const { size, mtimeNs, ino } = statSync(file, { bigint: true });
  const source = sha256([size, mtimeNs, ino].join(" "));
  const kept = existsSync(compiled) ? readFileSync(compiled) : Buffer.alloc(0);
  const cachedData = kept.subarray(0, source.length).equals(source) ? kept.subarray(source.length) : undefined;
  const script = new vm.Script(readFileSync(file, "latin1"), { filename: file, cachedData });
  const loaded = { exports: {} };
  script.runInThisContext().call(loaded.exports, loaded.exports, createRequire(file), loaded, file, dirname(file));
  // At the end, what was needed is compiled, and no more.
  if (cachedData === undefined || script.cachedDataRejected) process.once("exit", () => keep(script, source, compiled));
  return loaded.exports;
}

function keep(script, source, compiled) {
  const unfinished = `${compiled}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat([source, script.createCachedData()]));
  renameSync(unfinished, compiled);
}

function sha256(text) {
  return createHash("sha256").update(text).digest();
}
