import { existsSync } from "node:fs";
import type { SynthesizedRoot } from "../../cli/synthesis";
import { type Environment, terraformEnvironment } from "./environment";
import type { RehearsalProvider } from "./provider";
import { makeWorkingFolder, type RehearsalFolder } from "./rehearsal-folder";
import type { RootReport, StepReport } from "./report";
import { type RootProvider, RootRehearsal } from "./root-rehearsal";
import { standInSecrets } from "./stand-in-secrets";
import { Terraform } from "./terraform";

export interface RehearseRootsOptions {
  readonly roots: readonly SynthesizedRoot[];
  readonly folder: RehearsalFolder;
  /** Path of the Terraform to run. */
  readonly terraform: string;
  readonly provider: RootProvider & Pick<RehearsalProvider, "attachRoot">;
  /** Values for the roots' variables, as a file. None when there is no such file. */
  readonly varFile: string;
  /** Roots at a time, at least 1. */
  readonly parallel: number;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onStep: (root: string, step: StepReport) => void;
  readonly onRoot: (report: RootReport) => void;
}

/**
 * Rehearses roots side by side. A root that fails does not stop the others.
 *
 * @returns a report for each root, in the order of the roots.
 */
export async function rehearseRoots(options: RehearseRootsOptions): Promise<readonly RootReport[]> {
  const { roots, parallel, onRoot } = options;
  const reports = new Map<string, RootReport>();
  const waiting = [...roots];
  const takeTurns = async (): Promise<void> => {
    for (let root = waiting.shift(); root !== undefined; root = waiting.shift()) {
      const report = await rehearseRoot(root, options);
      reports.set(root.id, report);
      onRoot(report);
    }
  };
  await allToTheEnd(Array.from({ length: parallel }, takeTurns));
  return roots.flatMap(({ id }) => reports.get(id) ?? []);
}

async function rehearseRoot(root: SynthesizedRoot, options: RehearseRootsOptions): Promise<RootReport> {
  const { folder, terraform, provider, varFile, env, signal, onStep } = options;
  const workingFolder = makeWorkingFolder(folder.path, root);
  return new RootRehearsal({
    root,
    folder: workingFolder,
    terraform: new Terraform({
      binary: terraform,
      folder: workingFolder,
      within: folder.path,
      env: { ...terraformEnvironment(env, folder, await provider.attachRoot(root.id)), ...standInSecrets([root.config]) },
      signal,
    }),
    provider,
    variables: existsSync(varFile) ? [`-var-file=${varFile}`] : [],
    onStep: (step) => onStep(root.id, step),
  }).run();
}

/** Waits for all, and only then throws what the first of them threw: the folders of the others are still in use until then. */
async function allToTheEnd(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
