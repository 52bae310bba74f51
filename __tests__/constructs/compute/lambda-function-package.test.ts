import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { LambdaFunctionPackage } from "../../../constructs/compute/lambda-function-package";
import { workBesidePackages } from "../../support/packed-handlers";
import { filesBelow, scratchFolder } from "../../support/project";
import { scratchApp, TestStack } from "../../support/synthesized";

workBesidePackages({ greet: "first", leave: "other" });

/** Synthesizes a stack with one package. @returns the package, and the files beside the stack's JSON. */
function synthesize(outdir: string): { code: LambdaFunctionPackage; assets: Record<string, string> } {
  const app = new App({ outdir });
  const stack = new TestStack(app);
  const code = new LambdaFunctionPackage(stack, "Code", "greet");
  app.synth();
  const files = Object.entries(filesBelow(join(outdir, "stacks", stack.node.id)));
  return { code, assets: Object.fromEntries(files.filter(([path]) => path.startsWith("assets"))) };
}

describe("LambdaFunctionPackage", () => {
  test("puts the zip beside the stack, under the path and the hash that it states", () => {
    const { code, assets } = synthesize(scratchFolder());
    expect(assets).toEqual({ [code.path]: "first" });
    expect(code.hash).toBe(createHash("sha256").update("first").digest("base64"));
  });

  test("has another path and hash for another content, and leaves no old zip behind", () => {
    const outdir = scratchFolder();
    const { code: before } = synthesize(outdir);
    const file = join("dist", "handlers", "greet.zip");
    const kept = readFileSync(file);
    writeFileSync(file, "second");
    const { code: after, assets } = synthesize(outdir);
    writeFileSync(file, kept);
    expect(assets).toEqual({ [after.path]: "second" });
    expect([after.path, after.hash]).not.toEqual([before.path, before.hash]);
  });

  test("answers an unknown handler with those that are built", () => {
    expect(() => new LambdaFunctionPackage(new TestStack(scratchApp()), "Code", "ask")).toThrow(
      'shop-test: handler must be a folder of handlers/ that is built (greet, leave), got "ask"',
    );
  });

  test("says so when none is built", () => {
    rmSync("dist", { recursive: true });
    expect(() => new LambdaFunctionPackage(new TestStack(scratchApp()), "Code", "greet")).toThrow(
      'shop-test: handler must be a folder of handlers/ that is built (none is), got "greet"',
    );
  });
});
