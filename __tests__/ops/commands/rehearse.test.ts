import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RehearsalReport } from "../../../ops/rehearsal/runner/report";
import { STAND_IN } from "../../../ops/rehearsal/runner/stand-in-secrets";
import { startLoopbackServer } from "../../support/loopback-server";
import { scratchFolder } from "../../support/project";
import type { FakeContext } from "../support/fake-context";
import { rehearsalSite } from "../support/rehearsal-site";
import { type Rehearsal, rehearse as rehearseRoots } from "../support/rehearse";

const s3 = { backend: { s3: { bucket: "zelly-terraform-state", key: "production/terraform.tfstate", region: "ap-south-1" } } };
const data = (input: string, rest: object = {}): object => ({ input, ...rest });
const keep = { lifecycle: { prevent_destroy: true } };

/** A root as it is deployed: state in S3, a value that the operator gives, a secret that is not kept, something protected. */
const shop = {
  terraform: s3,
  variable: { host: { type: "string" }, token: { type: "string", ephemeral: true } },
  resource: {
    terraform_data: {
      cluster: data("${var.host}", keep),
      instance: data("${terraform_data.cluster.id}", keep),
      service: data("${terraform_data.instance.id}", { deletion_protection: undefined }),
    },
  },
  output: {
    host: { value: "${terraform_data.cluster.output}" },
    secret: { value: "${terraform_data.cluster.id}", sensitive: true },
  },
};
const plain = { terraform: s3, resource: { terraform_data: { only: data("x") } } };
const variables = 'host  = "shop.example.com"\ntoken = "ephemeral"\nother = "another root\'s"\n';

const site = rehearsalSite();

/** Rehearses the shop, unless other roots are given. */
function rehearse(given: Partial<Rehearsal>): Promise<FakeContext> {
  return rehearseRoots({ roots: { shop }, variables, ...site, ...given });
}

function reportOf(context: FakeContext): RehearsalReport {
  expect(context.printed).toHaveLength(1);
  return JSON.parse(context.printed[0] ?? "") as RehearsalReport;
}

// The real Terraform and whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

