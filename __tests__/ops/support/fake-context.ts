import type { Context } from "../../../ops/cli/context";
import { projectRoot } from "../../support/project";

/** A context that remembers what a command told it. */
export interface FakeContext extends Context {
  /** Lines on standard output. */
  readonly printed: string[];
  /** Lines on standard error. */
  readonly errors: string[];
  exitCode: number;
}

/** A command's world without a terminal: it knows nothing of the operator's variables but how to find programs. */
export function fakeContext(given: Partial<Context> = {}): FakeContext {
  const printed: string[] = [];
  const errors: string[] = [];
  const context: FakeContext = {
    projectRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    print: (line) => void printed.push(line),
    printError: (line) => void errors.push(line),
    confirm: async () => {
      throw new Error("nobody was expected to be asked");
    },
    signal: new AbortController().signal,
    setExitCode: (code) => {
      context.exitCode = code;
    },
    printed,
    errors,
    exitCode: 0,
    ...given,
  };
  return context;
}
