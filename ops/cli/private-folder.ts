import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder that only its owner can read, lends it, and removes it, also when the work fails or is interrupted.
 *
 * @param keep leaves the folder to be looked at.
 * @param env variables of which TMPDIR says where the folder is made; the system's own place when unset. @default process.env
 */
export async function withPrivateFolder<Result>(
  keep: boolean,
  work: (folder: string) => Promise<Result>,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(env.TMPDIR || tmpdir(), "ops-")));
  try {
    return await work(folder);
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}
