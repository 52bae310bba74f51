import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { Interrupted } from "../../cli/context";
import { EXIT, OperatorError } from "../../cli/operator-error";
import { type Environment, shellEnvironment } from "./environment";
import type { RehearsalFolder } from "./rehearsal-folder";

export interface ShellOptions {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** The folder it runs in. */
  readonly cwd: string;
  readonly folder: RehearsalFolder;
  /** Path of the real Terraform. */
  readonly terraform: string;
  readonly reattach: string;
  /** Values for the roots' variables, as a file. */
  readonly varFile: string;
  /** Values for the roots' variables that stand in no file, as Terraform's environment. */
  readonly secrets: Environment;
  /** Command that checks a run of Terraform: it gets the rehearsal's folder, `--`, and Terraform's own words. */
  readonly guard: readonly string[];
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/**
 * Runs any command in a rehearsal: whatever it does with Terraform happens against the rehearsal's provider, in the
 * rehearsal's folder, or is refused. Output and state of its own stay away from the project's.
 *
 * @returns the command's exit status; 128 and the signal's number when a signal ended it.
 * @throws {OperatorError} when there is no such command.
 */
export async function runInRehearsal(options: ShellOptions): Promise<number> {
  const [program, ...words] = options.command;
  if (program === undefined)
    throw new OperatorError("rehearse --shell needs a command after --, for example: -- npx cdktf deploy ROOT", EXIT.refused);
  options.signal.throwIfAborted();
  const child = spawn(program, words, { cwd: options.cwd, env: { ...prepare(options), ...options.secrets }, stdio: "inherit" });
  // A terminal sends Ctrl-C to the command as well, and Terraform takes a second signal for impatience: it would not save.
  const stop = (): void => {
    const { reason } = options.signal;
    if (!(reason instanceof Interrupted && reason.signal === "SIGINT")) child.kill("SIGTERM");
  };
  options.signal.addEventListener("abort", stop, { once: true });
  try {
    return await new Promise<number>((done, fail) => {
      child.on("error", (error: NodeJS.ErrnoException) =>
        fail(error.code === "ENOENT" ? new OperatorError(`rehearse --shell found no command called "${program}"`, EXIT.refused) : error),
      );
      child.on("close", (code, signal) => done(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    options.signal.removeEventListener("abort", stop);
  }
}

function prepare({ folder, terraform, reattach, varFile, guard, env }: ShellOptions): Environment {
  const bin = join(folder.path, "bin");
  const guarded = join(bin, "terraform");
  // Local state goes to the third folder above a stack's own, as if this were the project.
  const output = join(folder.path, "project", "cdktf.out");
  mkdirSync(bin);
  mkdirSync(output, { recursive: true });
  writeFileSync(guarded, guardedTerraform([...guard, folder.path, "--"], terraform));
  chmodSync(guarded, 0o755);
  return shellEnvironment(env, folder, reattach, { bin, terraform: guarded, output, varFile: existsSync(varFile) ? varFile : undefined });
}

/** A `terraform` that is checked before it runs. It then becomes the real one, which so keeps terminal and signals. */
function guardedTerraform(check: readonly string[], terraform: string): string {
  return ["#!/bin/sh", `${check.map(quoted).join(" ")} "$@" || exit $?`, `exec ${quoted(terraform)} "$@"`, ""].join("\n");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
