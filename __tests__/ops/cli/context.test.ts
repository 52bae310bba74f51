import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { processContext } from "../../../ops/cli/context";
import { describeWith } from "../../support/needs";
import { projectRoot, run, scratchFolder } from "../../support/project";

const terminal = Object.getOwnPropertyDescriptor(process.stdin, "isTTY");
const listeners = { SIGINT: process.listeners("SIGINT"), SIGTERM: process.listeners("SIGTERM") };

afterEach(() => {
  if (terminal !== undefined) Object.defineProperty(process.stdin, "isTTY", terminal);
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    for (const listener of process.listeners(name)) if (!listeners[name].includes(listener)) process.removeListener(name, listener);
  }
});

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

describe("the real context", () => {
  test("refuses what needs an answer when there is no terminal to ask on; give --yes where the command has it", async () => {
    Object.defineProperty(process.stdin, "isTTY", { value: false, configurable: true });
    const { confirm } = processContext("/project");
    await expect(confirm("Replace the key?")).rejects.toMatchObject({
      name: "OperatorError",
      exitCode: 2,
      message: '"Replace the key?" needs an answer, and there is no terminal to ask on; give --yes where the command has it',
    });
  });

  test("is interrupted by the first signal, whatever follows", () => {
    const { signal } = processContext("/project");
    expect(signal.aborted).toBe(false);
    process.emit("SIGTERM");
    process.emit("SIGINT");
    expect(signal.reason).toMatchObject({ name: "Interrupted", exitCode: 143 });
  });
});

describeWith({ programs: ["script"] }, "a question on a terminal", () => {
  let program: string;
  beforeAll(() => {
    const folder = scratchFolder();
    program = join(folder, "ask.cjs");
    const cli = join(projectRoot, "ops", "cli");
    const source = `
      import { processContext } from "${cli}/context";
      import { runOps } from "${cli}/run-ops";
      const ask = (ops, { confirm, print }) => ops.command("ask").action(async () => print(String(await confirm("Replace the key?"))));
      void runOps(["ask"], processContext("/project"), [ask]);`;
    writeFileSync(join(folder, "ask.ts"), source);
    const words = [join(folder, "ask.ts"), "--bundle", "--platform=node", "--log-level=error", `--outfile=${program}`];
    expect(run(join(projectRoot, "node_modules", ".bin", "esbuild"), words)).toMatchObject({ status: 0, stderr: "" });
  });

  /** Answers by keys, once the question is asked. */
  async function answer(keys: string): Promise<{ readonly status: number; readonly said: string }> {
    const child = spawn("script", ["--quiet", "--flush", "--return", "--command", `${process.execPath} ${program}`, "/dev/null"]);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (!said.includes("[y/N]") && (said + text).includes("[y/N]")) child.stdin.write(keys);
      said += text;
    });
    const status = await new Promise<number>((done) => child.on("close", (code) => done(code ?? 1)));
    return { status, said };
  }

  test.each([
    ["y\r", "true"],
    ["YES\r", "true"],
    ["no\r", "false"],
    ["\r", "false"],
    ["\u0004", "false"],
  ])("answered with %j is %s", async (keys, result) => {
    const { status, said } = await answer(keys);
    expect(status).toBe(0);
    expect(said.trimEnd().split(/\r?\n/).at(-1)?.endsWith(result)).toBe(true);
  });

  test("ends the command on Ctrl-C, with 130 and without an answer", async () => {
    const { status, said } = await answer("\u0003");
    expect(status).toBe(130);
    expect(said).not.toMatch(/true|false/);
  });
});
