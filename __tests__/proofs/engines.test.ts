import { join } from "node:path";
import { filesBelow, projectCopy, run, scratchFolder, synth } from "../support/project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

const ours = scratchFolder();

beforeAll(() => {
  expect(synth([], { env: { CDKTF_OUTDIR: ours } })).toMatchObject({ status: 0, stderr: "" });
});

test("cdktf-cli's own synth writes the same files, to the byte", () => {
  const copy = projectCopy();
  const cli = join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
  expect(run(process.execPath, [cli, "synth"], { cwd: copy, env: { CHECKPOINT_DISABLE: "1", CI: "1" } })).toMatchObject({ status: 0 });
  expect(filesBelow(join(copy, "cdktf.out"))).toEqual(filesBelow(ours));
});

test("cdktn in the place of cdktf writes the same JSON, but for the engine's version", () => {
  const outdir = scratchFolder();
  const build = 'import { buildMain } from "./scripts/build.mjs"; process.stdout.write(await buildMain({ engine: "cdktn" }));';
  const { stdout: program } = run(process.execPath, ["--input-type=module", "-e", build]);
  expect(run(process.execPath, [program], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
  const documents = (folder: string): Record<string, unknown> => {
    const json = Object.entries(filesBelow(folder)).filter(([path]) => path.endsWith("cdk.tf.json") || path.startsWith("inventory"));
    const neutral = (key: string, value: unknown) => (key === "version" && /^0\.2\d\.0$/.test(String(value)) ? "engine" : value);
    return Object.fromEntries(json.map(([path, text]) => [path, JSON.parse(text, neutral)]));
  };
  expect(Object.keys(documents(ours)).length).toBeGreaterThan(0);
  expect(documents(outdir)).toEqual(documents(ours));
});
