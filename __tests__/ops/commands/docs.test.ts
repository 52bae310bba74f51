import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  writeFileSync(join(project, "docs", "endpoints.md"), "Which way out?\n\n<!-- prices: begin -->\n<!-- prices: end -->\n");
});

async function docs(...words: readonly string[]): Promise<FakeContext> {
  const context = fakeContext({ projectRoot: project });
  await runOps(["docs", ...words], context, [registerDocs]);
  return context;
}

describe("ops docs", () => {
  test("writes the pages with --write, notes included, and agrees with itself from then on", async () => {
    const written = ["docs/architecture.md is written", "docs/endpoints.md is written"];
    expect(await docs("--write")).toMatchObject({ exitCode: 0, printed: written, errors: [] });
    expect(readFileSync(join(project, "docs", "endpoints.md"), "utf8")).toMatch(/^Which way out\?\n[\s\S]*\| `natGatewayHour` \| \$/);
    const page = readFileSync(join(project, "docs", "architecture.md"), "utf8");
    expect(page).toContain("It sells things.");
    expect(page).toContain("`Door`");
    const fresh = ["docs/architecture.md is up to date", "docs/endpoints.md is up to date"];
    expect(await docs()).toMatchObject({ exitCode: 0, printed: fresh, errors: [] });
  });

  test("turns links of the notes, which stand one folder deeper, into links of the page", async () => {
    writeFileSync(join(project, "docs", "systems", "shop.md"), "See [why](../adr/0001-why.md) and [AWS](https://aws.example/../x).\n");
    await docs("--write");
    const page = readFileSync(join(project, "docs", "architecture.md"), "utf8");
    expect(page).toContain("See [why](adr/0001-why.md) and [AWS](https://aws.example/../x).");
  });

  const ARCHITECTURE = "docs/architecture.md is not what the roots state now";
  const ENDPOINTS = "docs/endpoints.md is not what ops/prices/prices.json gives now";
  const outdate = (file: string): void => {
    const path = join(project, "docs", file);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("|", "/"));
  };

  test.each([
    ["docs/architecture.md is out of date", () => outdate("architecture.md"), ARCHITECTURE],
    ["docs/architecture.md does not exist", () => rmSync(join(project, "docs", "architecture.md")), ARCHITECTURE],
    ["docs/endpoints.md is out of date", () => outdate("endpoints.md"), ENDPOINTS],
    ["both are out of date", () => ["architecture.md", "endpoints.md"].forEach(outdate), `${ARCHITECTURE}, and ${ENDPOINTS}`],
  ])("ends with 1 and a sentence when %s, and leaves it so", async (_what, spoil, faults) => {
    await docs("--write");
    spoil();
    const sentence = `${faults}; run \`npm run ops -- docs --write\` and read the difference`;
    expect(await docs()).toMatchObject({ exitCode: 1, printed: [], errors: [sentence] });
    expect(await docs()).toMatchObject({ exitCode: 1 });
  });

  test.each(["--write", ""])("writes nothing, and ends with 1 and a sentence, when docs/endpoints.md does not exist (%s)", async (word) => {
    rmSync(join(project, "docs", "endpoints.md"));
    const sentence = "docs/endpoints.md does not exist, and most of it is written by people; bring it back from git";
    expect(await docs(...(word === "" ? [] : [word]))).toMatchObject({ exitCode: 1, printed: [], errors: [sentence] });
    expect(existsSync(join(project, "docs", "architecture.md"))).toBe(false);
  });

  test("ends with 1 and a sentence when there is no folder for what people say", async () => {
    rmSync(join(project, "docs", "systems"), { recursive: true });
    const sentence = "docs/systems does not exist; make it, with what only a person can say of a system in a page of its name";
    expect(await docs("--write")).toMatchObject({ exitCode: 1, printed: [], errors: [sentence] });
  });
});
