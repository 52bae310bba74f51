import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { InventoryDocument } from "../constructs/base/inventory-facts";
import { projectRoot, run, scratchFolder, synth } from "./support/project";

const outdir = scratchFolder();
const inventories: InventoryDocument[] = [];

beforeAll(() => {
  expect(synth([], { env: { CDKTF_OUTDIR: outdir } })).toMatchObject({ status: 0 });
  for (const file of readdirSync(join(outdir, "inventory")))
    inventories.push(JSON.parse(readFileSync(join(outdir, "inventory", file), "utf8")));
});

/** The anchors that GitHub gives a page's headings. */
function anchors(page: string): string[] {
  const headings = readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replace(/ /g, "-"),
  );
}

function pagesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file));
}

test("every alarm of every root names a runbook that exists, and a heading in it", () => {
  const runbooks = inventories.flatMap(({ facts }) => facts.flatMap((fact) => (fact.kind === "alarm" ? [fact.runbook] : [])));
  expect(runbooks.length).toBeGreaterThan(0);
  const missing = [...new Set(runbooks)].filter((runbook) => {
    const [page = "", heading = ""] = runbook.split("#");
    const path = join(projectRoot, "docs", "runbooks", page);
    return !existsSync(path) || !anchors(path).includes(heading);
  });
  expect(missing).toEqual([]);
});

test("every link between documents leads somewhere", () => {
  const broken = [join(projectRoot, "README.md"), ...pagesBelow(join(projectRoot, "docs"))].flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/\]\((?!https?:)([^)#]*)(#[^)]*)?\)/g)].flatMap(([link, path = "", heading]) => {
      const target = path === "" ? page : join(dirname(page), path);
      const found = existsSync(target) && (heading === undefined || anchors(target).includes(heading.slice(1)));
      return found ? [] : [`${page}: ${link}`];
    }),
  );
  expect(broken).toEqual([]);
});

test("docs/architecture.md is what the roots state", () => {
  expect(run(process.execPath, ["scripts/ops.mjs", "docs"])).toMatchObject({ status: 0, stdout: "docs/architecture.md is up to date\n" });
});

test("the README is under 80 lines, and every command in it exists", () => {
  const text = readFileSync(join(projectRoot, "README.md"), "utf8");
  expect(text.split("\n").length).toBeLessThan(80);
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const help = run(process.execPath, ["scripts/ops.mjs", "--help"]).stdout;
  const makefile = readFileSync(join(projectRoot, "Makefile"), "utf8");
  for (const [, script] of text.matchAll(/npm run ([a-z:]+)/g)) expect(Object.keys(scripts)).toContain(script);
  for (const [, verb] of text.matchAll(/npm run ops -- ([a-z][a-z-]*)/g)) expect(help).toMatch(new RegExp(`^  ${verb} `, "m"));
  for (const [, target] of text.matchAll(/^make ([a-z-]+)/gm)) expect(makefile).toMatch(new RegExp(`^${target}:`, "m"));
});

test("no document names a folder of a machine", () => {
  for (const page of pagesBelow(join(projectRoot, "docs")))
    expect(readFileSync(page, "utf8")).not.toMatch(/\/(home|root|Users|work)\/|\/tmp\//);
});
