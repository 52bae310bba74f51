import { run } from "./support/project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

test("every resource that holds state is where addresses.lock.json says", () => {
  expect(run(process.execPath, ["scripts/ops.mjs", "addresses"])).toMatchObject({ status: 0, stderr: "" });
});
