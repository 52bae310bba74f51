import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformJson } from "../../../../../ops/rehearsal/provider/terraform-json";

export interface Finished {
  readonly code: number | null;
  /** Standard output and error, in the order that they came. */
  readonly output: string;
}

/** One address of a plan: what happens to it, and because of which paths. */
export interface PlannedAction {
  readonly actions: string;
  readonly replacePaths: readonly string[];
}

/** A directory with a configuration, and the real Terraform run in it against reattached providers. */
export class TerraformDirectory {
  readonly path = mkdtempSync(join(tmpdir(), "rehearsal-"));

  constructor(private readonly reattach: string) {}

  write(config: TerraformJson): void {
    writeFileSync(join(this.path, "cdk.tf.json"), JSON.stringify(config, null, 2));
  }

  read(file: string): string {
    return readFileSync(join(this.path, file), "utf8");
  }

  run(command: string, ...args: readonly string[]): Promise<Finished> {
    const { TERRAFORM = "terraform", PATH = "" } = process.env;
    const env = {
      PATH,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: "/dev/null",
      TF_IN_AUTOMATION: "1",

      TF_REATTACH_PROVIDERS: this.reattach,
    };
    return new Promise((resolve, reject) => {
      const child = spawn(TERRAFORM, [command, "-no-color", ...args], { cwd: this.path, env });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
      child.on("error", reject).on("close", (code) => resolve({ code, output }));
    });
  }

  /** Runs a command that must succeed. @returns its output. */
  async must(command: string, ...args: readonly string[]): Promise<string> {
    const { code, output } = await this.run(command, ...args);
    if (code !== 0) throw new Error(`terraform ${command} ended with ${code}:\n${output}`);
    return output;
  }

  /** Plans the configuration as it is. @returns what happens, by address; what stays is left out. */
  async plannedActions(): Promise<Record<string, PlannedAction>> {
    await this.must("plan", "-input=false", "-out=plan");
    const plan = JSON.parse(await this.must("show", "-json", "plan")) as {
      resource_changes?: { address: string; mode: string; change: { actions: string[]; replace_paths?: (string | number)[][] } }[];
    };
    const changes = (plan.resource_changes ?? []).filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op");
    return Object.fromEntries(
      changes.map(({ address, change }) => [
        address,
        { actions: change.actions.join(" "), replacePaths: (change.replace_paths ?? []).map((path) => path.join(".")).sort() },
      ]),
    );
  }

  /** Values of every resource in the state, by address. */
  async stateValues(): Promise<Record<string, Record<string, unknown>>> {
    const state = JSON.parse(await this.must("show", "-json")) as {
      values?: { root_module: { resources?: { address: string; values: Record<string, unknown> }[] } };
    };
    return Object.fromEntries((state.values?.root_module.resources ?? []).map(({ address, values }) => [address, values]));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
