import { spawn } from "node:child_process";
import type { Environment } from "./environment";
import { assertThrowAway } from "./throw-away-check";

/** How one run of Terraform ended. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface TerraformOptions {
  readonly binary: string;
  /** The working folder. */
  readonly folder: string;
  /** The rehearsal's own folder, which Terraform may not leave. */
  readonly within: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** How long Terraform may take to end itself when told to, in milliseconds. Arbitrary: longer than it takes to save a state. */
const GRACE_MS = 5_000;

/** Terraform in one working folder. Each run is checked first: it can reach nothing but the rehearsal. */
export class Terraform {
  constructor(private readonly options: TerraformOptions) {}

  /**
   * Runs one command and waits for its end.
   *
   * @throws {OperatorError} when the folder or the command is not throw-away.
   * @throws the signal's reason when it was aborted, after Terraform has ended.
   */
  async run(...args: readonly string[]): Promise<TerraformRun> {
    const { binary, folder, within, env, signal } = this.options;
    signal.throwIfAborted();
    assertThrowAway({ folder, args, env }, within);
    const child = spawn(binary, args, { cwd: folder, env: { ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    let lastResort: NodeJS.Timeout | undefined;
    const stop = (): void => {
      child.kill("SIGTERM");
      lastResort = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      const exitCode = await new Promise<number>((done, fail) => {
        child.on("error", fail);
        child.on("close", (code) => done(code ?? 1));
      });
      signal.throwIfAborted();
      return { exitCode, stdout, stderr };
    } finally {
      signal.removeEventListener("abort", stop);
      clearTimeout(lastResort);
    }
  }
}
