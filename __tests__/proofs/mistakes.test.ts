import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/project";
import { IN_CONFIG } from "./mistakes/in-config";
import { IN_CONFIGURATION } from "./mistakes/in-configuration";
import { IN_CONSTRUCTS } from "./mistakes/in-constructs";
import { IN_RUNS } from "./mistakes/in-runs";
import { IN_SOURCES } from "./mistakes/in-sources";
import { IN_TERRAFORM, IN_VARIABLES } from "./mistakes/in-terraform";
import { NO_CODE_MISTAKE, NO_CONFIG_MISTAKE, NO_RUN_MISTAKE, NO_SOURCE_MISTAKE, NO_VARIABLE_MISTAKE } from "./mistakes/none";
import { judgeCode } from "./support/judge-code";
import { judgeConfig } from "./support/judge-config";
import { judgeRuns, judgeVariables } from "./support/judge-runs";
import { judgeSources } from "./support/judge-sources";
import type { Mistake, Verdict } from "./support/mistake";
import { mistakesPage } from "./support/mistakes-page";

// The real Terraform, the compiler and the linter run here, on machines of any speed.
jest.setTimeout(120_000);

const CODE = [...IN_CONSTRUCTS, ...IN_CONFIGURATION, ...IN_TERRAFORM];
const ALL: readonly Mistake[] = [...IN_SOURCES, ...IN_CONFIG, ...CODE, ...IN_VARIABLES, ...IN_RUNS];
const NONE = [...NO_SOURCE_MISTAKE, ...NO_CONFIG_MISTAKE, ...NO_CODE_MISTAKE, ...NO_VARIABLE_MISTAKE, ...NO_RUN_MISTAKE];

const verdicts = new Map<string, Verdict>();

beforeAll(async () => {
  const judged = [
    judgeSources([...IN_SOURCES, ...NO_SOURCE_MISTAKE]),
    judgeConfig([...IN_CONFIG, ...NO_CONFIG_MISTAKE]),
    await judgeCode([...CODE, ...NO_CODE_MISTAKE]),
    await judgeVariables(IN_VARIABLES),
    await judgeVariables(NO_VARIABLE_MISTAKE),
    await judgeRuns([...IN_RUNS, ...NO_RUN_MISTAKE]),
  ];
  for (const verdict of judged.flat()) verdicts.set(verdict.mistake, verdict);
});

test("there are more than seventy, each of another name", () => {
  expect(ALL.length).toBeGreaterThan(70);
  expect(new Set([...ALL, ...NONE].map(({ mistake }) => mistake)).size).toBe(ALL.length + NONE.length);
});

test.each(ALL.map(({ mistake, caughtBy, says }) => [mistake, caughtBy, says] as const))("%s: %s", (mistake, caughtBy, says) => {
  expect(verdicts.get(mistake)).toEqual({ mistake, caughtBy, said: expect.stringContaining(says) });
});

test.each(NONE.map(({ mistake }) => mistake))("%s: passes every check", (mistake) => {
  expect(verdicts.get(mistake)).toEqual({ mistake, said: "" });
});

test("docs/mistakes.md is this list", () => {
  const file = join(projectRoot, "docs", "mistakes.md");
  if (process.env.WRITE_DOCS === "1") writeFileSync(file, mistakesPage(ALL));
  expect(readFileSync(file, "utf8")).toBe(mistakesPage(ALL));
});
