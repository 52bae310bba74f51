import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, projectCopy, projectRoot, run, scratchFolder, synth } from "./support/project";

const ours = scratchFolder();

beforeAll(() => {
  expect(synth([], { env: { CDKTF_OUTDIR: ours } })).toMatchObject({ status: 0, stderr: "" });
});

describe("synthesis", () => {
  test("writes the same bytes in another folder, another time zone and another language", () => {
    const copy = projectCopy();
    const outdir = join(copy, "cdktf.out");
    expect(synth([], { cwd: copy, env: { TZ: "Asia/Kolkata", LANG: "de_DE.UTF-8" } })).toMatchObject({ status: 0 });
    expect(filesBelow(outdir)).toEqual(filesBelow(ours));
  });

  test("writes the same files as cdktf-cli's own synth", () => {
    const copy = projectCopy();
    const outdir = join(copy, "cdktf.out");
    const cli = run(process.execPath, [join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf"), "synth"], {
      cwd: copy,
      env: { CHECKPOINT_DISABLE: "1", CI: "1" },
    });
    expect(cli).toMatchObject({ status: 0 });
    expect(filesBelow(outdir)).toEqual(filesBelow(ours));
  });

  test("writes the same JSON on cdktn, but for the engine's version", () => {
    const outdir = scratchFolder();
    const build = 'import { buildMain } from "./scripts/build.mjs"; process.stdout.write(buildMain({ engine: "cdktn" }));';
    const { stdout: program } = run(process.execPath, ["--input-type=module", "-e", build]);
    expect(run(process.execPath, [program], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
    const stacks = (files: Record<string, string>): Record<string, unknown> => {
      const json = Object.entries(files).filter(([path]) => path.endsWith("cdk.tf.json") || path.startsWith("inventory"));
      return Object.fromEntries(
        json.map(([path, text]) => [
          path,
          JSON.parse(text, (key, value) => (key === "version" && /^0\.2\d\.0$/.test(value) ? "engine" : value)),
        ]),
      );
    };
    expect(Object.keys(stacks(filesBelow(ours))).length).toBeGreaterThan(0);
    expect(stacks(filesBelow(outdir))).toEqual(stacks(filesBelow(ours)));
  });

  test("takes one root when one is named", () => {
    const outdir = scratchFolder();
    expect(synth(["zelly-staging"], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
    expect(Object.keys(filesBelow(outdir))).toEqual(["inventory/zelly-staging.json", "manifest.json", "stacks/zelly-staging/cdk.tf.json"]);
  });

  test("removes what a root left that exists no more, and leaves state alone", () => {
    const outdir = scratchFolder();
    mkdirSync(join(outdir, "stacks", "zelly-gone"), { recursive: true });
    writeFileSync(join(outdir, "stacks", "zelly-gone", "cdk.tf.json"), "{}");
    writeFileSync(join(outdir, "stacks", "zelly-gone", "terraform.tfstate"), "{}");
    expect(synth([], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
    expect(Object.keys(filesBelow(outdir)).filter((path) => path.includes("zelly-gone"))).toEqual(["stacks/zelly-gone/terraform.tfstate"]);
  });

  test("answers an unknown root with the known ones, in one line", () => {
    const { status, stderr } = synth(["zelly-prod"], { env: { CDKTF_OUTDIR: scratchFolder() } });
    expect(status).toBe(1);
    expect(stderr).toBe('no root is called "zelly-prod"; the roots are zelly-production, zelly-staging\n');
  });

  test("answers an unknown backend with the known ones, in one line", () => {
    const { status, stderr } = synth([], { env: { CDKTF_OUTDIR: scratchFolder(), BACKEND: "gcs" } });
    expect(status).toBe(1);
    expect(stderr).toBe('BACKEND must be one of s3, cloud, local, got "gcs"\n');
  });

  test("shows a stack trace only when asked to", () => {
    const quiet = synth(["nowhere"], { env: { CDKTF_OUTDIR: scratchFolder() } });
    const loud = synth(["nowhere", "--debug"], { env: { CDKTF_OUTDIR: scratchFolder() } });
    expect(quiet.stderr).not.toMatch(/^\s+at /m);
    expect(loud.stderr).toMatch(/^\s+at .*synthesize/m);
  });

  test("names no folder of the machine that it ran on", () => {
    const texts = Object.values(filesBelow(ours)).join("\n");
    expect(texts).not.toContain(projectRoot);
    expect(texts).not.toContain(ours);
  });
});
