import { join } from "node:path";
import { type ProviderHost, startProviderHost } from "../../../ops/rehearsal/provider/provider-host";
import type { TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../ops/rehearsal/provider/used-types";
import { type Environment, terraformEnvironment } from "../../../ops/rehearsal/runner/environment";
import { withLocalBackend } from "../../../ops/rehearsal/runner/private-configuration";
import { furnish, makeWorkingFolder, writeConfiguration } from "../../../ops/rehearsal/runner/rehearsal-folder";
import { standInSecrets } from "../../../ops/rehearsal/runner/stand-in-secrets";
import { Terraform, type TerraformRun } from "../../../ops/rehearsal/runner/terraform";
import { realTerraform } from "../../ops/support/terraform";
import { scratchFolder } from "../../support/project";
import { Plan } from "./plan";

/** A configuration, and the file with its variables' values. */
export interface Variant {
  readonly config: TerraformJson;
  readonly varFile?: string;
}

/** One root in a folder of its own, with the real Terraform and the rehearsal's provider: planned in as many variants as one likes. */
export class RehearsedRoot {
  private constructor(
    private readonly host: ProviderHost,
    private readonly terraform: Terraform,
    private readonly folder: string,
  ) {}

  /**
   * @param configs every configuration that the root will have: the provider serves the types in them.
   * @param env variables that Terraform has, beside the rehearsal's own. @default - none
   */
  static async start(configs: readonly TerraformJson[], env: Environment = {}): Promise<RehearsedRoot> {
    const host = await startProviderHost({ types: usedTypes(configs) });
    const rehearsal = furnish(scratchFolder());
    const folder = makeWorkingFolder(rehearsal.path, { id: "root", folder: scratchFolder(), config: {} });
    const terraform = new Terraform({
      binary: await realTerraform(),
      folder,
      within: rehearsal.path,
      env: { ...terraformEnvironment(process.env, rehearsal, host.reattach), ...standInSecrets(configs), ...env },
      signal: new AbortController().signal,
    });
    return new RehearsedRoot(host, terraform, folder);
  }

  /** Writes a configuration as the rehearsal does: its backend is a throw-away one. */
  write(config: TerraformJson): void {
    this.writeAsItIs(withLocalBackend(config));
  }

  /** Writes a configuration with the backend that it has. */
  writeAsItIs(config: TerraformJson): void {
    writeConfiguration(this.folder, config);
  }

  run(...words: readonly string[]): Promise<TerraformRun> {
    return this.terraform.run(...words);
  }

  /** Runs a command that must succeed. @returns what it printed. */
  async must(...words: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...words);
    if (exitCode !== 0) throw new Error(`terraform ${words.join(" ")} ended with ${exitCode}:\n${stderr}${stdout}`);
    return stdout;
  }

  /** Makes everything that a variant declares. It comes first, and once. */
  async apply({ config, varFile }: Variant): Promise<void> {
    this.write(config);
    await this.must("init", "-no-color");
    await this.must("apply", "-no-color", "-auto-approve", ...flags(varFile));
  }

  /** Plans a variant against what is applied. Nothing was changed from outside, so nothing is read anew. */
  async plan({ config, varFile }: Variant): Promise<Plan> {
    this.write(config);
    const file = join(this.folder, "variant.tfplan");
    await this.must("plan", "-no-color", "-refresh=false", `-out=${file}`, ...flags(varFile));
    return new Plan(await this.must("show", "-json", file));
  }

  close(): Promise<void> {
    return this.host.close();
  }
}

function flags(varFile: string | undefined): readonly string[] {
  return varFile === undefined ? [] : [`-var-file=${varFile}`];
}
