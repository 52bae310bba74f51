import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** The project's own folder. */
export const projectRoot = join(__dirname, "..", "..");

const scratch = mkdtempSync(join(tmpdir(), "project-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A new empty folder that goes when the tests end. */
export function scratchFolder(): string {
  return mkdtempSync(join(scratch, "run-"));
}

/** A copy of the project's sources in another folder, with the same packages. */
export function projectCopy(): string {
  const copy = scratchFolder();
  const left = new Set(["node_modules", "dist", "cdktf.out", ".git", ".cache"]);
  for (const entry of readdirSync(projectRoot))
    if (!left.has(entry)) cpSync(join(projectRoot, entry), join(copy, entry), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/**
 * A copy in which nothing need be bundled that the project itself has bundled already. For tests of what the project does,
 * not of how it is built.
 */
export function builtProjectCopy(): string {
  const copy = projectCopy();
  const built = (name: string): string => join(projectRoot, "dist", name);
  const program = existsSync(built("main.cjs")) ? readFileSync(built("main.cjs"), "utf8") : "";
  const [, packages = ""] = /require\("\.\/(packages-\w+\.cjs)"\)/.exec(program) ?? [];
  for (const name of ["handlers", packages]) {
    if (name !== "" && existsSync(built(name))) cpSync(built(name), join(copy, "dist", name), { recursive: true });
  }
  return copy;
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  const { cwd = projectRoot, env = {} } = options;
  const result = spawnSync(command, args, { cwd, env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (result.error !== undefined) throw result.error;
  return result;
}

/** Synthesizes in a folder, as `npm run synth` does. */
export function synth(words: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Run {
  return run(process.execPath, [join("scripts", "synth.mjs"), ...words], options);
}

/** Every file below a folder, by its relative path. */
export function filesBelow(folder: string, from = folder): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder).sort()) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) Object.assign(files, filesBelow(path, from));
    else files[relative(from, path)] = readFileSync(path, "utf8");
  }
  return files;
}
