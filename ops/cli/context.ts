import { createInterface } from "node:readline/promises";
import { EXIT, OperatorError } from "./operator-error";

/** The world that a command may touch. `ops/main.ts` passes the real one, tests a fake. */
export interface Context {
  /** The folder that holds `package.json` and `cdktf.json`. */
  readonly projectRoot: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line of the command's result, on standard output. */
  readonly print: (line: string) => void;
  /** Prints a line about the work itself, progress or a warning, on standard error. */
  readonly printError: (line: string) => void;
  /**
   * Asks before something that cannot be undone.
   *
   * @throws {OperatorError} with exit status 2 when there is no terminal to ask on.
   */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Sets the status that the process ends with. Errors set it by being thrown. @default 0 */
  readonly setExitCode: (code: number) => void;
  /** Aborted when the operator interrupts: stop, clean up, and throw its reason. */
  readonly signal: AbortSignal;
}

/** The operator ended the command: SIGINT is Ctrl-C, SIGTERM is what a CI system sends. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** 128 and the signal's number, as shells have it. */
  readonly exitCode: 130 | 143;

  constructor(readonly signal: "SIGINT" | "SIGTERM") {
    super(`interrupted by ${signal}`);
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}

/** The real world: this process, its streams and its signals. */
export function processContext(projectRoot: string): Context {
  const interruption = new AbortController();
  // A terminal and npm may each pass on the same Ctrl-C: the first one counts, a repeated one must not cut the clean-up short.
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, () => interruption.abort(new Interrupted(name)));
  return {
    projectRoot,
    env: process.env,
    print: (line) => process.stdout.write(`${line}\n`),
    printError: (line) => process.stderr.write(`${line}\n`),
    confirm: (question) => askOnTerminal(question, interruption.signal),
    setExitCode: (code) => {
      process.exitCode = code;
    },
    signal: interruption.signal,
  };
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new OperatorError(
      `"${question}" needs an answer, and there is no terminal to ask on; give --yes where the command has it`,
      EXIT.refused,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it asks, Ctrl-C is a key like any other, and Ctrl-D ends the input: neither may leave the question open.
  terminal.on("SIGINT", () => process.emit("SIGINT"));
  const ended = new Promise<string>((end) => terminal.once("close", () => end("")));
  try {
    const answer = await Promise.race([terminal.question(`${question} [y/N] `, { signal }), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}
