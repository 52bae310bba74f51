import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Interrupted } from "../../../ops/cli/context";
import { selectRoots, synthesizeInto } from "../../../ops/cli/synthesis";
import { filesBelow, scratchFolder } from "../../support/project";
import { fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";

// Whole processes run here, on machines of any speed.
jest.setTimeout(120_000);

const LOCAL = { backend: { local: expect.anything() } };
const roots = [{ id: "shop-production" }, { id: "shop-staging" }];

describe("synthesis for an operator's command", () => {
  test("gives every root with local state, by name, or the roots that are named", async () => {
    const projectRoot = fixtureProject({ shop: {}, bank: {} });
    const context = fakeContext({ projectRoot });
    const outdir = scratchFolder();
    const synthesized = await synthesizeInto(outdir, context);
    expect(synthesized).toEqual(
      ["bank", "shop"].map((id) => ({ id, folder: join(outdir, "stacks", id), config: expect.objectContaining({ terraform: LOCAL }) })),
    );
    expect((await synthesizeInto(scratchFolder(), context, ["shop"])).map(({ id }) => id)).toEqual(["shop"]);
  });

  test("ends with 2 for a root that does not exist", async () => {
    const projectRoot = fixtureProject({ shop: {} });
    await expect(synthesizeInto(scratchFolder(), fakeContext({ projectRoot }), ["bank"])).rejects.toMatchObject({
      name: "OperatorError",
      exitCode: 2,
      message: 'no root is called "bank"; the roots are shop',
    });
  });

  test("leaves the operator's own output as it is", async () => {
    const projectRoot = fixtureProject({ shop: {} });
    mkdirSync(join(projectRoot, "cdktf.out"));
    writeFileSync(join(projectRoot, "cdktf.out", "manifest.json"), "mine");
    const before = filesBelow(projectRoot);
    await synthesizeInto(scratchFolder(), fakeContext({ projectRoot }));
    expect(filesBelow(projectRoot)).toEqual(before);
  });

  test("passes on what synthesis says of a fault, and nothing else", async () => {
    const projectRoot = fixtureProject({});
    writeFileSync(
      join(projectRoot, "scripts", "synth.mjs"),
      'process.stderr.write("zelly.staging: must be right, got wrong\\n"); process.exitCode = 1;',
    );
    await expect(synthesizeInto(scratchFolder(), fakeContext({ projectRoot }))).rejects.toMatchObject({
      name: "OperatorError",
      exitCode: 1,
      message: "zelly.staging: must be right, got wrong",
    });
  });

  test("stops when it is interrupted", async () => {
    const projectRoot = fixtureProject({});
    writeFileSync(join(projectRoot, "scripts", "synth.mjs"), "setTimeout(() => {}, 600_000);");
    const interruption = new AbortController();
    const synthesis = synthesizeInto(scratchFolder(), fakeContext({ projectRoot, signal: interruption.signal }));
    interruption.abort(new Interrupted("SIGINT"));
    await expect(synthesis).rejects.toBe(interruption.signal.reason);
  });
});

describe("the choice of roots", () => {
  test.each([
    ["all, when none is named", [], undefined, ["shop-production", "shop-staging"]],
    ["those named as words", ["shop-staging"], undefined, ["shop-staging"]],
    ["those in ROOT", [], "shop-staging", ["shop-staging"]],
    ["several in ROOT, by commas or spaces", [], "shop-staging, shop-production", ["shop-production", "shop-staging"]],
    ["words before ROOT", ["shop-production"], "shop-staging", ["shop-production"]],
  ])("is %s", (_rule, words, ROOT, ids) => {
    expect(selectRoots(roots, words, fakeContext({ env: { ROOT } })).map(({ id }) => id)).toEqual(ids);
  });

  test("refuses a root that does not exist, and names those that do", () => {
    expect(() => selectRoots(roots, ["shop-dev", "shop-staging", "shop"], fakeContext())).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: 'no root is called "shop-dev" or "shop"; the roots are shop-production, shop-staging',
      }),
    );
  });
});
