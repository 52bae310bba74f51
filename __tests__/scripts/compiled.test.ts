import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot, run } from "../support/project";

const LOADER = join(projectRoot, "scripts", "compiled.cjs");
const bundle = (answer: string): string =>
  `(function (exports, require, module, __filename, __dirname) { module.exports = () => [${JSON.stringify(answer)}, require("node:path").basename(__filename)].join(" "); })`;

describe("a bundle with its compiled form", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "compiled-"));
    file = join(folder, "packages.cjs");
    writeFileSync(file, bundle("first"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (...flags: string[]): string =>
    run(process.execPath, [...flags, "-e", `process.stdout.write(require(${JSON.stringify(LOADER)})(${JSON.stringify(file)})())`]).stdout;
  const compiled = (): string[] => readdirSync(folder).filter((name) => name.endsWith(".compiled"));

  test("says the same from its source and from the compiled form, which is made once", () => {
    expect(load()).toBe("first packages.cjs");
    const [made] = compiled();
    const past = new Date(0);
    utimesSync(join(folder, made ?? ""), past, past);
    expect(load()).toBe("first packages.cjs");
    expect(compiled()).toEqual([made]);
    expect(statSync(join(folder, made ?? "")).mtime).toEqual(past);
  });

  test.each([
    ["the source has changed", () => writeFileSync(file, bundle("other")), "other packages.cjs"],
    ["the compiled form is damaged", () => writeFileSync(join(folder, compiled()[0] ?? ""), "damaged"), "first packages.cjs"],
    ["the compiled form is empty", () => writeFileSync(join(folder, compiled()[0] ?? ""), ""), "first packages.cjs"],
  ])("goes by the source when %s, and is compiled anew", (_when, spoil, said) => {
    load();
    spoil();
    const before = statSync(join(folder, compiled()[0] ?? "")).size;
    expect(load()).toBe(said);
    expect(compiled()).toHaveLength(1);
    if (before < 10) expect(statSync(join(folder, compiled()[0] ?? "")).size).toBeGreaterThan(before);
    expect(load()).toBe(said);
  });

  test("has a form for each way of starting Node, so that two ways do not overwrite each other's", () => {
    load();
    load("--stack-size=1000");
    expect(compiled()).toHaveLength(2);
  });
});
