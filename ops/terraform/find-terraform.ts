import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { Context } from "../cli/context";
import { EXIT, OperatorError } from "../cli/operator-error";
import { DEFAULT_RELEASES, downloadTerraform } from "./download-terraform";
import { readTerraformPin, type TerraformPin, terraformVersion } from "./terraform-version";

export interface FindTerraformOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pin: TerraformPin;
  /** Where downloaded releases are kept. */
  readonly cacheDir: string;
  /** Site, or a mirror of it, to download from. @default the variable TERRAFORM_RELEASES, or HashiCorp's release site */
  readonly releasesUrl?: string;
  /** Told before a download, which takes a while. */
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface FoundTerraform {
  readonly binary: string;
  readonly version: string;
}

/**
 * Finds a Terraform of the pinned line: in the variable TERRAFORM, on the PATH, in the cache, or else on the release site,
 * from where the pinned release goes into the cache.
 *
 * @throws {OperatorError} when TERRAFORM names something else, or when the download cannot be trusted or done.
 */
export async function findTerraform(options: FindTerraformOptions): Promise<FoundTerraform> {
  const { env, pin, cacheDir } = options;
  if (env.TERRAFORM) return chosenByOperator(env.TERRAFORM, pin);
  for (const binary of onPath(env.PATH ?? "")) {
    const version = await terraformVersion(binary);
    if (version?.startsWith(pin.line)) return { binary, version };
  }
  const cached = join(cacheDir, pin.version, "terraform");
  if (isExecutable(cached) && (await terraformVersion(cached)) === pin.version) return { binary: cached, version: pin.version };
  await downloadTerraform({
    version: pin.version,
    target: cached,
    releasesUrl: options.releasesUrl ?? (env.TERRAFORM_RELEASES || DEFAULT_RELEASES),
    proxied: Boolean(env.HTTPS_PROXY ?? env.https_proxy),
    onProgress: options.onProgress,
    signal: options.signal,
  });
  const version = await terraformVersion(cached);
  if (version !== pin.version) {
    throw new OperatorError(
      `the downloaded ${cached} says that it is ${version ?? "no Terraform that runs here"} and not ${pin.version}; set TERRAFORM to a Terraform ${pin.line}x binary`,
    );
  }
  return { binary: cached, version };
}

/** Finds the Terraform of this project, as {@link findTerraform} does, with the release it pins and the user's cache. */
export function findProjectTerraform({ projectRoot, env, printError, signal }: Context): Promise<FoundTerraform> {
  return findTerraform({ env, pin: readTerraformPin(projectRoot), cacheDir: cacheDir(env), onProgress: printError, signal });
}

/** Where downloaded releases are kept: the user's cache folder, as the XDG specification has it. */
function cacheDir(env: Readonly<Record<string, string | undefined>>): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "infrastructure", "terraform");
}

async function chosenByOperator(binary: string, pin: TerraformPin): Promise<FoundTerraform> {
  const version = await terraformVersion(binary);
  if (version?.startsWith(pin.line)) return { binary, version };
  const got = version === undefined ? "which is no Terraform that runs here" : `which is Terraform ${version}`;
  throw new OperatorError(
    `the variable TERRAFORM must name a Terraform ${pin.line}x binary, got "${binary}", ${got}; correct it, or unset it to have one found`,
    EXIT.refused,
  );
}

function onPath(path: string): string[] {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "terraform"))
    .filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not for us: either way it is not a candidate.
    return false;
  }
}
