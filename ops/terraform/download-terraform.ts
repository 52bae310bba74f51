import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { messageOf, OperatorError } from "../cli/operator-error";

/** HashiCorp's release site: `VERSION/terraform_VERSION_SHA256SUMS` and `VERSION/terraform_VERSION_OS_ARCH.zip` below it. */
export const DEFAULT_RELEASES = "https://releases.hashicorp.com/terraform";

/** How long one file may take, in milliseconds. The archive has about 27 MB; ten minutes is arbitrary, and a slow line's. */
const FILE_TIMEOUT_MS = 600_000;

export interface DownloadTerraformOptions {
  /** Release, for example `1.11.4`. */
  readonly version: string;
  /** Path that the binary gets. */
  readonly target: string;
  readonly releasesUrl: string;
  /** True when a proxy is set that Node's fetch does not use. A failure then says so. */
  readonly proxied: boolean;
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Downloads a Terraform release, checks it against its published SHA-256 sum and puts the binary in its place in one step:
 * the target is never half written, and two downloads at once do not disturb each other.
 *
 * @throws {OperatorError} when the site cannot be reached, lacks the release, or sends something with another sum.
 */
export async function downloadTerraform(options: DownloadTerraformOptions): Promise<void> {
  const { version, target, onProgress } = options;
  const site = options.releasesUrl.replace(/\/+$/, "");
  const archive = `terraform_${version}_${releasePlatform()}.zip`;
  const sums = (await fetchFile(`${site}/${version}/terraform_${version}_SHA256SUMS`, options)).toString("utf8");
  const published = publishedSum(sums, archive);
  if (published === undefined) {
    throw new OperatorError(`${site} publishes no SHA-256 sum for ${archive}, so it cannot be trusted; ${wayOut(options)}`);
  }
  onProgress(`downloading Terraform ${version} from ${site}`);
  const zip = await fetchFile(`${site}/${version}/${archive}`, options);
  const sum = createHash("sha256").update(zip).digest("hex");
  if (sum !== published) {
    throw new OperatorError(
      `${site}/${version}/${archive} has the SHA-256 sum ${sum}, and not the published ${published}, so nothing of it was kept; ${wayOut(options)}`,
    );
  }
  putInPlace(extractBinary(zip, archive, options), target);
}

/** The platform's name in a release, for example `linux_amd64`. */
export function releasePlatform(os: string = platform(), cpu: string = arch()): string {
  const name = { x64: "amd64", arm64: "arm64" }[cpu];
  if ((os === "linux" || os === "darwin") && name !== undefined) return `${os}_${name}`;
  throw new OperatorError(
    `Terraform is downloaded for Linux and macOS on x64 and arm64 only, and this is ${os} on ${cpu}; install it by hand and set TERRAFORM to the binary`,
  );
}

async function fetchFile(url: string, options: DownloadTerraformOptions): Promise<Buffer> {
  const timeout = AbortSignal.timeout(FILE_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]) });
    if (!response.ok) throw new OperatorError(`${url} answered ${response.status}; ${wayOut(options)}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    options.signal?.throwIfAborted();
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${url} could not be fetched (${reasonOf(error)}); ${wayOut(options)}`, undefined, { cause: error });
  }
}

/** `fetch` says only "fetch failed"; why stands in the cause, which may have a code alone. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly message?: string; readonly code?: string } };
  return cause?.message || cause?.code || messageOf(error);
}

/** The end of every sentence about a download that did not work. */
function wayOut({ version, proxied }: DownloadTerraformOptions): string {
  const proxy = proxied ? " (HTTPS_PROXY is set, and Node's fetch does not use it)" : "";
  return `set TERRAFORM to a Terraform ${version} binary, or TERRAFORM_RELEASES to a mirror that answers${proxy}`;
}

function publishedSum(sums: string, archive: string): string | undefined {
  for (const line of sums.split("\n")) {
    const [sum, file] = line.trim().split(/\s+/);
    if (file === archive && sum !== undefined && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  return undefined;
}

function extractBinary(zip: Buffer, archive: string, options: DownloadTerraformOptions): Uint8Array {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, { filter: ({ name }) => name === "terraform" });
  } catch (error) {
    throw new OperatorError(
      `${archive} is as published and still no readable archive (${messageOf(error)}); ${wayOut(options)}`,
      undefined,
      {
        cause: error,
      },
    );
  }
  const binary = files.terraform;
  if (binary === undefined) throw new OperatorError(`${archive} holds no file called terraform; ${wayOut(options)}`);
  return binary;
}

function putInPlace(binary: Uint8Array, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  const partial = mkdtempSync(join(dirname(target), "partial-"));
  try {
    const file = join(partial, "terraform");
    writeFileSync(file, binary);
    chmodSync(file, 0o755);
    renameSync(file, target);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}
