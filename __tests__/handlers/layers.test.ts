import { join } from "node:path";
import { buildSync } from "esbuild";
import { projectRoot } from "../support/project";

/** What the files that a module imports, however far, take from outside the project. */
function packagesBehind(file: string): string[] {
  const { metafile } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: [join("handlers", file)],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    packages: "external",
    outdir: "unwritten",
  });
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
}

test.each([
  "pre-sign-up/pre-sign-up",
  "post-confirmation/post-confirmation",
  "pre-token-generation/pre-token-generation",
  "custom-message/custom-message",
])("%s decides by itself: no AWS, no network, no clock, no package", (decision) => {
  expect(packagesBehind(`${decision}.ts`)).toEqual([]);
});

test("AWS comes in through the handlers that need it", () => {
  expect(packagesBehind("post-confirmation/handler.ts")).toContain("@aws-sdk/client-dynamodb");
  expect(packagesBehind("pre-sign-up/handler.ts")).not.toContain("@aws-sdk/client-dynamodb");
});
