import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../cli/context";
import { EXIT, OperatorError } from "../cli/operator-error";
import { wholeNumber } from "../cli/options";
import type { SynthesizedRoot } from "../cli/synthesis";
import type { RehearsalProvider, StartProvider } from "../rehearsal/runner/provider";
import type { RehearsalFolder } from "../rehearsal/runner/rehearsal-folder";
import type { RehearsalReport } from "../rehearsal/runner/report";

/** Roots at a time when nothing else is asked for: one a processor. Four is arbitrary; each takes some 300 MB. */
const DEFAULT_PARALLEL = Math.min(availableParallelism(), 4);

/** Values for the roots' variables: the file that an operator copies to make the real one. */
const VARIABLES_FILE = "terraform.tfvars.example";

interface RehearseOptions {
  readonly json?: true;
  readonly keep?: true;
  readonly parallel: number;
  readonly shell?: true;
}

/** What a rehearsal runs on, once it has been made ready. */
interface Stage {
  readonly folder: RehearsalFolder;
  readonly roots: readonly SynthesizedRoot[];
  readonly terraform: { readonly binary: string; readonly version: string };
  readonly provider: RehearsalProvider;
}

/** `ops rehearse`: every root, or a command, against a provider on this machine. */
export function registerRehearse(program: Command, context: Context, startProvider: StartProvider = startOwnProvider): void {
  program
    .command("rehearse")
    .description("plan, apply, re-plan and destroy roots with the real Terraform, on this machine, without an AWS account")
    .argument("[roots...]", "roots to rehearse; with --shell, the command to run")
    .option("--json", "print the whole report as one JSON document; progress goes to standard error")
    .option("--keep", "leave the working folders, with plans and states, to be looked at")
    .option("--parallel <number>", "roots at a time", wholeNumber, DEFAULT_PARALLEL)
    .option("--shell", "run a command in the rehearsal: -- npx cdktf deploy ROOT --auto-approve")
    .addHelpText(
      "after",
      "\nWithout roots, those in the variable ROOT are rehearsed, or else all. TERRAFORM names the Terraform binary to use.",
    )
    .action(async (words: readonly string[], options: RehearseOptions) => {
      if (options.shell !== true) return rehearse(words, options, context, startProvider);
      if (options.json === true) throw new OperatorError("rehearse --shell has no report of its own; leave --json out", EXIT.refused);
      return shell(words, options, context, startProvider);
    });
}

async function rehearse(words: readonly string[], options: RehearseOptions, context: Context, startProvider: StartProvider): Promise<void> {
  const { rehearseRoots } = await import("../rehearsal/runner/rehearse-roots");
  const { renderReport, stepLine } = await import("../rehearsal/runner/render-report");
  const progress = options.json === true ? context.printError : context.print;
  const begun = performance.now();
  const report = await onStage(words, options.keep === true, context, startProvider, async (stage): Promise<RehearsalReport> => {
    const { folder, roots, terraform, provider } = stage;
    const width = Math.max(0, ...roots.map(({ id }) => id.length));
    const rootReports = await rehearseRoots({
      roots,
      folder,
      terraform: terraform.binary,
      provider,
      varFile: join(context.projectRoot, VARIABLES_FILE),
      parallel: options.parallel,
      env: context.env,
      signal: context.signal,
      onStep: (root, step) => progress(stepLine(root, width, step)),
      onRoot: ({ error }) => {
        if (error !== undefined)
          context.printError(`${error}\n${options.keep === true ? "" : "(--keep leaves its folder to be looked at)"}`.trimEnd());
      },
    });
    return {
      version: 1,
      passed: rootReports.every(({ passed }) => passed),
      terraform: terraform.version,
      seconds: (performance.now() - begun) / 1000,
      nodeMaxRssMib: Math.round(process.resourceUsage().maxRSS / 1024),
      roots: options.keep === true ? rootReports.map((root) => ({ ...root, folder: join(folder.path, root.root) })) : rootReports,
      provider: provider.report(),
      cannotKnow: provider.cannotKnow,
    };
  });
  progress(renderReport(report));
  if (options.json === true) context.print(JSON.stringify(report, null, 2));
  if (!report.passed) context.setExitCode(EXIT.failed);
}

async function shell(command: readonly string[], options: RehearseOptions, context: Context, startProvider: StartProvider): Promise<void> {
  const { providerNotes } = await import("../rehearsal/runner/render-report");
  const { runInRehearsal } = await import("../rehearsal/runner/shell");
  const { standInSecrets } = await import("../rehearsal/runner/stand-in-secrets");
  await onStage([], options.keep === true, { ...context, env: { ...context.env, ROOT: "" } }, startProvider, async (stage) => {
    const { folder, roots, terraform, provider } = stage;
    const status = await runInRehearsal({
      command,
      cwd: context.projectRoot,
      folder,
      terraform: terraform.binary,
      reattach: await provider.attachRoot("the command in the rehearsal"),
      varFile: join(context.projectRoot, VARIABLES_FILE),
      secrets: standInSecrets(roots.map(({ config }) => config)),
      guard: [process.execPath, join(context.projectRoot, "dist", "ops.cjs"), "throw-away-check"],
      env: context.env,
      signal: context.signal,
    });
    for (const note of providerNotes(provider.report())) context.printError(note);
    context.setExitCode(status);
    if (options.keep === true) context.printError(`output and state of the rehearsal are in ${folder.path}`);
  });
}

/** Makes everything ready, lends it, and puts it away again, whatever happens in between. */
async function onStage<Result>(
  words: readonly string[],
  keep: boolean,
  context: Context,
  startProvider: StartProvider,
  work: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  const { withPrivateFolder } = await import("../cli/private-folder");
  const { selectRoots, synthesizeInto } = await import("../cli/synthesis");
  const { furnish } = await import("../rehearsal/runner/rehearsal-folder");
  const { findProjectTerraform } = await import("../terraform/find-terraform");
  const terraform = await findProjectTerraform(context);
  return withPrivateFolder(context.env, keep, async (path) => {
    const roots = selectRoots(await synthesizeInto(join(path, "synthesized"), context), words, context);
    const provider = await startProvider(roots.map(({ config }) => config));
    try {
      return await work({ folder: furnish(path), roots, terraform, provider });
    } finally {
      await provider.close();
    }
  });
}

/** The provider of this project, loaded only when a rehearsal begins. */
const startOwnProvider: StartProvider = async (configs) => {
  const { startRehearsalProvider } = await import("../rehearsal/runner/rehearsal-provider");
  return startRehearsalProvider(configs);
};
