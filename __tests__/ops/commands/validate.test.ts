import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Moto, motoIsMissing } from "../../support/moto";
import { describeWith } from "../../support/needs";
import { projectRoot, type Run } from "../../support/project";
import { SEEDED } from "../validate/support/deployed-data";
import { DeployedRoot } from "../validate/support/deployed-root";
import { inventoryOfRoot } from "../validate/support/inventory-of-root";

// Each command bundles the CLI and synthesizes every root, as it does for an operator.
jest.setTimeout(120_000);

const ROOT = "allthrive-staging";

async function ops(env: Record<string, string>, ...words: string[]): Promise<Run> {
  const options = { cwd: projectRoot, env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env }, maxBuffer: 8 * 1024 * 1024 };
  return promisify(execFile)(process.execPath, [join("scripts", "ops.mjs"), "validate", ...words], options).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );
}

describeWith({ other: motoIsMissing }, "ops validate, as operators run it, against an emulator of AWS", () => {
  describe("of a root that is deployed", () => {
    let root: DeployedRoot;
    beforeAll(async () => {
      root = await DeployedRoot.of(inventoryOfRoot(ROOT));
    });
    afterAll(() => root?.stop());

    test("lists every part, says that all is well and ends with 0", async () => {
      const { status, stdout, stderr } = await ops(root.env, ROOT);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const lines = stdout.trimEnd().split("\n");
      expect(lines.filter((line) => /^\S/.test(line)).slice(0, -1)).toEqual([
        "databases",
        "caches",
        "buckets",
        "secrets",
        "services",
        "load balancers",
        "certificates",
        "distributions",
        "names",
        "security groups",
        "alarms",
        "log groups",
        "errors in logs",
      ]);
      expect(lines).toContain("  ok       database staging-allthrive-rds: status  available");
      expect(lines.at(-1)).toMatch(/^allthrive-staging: \d{3} ok, 0 wrong, 0 unknown$/);
      expect(stdout).not.toContain(SEEDED);
    });

    test("prints one JSON document for scripts, and ends with 1 when something is not well", async () => {
      root.stage.prompt("fault", ({ command }, answer) =>
        command === "DescribeReplicationGroups" ? answer.replace("<Status>available", "<Status>modifying") : answer,
      );
      const { status, stdout } = await ops(root.env, ROOT, "--json");
      root.stage.silence("fault");
      expect(status).toBe(1);
      const { findings, summary, ...head } = JSON.parse(stdout);
      expect(head).toEqual({ version: 1, root: ROOT, accountId: "222222222222", region: "us-east-1" });
      expect(summary).toMatchObject({ wrong: 1, unknown: 0 });
      expect(findings.filter(({ verdict }: { verdict: string }) => verdict !== "ok")).toEqual([
        {
          part: "caches",
          verdict: "wrong",
          what: "cache staging-allthrive-elasticache: status",
          found: "modifying",
          todo: "read its events in the ElastiCache console and wait",
          runbook: "docs/runbooks/validate.md#cache-available",
        },
      ]);
      expect(stdout).not.toContain(SEEDED);
    });

    test("refuses credentials that AWS does not know, with one sentence, and asks nothing else", async () => {
      root.stage.asked.length = 0;
      root.stage.prompt("fault", () => ({
        status: 403,
        body: "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>",
      }));
      const { status, stdout, stderr } = await ops(root.env, ROOT);
      root.stage.silence("fault");
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toBe(
        'AWS did not say whose credentials these are (AWS answers: The security token included in the request is invalid); log in, for example with "aws sso login", and run again\n',
      );
      expect(new Set(root.stage.asked)).toEqual(new Set(["GetCallerIdentity"]));
    });
  });

  test("says in one sentence that nothing is deployed, and ends with 1", async () => {
    const moto = await Moto.start("222222222222");
    const { status, stdout, stderr } = await ops(moto.env, ROOT);
    moto.stop();
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: "",
      stderr: `nothing of ${ROOT} exists in account 222222222222, region us-east-1; deploy it with "npx cdktf deploy ${ROOT}"\n`,
    });
  });

  test("refuses another account's credentials before anything else is asked", async () => {
    const moto = await Moto.start("999999999999");
    const { status, stdout, stderr } = await ops(moto.env, ROOT);
    moto.stop();
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: `these AWS credentials are of account 999999999999, and ${ROOT} is in account 222222222222 as config/ says; use credentials of that account\n`,
    });
  });

  test("refuses a machine without credentials", async () => {
    const { status, stdout, stderr } = await ops({ AWS_EC2_METADATA_DISABLED: "true", HOME: "/nonexistent" }, ROOT);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^AWS did not say whose credentials these are \(.*Could not load credentials.*\); log in, .*\n$/);
  });

  test("refuses a root that there is not, naming those that there are", async () => {
    const { status, stderr } = await ops({}, "allthrive-nowhere");
    expect(status).toBe(2);
    expect(stderr).toContain('no root is called "allthrive-nowhere"; the roots are ');
  });
});
