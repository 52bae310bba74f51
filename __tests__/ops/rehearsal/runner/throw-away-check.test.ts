import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assertThrowAway, type TerraformCall } from "../../../../ops/rehearsal/runner/throw-away-check";
import { scratchFolder } from "../../../support/project";

const aws = "registry.terraform.io/hashicorp/aws";
const env = { TF_REATTACH_PROVIDERS: JSON.stringify({ [aws]: {} }) };
const local = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };

let within: string;
let folder: string;
beforeEach(() => {
  within = scratchFolder();
  folder = join(within, "shop-staging");
  mkdirSync(folder);
  write("cdk.tf.json", local);
});

function write(file: string, contents: unknown): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), typeof contents === "string" ? contents : JSON.stringify(contents));
}

function check(call: Partial<TerraformCall> = {}): string {
  return assertThrowAway({ folder, args: ["plan"], env, ...call }, within);
}

/** What the check says of a run, without the words that all of its sentences begin with. */
function objection(call: Partial<TerraformCall> = {}): string {
  try {
    check(call);
  } catch (error) {
    expect(error).toMatchObject({ name: "OperatorError", exitCode: 2 });
    const { message } = error as Error;
    expect(message).toMatch(/^a rehearsal does not run "terraform [a-z]+" here: /);
    return message
      .replace(/^[^:]*: /, "")
      .replaceAll(folder, "HERE")
      .replaceAll(within, "REHEARSAL");
  }
  throw new Error("the check objects to nothing");
}

describe("a rehearsal runs Terraform", () => {
  test("on a root with local state in its own folder and the attached provider", () => {
    write("cdk.tf.json", { terraform: { ...local.terraform, required_providers: { aws: { source: "aws", version: "6.25.0" } } } });
    write("outputs.tf", 'output "backend" {\n  value = "cloud"\n}\n\nlocals {\n  backend = "s3"\n  cloud   = { a = 1 }\n}\n');
    expect(check()).toBe(folder);
  });

  test("on a root without any backend, whose state Terraform keeps beside it", () => {
    write("cdk.tf.json", {});
    expect(check()).toBe(folder);
  });

  test("in the folder that -chdir names", () => {
    expect(check({ folder: within, args: ["-chdir=shop-staging", "plan"] })).toBe(folder);
  });

  test.each([[["plan.tfplan"]], [["-auto-approve"]], [["-var-file", "/project/terraform.tfvars"]]])("to apply with %j", (words) => {
    expect(check({ args: ["apply", ...words] })).toBe(folder);
  });

  test("once more on a root that it has initialised itself", () => {
    write(".terraform/terraform.tfstate", {
      version: 3,
      backend: { type: "local", config: { path: "terraform.tfstate", workspace_dir: null } },
    });
    expect(check()).toBe(folder);
  });

  test.each([[["version", "-json"]], [["-version"]], [["-help"]], [[]]])("anywhere with %j, which reads nothing", (args) => {
    expect(check({ folder: "/", args, env: {} })).toBe("/");
  });
});

