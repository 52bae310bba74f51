import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Interrupted } from "../../../ops/cli/context";
import { projectRoot, scratchFolder } from "../../support/project";
import { rehearse } from "../support/rehearse";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

describe("ops rehearse, when it is interrupted", () => {
  let scratch: string;
  let slow: string;
  let pid: string;
  beforeEach(() => {
    scratch = scratchFolder();
    slow = join(scratchFolder(), "terraform");
    pid = `${slow}.pid`;
    const version = `echo '{"terraform_version":"1.11.4"}'`;
    writeFileSync(
      slow,
      `#!/bin/sh\nif [ "$1" = version ]; then ${version}; exit; fi\necho $$ > ${pid}.new && mv ${pid}.new ${pid}\nexec sleep 600\n`,
    );
    chmodSync(slow, 0o755);
  });

  const terraformRuns = async (): Promise<void> => {
    while (!existsSync(pid)) await new Promise((done) => setTimeout(done, 10));
  };
  const expectTheEnd = (): void => {
    expect(() => process.kill(Number(readFileSync(pid, "utf8")), 0)).toThrow("ESRCH");
    expect(readdirSync(scratch)).toEqual([]);
  };

  test("ends Terraform, removes its folder, and ends with 143", async () => {
    const interruption = new AbortController();
    const rehearsal = rehearse({ roots: { shop: {} }, scratch, terraform: slow, signal: interruption.signal });
    await terraformRuns();
    interruption.abort(new Interrupted("SIGTERM"));
    expect(await rehearsal).toMatchObject({ exitCode: 143 });
    expectTheEnd();
  });

  test("does so as a process of its own, on Ctrl-C, with 130 and without a word", async () => {
    const env = { ...process.env, TMPDIR: scratch, TERRAFORM: slow };
    const child = spawn(process.execPath, ["scripts/ops.mjs", "rehearse", "--json"], {
      cwd: projectRoot,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise((done) => child.on("close", done));
    const printed = text(child.stdout);
    await terraformRuns();
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    expect(await printed).toBe("");
    expectTheEnd();
  });
});
