import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InventoryDocument } from "../constructs/base/inventory-facts";
import { compareLock, differenceLine, readLock } from "../ops/addresses/address-lock";
import { readInventory, type SynthesizedRoot, synthesizeInto } from "../ops/cli/synthesis";
import { renderArchitecture } from "../ops/docs/docs";
import { fakeContext } from "./ops/support/fake-context";
import { anchors } from "./support/markdown";
import { projectRoot, scratchFolder } from "./support/project";

// A whole process runs here, on machines of any speed.
jest.setTimeout(120_000);

let roots: readonly SynthesizedRoot[];
let inventories: readonly InventoryDocument[];

// Once for all: what operators' commands do with a synthesis is tested with theirs.
beforeAll(async () => {
  const outdir = scratchFolder();
  roots = await synthesizeInto(outdir, fakeContext());
  inventories = roots.map(({ id }) => readInventory(outdir, id));
});

test("every root has an inventory of its name, and local state where operations synthesize", () => {
  expect(roots.length).toBeGreaterThan(1);
  expect(inventories.map(({ root }) => root)).toEqual(roots.map(({ id }) => id));
  for (const { config } of roots) expect(config.terraform).toMatchObject({ backend: { local: expect.anything() } });
});

test("every resource that holds state is where addresses.lock.json says", () => {
  const lock = readLock(join(projectRoot, "addresses.lock.json"));
  expect(compareLock(lock ?? {}, roots).map(differenceLine)).toEqual([]);
});

test("docs/architecture.md is what the roots state; npm run ops -- docs --write makes it so", () => {
  expect(readFileSync(join(projectRoot, "docs", "architecture.md"), "utf8")).toBe(renderArchitecture(projectRoot, inventories));
});

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