describe("a rehearsal refuses", () => {
  test.each([
    ["s3", { bucket: "zelly-terraform-state", key: "production/terraform.tfstate", region: "ap-south-1" }],
    ["remote", { organization: "example" }],
    ["http", {}],
  ])("the backend %s", (kind, options) => {
    write("cdk.tf.json", { terraform: { backend: { [kind]: options } } });
    expect(objection()).toBe(`HERE/cdk.tf.json has the backend "${kind}", and only a throw-away local one may be used`);
  });

  test.each([
    ["a list of blocks", { terraform: [{}, { backend: [{ s3: {} }] }] }],
    ["an empty list of settings", { terraform: { backend: { s3: [] } } }],
  ])("a real backend that is written as %s", (_form, config) => {
    write("cdk.tf.json", config);
    expect(objection()).toContain('has the backend "s3"');
  });

  test("a second file that brings the real backend back", () => {
    write("override.tf.json", { terraform: { backend: { s3: { bucket: "zelly-terraform-state" } } } });
    expect(objection()).toBe('HERE/override.tf.json has the backend "s3", and only a throw-away local one may be used');
  });

  test("a cloud block", () => {
    write("cdk.tf.json", { terraform: { cloud: { organization: "example", workspaces: { name: "shop" } } } });
    expect(objection()).toBe("HERE/cdk.tf.json has a cloud block: its state is in HCP Terraform");
  });

  test.each([
    ["a backend", 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}', "has a backend that is not local"],
    ["a backend behind a comment", 'terraform {\n  /* ours */ backend /* now */ "s3" {\n  }\n}', "has a backend that is not local"],
    ["a backend without quotes", "terraform {\n  backend s3 {\n  }\n}", "has a backend that is not local"],
    [
      "a local backend elsewhere",
      'terraform {\n  backend "local" {\n    path = "/home/me/terraform.tfstate"\n  }\n}',
      "has a local backend with settings of its own",
    ],
    ["a cloud block", 'terraform {\n  cloud {\n    organization = "example"\n  }\n}', "has a cloud block: its state is in HCP Terraform"],
    ["another state", 'data "terraform_remote_state" "network" {\n  backend = "s3"\n}', "reads another state"],
    [
      "a provisioner",
      'resource "terraform_data" "a" {\n  provisioner "local-exec" {\n    command = "date"\n  }\n}',
      "has a provisioner, which would run a real command",
    ],
    ["a module", 'module "network" {\n  source = "example/network/aws"\n}', "calls a module, which Terraform would fetch"],
  ])("%s in HCL", (_what, text, words) => {
    write("main.tf", text);
    expect(objection()).toBe(`HERE/main.tf ${words}`);
  });

  test.each([
    ["path", "../../terraform.shop.tfstate"],
    ["path", "/var/lib/terraform.tfstate"],
    ["workspace_dir", "../../.."],
  ])("local state whose %s is %s", (name, path) => {
    write("cdk.tf.json", { terraform: { backend: { local: { [name]: path } } } });
    expect(objection()).toBe(`HERE/cdk.tf.json keeps its state in "${path}", outside the rehearsal's folder`);
  });

  test.each([
    ["s3", { bucket: "zelly-terraform-state" }, 'has the backend "s3", and only a throw-away local one may be used'],
    ["s3", "${local.state}", 'has the backend "s3", and only a throw-away local one may be used'],
    ["local", { path: "../../terraform.tfstate" }, 'keeps its state in "../../terraform.tfstate", outside the rehearsal\'s folder'],
    ["local", "${local.state}", "has a local backend whose path is known to nobody but Terraform"],
  ])("another root's state, kept in %s with %j", (backend, config, words) => {
    write("cdk.tf.json", { ...local, data: { terraform_remote_state: { network: { backend, config } } } });
    expect(objection()).toBe(`HERE/cdk.tf.json reads, as data.terraform_remote_state.network, a state that ${words}`);
  });

  test("a provisioner, and says whose", () => {
    write("cdk.tf.json", { ...local, resource: { terraform_data: { a: { provisioner: [{ "local-exec": { command: "date" } }] } } } });
    expect(objection()).toBe("HERE/cdk.tf.json has a provisioner on terraform_data.a, which would run a real command");
  });

  test("a module", () => {
    write("cdk.tf.json", { ...local, module: { "//": {}, network: { source: "example/network/aws" } } });
    expect(objection()).toBe("HERE/cdk.tf.json calls a module, which Terraform would fetch");
  });

  test("a provider that nobody plays, because Terraform would start the real one", () => {
    write("cdk.tf.json", { terraform: { ...local.terraform, required_providers: { github: { source: "integrations/github" } } } });
    expect(objection()).toBe(
      "HERE/cdk.tf.json needs the provider registry.terraform.io/integrations/github, which the rehearsal does not play",
    );
  });

  test.each(["{", "null", "[]"])("a configuration that it cannot read: %s", (text) => {
    write("other.tf.json", text);
    expect(objection()).toBe("HERE/other.tf.json is no readable JSON object");
  });

  test("a folder that was initialised for a real backend, whatever its configuration says now", () => {
    write(".terraform/terraform.tfstate", { version: 3, backend: { type: "s3", config: { bucket: "zelly-terraform-state" } } });
    expect(objection()).toBe(
      'HERE/.terraform/terraform.tfstate has the backend "s3", and only a throw-away local one may be used; remove the .terraform folder',
    );
  });

  test("a folder that was initialised for local state elsewhere", () => {
    write(".terraform/terraform.tfstate", { version: 3, backend: { type: "local", config: { path: "../../shop.tfstate" } } });
    expect(objection()).toBe(
      `HERE/.terraform/terraform.tfstate keeps its state in "../../shop.tfstate", outside the rehearsal's folder; remove the .terraform folder`,
    );
  });

  test("a folder outside its own", () => {
    const outside = scratchFolder();
    expect(objection({ args: [`-chdir=${outside}`, "apply"] })).toBe(`${outside} is outside its own folder, REHEARSAL`);
  });

  test("a way out of its own folder by a link", () => {
    const outside = scratchFolder();
    symlinkSync(outside, join(within, "link"));
    expect(objection({ folder: join(within, "link") })).toBe("REHEARSAL/link is outside its own folder, REHEARSAL");
  });

  test.each([
    ["-backend-config", "-backend-config=bucket=zelly-terraform-state"],
    ["--backend-config", "--backend-config"],
    ["-state", "-state=/home/me/terraform.tfstate"],
    ["-state-out", "-state-out=x"],
    ["-from-module", "-from-module=example/network/aws"],
  ])("the flag %s", (flag, word) => {
    expect(objection({ args: ["init", word] })).toBe(`the flag ${flag} could take it to a real state; leave it out`);
  });

  test("a plan that was made elsewhere, because Terraform would use the backend that is saved in it", () => {
    expect(objection({ args: ["apply", "-input=false", "../../real.tfplan"] })).toBe(
      "the plan ../../real.tfplan was made elsewhere, and a plan brings its backend along",
    );
  });

  test.each(["TF_CLI_ARGS", "TF_CLI_ARGS_init", "TF_DATA_DIR", "TF_WORKSPACE"])("the variable %s", (name) => {
    expect(objection({ env: { ...env, [name]: "x" } })).toBe(`the variable ${name} could take it to a real state; unset it`);
  });

  test("to run without the rehearsal's provider", () => {
    expect(objection({ env: {} })).toBe("TF_REATTACH_PROVIDERS does not name the rehearsal's providers, so a real one would be used");
  });
});
