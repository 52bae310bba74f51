import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot, type Run, run, scratchFolder } from "./support/project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

/** A fresh clone, with an npm and a Node that say what they were asked to do. */
class Clone {
  readonly folder = scratchFolder();
  private readonly bin = join(this.folder, "bin");
  private readonly log = join(this.folder, "log");

  constructor({ node = 'case "$1" in *ops.mjs) [ "$2" != terraform ] || echo /found/terraform ;; esac' } = {}) {
    for (const folder of ["bin", "scripts"]) mkdirSync(join(this.folder, folder));
    for (const file of ["Makefile", "package.json", "package-lock.json", "scripts/check-node.cjs"])
      copyFileSync(join(projectRoot, file), join(this.folder, file));
    writeFileSync(join(this.folder, "scripts", "install-test-tools.sh"), 'echo "test tools" >> log\n');
    this.program("npm", '[ "$1" != ci ] || { mkdir -p node_modules && echo {} > node_modules/.package-lock.json; }');
    this.program("node", node);
  }

  make(...words: readonly string[]): Run {
    // These tests may themselves run below a make, which leaves its variables behind.
    const outer = { MAKEFLAGS: "", MAKELEVEL: "0", ROOT: "", ARGS: "", JEST_ARGS: "", TERRAFORM: "" };
    return run("make", words, { cwd: this.folder, env: { ...outer, PATH: `${this.bin}${delimiter}${process.env.PATH}` } });
  }

  /** What was run since the last call. */
  ran(): string[] {
    const lines = existsSync(this.log) ? readFileSync(this.log, "utf8").trimEnd().split("\n") : [];
    writeFileSync(this.log, "");
    return lines.filter((line) => line !== "");
  }

  private program(name: string, body: string): void {
    const variables = "${ROOT:+ROOT=$ROOT }${TERRAFORM:+TERRAFORM=$TERRAFORM }";
    writeFileSync(join(this.bin, name), `#!/bin/sh\necho "${variables}${name} $*" >> '${this.log}'\n${body}\n`);
    chmodSync(join(this.bin, name), 0o755);
  }
}

const checkNode = "node scripts/check-node.cjs";

describe("make", () => {
  test("says what it can do", () => {
    const { status, stdout } = new Clone().make();
    expect(status).toBe(0);
    expect(stdout.split("\n").map((line) => line.replace(/^(make [\w-]+) .*/, "$1"))).toEqual([
      "make help",
      "make rehearse",
      "make test",
      "make synth",
      "make aws-validate",
      "make cloudfront-clear-cache",
      "",
    ]);
  });

  test("rehearse installs what package-lock.json has, once, and again when that file is newer", () => {
    const clone = new Clone();
    expect(clone.make("rehearse")).toMatchObject({ status: 0 });
    expect(clone.ran()).toEqual([checkNode, "npm ci", "node scripts/ops.mjs rehearse"]);
    expect(clone.make("rehearse")).toMatchObject({ status: 0 });
    expect(clone.ran()).toEqual([checkNode, "node scripts/ops.mjs rehearse"]);
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(clone.folder, "package-lock.json"), later, later);
    expect(clone.make("rehearse")).toMatchObject({ status: 0 });
    expect(clone.ran()).toEqual([checkNode, "npm ci", "node scripts/ops.mjs rehearse"]);
  });

  test("rehearse takes roots and flags, and prints nothing of its own on standard output", () => {
    const clone = new Clone();
    expect(clone.make("--silent", "rehearse", "ROOT=zelly-staging", "ARGS=--json --keep")).toMatchObject({ status: 0, stdout: "" });
    expect(clone.ran()).toContain("ROOT=zelly-staging node scripts/ops.mjs rehearse --json --keep");
  });

  test("test checks types and style, then runs every test with the project's Terraform", () => {
    const clone = new Clone();
    expect(clone.make("test", "JEST_ARGS=--json")).toMatchObject({ status: 0 });
    expect(clone.ran()).toEqual([
      checkNode,
      "npm ci",
      "test tools",
      "npm run typecheck",
      "npm run lint",
      "node scripts/ops.mjs terraform",
      "TERRAFORM=/found/terraform npm run test:all -- --json",
    ]);
  });

  test("test ends before the tests when there is no Terraform to run", () => {
    const clone = new Clone({ node: 'case "$1" in *ops.mjs) exit 1 ;; esac' });
    expect(clone.make("test").status).not.toBe(0);
    expect(clone.ran()).not.toContain("npm run test:all --");
  });

  test("synth takes several roots, by spaces or commas", () => {
    const clone = new Clone();
    expect(clone.make("synth", "ROOT=zelly-staging,zelly-production atlas-prod")).toMatchObject({ status: 0 });
    expect(clone.ran().at(-1)).toMatch(/node scripts\/synth\.mjs zelly-staging zelly-production atlas-prod$/);
  });

  test.each([
    [[], "allthrive-production"],
    [["ENVIRONMENT=staging"], "allthrive-staging"],
    [["SYSTEM=shop", "ENVIRONMENT=dev"], "shop-dev"],
  ])("cloudfront-clear-cache %j clears the cache of %s", (words, root) => {
    const clone = new Clone();
    expect(clone.make("--silent", "cloudfront-clear-cache", ...words, "ARGS=--wait --json")).toMatchObject({ status: 0, stdout: "" });
    expect(clone.ran().at(-1)).toBe(`node scripts/ops.mjs cloudfront-clear-cache ${root} --wait --json`);
  });

  test.each([
    [[], "allthrive-production"],
    [["ENVIRONMENT=staging"], "allthrive-staging"],
    [["SYSTEM=shop", "ENVIRONMENT=dev"], "shop-dev"],
  ])("aws-validate %j looks at %s", (words, root) => {
    const clone = new Clone();
    expect(clone.make("--silent", "aws-validate", ...words, "ARGS=--json")).toMatchObject({ status: 0, stdout: "" });
    expect(clone.ran().at(-1)).toBe(`node scripts/ops.mjs validate ${root} --json`);
  });

  test.each(["rehearse", "test", "synth", "aws-validate", "cloudfront-clear-cache"])(
    "%s stops at a Node that cannot run the project, before anything is installed",
    (target) => {
      const clone = new Clone({ node: "exit 1" });
      expect(clone.make(target).status).not.toBe(0);
      expect(clone.ran()).toEqual([checkNode]);
    },
  );
});
