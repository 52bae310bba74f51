import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { projectRoot, run } from "../support/project";

const checkNode = join(projectRoot, "scripts", "check-node.cjs");
const manifest: { engines: { node: string } } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));

/** Runs the check as if this were another Node: the status that it ends with, and what it says. */
function checkAs(version: string): { readonly status: number; readonly said: string } {
  const outcome = { status: 0, said: "" };
  const process = {
    versions: { node: version },
    stderr: { write: (text: string) => Object.assign(outcome, { said: outcome.said + text }) },
    exit: (status: number) => Object.assign(outcome, { status }),
  };
  const require = (path: string): unknown => {
    if (path !== "../package.json") throw new Error(`the check must not need ${path}`);
    return manifest;
  };
  runInNewContext(readFileSync(checkNode, "utf8"), { process, require });
  return outcome;
}

describe("the check of Node", () => {
  test.each(["20.19.0", "20.20.2", "21.0.0", "22.99.0"])("passes %s", (version) => {
    expect(checkAs(version)).toEqual({ status: 0, said: "" });
  });

  test.each(["0.10.48", "18.20.8", "20.18.3", "23.0.0", "24.1.0"])("refuses %s with a sentence", (version) => {
    expect(checkAs(version)).toEqual({
      status: 1,
      said: `Node ${version} cannot run this project; install one in the range >=20.19 <23 (22, for example)\n`,
    });
  });

  test("passes the Node that runs these tests, as a program", () => {
    expect(run(process.execPath, [checkNode])).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test("has the range that package.json has, which npm holds installations to", () => {
    expect(manifest.engines.node).toBe(">=20.19 <23");
  });
});
