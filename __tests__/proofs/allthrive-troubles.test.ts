import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { HEADINGS } from "../../ops/validate/headings";
import { faultsOf } from "../config/allthrive-values";
import { frontEndFaults } from "../stacks/allthrive-front-end";
import { reachFaults } from "../stacks/allthrive-reach";
import { PRODUCTION, synthesizeAllThrive } from "../stacks/allthrive-roots";
import { projectRoot } from "../support/project";
import type { Synthesized } from "../support/synthesized";
import { errorsIn } from "./support/diagnostics";
import { RehearsedRoot } from "./support/rehearsed-root";
import { type CodeTrouble, type ConfigurationTrouble, troublesPage } from "./support/trouble";
import { ALLTHRIVE_TROUBLES } from "./troubles/allthrive";

// The real Terraform runs here, on machines of any speed.
jest.setTimeout(180_000);

const ALL = ALLTHRIVE_TROUBLES.flatMap(({ entry, troubles }) => troubles.map((trouble) => ({ entry, trouble })));
const TOLD = ALL.flatMap(({ entry, trouble }) => (trouble.toldBy === "nothing" ? [] : [{ entry, trouble }]));

let terraform: RehearsedRoot;

beforeAll(async () => {
  const healthy = PRODUCTION().json as TerraformJson;
  terraform = await RehearsedRoot.start([healthy]);
  terraform.write(healthy);
  await terraform.must("init", "-no-color");
});

afterAll(() => terraform.close());

/** What the named check says of the trouble. */
async function toldOf(trouble: ConfigurationTrouble | CodeTrouble): Promise<readonly string[]> {
  if (trouble.toldBy === "configuration") return faultsOf(trouble.changes);
  if (trouble.toldBy === "construct") return [messageOf(() => synthesizeAllThrive("production", undefined, trouble.code))];
  return saidBy[trouble.toldBy](synthesizeAllThrive("production", undefined, trouble.code));
}

const saidBy: Record<"reach" | "frontEnd" | "terraform", (root: Synthesized) => readonly string[] | Promise<readonly string[]>> = {
  reach: (root) => reachFaults(root),
  frontEnd: (root) => frontEndFaults(root),
  terraform: async ({ json }) => {
    terraform.write(json as TerraformJson);
    return errorsIn((await terraform.run("validate", "-json")).stdout).map(({ said }) => said);
  },
};

function messageOf(synthesize: () => unknown): string {
  try {
    synthesize();
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
  throw new Error("it was synthesized");
}

test("the list has every entry of the owners' troubleshooting, and each can be broken in more ways than one", () => {
  expect(ALLTHRIVE_TROUBLES.map(({ entry }) => entry)).toEqual([
    "Tasks failing to start",
    "Database connection",
    "Websockets",
    "Weaviate",
    "Static assets",
  ]);
  for (const { troubles } of ALLTHRIVE_TROUBLES) expect(troubles.length).toBeGreaterThan(2);
});

test("an unbroken AllThrive has none of them", async () => {
  expect(faultsOf({})).toEqual([]);
  for (const said of Object.values(saidBy)) expect(await said(PRODUCTION())).toEqual([]);
});

test.each(TOLD.map(({ entry, trouble }) => [entry, trouble.broken, trouble.toldBy, trouble] as const))(
  "%s, because %s: told by %s",
  async (_entry, _broken, _toldBy, trouble) => {
    expect([...new Set(await toldOf(trouble))]).toEqual([expect.stringContaining(trouble.says)]);
  },
);

test("each of them is told in the running system by a check of ops validate", () => {
  const checks = ALL.flatMap(({ trouble }) => trouble.live);
  expect(checks.filter((check) => !HEADINGS.includes(check))).toEqual([]);
  for (const { trouble } of ALL) expect(trouble.live).not.toEqual([]);
});

test("docs/troubleshooting-allthrive.md is this list", () => {
  const file = join(projectRoot, "docs", "troubleshooting-allthrive.md");
  const page = troublesPage(ALLTHRIVE_TROUBLES);
  if (process.env.WRITE_DOCS === "1") writeFileSync(file, page);
  expect(readFileSync(file, "utf8")).toBe(page);
});
