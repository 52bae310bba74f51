import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, projectCopy, projectRoot, type Run, scratchFolder, synth } from "./support/project";

const ours = scratchFolder();
const leftBehind = join(ours, "stacks", "shop-gone");
/** What a first run in an empty folder writes. */
let files: Readonly<Record<string, string>>;
/** Names of every root, sorted. */
let roots: readonly string[];

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

beforeAll(() => {
  mkdirSync(leftBehind, { recursive: true });
  for (const file of ["cdk.tf.json", "terraform.tfstate"]) writeFileSync(join(leftBehind, file), "{}");
  expect(synth([], { env: { CDKTF_OUTDIR: ours } })).toMatchObject({ status: 0, stderr: "" });
  const { "stacks/shop-gone/terraform.tfstate": _state, ...written } = filesBelow(ours);
  files = written;
  roots = Object.keys(JSON.parse(readFileSync(join(ours, "manifest.json"), "utf8")).stacks).sort();
});

describe("synthesis", () => {
  test("removes what a root left that exists no more, and leaves state alone", () => {
    expect(Object.keys(filesBelow(leftBehind))).toEqual(["terraform.tfstate"]);
    expect(Object.keys(files).filter((path) => path.includes("shop-gone"))).toEqual([]);
  });

  test("writes for each root what Terraform reads, and what operations read", () => {
    expect(roots.length).toBeGreaterThan(1);
    const paths = roots.flatMap((root) => [`inventory/${root}.json`, `stacks/${root}/cdk.tf.json`]);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["manifest.json", ...paths]));
  });

  test("writes the same bytes in another folder, another time zone and another language", () => {
    const copy = projectCopy();
    expect(synth([], { cwd: copy, env: { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8" } })).toMatchObject({ status: 0 });
    expect(filesBelow(join(copy, "cdktf.out"))).toEqual(files);
  });

  test("takes one root when one is named", () => {
    const outdir = scratchFolder();
    const root = roots.at(-1) ?? "";
    expect(synth([root], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
    const others = roots.slice(0, -1).flatMap((other) => [`inventory/${other}.json`, `stacks/${other}/`]);
    const own = Object.entries(files).filter(([path]) => path !== "manifest.json" && !others.some((other) => path.startsWith(other)));
    const { "manifest.json": _manifest, ...written } = filesBelow(outdir);
    expect(written).toEqual(Object.fromEntries(own));
  });

  test("names no folder of the machine that it ran on", () => {
    const texts = Object.values(files).join("\n");
    expect(texts).not.toContain(projectRoot);
    expect(texts).not.toContain(ours);
  });
});

describe("the command", () => {
  const refused = (words: readonly string[], env: Record<string, string> = {}): Run =>
    synth(words, { env: { CDKTF_OUTDIR: scratchFolder(), ...env } });

  test.each(["--help", "-h"])("prints what it takes, and synthesizes nothing, with %s", (flag) => {
    const outdir = scratchFolder();
    const { status, stdout, stderr } = synth([flag], { env: { CDKTF_OUTDIR: outdir } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: npm run synth .*ROOT/);
    for (const word of ["--debug", "BACKEND", "CDKTF_OUTDIR"]) expect(stdout).toContain(word);
    expect(filesBelow(outdir)).toEqual({});
  });

  test.each([
    [["--all"], "--all"],
    [["zelly-staging", "--debgu"], "--debgu"],
    [["-v"], "-v"],
    [["--debug=yes"], "--debug=yes"],
  ])("answers the unknown option in %j with one sentence and status 2", (words, flag) => {
    expect(refused(words)).toEqual(
      expect.objectContaining({
        status: 2,
        stdout: "",
        stderr: `synth has no option "${flag}"; it has --debug and --help, and takes names of roots\n`,
      }),
    );
  });

  test("answers an unknown root with the known ones, in one line and with status 2", () => {
    const { status, stderr } = refused(["shop"]);
    expect(status).toBe(2);
    const [, known = ""] = /^no root is called "shop"; the roots are (.*)\n$/.exec(stderr) ?? [];
    expect(known.split(", ").sort()).toEqual(roots);
  });

  test("answers an unknown backend with the known ones, in one line and with status 2", () => {
    expect(refused([], { BACKEND: "gcs" })).toMatchObject({ status: 2, stderr: 'BACKEND must be one of s3, cloud, local, got "gcs"\n' });
  });

  test("shows a stack trace when asked to, and ends as it would without", () => {
    const { status, stderr } = refused(["shop", "--debug"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^UnknownChoice: no root is called "shop".*\n\s+at .*synthesize/);
  });
});
