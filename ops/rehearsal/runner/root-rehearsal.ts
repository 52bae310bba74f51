import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf, OperatorError } from "../../cli/operator-error";
import type { TerraformJson } from "../provider/terraform-json";
import {
  deletionProtectedAddresses,
  protectedAddresses,
  resourceCount,
  STATE_FILE,
  withLocalBackend,
  withoutProtection,
} from "./private-configuration";
import { refusedAddresses } from "./protection";
import { writeConfiguration } from "./rehearsal-folder";
import type { RootReport, StepName, StepReport } from "./report";
import { secretsInState } from "./secrets-in-state";
import type { Terraform, TerraformRun } from "./terraform";

/** What the steps need of the provider that stands in for AWS. */
export interface RootProvider {
  /** Faults that Terraform itself would not see, as sentences. */
  readonly check: (config: TerraformJson) => readonly string[];
  /** Every secret value that was made so far. None may stand in a state. */
  readonly generatedSecrets: () => readonly string[];
}

export interface RootRehearsalOptions {
  readonly root: { readonly id: string; readonly config: TerraformJson };
  /** The working folder, with the root's configuration in it. */
  readonly folder: string;
  readonly terraform: Terraform;
  readonly provider: RootProvider;
  /** Flags that give values to the root's variables. */
  readonly variables: readonly string[];
  readonly onStep: (step: StepReport) => void;
}

/** File of the saved plan: what is applied is what was planned. */
const PLAN_FILE = "plan.tfplan";

/** The state as the apply left it, kept because the destruction empties the state itself. */
const APPLIED_STATE_FILE = "applied.tfstate";

/** A step that did not pass. The message is a sentence, with Terraform's own text below it where Terraform ended the step. */
class StepFailure extends Error {}

/**
 * Rehearses one root: every step on the real Terraform, against the provider that stands in for AWS. It stops at the first
 * step that does not pass.
 */
export class RootRehearsal {
  private readonly steps: StepReport[] = [];
  private added = 0;
  private protectedFound: readonly string[] = [];
  private outputs: RootReport["outputs"] = {};

  constructor(private readonly options: RootRehearsalOptions) {}

  /** @throws only when it was interrupted or something unexpected broke; a failed step is in the report. */
  async run(): Promise<RootReport> {
    const { root } = this.options;
    const begun = performance.now();
    const error = await this.takeSteps();
    return {
      root: root.id,
      passed: error === undefined,
      resources: resourceCount(root.config),
      added: this.added,
      seconds: (performance.now() - begun) / 1000,
      steps: this.steps,
      protected: this.protectedFound,
      deletionProtected: deletionProtectedAddresses(root.config),
      outputs: this.outputs,
      ...(error === undefined ? {} : { error }),
    };
  }

  private async takeSteps(): Promise<string | undefined> {
    try {
      await this.step("check", () => this.check());
      await this.step("init", () => this.succeed(/^Terraform has been successfully initialized!/m, "init", "-no-color"));
      await this.step("validate", () => this.succeed(/^Success!.*$/m, "validate", "-no-color"));
      await this.step("plan", () => this.succeed(/^Plan: .*$/m, ...this.planWords(), `-out=${PLAN_FILE}`));
      await this.step("apply", () => this.apply());
      await this.step("second plan", () => this.planAgain());
      await this.step("state", () => this.readState());
      await this.step("output", () => this.readOutputs());
      await this.step("protection", () => this.proveProtection());
      await this.step("destroy", () => this.destroy());
      return undefined;
    } catch (error) {
      if (error instanceof StepFailure) return error.message;
      throw error;
    }
  }

  /** Takes one step. What ends it in a way that an operator can put right ends the root and no other. */
  private async step(step: StepName, take: () => Promise<string>): Promise<void> {
    const begun = performance.now();
    const done = (passed: boolean, summary: string): void => {
      const report = { step, passed, seconds: (performance.now() - begun) / 1000, summary };
      this.steps.push(report);
      this.options.onStep(report);
    };
    try {
      done(true, await take());
    } catch (error) {
      if (!(error instanceof StepFailure || error instanceof OperatorError)) throw error;
      done(false, "");
      throw new StepFailure(`${this.options.root.id}: ${step} did not pass: ${messageOf(error)}`);
    }
  }

