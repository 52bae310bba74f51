import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { TerraformJson } from "../rehearsal/provider/terraform-json";
import type { Context } from "./context";
import { EXIT, OperatorError } from "./operator-error";

/** One synthesized root. */
export interface SynthesizedRoot {
  readonly id: string;
  /** The folder with `cdk.tf.json` and its assets. */
  readonly folder: string;
  readonly config: TerraformJson;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly name: string; readonly workingDirectory: string }>>;
}

/**
 * Synthesizes into a folder of the caller's, in a process of its own. The operator's `cdktf.out` stays as it is. State would
 * be local: whoever runs Terraform on the result chooses where.
 *
 * @param only names of roots, to take less time. The configuration of every system is checked all the same. @default - all
 * @returns the roots, by name.
 * @throws {OperatorError} with what synthesis itself said, a faulty configuration for example; with exit status 2 for a name
 *   that no root has.
 */
export async function synthesizeInto(outdir: string, context: Context, only: readonly string[] = []): Promise<readonly SynthesizedRoot[]> {
  await runSynthesis(outdir, context, only);
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as Manifest;
  return Object.values(manifest.stacks)
    .map(({ name, workingDirectory }) => readRoot(name, join(outdir, workingDirectory)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What a synthesized root says of itself to operations. */
export function readInventory(outdir: string, root: string): InventoryDocument {
  return JSON.parse(readFileSync(join(outdir, "inventory", `${root}.json`), "utf8")) as InventoryDocument;
}

/**
 * The roots an operator means: those named as words, or else in the variable ROOT (separated by commas or spaces), or else all.
 *
 * @throws {OperatorError} with exit status 2 for a name that no root has. The message names the roots there are.
 */
export function selectRoots<Root extends { readonly id: string }>(
  roots: readonly Root[],
  words: readonly string[],
  context: Context,
): readonly Root[] {
  const wanted = words.length > 0 ? words : (context.env.ROOT ?? "").split(/[\s,]+/).filter((word) => word !== "");
  const unknown = wanted.filter((id) => !roots.some((root) => root.id === id));
  if (unknown.length > 0) {
    const known = roots.map((root) => root.id).join(", ");
    throw new OperatorError(`no root is called ${unknown.map((id) => `"${id}"`).join(" or ")}; the roots are ${known}`, EXIT.refused);
  }
  return wanted.length === 0 ? roots : roots.filter((root) => wanted.includes(root.id));
}

function readRoot(id: string, folder: string): SynthesizedRoot {
  return { id, folder, config: JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson };
}

/** Runs the command that stands in `cdktf.json` as the app, so that there is one way to synthesize. */
function runSynthesis(outdir: string, { projectRoot, env, signal }: Context, only: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join("scripts", "synth.mjs"), ...only], {
    cwd: projectRoot,
    env: { ...env, CDKTF_OUTDIR: outdir, BACKEND: "local" },
    stdio: ["ignore", "ignore", "pipe"],
    signal,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  return new Promise((done, fail) => {
    child.on("error", (error) => fail(signal.aborted ? signal.reason : error));
    child.on("close", (code) => {
      if (code === 0) return done();
      const sentence = said.trim() || `synthesis ended with status ${code} and said nothing`;
      fail(new OperatorError(sentence, code === EXIT.refused ? EXIT.refused : EXIT.failed));
    });
  });
}
