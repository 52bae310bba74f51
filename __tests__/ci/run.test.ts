import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot, type Run, run, scratchFolder } from "../support/project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

interface Results {
  /** What jest reports, and how `make test` ends. */
  readonly jest?: object;
  readonly testStatus?: number;
  /** What the rehearsal prints, and how `make rehearse` ends. */
  readonly rehearsal?: object | string;
  readonly rehearseStatus?: number;
}

const passedTests = { numPassedTests: 40, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
const step = (passed: boolean): object => ({ step: "init", passed });
const passedRehearsal = { roots: [{ root: "a", passed: true, steps: [step(true), step(true)] }] };

/** Runs .ci/run with a make that ends as it is told to. */
function ci({ jest, testStatus = 0, rehearsal, rehearseStatus = 0 }: Results): Run {
  const folder = scratchFolder();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  cpSync(join(projectRoot, ".ci"), join(folder, ".ci"), { recursive: true });
  const written = typeof rehearsal === "string" ? rehearsal : JSON.stringify(rehearsal);
  const make = `#!/bin/sh
if [ "$1" = test ]; then
  echo "the tests, with REQUIRE_TEST_TOOLS=$REQUIRE_TEST_TOOLS"
  ${jest === undefined ? ":" : `echo '${JSON.stringify(jest)}' > "\${2#*--outputFile=}"`}
  exit ${testStatus}
fi
echo "the rehearsal" >&2
${written === undefined ? ":" : `echo '${written}'`}
exit ${rehearseStatus}
`;
  writeFileSync(join(bin, "make"), make);
  chmodSync(join(bin, "make"), 0o755);
  return run(join(folder, ".ci", "run"), [], { cwd: "/", env: { PATH: `${bin}${delimiter}${process.env.PATH}` } });
}

const lastLine = ({ stdout }: Run): string | undefined => stdout.trimEnd().split("\n").at(-1);

describe(".ci/run", () => {
  test("counts every test, root and step, shows what it runs, and requires every tool", () => {
    const result = ci({ jest: passedTests, rehearsal: passedRehearsal });
    expect(lastLine(result)).toBe("43 passed, 0 failed");
    expect(result.stdout).toContain("the tests, with REQUIRE_TEST_TOOLS=1");
    expect(result).toMatchObject({ status: 0, stderr: "the rehearsal\n" });
  });

  test.each<[string, Results, string]>([
    ["a test fails", { jest: { ...passedTests, numFailedTests: 2 }, testStatus: 2, rehearsal: passedRehearsal }, "43 passed, 2 failed"],
    [
      "a test file does not load",
      { jest: { ...passedTests, numRuntimeErrorTestSuites: 1 }, testStatus: 2, rehearsal: passedRehearsal },
      "43 passed, 1 failed",
    ],
    ["the type check fails, so that jest never runs", { testStatus: 2, rehearsal: passedRehearsal }, "3 passed, 1 failed"],
    ["all tests pass and the command fails", { jest: passedTests, testStatus: 2, rehearsal: passedRehearsal }, "43 passed, 1 failed"],
    [
      "a root fails at a step",
      { jest: passedTests, rehearsal: { roots: [{ root: "a", passed: false, steps: [step(true), step(false)] }] }, rehearseStatus: 1 },
      "41 passed, 2 failed",
    ],
    ["the rehearsal breaks down", { jest: passedTests, rehearseStatus: 1 }, "40 passed, 1 failed"],
    ["the rehearsal prints no report", { jest: passedTests, rehearsal: "Killed" }, "40 passed, 1 failed"],
  ])("ends with 1 and still counts when %s", (_what, results, line) => {
    const result = ci(results);
    expect(lastLine(result)).toBe(line);
    expect(result.status).toBe(1);
  });
});
