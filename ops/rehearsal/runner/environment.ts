import { devNull } from "node:os";
import { delimiter } from "node:path";
import type { RehearsalFolder } from "./rehearsal-folder";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What Terraform may know of the machine it runs on. */
const PASSED_ON = ["PATH", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TERM"];

/** Credentials, and settings that would take Terraform, its providers or cdktf-cli somewhere else. */
const WITHHELD = /^(AWS|CLOUDFLARE|CF|TF|TFE|TERRAFORM|HCP|CDKTF)(_|$)/;

/** Even a bug cannot reach an account: no file, variable or metadata service gives credentials. */
const NO_CREDENTIALS = {
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_CONFIG_FILE: devNull,
} as const;

/**
 * How far Terraform's heap may grow before it is cleaned up, in percent of what is in use; Go's own value is 100. Terraform lives
 * for seconds here and spends a third of them on garbage. Measured on 294 resources: 17 s become 11 s, and 125 MB become 250.
 */
const HEAP_GROWTH_PERCENT = 400;

/** Terraform without questions, without a look for updates, and with nothing of the operator's: home, variables or flags. */
export function terraformEnvironment(outer: Environment, folder: RehearsalFolder, reattach: string): Environment {
  const passed = Object.fromEntries(PASSED_ON.flatMap((name) => (outer[name] === undefined ? [] : [[name, outer[name]]])));
  return {
    ...passed,
    ...rehearsed(folder, reattach),
    HOME: folder.home,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    GOGC: String(HEAP_GROWTH_PERCENT),
  };
}

/** Where a command in a rehearsal finds its things. */
export interface ShellPlaces {
  /** Folder with the guarded `terraform`, and its path. */
  readonly bin: string;
  readonly terraform: string;
  /** Takes the place of `cdktf.out`. */
  readonly output: string;
  /** Values for the roots' variables, for cdktf-cli. None when there is no such file. */
  readonly varFile?: string;
}

/**
 * The operator's own environment with the rehearsal put in: any program that runs Terraform gets the guarded one and the
 * rehearsal's provider, and cdktf-cli writes its output to a place of the rehearsal's.
 */
export function shellEnvironment(outer: Environment, folder: RehearsalFolder, reattach: string, places: ShellPlaces): Environment {
  const { bin, terraform, output, varFile } = places;
  const passed = Object.fromEntries(Object.entries(outer).filter(([name]) => !WITHHELD.test(name)));
  return {
    ...passed,
    ...rehearsed(folder, reattach),
    PATH: [bin, outer.PATH].filter(Boolean).join(delimiter),
    TERRAFORM: terraform,
    TERRAFORM_BINARY_NAME: terraform,
    BACKEND: "local",
    CDKTF_OUTDIR: output,
    // cdktf-cli reads every option of its own from such a variable.
    CDKTF_OUTPUT: output,
    CDKTF_HOME: folder.home,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
    // `terraform providers lock` asks the registry, which does not know the rehearsal's provider.
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    ...(varFile === undefined ? {} : { CDKTF_VAR_FILE: varFile }),
  };
}

function rehearsed(folder: RehearsalFolder, reattach: string): Environment {
  return { ...NO_CREDENTIALS, TF_REATTACH_PROVIDERS: reattach, TF_CLI_CONFIG_FILE: folder.cliConfig, CHECKPOINT_DISABLE: "1" };
}
