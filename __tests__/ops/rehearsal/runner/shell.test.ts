import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interrupted } from "../../../../ops/cli/context";
import { furnish } from "../../../../ops/rehearsal/runner/rehearsal-folder";
import { runInRehearsal } from "../../../../ops/rehearsal/runner/shell";
import { filesBelow, projectRoot, run, scratchFolder } from "../../../support/project";
import { fixtureProject } from "../../support/fixture-project";
import { realTerraform } from "../../support/terraform";

const shop = {
  terraform: { backend: { s3: { bucket: "zelly-terraform-state", key: "production/terraform.tfstate", region: "ap-south-1" } } },
  variable: { host: { type: "string" } },
  resource: { terraform_data: { cluster: { input: "${var.host}" } } },
  output: { host: { value: "${terraform_data.cluster.output}" } },
};

let terraform: string;
beforeAll(async () => {
  terraform = await realTerraform();
  // The guard in front of Terraform is the CLI itself.
  expect(run(process.execPath, ["scripts/ops.mjs", "--help"])).toMatchObject({ status: 0 });
});

interface Shell {
  readonly status: number;
  readonly said: string;
  /** Where the command's output and state are, in place of the project's. */
  readonly project: string;
}

interface ShellOptions {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Runs a shell's line in a rehearsal of a project. */
async function shell(line: string, { cwd, env = {}, signal = new AbortController().signal }: ShellOptions): Promise<Shell> {
  const path = scratchFolder();
  const log = join(path, "said");
  const status = await runInRehearsal({
    command: ["sh", "-c", `{ ${line}; } > "$LOG" 2>&1`],
    cwd,
    folder: furnish(path),
    terraform,
    reattach: "{}",
    varFile: join(cwd, "terraform.tfvars.example"),
    secrets: { TF_VAR_token: "stand-in" },
    guard: [process.execPath, join(projectRoot, "dist", "ops.cjs"), "throw-away-check"],
    env: { ...process.env, ...env, LOG: log },
    signal,
  });
  return { status, said: readFileSync(log, "utf8"), project: join(path, "project") };
}

// cdktf-cli and the real Terraform run here, on machines of any speed.
jest.setTimeout(120_000);

describe("a command in a rehearsal", () => {
  test("deploys with cdktf-cli itself, and changes nothing in the project", async () => {
    const cwd = fixtureProject({ shop }, 'host = "shop.example.com"\n');
    mkdirSync(join(cwd, "cdktf.out"));
    writeFileSync(join(cwd, "cdktf.out", "manifest.json"), "mine");
    writeFileSync(join(cwd, "terraform.shop.tfstate"), "mine");
    const before = filesBelow(cwd);
    const cdktf = join(projectRoot, "node_modules", ".bin", "cdktf");

    const { status, said, project } = await shell(`'${cdktf}' deploy shop --auto-approve`, { cwd, env: { CI: "1" } });
    expect(said).toContain("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
    expect(said).toContain('host = "shop.example.com"');
    expect(status).toBe(0);
    expect(filesBelow(cwd)).toEqual(before);
    const { resources } = JSON.parse(readFileSync(join(project, "terraform.shop.tfstate"), "utf8")) as { resources: unknown[] };
    expect(resources).toHaveLength(1);
  });

  test("finds a Terraform that refuses the project's own output, whichever way it asks", async () => {
    const cwd = fixtureProject({ shop });
    expect(run(process.execPath, ["scripts/synth.mjs"], { cwd })).toMatchObject({ status: 0 });
    const stack = join(cwd, "cdktf.out", "stacks", "shop");
    const before = filesBelow(cwd);
    for (const words of ["terraform", '"$TERRAFORM_BINARY_NAME"', '"$TERRAFORM"']) {
      const { status, said } = await shell(`${words} -chdir='${stack}' init`, { cwd });
      expect(said).toMatch(/^a rehearsal does not run "terraform init" here: .*\/cdktf\.out\/stacks\/shop is outside its own folder, /);
      expect(status).toBe(2);
    }
    expect(filesBelow(cwd)).toEqual(before);
  });

  test("may not take the rehearsal's own output to a real backend", async () => {
    const cwd = fixtureProject({ shop });
    const { status, said } = await shell('BACKEND=s3 node scripts/synth.mjs; terraform -chdir="$CDKTF_OUTDIR/stacks/shop" init', { cwd });
    expect(said).toContain('has the backend "s3", and only a throw-away local one may be used');
    expect(status).toBe(2);
  });

  test("passes Terraform's own exit status on", async () => {
    const cwd = fixtureProject({ shop });
    const line =
      'node scripts/synth.mjs; cd "$CDKTF_OUTDIR/stacks/shop"; terraform init; terraform plan -no-color -var host=x -detailed-exitcode';
    expect(await shell(line, { cwd })).toMatchObject({ status: 2, said: expect.stringContaining("Plan: 1 to add") });
  });

  test("has stand-ins for secrets, and none of the operator's", async () => {
    const env = { TF_VAR_token: "real", TF_VAR_password: "real" };
    expect(await shell('echo "$TF_VAR_token$TF_VAR_password"', { cwd: scratchFolder(), env })).toMatchObject({ said: "stand-in\n" });
  });

  test("ends with its own status", async () => {
    expect(await shell("exit 7", { cwd: scratchFolder() })).toMatchObject({ status: 7 });
  });

  test("ends with 128 and the signal's number when a signal ends it", async () => {
    expect(await shell("kill -TERM $$", { cwd: scratchFolder() })).toMatchObject({ status: 143 });
  });
});

describe("an interrupted command in a rehearsal", () => {
  /** Runs a command that tells which signal reached it, and interrupts it once it listens. */
  async function interrupted(name: "SIGINT" | "SIGTERM"): Promise<Shell> {
    const cwd = scratchFolder();
    const interruption = new AbortController();
    const listens = join(cwd, "listens");
    const line = `trap 'echo told; exit 9' TERM; touch '${listens}'; for i in 1 2 3 4 5 6 7 8 9 10; do [ -e '${join(cwd, "over")}' ] || sleep 0.1; done; exit 3`;
    const running = shell(line, { cwd, signal: interruption.signal });
    while (!existsSync(listens)) await new Promise((done) => setTimeout(done, 10));
    interruption.abort(new Interrupted(name));
    if (name === "SIGINT") writeFileSync(join(cwd, "over"), "");
    return running;
  }

  test("is told of what only the rehearsal was told, and ends as it wants", async () => {
    expect(await interrupted("SIGTERM")).toMatchObject({ status: 9, said: "told\n" });
  });

  test("is not told twice of a terminal's Ctrl-C", async () => {
    expect(await interrupted("SIGINT")).toMatchObject({ status: 3, said: "" });
  });
});

describe("a rehearsal's shell refuses", () => {
  const options = {
    cwd: "/",
    terraform: "",
    reattach: "{}",
    varFile: "",
    secrets: {},
    guard: [],
    env: {},
    signal: new AbortController().signal,
  };

  test("to run nothing", async () => {
    await expect(runInRehearsal({ ...options, command: [], folder: furnish(scratchFolder()) })).rejects.toMatchObject({
      exitCode: 2,
      message: "rehearse --shell needs a command after --, for example: -- npx cdktf deploy ROOT",
    });
  });

  test("a command that does not exist", async () => {
    await expect(runInRehearsal({ ...options, command: ["no-such-command"], folder: furnish(scratchFolder()) })).rejects.toMatchObject({
      exitCode: 2,
      message: 'rehearse --shell found no command called "no-such-command"',
    });
  });
});
