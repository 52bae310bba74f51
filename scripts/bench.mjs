// `npm run bench [-- RUNS]`: what synthesis, a handler's cold start and a rehearsal cost, as ratios to an empty Node start and
// to Terraform's own floor in the same run. Prints figures and judges nothing: a shared machine is faster one minute and
// slower the next.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { benchHandlers } from "./bench-handlers.mjs";
import { buildMain, buildOps } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const runs = Number(process.argv[2] ?? 7);
const scratch = mkdtempSync(join(tmpdir(), "bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const main = await buildMain();
const ops = buildOps();
const quiet = { cwd: root, env: { ...process.env, CHECKPOINT_DISABLE: "1", BACKEND: "local", CDKTF_OUTDIR: join(scratch, "out") } };
mkdirSync(quiet.env.CDKTF_OUTDIR);

/** Wall and CPU seconds and peak memory in MB of one command with all its children, as the operating system counts them. */
function measure(command, options = quiet) {
  const timed = spawnSync(
    "/usr/bin/env",
    ["bash", "-c", `TIMEFORMAT='%R %U %S'; time ${command} >/dev/null 2>"$0"`, join(scratch, "stderr")],
    {
      ...options,
      encoding: "utf8",
    },
  );
  if (timed.status !== 0)
    throw new Error(`${command} ended with ${timed.status}: ${readFileSync(join(scratch, "stderr"), "utf8").slice(-500)}`);
  const [wall, user, system] = timed.stderr.trim().split(" ").map(Number);
  return { wall, cpu: user + system };
}

/** Peak memory of a Node program, which it tells itself when it ends. */
function peakMegabytes(script, args, options = quiet) {
  const told = join(scratch, "peak");
  const tell = `process.on("exit",()=>require("node:fs").writeFileSync(${JSON.stringify(told)},String(process.resourceUsage().maxRSS/1024)))`;
  const preload = join(scratch, "preload.cjs");
  writeFileSync(preload, tell);
  const { status, stderr } = spawnSync(process.execPath, ["-r", preload, script, ...args], { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr.slice(-500)}`);
  return Number(readFileSync(told, "utf8"));
}

/** Medians of several commands, run in turn so that a slow minute is slow for all of them. */
function compare(commands, times = runs) {
  const names = Object.keys(commands);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round <= times; round += 1) {
    for (const name of names) {
      const sample = commands[name]();
      // The first round warms caches and is not counted.
      if (round > 0) samples[name].push(sample);
    }
  }
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return Object.fromEntries(
    names.map((name) => [name, { wall: median(samples[name].map(({ wall }) => wall)), cpu: median(samples[name].map(({ cpu }) => cpu)) }]),
  );
}

function print(title, rows, floor) {
  const table = new Table({ head: [title, "wall s", "CPU s", `wall / ${floor}`, `CPU / ${floor}`] });
  for (const [name, { wall, cpu }] of Object.entries(rows)) {
    table.push([name, wall.toFixed(2), cpu.toFixed(2), (wall / rows[floor].wall).toFixed(1), (cpu / rows[floor].cpu).toFixed(1)]);
  }
  console.log(table.toString());
}

const node = JSON.stringify(process.execPath);
execFileSync(process.execPath, [main], quiet);
const roots = readdirSync(join(quiet.env.CDKTF_OUTDIR, "stacks"));
const resources = (id) => {
  const { resource } = JSON.parse(readFileSync(join(quiet.env.CDKTF_OUTDIR, "stacks", id, "cdk.tf.json"), "utf8"));
  return Object.values(resource).reduce((sum, ofType) => sum + Object.keys(ofType).length, 0);
};
/** The first slice: the budgets for a build with a synthesis, and for a rehearsal, are written for these two. */
const firstSlice = roots.filter((id) => id.startsWith("zelly-")).join(" ");
const counts = Object.fromEntries(roots.map((id) => [id, resources(id)]));

const synthesis = compare({
  "empty node": () => measure(`${node} -e 0`),
  "build and synth, all roots": () => measure(`${node} scripts/synth.mjs`),
  "build and synth, both of Zelly": () => measure(`${node} scripts/synth.mjs ${firstSlice}`),
  "synth, all roots": () => measure(`${node} ${main}`),
  "synth, one root": () => measure(`${node} ${main} ${roots[0]}`),
});
print("synthesis", synthesis, "empty node");
const others = roots.slice(1);
const furtherResources = others.reduce((sum, id) => sum + counts[id], 0);
const further = ((synthesis["synth, all roots"].cpu - synthesis["synth, one root"].cpu) * 160_000) / furtherResources;
console.log(`${roots.map((id) => `${id} ${counts[id]}`).join(", ")} resources; a further root of 160 costs ${further.toFixed(0)} ms CPU`);
console.log(
  `peak memory: build and synth ${peakMegabytes("scripts/synth.mjs", []).toFixed(0)} MB, empty node ${peakMegabytes(writeEmpty(), []).toFixed(0)} MB`,
);

benchHandlers({ compare, measure, scratch });

const terraform = execFileSync(process.execPath, [ops, "terraform"], { ...quiet, encoding: "utf8" }).trim();
const rehearsal = compare(
  {
    "terraform_data, same counts": () => floor(terraform),
    "rehearsal, all roots": () => measure(`${node} ${ops} rehearse`),
    "rehearsal, both of Zelly": () => measure(`${node} ${ops} rehearse ${firstSlice}`),
  },
  Math.min(runs, 3),
);
print("rehearsal", rehearsal, "terraform_data, same counts");
console.log(`peak memory of the rehearsal's Node: ${peakMegabytes(ops, ["rehearse"]).toFixed(0)} MB`);

function writeEmpty() {
  const file = join(scratch, "empty.cjs");
  writeFileSync(file, "");
  return file;
}

/** What Terraform itself takes for the same steps, with as many resources that no provider knows of, root after root. */
function floor(binary) {
  const folders = roots.map((id) => {
    const folder = mkdtempSync(join(scratch, "floor-"));
    const all = Object.fromEntries(Array.from({ length: counts[id] }, (_, index) => [`r${index}`, { input: `value ${index}` }]));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ resource: { terraform_data: all } }));
    return folder;
  });
  const steps = ["init", "validate", "plan -out=plan", "apply plan", "plan -detailed-exitcode", "output", "destroy -auto-approve"];
  const script = folders
    .map((folder) => `(cd ${folder} && ${steps.map((step) => `${JSON.stringify(binary)} ${step}`).join(" && ")})`)
    .join(" & ");
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null", TF_IN_AUTOMATION: "1" };
  return measure(`bash -c ${JSON.stringify(`${script} & wait`)}`, { cwd: scratch, env });
}
