import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { type Context, Interrupted } from "./context";
import { EXIT, messageOf, OperatorError } from "./operator-error";

/** Adds one verb to the CLI. The verb's heavy modules are loaded when it runs, so that `--help` is quick. */
export type RegisterCommand = (program: Command, context: Context) => void;

/**
 * Runs the operators' CLI on an operator's words and sets the exit status: 0 done, 1 failed, 2 refused or wrong use.
 * Never throws. No stack trace is printed unless `--debug` is among the words.
 */
export async function runOps(words: readonly string[], context: Context, commands: readonly RegisterCommand[]): Promise<void> {
  const program = newProgram(context);
  for (const register of commands) register(program, context);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    report(error, context, program.opts().debug === true);
  }
}

function newProgram(context: Context): Command {
  return new Command("ops")
    .description("Looks after what the stacks deploy. Exit status: 0 done, 1 failed, 2 refused or wrong use.")
    .option("--debug", "print the stack trace of an error, and of what caused it")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.printError(text.trimEnd()),
    });
}

function report(error: unknown, context: Context, debug: boolean): void {
  if (error instanceof CommanderError) {
    // Commander has printed its message; asking for help is the one "error" with status 0 that is none.
    context.setExitCode(error.exitCode === 0 ? EXIT.done : EXIT.refused);
    return;
  }
  if (debug) context.printError(inspect(error));
  if (error instanceof Interrupted) {
    context.setExitCode(error.exitCode);
    return;
  }
  if (error instanceof OperatorError) {
    if (!debug) context.printError(error.message);
    context.setExitCode(error.exitCode);
    return;
  }
  if (!debug) context.printError(`this should not have happened: ${messageOf(error)}; run again with --debug for the stack trace`);
  context.setExitCode(EXIT.failed);
}
