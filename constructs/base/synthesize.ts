import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { BACKENDS, type BackendKind } from "./backend";
import type { SystemStack } from "./system-stack";

/** Makes one root: its stack, in the given app, with the given backend. */
export type MakeRoot = (app: App, id: string, backend: BackendKind) => SystemStack;

export interface SynthesisOptions {
  /** Roots to synthesize; all when empty. */
  readonly only: readonly string[];
  /** Kind of backend, as the operator wrote it. @default "s3" */
  readonly backend?: string;
}

/** A choice of the operator's that does not exist. The message names the ones that do. */
export class UnknownChoice extends Error {
  override readonly name = "UnknownChoice";
}

/**
 * Synthesizes roots into `cdktf.out`: `stacks/ROOT/cdk.tf.json` for Terraform, `inventory/ROOT.json` for operations.
 * With no root named, output of roots that exist no more is removed; state beside them is not.
 *
 * @throws {UnknownChoice} for a root or a backend that does not exist.
 * @throws when two of the roots keep their state in one place.
 */
export function synthesize(roots: ReadonlyMap<string, MakeRoot>, { only, backend = "s3" }: SynthesisOptions): void {
  const kind = BACKENDS.find((known) => known === backend);
  if (kind === undefined) throw new UnknownChoice(`BACKEND must be one of ${BACKENDS.join(", ")}, got "${backend}"`);
  const unknown = only.filter((id) => !roots.has(id));
  if (unknown.length > 0) {
    throw new UnknownChoice(
      `no root is called ${unknown.map((id) => `"${id}"`).join(" or ")}; the roots are ${[...roots.keys()].sort().join(", ")}`,
    );
  }

  const app = new App();
  const stacks: SystemStack[] = [];
  for (const [id, make] of roots) {
    if (only.length === 0 || only.includes(id)) stacks.push(make(app, id, kind));
  }
  refuseSharedState(stacks);
  app.synth();
  writeInventories(app.outdir, stacks);
  if (only.length === 0) removeForgotten(app.outdir, roots);
}

/** Each root would take the other's resources for gone, and destroy them. Configuration sees one system at a time; here are all. */
function refuseSharedState(stacks: readonly SystemStack[]): void {
  const owners = new Map<string, string>();
  for (const { node, state } of stacks) {
    const place = `s3://${state.bucket}/${state.key}`;
    const owner = owners.get(place);
    if (owner !== undefined) throw new Error(`${node.id}: state.key must differ from that of ${owner} in one bucket, got "${state.key}"`);
    owners.set(place, node.id);
  }
}

function writeInventories(outdir: string, stacks: readonly SystemStack[]): void {
  const folder = join(outdir, "inventory");
  mkdirSync(folder, { recursive: true });
  for (const stack of stacks) {
    writeFileSync(join(folder, `${stack.node.id}.json`), `${JSON.stringify(stack.inventory.toDocument(), null, 2)}\n`);
  }
}

/** CDKTF leaves the output of a removed root where it is, and Terraform would go on planning it. */
function removeForgotten(outdir: string, roots: ReadonlyMap<string, MakeRoot>): void {
  const stacks = join(outdir, "stacks");
  for (const id of readdirSync(stacks)) {
    if (!roots.has(id)) rmSync(join(stacks, id, "cdk.tf.json"), { force: true });
  }
  const inventories = join(outdir, "inventory");
  for (const file of existsSync(inventories) ? readdirSync(inventories) : []) {
    if (!roots.has(file.replace(/\.json$/, ""))) rmSync(join(inventories, file), { force: true });
  }
}
