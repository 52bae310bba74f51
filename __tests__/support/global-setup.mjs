// Runs once, before all tests and outside of their sandboxes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildTestPackages } from "../../scripts/build-test-packages.mjs";

export default function globalSetup() {
  // The lock file pins the release of the AWS SDK: which Node later ones want is no news to whoever reads the tests' output.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  buildTestPackages();
  makeTemporaryFolder();
}

/**
 * Gives this run a temporary folder of its own, for the tests and for every program that they start. It goes when the run
 * ends, however it ends: hooks of a test file do not run when the file does not load, or when a signal ends the run.
 */
function makeTemporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.env.TMPDIR = folder;
  process.once("exit", remove);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      remove();
      process.kill(process.pid, signal);
    });
  }
}
