// The handlers' part of `npm run bench`: how large each package is, and what loading it takes beyond an empty Node.
//
// Lambda's runtime brings the AWS SDK, in a release and from a disk of its own, so the SDK is counted apart: once a handler is
// loaded with nothing in the SDK's place, and once with the SDK that is installed here.
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Table from "cli-table3";
import { strFromU8, unzipSync } from "fflate";
import { buildHandlers } from "./build-handlers.mjs";
import { dist, root } from "./esbuild.mjs";

/** Settings with which every handler starts as it does in Lambda. */
const SETTINGS = {
  ALLOWED_EMAIL_DOMAINS: "example.com",
  PLUS_ADDRESSES: "refused",
  USERS_ACCOUNTS_TABLE_NAME: "UsersAccountsTable",
  PRODUCT_NAME: "Example",
  CONSOLE_URL: "https://console.example.com",
  AWS_REGION: "eu-west-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** Puts classes that do nothing in the place of whatever is taken from the SDK. */
const WITHOUT_SDK = `
const Module = require("node:module");
const load = Module._load;
const nothing = new Proxy({}, { get: () => class {} });
Module._load = (request, ...rest) => (request.startsWith("@aws-sdk/") ? nothing : load(request, ...rest));
`;

/**
 * Prints a table of the handlers.
 *
 * @param tools.compare medians of several commands, run in turn.
 * @param tools.measure wall and CPU seconds of one command.
 * @param tools.scratch a folder of the benchmark's own.
 */
export function benchHandlers({ compare, measure, scratch }) {
  const names = buildHandlers();
  const empty = join(scratch, "empty.js");
  const without = join(scratch, "without-sdk.cjs");
  writeFileSync(empty, "");
  writeFileSync(without, WITHOUT_SDK);
  const env = { ...process.env, ...SETTINGS, NODE_PATH: join(root, "node_modules") };
  const start = (file) => () => measure(`${JSON.stringify(process.execPath)} -r ${without} ${file}`, { cwd: scratch, env });
  const startWithSdk = (file) => () => measure(`${JSON.stringify(process.execPath)} ${file}`, { cwd: scratch, env });

  const commands = { "empty, without": start(empty), empty: startWithSdk(empty) };
  const code = Object.fromEntries(names.map((name) => [name, unpack(name, scratch)]));
  for (const name of names) {
    commands[`${name}, without`] = start(code[name]);
    commands[name] = startWithSdk(code[name]);
  }
  const times = compare(commands);

  const table = new Table({ head: ["handler", "code kB", "zip kB", "load ms", "load ms, with the SDK"] });
  const beyond = (name, floor) => ((times[name].wall - times[floor].wall) * 1000).toFixed(0);
  for (const name of names) {
    const sizes = [code[name], zipOf(name)].map((file) => (statSync(file).size / 1000).toFixed(1));
    table.push([name, ...sizes, beyond(`${name}, without`, "empty, without"), beyond(name, "empty")]);
  }
  console.log(table.toString());
}

function zipOf(name) {
  return join(dist, "handlers", `${name}.zip`);
}

/** @returns the handler's code, in a folder where it stands alone. */
function unpack(name, scratch) {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const file = join(folder, "handler.js");
  writeFileSync(file, strFromU8(unzipSync(readFileSync(zipOf(name)))["handler.js"]));
  return file;
}
