import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A prebuilt provider binding among the installed packages. */
export interface BindingPackage {
  /** Provider address, for example `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  /** Provider release that the binding was generated from. */
  readonly version: string;
  /** Provider's own name: the start of its types' names. */
  readonly name: string;
  readonly folder: string;
}

/** Every prebuilt provider binding that is installed, by provider address. */
export function installedBindings(): ReadonlyMap<string, BindingPackage> {
  const scope = dirname(dirname(require.resolve("@cdktf/provider-aws/package.json")));
  const packages = new Map<string, BindingPackage>();
  for (const entry of readdirSync(scope).sort()) {
    const manifest = join(scope, entry, "package.json");
    if (!entry.startsWith("provider-") || !existsSync(manifest)) continue;
    const { cdktf } = JSON.parse(readFileSync(manifest, "utf8")) as { cdktf?: { provider?: { name: string; version: string } } };
    // provider-generator and provider-schema are CDKTF's own tools: they name no provider.
    if (cdktf?.provider === undefined) continue;
    const { name: source, version } = cdktf.provider;
    packages.set(source, { source, version, name: source.slice(source.lastIndexOf("/") + 1), folder: join(scope, entry) });
  }
  return packages;
}

/**
 * The compiled code of one binding, without its source map (which is four fifths of the file).
 *
 * @param module folder below the package's `lib`, for example `ecs-service`.
 * @returns undefined when the package has no such module.
 */
export function readBinding(binding: BindingPackage, module: string): string | undefined {
  const folder = join(binding.folder, "lib", module);
  const main = join(folder, "index.js");
  if (!existsSync(main)) return undefined;
  const structs = join(folder, "index-structs");
  // Types with thousands of structs keep them in files of their own.
  const parts = existsSync(structs) ? readdirSync(structs).filter((file) => /^structs\d+\.js$/.test(file)) : [];
  return [main, ...parts.map((file) => join(structs, file))].map(readCode).join("\n");
}

function readCode(file: string): string {
  const bytes = readFileSync(file);
  const end = bytes.lastIndexOf("//# sourceMappingURL");
  // Names and keywords are ASCII; one byte a character is the cheap way to hold them.
  return bytes.toString("latin1", 0, end < 0 ? undefined : end);
}
