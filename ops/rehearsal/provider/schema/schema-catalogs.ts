import { ReportBuilder } from "../provider-report";
import type { UsedTypes } from "../used-types";
import { installedBindings } from "./binding-files";
import { SchemaCatalog } from "./schema-catalog";

/** The schemas of a set of roots. */
export interface SchemaCatalogs {
  /** By provider address. */
  readonly byProvider: ReadonlyMap<string, SchemaCatalog>;
  /** Gaps that showed while the schemas were made. */
  readonly gaps: ReportBuilder;
}

const made = new WeakMap<UsedTypes, SchemaCatalogs>();

/**
 * The schemas of the types in use, made once for each set of types.
 *
 * @throws when a provider in use has no installed binding.
 */
export function schemaCatalogs(types: UsedTypes): SchemaCatalogs {
  const known = made.get(types);
  if (known !== undefined) return known;
  const bindings = installedBindings();
  const gaps = new ReportBuilder();
  const byProvider = new Map(
    [...types].map(([source, used]) => {
      const binding = bindings.get(source);
      if (binding === undefined) {
        throw new Error(
          `provider ${source}: no binding of it is installed, so its schema is not known; install the package @cdktf/provider-${source.split("/").at(-1)}`,
        );
      }
      return [source, new SchemaCatalog(binding, used, gaps)] as const;
    }),
  );
  const catalogs = { byProvider, gaps };
  made.set(types, catalogs);
  return catalogs;
}
