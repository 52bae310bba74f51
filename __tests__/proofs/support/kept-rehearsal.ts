import { appendFileSync, chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../../../ops/cli/context";
import { runOps } from "../../../ops/cli/run-ops";
import { registerRehearse } from "../../../ops/commands/rehearse";
import { terraformEnvironment } from "../../../ops/rehearsal/runner/environment";
import type { RehearsalProvider, StartProvider } from "../../../ops/rehearsal/runner/provider";
import { startRehearsalProvider } from "../../../ops/rehearsal/runner/rehearsal-provider";
import type { RehearsalReport } from "../../../ops/rehearsal/runner/report";
import { Terraform } from "../../../ops/rehearsal/runner/terraform";
import { type FakeContext, fakeContext } from "../../ops/support/fake-context";
import { realTerraform } from "../../ops/support/terraform";
import { projectCopy, scratchFolder } from "../../support/project";

/** Everything that `ops rehearse --keep` left behind, and what it knew. */
export interface KeptRehearsal {
  readonly context: FakeContext;
  readonly report: RehearsalReport;
  /** The rehearsal's private folder. */
  readonly folder: string;
  /** What every run of Terraform was told on its command line, and what it printed. */
  readonly logs: string;
  /** The saved plans as Terraform itself shows them, a file each. */
  readonly shownPlans: string;
  /** Every secret value that was made up. */
  readonly generated: readonly string[];
}

/**
 * Runs `ops rehearse --keep --json` as an operator would, on the real Terraform and the rehearsal's own provider, and looks at
 * the provider's secrets before it goes.
 *
 * @param given values that the operator gives beside those in terraform.tfvars.example, as text of that file.
 * @param env the operator's own variables.
 */
export async function rehearseAndKeep(
  roots: readonly string[],
  given: string,
  env: Readonly<Record<string, string>>,
): Promise<KeptRehearsal> {
  const [logs, shownPlans, temporary] = [scratchFolder(), scratchFolder(), scratchFolder()];
  const terraform = loggedTerraform(await realTerraform(), logs);
  let generated: readonly string[] = [];
  const start: StartProvider = async (configs) => {
    const provider = await startRehearsalProvider(configs);
    return {
      ...provider,
      close: async () => {
        generated = [...provider.generatedSecrets()];
        const folder = keptFolder(temporary);
        for (const root of roots) writeFileSync(join(shownPlans, `${root}.json`), await shownPlan(root, folder, terraform, provider));
        await provider.close();
      },
    };
  };
  const context = fakeContext({
    projectRoot: projectWith(given),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: temporary, TERRAFORM: terraform, ...env },
  });
  const register = (program: Command, realContext: Context): void => registerRehearse(program, realContext, start);
  await runOps(["rehearse", ...roots, "--keep", "--json"], context, [register]);
  const report = JSON.parse(context.printed.join("\n")) as RehearsalReport;
  return { context, report, folder: keptFolder(temporary), logs, shownPlans, generated };
}

function projectWith(given: string): string {
  const copy = projectCopy();
  appendFileSync(join(copy, "terraform.tfvars.example"), given);
  return copy;
}

/** The one folder that a rehearsal made in its place for temporary files. */
function keptFolder(temporary: string): string {
  const [name, ...others] = readdirSync(temporary);
  if (name === undefined || others.length > 0) throw new Error(`expected one folder in ${temporary}, found ${others.length + 1}`);
  return join(temporary, name);
}

/** A Terraform that writes down what it is told and what it prints. */
function loggedTerraform(terraform: string, logs: string): string {
  const script = join(scratchFolder(), "terraform");
  writeFileSync(
    script,
    `#!/bin/sh
log=$(mktemp -d '${logs}/run-XXXXXX')
echo "$@" > "$log/words"
'${terraform}' "$@" > "$log/out" 2> "$log/err"
status=$?
cat "$log/out"
cat "$log/err" >&2
exit $status
`,
  );
  chmodSync(script, 0o755);
  return script;
}

/** The plan that a root's rehearsal saved, as `terraform show -json` has it. */
async function shownPlan(root: string, folder: string, binary: string, provider: RehearsalProvider): Promise<string> {
  const rehearsal = { path: folder, home: join(folder, "home"), cliConfig: join(folder, "terraform.tfrc") };
  const terraform = new Terraform({
    binary,
    folder: join(folder, root),
    within: folder,
    env: terraformEnvironment(process.env, rehearsal, await provider.attachRoot(root)),
    signal: new AbortController().signal,
  });
  const { exitCode, stdout, stderr } = await terraform.run("show", "-json", "plan.tfplan");
  if (exitCode !== 0) throw new Error(`${root}: its plan cannot be shown: ${stderr}`);
  return stdout;
}
