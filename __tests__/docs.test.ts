import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { anchors, pagesBelow } from "./support/markdown";
import { projectRoot, run } from "./support/project";

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
