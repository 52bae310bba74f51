import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, projectCopy, type Run, run } from "../../support/project";
import { rehearsalSite } from "../support/rehearsal-site";

// A whole root is deployed here, by cdktf-cli and the real Terraform, on machines of any speed.
jest.setTimeout(600_000);

/** What the builds of every command leave behind, and what is installed. */
const NOT_OURS = new Set(["node_modules", "dist"]);

function projectFiles(project: string): Record<string, Record<string, string> | string> {
  const entries = readdirSync(project).filter((entry) => !NOT_OURS.has(entry));
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(project, entry);
      return [entry, statSync(path).isDirectory() ? filesBelow(path) : readFileSync(path, "utf8")];
    }),
  );
}

const site = rehearsalSite();

function rehearse(cwd: string, ...words: readonly string[]): Run {
  const env = { TERRAFORM: site.terraform, TMPDIR: site.scratch, CI: "1" };
  return run(process.execPath, ["scripts/ops.mjs", "rehearse", ...words], { cwd, env });
}

describe("ops rehearse --shell", () => {
  test("deploys a root with cdktf-cli's own deploy, and leaves the project as it was", () => {
    const project = projectCopy();
    const before = projectFiles(project);
    const deploy = ["npx", "cdktf", "deploy", "zelly-staging", "--auto-approve", "--skip-provider-lock"];
    const { status, stdout, stderr } = rehearse(project, "--shell", "--keep", "--", ...deploy);
    expect(`${stdout}${stderr}`).toMatch(/Apply complete! Resources: [1-9]\d+ added, 0 changed, 0 destroyed\./);
    expect(status).toBe(0);
    expect(projectFiles(project)).toEqual(before);

    const kept = /^output and state of the rehearsal are in (.*)$/m.exec(stderr)?.[1] ?? "";
    const state = JSON.parse(readFileSync(join(kept, "project", "terraform.zelly-staging.tfstate"), "utf8")) as { resources: unknown[] };
    expect(state.resources.length).toBeGreaterThan(0);
  });

  test("ends as its command ends, and leaves nothing behind", () => {
    expect(rehearse(projectCopy(), "--shell", "--", "sh", "-c", "exit 7")).toMatchObject({ status: 7, stdout: "" });
    expect(readdirSync(site.scratch).filter((entry) => entry.startsWith("ops-"))).toEqual([]);
  });

  test("refuses --json, which it has no report for, and a command that is not there", () => {
    const project = projectCopy();
    expect(rehearse(project, "--shell", "--json", "--", "true")).toMatchObject({
      status: 2,
      stderr: "rehearse --shell has no report of its own; leave --json out\n",
    });
    expect(rehearse(project, "--shell")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("rehearse --shell needs a command after --, for example: -- npx cdktf deploy ROOT\n"),
    });
  });
});
