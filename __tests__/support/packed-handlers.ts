import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, scratchFolder } from "./project";

/** Brings dist/handlers up to date, as synthesis does first. For tests of stacks that have functions. */
export function packHandlers(): void {
  const script = 'import { buildHandlers } from "./scripts/build-handlers.mjs"; buildHandlers();';
  const { status, stderr } = run(process.execPath, ["--input-type=module", "-e", script]);
  if (status !== 0) throw new Error(`the handlers do not build: ${stderr}`);
}

/** Works in a folder that holds packages of the given content, as the project's does after a build, until the tests of the file end. */
export function workBesidePackages(packages: Readonly<Record<string, string>>): void {
  const home = process.cwd();
  beforeAll(() => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "dist", "handlers"), { recursive: true });
    for (const [name, content] of Object.entries(packages)) writeFileSync(join(folder, "dist", "handlers", `${name}.zip`), content);
    process.chdir(folder);
  });
  afterAll(() => process.chdir(home));
}
