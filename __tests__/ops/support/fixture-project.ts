import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InventoryDocument } from "../../../constructs/base/inventory-facts";
import { scratchFolder } from "../../support/project";

/** What a project without CDKTF would be: a program that writes the given roots, knows their names, and knows BACKEND, as synthesis does. */
const SYNTH = `
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const only = process.argv.slice(2);
const all = JSON.parse(readFileSync("roots.json", "utf8"));
const roots = Object.fromEntries(Object.entries(all).filter(([name]) => only.length === 0 || only.includes(name)));
const inventories = JSON.parse(readFileSync("inventories.json", "utf8")).filter(({ root }) => root in roots);
const unknown = only.filter((name) => !(name in all));
if (unknown.length > 0) {
  process.stderr.write('no root is called "' + unknown.join() + '"; the roots are ' + Object.keys(all).join(", ") + "\\n");
  process.exit(2);
}
const outdir = process.env.CDKTF_OUTDIR ?? "cdktf.out";
const stacks = {};
for (const [name, config] of Object.entries(roots)) {
  const workingDirectory = join("stacks", name);
  mkdirSync(join(outdir, workingDirectory), { recursive: true });
  const backend = { local: { path: "../../../terraform." + name + ".tfstate" } };
  const written = process.env.BACKEND === "local" ? { ...config, terraform: { ...config.terraform, backend } } : config;
  writeFileSync(join(outdir, workingDirectory, "cdk.tf.json"), JSON.stringify({ "//": { metadata: { stackName: name }, outputs: {} }, ...written }));
  stacks[name] = { name, workingDirectory, constructPath: name, synthesizedStackPath: join(workingDirectory, "cdk.tf.json"), annotations: [], dependencies: [] };
}
mkdirSync(join(outdir, "inventory"), { recursive: true });
for (const inventory of inventories) writeFileSync(join(outdir, "inventory", inventory.root + ".json"), JSON.stringify(inventory));
writeFileSync(join(outdir, "manifest.json"), JSON.stringify({ version: "0.21.0", stacks }));
`;

/**
 * Makes a project of roots that need no provider but Terraform's own.
 *
 * @param variables values for their variables, as the example file has them. @default - there is no such file
 * @param inventories what they say of themselves. @default - nothing
 */
export function fixtureProject(
  roots: Readonly<Record<string, object>>,
  variables = "",
  inventories: readonly InventoryDocument[] = [],
): string {
  const folder = scratchFolder();
  mkdirSync(join(folder, "scripts"));
  writeFileSync(join(folder, "scripts", "synth.mjs"), SYNTH);
  writeFileSync(join(folder, "roots.json"), JSON.stringify(roots));
  writeFileSync(join(folder, "inventories.json"), JSON.stringify(inventories));
  writeFileSync(join(folder, ".terraform-version"), "1.11.4\n");
  writeFileSync(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "node scripts/synth.mjs", projectId: "fixture", sendCrashReports: "false" }),
  );
  if (variables !== "") writeFileSync(join(folder, "terraform.tfvars.example"), variables);
  return folder;
}
