import { inspect } from "node:util";
import type { Command } from "commander";
import { type Context, Interrupted } from "../../../ops/cli/context";
import { OperatorError } from "../../../ops/cli/operator-error";
import { wholeNumber } from "../../../ops/cli/options";
import { runOps } from "../../../ops/cli/run-ops";
import { run } from "../../support/project";
import { type FakeContext, fakeContext } from "../support/fake-context";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

/** Runs a CLI whose only verb does what `work` does. */
async function ops(words: readonly string[], work: (context: Context) => Promise<void> = async () => {}): Promise<FakeContext> {
  const context = fakeContext();
  const register = (program: Command, given: Context): void => {
    program
      .command("work")
      .option("--times <number>", "how often", wholeNumber)
      .action(() => work(given));
  };
  await runOps(words, context, [register]);
  return context;
}

describe("the operators' CLI", () => {
  test("ends with 0 when the command is done", async () => {
    const context = await ops(["work"], async ({ print }) => print("worked"));
    expect(context).toMatchObject({ exitCode: 0, printed: ["worked"], errors: [] });
  });

  test("ends with the status that a command sets", async () => {
    expect(await ops(["work"], async ({ setExitCode }) => setExitCode(7))).toMatchObject({ exitCode: 7 });
  });

  test.each([
    [1, new OperatorError("zelly-staging: the door must be open, got shut; open it")],
    [2, new OperatorError("zelly-staging: the door must be open, got shut; open it", 2)],
  ] as const)("ends with %d and one sentence for an operator's error", async (status, error) => {
    const context = await ops(["work"], async () => Promise.reject(error));
    expect(context).toMatchObject({ exitCode: status, printed: [], errors: ["zelly-staging: the door must be open, got shut; open it"] });
  });

  test("says of any other error what it says, and how to see where it comes from", async () => {
    const context = await ops(["work"], async () => Promise.reject(new TypeError("x is not a function")));
    expect(context.exitCode).toBe(1);
    expect(context.errors).toEqual(["this should not have happened: x is not a function; run again with --debug for the stack trace"]);
  });

  test.each([
    ["an operator's error", new OperatorError("the door is shut")],
    ["any other error", new TypeError("x is not a function")],
    ["what is no error at all", "the door is shut"],
  ])("prints %s with --debug alone as Node shows it", async (_kind, error) => {
    const context = await ops(["work", "--debug"], async () => Promise.reject(error));
    expect(context.exitCode).toBe(1);
    expect(context.errors).toEqual([inspect(error)]);
  });

  test("prints with --debug what caused an error, down to the first cause", async () => {
    const refused = new Error("connect ECONNREFUSED");
    const failed = new TypeError("fetch failed", { cause: refused });
    const error = new OperatorError("the archive could not be fetched; try again", 1, { cause: failed });
    const [said = "", ...others] = (await ops(["work", "--debug"], async () => Promise.reject(error))).errors;
    expect(others).toEqual([]);
    for (const text of ["OperatorError: the archive could not be fetched", "TypeError: fetch failed", "Error: connect ECONNREFUSED"]) {
      expect(said).toMatch(new RegExp(`${text}.*\\n\\s+at `));
    }
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ends as a shell expects when %s interrupts it", async (signal, status) => {
    const context = await ops(["work"], async () => Promise.reject(new Interrupted(signal)));
    expect(context).toMatchObject({ exitCode: status, errors: [] });
  });

  test.each([
    ["a verb that does not exist", ["wrk"], "error: unknown command 'wrk'\n(Did you mean work?)"],
    ["an option that does not exist", ["work", "--tims"], "error: unknown option '--tims'\n(Did you mean --times?)"],
    [
      "a number that is none",
      ["work", "--times", "0"],
      "error: option '--times <number>' argument '0' is invalid. It must be a whole number of at least 1.",
    ],
  ])("ends with 2 for %s", async (_what, words, sentence) => {
    expect(await ops(words)).toMatchObject({ exitCode: 2, printed: [], errors: [sentence] });
  });

  test("ends with 2 and shows its help when no verb is given", async () => {
    const context = await ops([]);
    expect(context.exitCode).toBe(2);
    expect(context.errors.join("\n")).toContain("Usage: ops [options] [command]");
  });

  test.each([[["--help"]], [["work", "--help"]]])("ends with 0 when asked for help by %j", async (words) => {
    const context = await ops(words);
    expect(context).toMatchObject({ exitCode: 0, errors: [] });
    expect(context.printed.join("\n")).toMatch(/^Usage: ops /);
  });

  test("runs from the command line, and lists its verbs without the internal one", () => {
    const { status, stdout, stderr } = run(process.execPath, ["scripts/ops.mjs", "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^ {2}rehearse .*\n[\s\S]*^ {2}addresses /m);
    expect(stdout).not.toContain("throw-away-check");
  });
});
