import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runOps } from "../../../ops/cli/run-ops";
import { registerDocs } from "../../../ops/commands/docs";
import { type FakeContext, fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";
import { inventory, vpn } from "../support/inventories";

let project: string;

beforeEach(() => {
  project = fixtureProject({ "shop-prod": {} }, "", [inventory("shop-prod", vpn("Door"))]);
  mkdirSync(join(project, "docs", "systems"), { recursive: true });
  writeFileSync(join(project, "docs", "systems", "shop.md"), "It sells things.\n");
});

async function docs(...words: readonly string[]): Promise<FakeContext> {
  const context = fakeContext({ projectRoot: project });
  await runOps(["docs", ...words], context, [registerDocs]);
  return context;
}

describe("ops docs", () => {
  test("writes the page with --write, notes included, and agrees with itself from then on", async () => {
    expect(await docs("--write")).toMatchObject({ exitCode: 0, printed: ["docs/architecture.md is written"], errors: [] });
    const page = readFileSync(join(project, "docs", "architecture.md"), "utf8");
    expect(page).toContain("It sells things.");
    expect(page).toContain("`Door`");
    expect(await docs()).toMatchObject({ exitCode: 0, printed: ["docs/architecture.md is up to date"], errors: [] });
  });

  test("turns links of the notes, which stand one folder deeper, into links of the page", async () => {
    writeFileSync(join(project, "docs", "systems", "shop.md"), "See [why](../adr/0001-why.md) and [AWS](https://aws.example/../x).\n");
    await docs("--write");
    const page = readFileSync(join(project, "docs", "architecture.md"), "utf8");
    expect(page).toContain("See [why](adr/0001-why.md) and [AWS](https://aws.example/../x).");
  });

  test.each([
    ["is out of date", (page: string) => writeFileSync(page, "old\n")],
    ["does not exist", (page: string) => rmSync(page, { force: true })],
  ])("ends with 1 and a sentence when the page %s, and leaves it so", async (_what, spoil) => {
    spoil(join(project, "docs", "architecture.md"));
    const sentence = "docs/architecture.md is not what the roots state now; run `npm run ops -- docs --write` and read the difference";
    expect(await docs()).toMatchObject({ exitCode: 1, printed: [], errors: [sentence] });
    expect(await docs()).toMatchObject({ exitCode: 1 });
  });

  test("ends with 1 and a sentence when there is no folder for what people say", async () => {
    rmSync(join(project, "docs", "systems"), { recursive: true });
    const sentence = "docs/systems does not exist; make it, with what only a person can say of a system in a page of its name";
    expect(await docs("--write")).toMatchObject({ exitCode: 1, printed: [], errors: [sentence] });
  });
});
