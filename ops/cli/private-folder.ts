import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder that only its owner can read, lends it, and removes it, also when the work fails or is interrupted.
 *
 * @param env the operator's variables: TMPDIR says where the folder is made; the system's own place when unset.
 * @param keep leaves the folder to be looked at.
 */
export async function withPrivateFolder<Result>(
  env: Readonly<Record<string, string | undefined>>,
  keep: boolean,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = realpathSync(mkdtempSync(join(env.TMPDIR || tmpdir(), "ops-")));
  try {
    return await work(folder);
  } finally {
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}
