import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "..");

interface Snippet {
  /** Where the snippet stands, as the layout's rules go by folder. */
  readonly file: string;
  readonly source: string;
  /** Name of the rule that finds it; none for a snippet that is right. */
  readonly rule?: "noRestrictedImports" | "noProcessEnv";
}

const imports = (file: string, from: string): Snippet => ({ file, source: `import { x } from "${from}";\nexport const y = x;\n` });
const forbidden = (file: string, from: string): Snippet => ({ ...imports(file, from), rule: "noRestrictedImports" });
const readsEnv = (file: string): Snippet => ({ file, source: "export const y = process.env.X;\n" });

/** What the layout forbids and what it allows, folder by folder. `…` in a file's name stands for the snippet's number. */
const SNIPPETS: readonly Snippet[] = [
  // Config holds values.
  forbidden("config/….ts", "../constructs/network/network"),
  forbidden("config/….ts", "../stacks/shop/shop-stack"),
  forbidden("config/….ts", "../handlers/rotate/rotate"),
  forbidden("config/….ts", "../ops/inventory"),
  forbidden("config/….ts", "cdktf"),
  forbidden("config/….ts", "constructs"),
  forbidden("config/….ts", "@cdktf/provider-aws/lib/vpc"),
  {
    file: "config/….ts",
    source: 'import type { X } from "../constructs/network/network";\nexport type Y = X;\n',
    rule: "noRestrictedImports",
  },
  { file: "config/….ts", source: 'export const y = await import("../stacks/shop/shop-stack");\n', rule: "noRestrictedImports" },
  { file: "config/….ts", source: 'export { x } from "../constructs/network/network";\n', rule: "noRestrictedImports" },
  imports("config/….ts", "./cidr"),
  { file: "config/….ts", source: 'import * as z from "zod";\nexport const y = z.string();\n' },

  // Constructs take props.
  forbidden("constructs/network/….ts", "../../config/shop"),
  forbidden("constructs/network/….ts", "../../stacks/shop/shop-stack"),
  forbidden("constructs/network/….ts", "../../handlers/rotate/rotate"),
  forbidden("constructs/network/….ts", "../../ops/inventory"),
  {
    file: "constructs/network/….ts",
    source: 'import type { X } from "../../config/shop";\nexport type Y = X;\n',
    rule: "noRestrictedImports",
  },
  { file: "constructs/network/….ts", source: 'export * from "../../config/shop";\n', rule: "noRestrictedImports" },
  imports("constructs/network/….ts", "../base/props-error"),
  imports("constructs/network/….ts", "constructs"),

  // Stacks put constructs together.
  forbidden("stacks/shop/….ts", "../../handlers/rotate/rotate"),
  forbidden("stacks/shop/….ts", "../../ops/inventory"),
  imports("stacks/shop/….ts", "../../constructs/network/network"),
  { file: "stacks/shop/….ts", source: 'import type { X } from "../../config/shop";\nexport type Y = X;\n' },

  // Handlers run in Lambda.
  forbidden("handlers/rotate/….ts", "../../config/shop"),
  forbidden("handlers/rotate/….ts", "../../constructs/network/network"),
  forbidden("handlers/rotate/….ts", "../../stacks/shop/shop-stack"),
  forbidden("handlers/rotate/….ts", "../../ops/inventory"),
  forbidden("handlers/rotate/….ts", "cdktf"),
  forbidden("handlers/rotate/….ts", "constructs"),
  forbidden("handlers/rotate/….ts", "@cdktf/provider-aws/lib/vpc"),
  imports("handlers/rotate/….ts", "./rotation"),

  // Ops read config and the inventory.
  forbidden("ops/….ts", "../stacks/shop/shop-stack"),
  forbidden("ops/….ts", "../handlers/rotate/rotate"),
  forbidden("ops/….ts", "../constructs/network/network"),
  forbidden("ops/….ts", "../constructs/base/physical-name"),
  forbidden("ops/rehearsal/provider/….ts", "../../../constructs/network/network"),
  imports("ops/….ts", "../config/shop"),
  imports("ops/….ts", "../constructs/base/inventory-facts"),
  imports("ops/rehearsal/provider/….ts", "../../../constructs/base/inventory-facts"),

  // A package's root loads every resource there is, and zod's named import every language.
  ...["config/….ts", "constructs/network/….ts", "stacks/shop/….ts", "handlers/rotate/….ts", "ops/….ts", "__tests__/….ts"].flatMap(
    (file) => [
      forbidden(file, "@cdktf/provider-aws"),
      forbidden(file, "@cdktf/provider-cloudflare"),
      { file, source: 'import { z } from "zod";\nexport const y = z;\n', rule: "noRestrictedImports" } as const,
      { file, source: 'import z from "zod";\nexport const y = z;\n', rule: "noRestrictedImports" } as const,
    ],
  ),
  ...["constructs/network/….ts", "stacks/shop/….ts", "__tests__/….ts"].map((file) => imports(file, "@cdktf/provider-aws/lib/vpc")),

  // The environment is read where the program starts.
  ...["config/….ts", "constructs/network/….ts", "stacks/shop/….ts"].flatMap((file) => [
    { ...readsEnv(file), rule: "noProcessEnv" } as const,
    { file, source: 'import { env } from "node:process";\nexport const y = env.X;\n', rule: "noProcessEnv" } as const,
  ]),
  ...["main.ts", "handlers/rotate/….ts", "ops/….ts", "scripts/….ts", "__tests__/….ts"].map(readsEnv),
];

const placed = SNIPPETS.map((snippet, index) => ({ ...snippet, file: snippet.file.replace("…", `snippet-${index}`) }));
const folder = mkdtempSync(join(tmpdir(), "lint-"));
/** Rules that found something, by file. */
const found = new Map<string, string[]>();

// One run of Biome for all, with the project's own configuration, in a folder that is laid out like the project.
beforeAll(() => {
  const { vcs: _vcs, $schema: _schema, ...configuration } = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8"));
  writeFileSync(join(folder, "biome.json"), JSON.stringify(configuration));
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  for (const { file, source } of placed) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), source);
  }
  const biome = join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");
  const { stdout, error } = spawnSync(process.execPath, [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."], {
    cwd: folder,
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  for (const { category, location } of JSON.parse(stdout).diagnostics as { category: string; location: { path: string } }[]) {
    found.set(location.path, [...(found.get(location.path) ?? []), category]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const title = ({ file, source }: Snippet) => [file.replace(/snippet-\d+/, "…"), source.split("\n")[0] ?? ""] as const;

test.each(placed.filter(({ rule }) => rule !== undefined).map((snippet) => [...title(snippet), snippet] as const))(
  "%s may not hold: %s",
  (_file, _line, { file, rule }) => {
    expect(found.get(file)).toEqual([`lint/style/${rule}`]);
  },
);

test.each(placed.filter(({ rule }) => rule === undefined).map((snippet) => [...title(snippet), snippet] as const))(
  "%s may hold: %s",
  (_file, _line, { file }) => {
    expect(found.get(file)).toBeUndefined();
  },
);