  private async check(): Promise<string> {
    const faults = this.options.provider.check(this.options.root.config);
    if (faults.length > 0) throw new StepFailure(["the configuration has faults that Terraform does not see", ...faults].join("\n"));
    return "No faults that Terraform does not see";
  }

  private async apply(): Promise<string> {
    // Values of ephemeral variables are not in the saved plan, so they are given again.
    const summary = await this.succeed(
      /^Apply complete!.*$/m,
      "apply",
      "-no-color",
      "-compact-warnings",
      ...this.options.variables,
      PLAN_FILE,
    );
    this.added = Number(/Resources: (\d+) added/.exec(summary)?.[1] ?? 0);
    copyFileSync(this.file(STATE_FILE), this.file(APPLIED_STATE_FILE));
    return summary;
  }

  private async planAgain(): Promise<string> {
    const run = await this.terraform(...this.planWords(), "-detailed-exitcode");
    if (run.exitCode === 2) throw new StepFailure(`Terraform would change what it has just made\n${run.stdout.trim()}`);
    return summaryOf(run, /^No changes\..*$/m);
  }

  private async readState(): Promise<string> {
    const state = readFileSync(this.file(APPLIED_STATE_FILE), "utf8");
    const secrets = this.options.provider.generatedSecrets();
    const found = secretsInState(state, secrets).length;
    if (found > 0) throw new StepFailure(`${found} generated secret values stand in the state; write them through write-only arguments`);
    return `None of ${secrets.length} generated secret values is in the state`;
  }

  private async readOutputs(): Promise<string> {
    const run = await this.terraform("output", "-no-color", "-json");
    if (run.exitCode !== 0) throw new StepFailure(textOf(run));
    const outputs = Object.entries(JSON.parse(run.stdout) as Record<string, { sensitive: boolean; value: unknown }>);
    this.outputs = Object.fromEntries(
      outputs.map(([name, { sensitive, value }]) => [name, sensitive ? { sensitive } : { sensitive, value }]),
    );
    return `${outputs.length} outputs, ${outputs.filter(([, { sensitive }]) => sensitive).length} of them sensitive`;
  }

  /** Has Terraform refuse to destroy each resource that says so, before that is lifted in the working folder alone. */
  private async proveProtection(): Promise<string> {
    const { root, folder, terraform, variables } = this.options;
    const config = withLocalBackend(root.config);
    const refused = await refusedAddresses({
      expected: protectedAddresses(config),
      lift: (lifted) => writeConfiguration(folder, withoutProtection(config, lifted)),
      plan: () => terraform.run("plan", "-destroy", "-json", "-input=false", "-refresh=false", ...variables),
    });
    this.protectedFound = refused;
    return `protected: ${refused.length} resources refused to be destroyed`;
  }

  private async destroy(): Promise<string> {
    const words = ["destroy", "-no-color", "-compact-warnings", "-input=false", "-auto-approve", ...this.options.variables];
    const summary = await this.succeed(/^Destroy complete!.*$/m, ...words);
    const destroyed = Number(/Resources: (\d+) destroyed/.exec(summary)?.[1] ?? 0);
    if (destroyed !== this.added) throw new StepFailure(`${this.added} resources were made and ${destroyed} destroyed`);
    return summary;
  }

  private planWords(): readonly string[] {
    return ["plan", "-no-color", "-compact-warnings", "-input=false", ...this.options.variables];
  }

  private async succeed(summary: RegExp, ...words: readonly string[]): Promise<string> {
    return summaryOf(await this.terraform(...words), summary);
  }

  private terraform(...words: readonly string[]): Promise<TerraformRun> {
    return this.options.terraform.run(...words);
  }

  private file(name: string): string {
    return join(this.options.folder, name);
  }
}

function summaryOf(run: TerraformRun, summary: RegExp): string {
  if (run.exitCode !== 0) throw new StepFailure(textOf(run));
  return summary.exec(run.stdout)?.[0] ?? "done";
}

/** Terraform's own text: errors are on its error output, warnings and the rest on the other. */
function textOf({ exitCode, stdout, stderr }: TerraformRun): string {
  return `terraform ended with status ${exitCode}\n${stderr.trim() || stdout.trim()}`;
}
