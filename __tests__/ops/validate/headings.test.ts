import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HEADINGS } from "../../../ops/validate/headings";
import { projectRoot } from "../../support/project";

const page = readFileSync(join(projectRoot, "docs", "runbooks", "validate.md"), "utf8");

describe("docs/runbooks/validate.md", () => {
  test("has a heading for each check, and no other", () => {
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect([...headings].sort()).toEqual([...HEADINGS].sort());
    expect(new Set(headings).size).toBe(headings.length);
  });

  test("says something under each heading", () => {
    const sections = page.split(/^### /m).slice(1);
    for (const section of sections) expect(section.split("\n").slice(1).join("").trim()).toMatch(/\w.*\w/);
  });

  test("is named by checks only: each heading stands in a check's source", () => {
    const folder = join(projectRoot, "ops", "validate", "checks");
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    expect(HEADINGS.filter((heading) => !sources.some((source) => source.includes(`"${heading}"`)))).toEqual([]);
  });

  test("leads from every entry of AllThrive's own troubleshooting page to checks", () => {
    const table = page.slice(page.indexOf("## By symptom"), page.indexOf("## Databases"));
    const rows = [...table.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].slice(1);
    const symptoms = rows.map(([, symptom = ""]) => symptom);
    expect(symptoms).toEqual([
      "tasks do not start",
      "no connection to the database",
      "websockets break off, or never open",
      "vector search fails",
      "pages or assets answer 403",
    ]);
    for (const [, , links = ""] of rows) expect([...links.matchAll(/\(#([a-z-]+)\)/g)].map(([, heading]) => heading)).not.toEqual([]);
  });
});