describe("ops rehearse", () => {
  test("takes each root through every step on the real Terraform, and leaves nothing behind", async () => {
    const { exitCode, printed, errors } = await rehearse({ roots: { shop, plain } });
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
    const steps = printed.filter((line) => line.startsWith("shop ")).map((line) => line.replace(/ +\d+\.\d s +/, " "));
    expect(steps).toEqual([
      "shop   check        passed No faults that Terraform does not see",
      "shop   init         passed Terraform has been successfully initialized!",
      "shop   validate     passed Success! The configuration is valid.",
      "shop   plan         passed Plan: 3 to add, 0 to change, 0 to destroy.",
      "shop   apply        passed Apply complete! Resources: 3 added, 0 changed, 0 destroyed.",
      "shop   second plan  passed No changes. Your infrastructure matches the configuration.",
      "shop   state        passed None of 0 generated secret values is in the state",
      "shop   output       passed 2 outputs, 1 of them sensitive",
      "shop   protection   passed protected: 2 resources refused to be destroyed",
      "shop   destroy      passed Destroy complete! Resources: 3 destroyed.",
    ]);
    const table = printed
      .at(-1)
      ?.split("\n")
      .map((line) => line.replace(/\d+\.\d/, "N"));
    expect(table).toContain("│ shop  │         3 │     3 │     N │ passed, protected: 2 resources refused to be destroyed │");
    expect(table).toContain("│ plain │         1 │     1 │     N │ passed                                                 │");
    expect(printed.at(-1)).toContain("What a rehearsal cannot know:\n  - whether AWS is in a good mood");
    expect(readdirSync(site.scratch)).toEqual([]);
  });

  test("prints one JSON document with --json, with Terraform's own words and no sensitive value", async () => {
    const context = await rehearse({ words: ["--json", "shop"], roots: { shop, plain } });
    const report = reportOf(context);
    expect(report).toMatchObject({
      version: 1,
      passed: true,
      terraform: expect.stringMatching(/^1\.11\./),
      cannotKnow: [expect.any(String)],
    });
    expect(report.nodeMaxRssMib).toBeGreaterThan(0);
    expect(report.roots).toHaveLength(1);
    expect(report.roots[0]).toMatchObject({
      root: "shop",
      passed: true,
      resources: 3,
      added: 3,
      protected: ["terraform_data.cluster", "terraform_data.instance"],
      outputs: { host: { sensitive: false, value: "shop.example.com" }, secret: { sensitive: true } },
    });
    expect(report.roots[0]?.outputs.secret).not.toHaveProperty("value");
    expect(report.roots[0]?.steps.map(({ step, passed }) => [step, passed])).toContainEqual(["destroy", true]);
    expect(context.errors.join("\n")).toContain("Destroy complete! Resources: 3 destroyed.");
  });

  test("fails a root with Terraform's own text, goes on with the others, and ends with 1", async () => {
    const broken = { terraform: s3, resource: { terraform_data: { a: { input: "${terraform_data.nobody.id}" } } } };
    const context = await rehearse({ words: ["--json", "--parallel", "1"], roots: { broken, plain } });
    expect(context.exitCode).toBe(1);
    const [first, second] = reportOf(context).roots;
    expect(first).toMatchObject({ root: "broken", passed: false, added: 0 });
    expect(first?.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ["check", true],
      ["init", true],
      ["validate", false],
    ]);
    expect(first?.error).toMatch(/^broken: validate did not pass: terraform ended with status 1\n/);
    expect(first?.error).toContain("Error: Reference to undeclared resource");
    expect(context.errors.join("\n")).toContain("(--keep leaves its folder to be looked at)");
    expect(second).toMatchObject({ root: "plain", passed: true });
  });

  test("fails a root whose second plan would change something", async () => {
    const restless = { resource: { terraform_data: { a: { input: "${timestamp()}" } } } };
    const context = await rehearse({ words: ["--json"], roots: { restless } });
    expect(context.exitCode).toBe(1);
    const { error, steps } = reportOf(context).roots[0] ?? {};
    expect(steps?.at(-1)).toMatchObject({ step: "second plan", passed: false });
    expect(error).toMatch(/^restless: second plan did not pass: Terraform would change what it has just made\n/);
    expect(error).toContain("# terraform_data.a will be updated in-place");
  });

  test("fails a root before Terraform starts when the provider knows a fault", async () => {
    const check = (): string[] => ["aws_instance.a: root_block_device[0].sise is not an argument"];
    const context = await rehearse({ words: ["--json"], provider: { check } });
    expect(context.exitCode).toBe(1);
    expect(reportOf(context).roots[0]).toMatchObject({
      steps: [{ step: "check", passed: false }],
      error:
        "shop: check did not pass: the configuration has faults that Terraform does not see\naws_instance.a: root_block_device[0].sise is not an argument",
    });
  });

  test("fails a root whose state holds a secret that was made in this rehearsal", async () => {
    const context = await rehearse({ words: ["--json"], provider: { generatedSecrets: () => ["shop.example.com", "not-there"] } });
    expect(reportOf(context).roots[0]).toMatchObject({
      steps: expect.arrayContaining([expect.objectContaining({ step: "state", passed: false })]),
      error: "shop: state did not pass: 1 generated secret values stand in the state; write them through write-only arguments",
    });
  });

  test("sends nothing to the backend that the root is deployed with", async () => {
    const requests: string[] = [];
    const server = await startLoopbackServer(({ url = "" }, response) => {
      requests.push(url);
      response.writeHead(404).end();
    });
    const skipped = ["credentials_validation", "requesting_account_id", "metadata_api_check", "region_validation"].map((what) => [
      `skip_${what}`,
      true,
    ]);
    const options = {
      ...s3.backend.s3,
      access_key: "a",
      secret_key: "s",
      use_path_style: true,
      endpoints: { s3: server.url, sts: server.url },
    };
    const root = { ...plain, terraform: { backend: { s3: { ...options, ...Object.fromEntries(skipped) } } } };
    try {
      expect(await rehearse({ roots: { root } })).toMatchObject({ exitCode: 0 });
      expect(requests).toEqual([]);

      // The server is one that Terraform does ask when it is left to the root's own backend.
      const folder = scratchFolder();
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(root));
      const alone = spawn(site.terraform, ["init", "-no-color"], {
        cwd: folder,
        env: { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" },
      });
      await new Promise((done) => alone.on("close", done));
      expect(requests).not.toEqual([]);
    } finally {
      await server.close();
    }
  });

  test("refuses a root that reads a real state, before Terraform runs", async () => {
    const reader = {
      ...plain,
      data: { terraform_remote_state: { network: { backend: "s3", config: { bucket: "zelly-terraform-state" } } } },
    };
    const context = await rehearse({ words: ["--json"], roots: { reader } });
    expect(context.exitCode).toBe(1);
    expect(reportOf(context).roots[0]?.error).toMatch(
      /^reader: init did not pass: a rehearsal does not run "terraform init" here: .*cdk\.tf\.json reads, as data\.terraform_remote_state\.network, a state that has the backend "s3"/,
    );
  });

  test("never lets a variable of the operator's reach Terraform", async () => {
    const { exitCode } = await rehearse({ env: { TF_VAR_host: "elsewhere", TF_WORKSPACE: "production", TF_CLI_ARGS: "-no-such-flag" } });
    expect(exitCode).toBe(0);
  });

  test("gives a root the secrets that stand in no file, and those of the file where they do", async () => {
    const fingerprint = (value: string): object => ({ value: `\${nonsensitive(sha256(var.${value}))}` });
    const root = {
      ...plain,
      variable: { host: { type: "string", sensitive: true }, password: { type: "string", sensitive: true } },
      output: { host: fingerprint("host"), password: fingerprint("password") },
    };
    const context = await rehearse({ words: ["--json"], roots: { root } });
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    expect(reportOf(context).roots[0]?.outputs).toEqual({
      host: { sensitive: false, value: sha256("shop.example.com") },
      password: { sensitive: false, value: sha256(STAND_IN) },
    });
  });

  test("leaves plan and state with --keep, and says where", async () => {
    const context = await rehearse({ words: ["--keep"] });
    const folder = /shop: state and plan are in (.*)$/m.exec(context.printed.at(-1) ?? "")?.[1] ?? "";
    expect(folder.startsWith(site.scratch)).toBe(true);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(["applied.tfstate", "cdk.tf.json", "plan.tfplan", "terraform.tfstate"]));
    const { resources } = JSON.parse(readFileSync(join(folder, "applied.tfstate"), "utf8")) as { resources: unknown[] };
    expect(resources).toHaveLength(3);
  });

  test("names the roots there are when it is asked for another", async () => {
    const context = await rehearse({ words: ["shop-prod"], roots: { shop, plain } });
    expect(context).toMatchObject({ exitCode: 2, printed: [], errors: ['no root is called "shop-prod"; the roots are plain, shop'] });
  });
});
