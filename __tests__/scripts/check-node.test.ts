import { join } from "node:path";
import { projectRoot, type Run, run } from "../support/project";

const checkNode = join(projectRoot, "scripts", "check-node.cjs");

/** Runs the check as if this were another Node. */
function checkAs(version: string): Run {
  const program = `Object.defineProperty(process.versions, "node", { value: ${JSON.stringify(version)} }); require(${JSON.stringify(checkNode)});`;
  return run(process.execPath, ["-e", program]);
}

describe("the check of Node", () => {
  test.each(["20.19.0", "20.20.2", "21.0.0", "22.99.0"])("passes %s", (version) => {
    expect(checkAs(version)).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test.each(["0.10.48", "18.20.8", "20.18.3", "23.0.0", "24.1.0"])("refuses %s with a sentence", (version) => {
    expect(checkAs(version)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `Node ${version} cannot run this project; install one in the range >=20.19 <23 (22, for example)\n`,
    });
  });

  test("has the range that package.json has, which npm holds installations to", () => {
    const { engines } = require("../../package.json") as { engines: { node: string } };
    expect(engines.node).toBe(">=20.19 <23");
  });
});
