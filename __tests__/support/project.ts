import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
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
