import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { OperatorError } from "../cli/operator-error";

/** The release that the project pins, and the line of releases that it accepts. */
export interface TerraformPin {
  /** Downloaded when no release of the line is found, for example `1.11.4`. */
  readonly version: string;
  /** What a found release must start with, for example `1.11.`. */
  readonly line: string;
}

/**
 * Reads `.terraform-version`, the file that version managers read too.
 *
 * @throws {OperatorError} when it does not exist or holds no release number.
 */
export function readTerraformPin(projectRoot: string): TerraformPin {
  const file = join(projectRoot, ".terraform-version");
  if (!existsSync(file)) throw new OperatorError(".terraform-version does not exist; make it, with a release such as 1.11.4 in it");
  const version = readFileSync(file, "utf8").trim();
  const line = /^(\d+\.\d+\.)\d+$/.exec(version)?.[1];
  if (line === undefined) throw new OperatorError(`.terraform-version must hold a release such as 1.11.4, got "${version}"; correct it`);
  return { version, line };
}

/**
 * Asks a Terraform binary for its version. It is asked without the operator's configuration, and looks for no update.
 *
 * @returns undefined when the file is no Terraform that runs here.
 */
export function terraformVersion(binary: string): Promise<string | undefined> {
  const env = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: devNull, PATH: process.env.PATH, HOME: process.env.HOME };
  return new Promise((answer) => {
    execFile(binary, ["version", "-json"], { env, timeout: 20_000 }, (error, stdout) =>
      answer(error === null ? parseVersion(stdout) : undefined),
    );
  });
}

function parseVersion(stdout: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    // Something else that is called terraform.
    return undefined;
  }
}
