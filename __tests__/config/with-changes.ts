/** Values to put in, by their paths: `staging.dns.zone`. An undefined one is taken out. */
export type Changes = Readonly<Record<string, unknown>>;

/**
 * A copy of values with some of them replaced.
 *
 * @throws when there is nothing that a changed value could be in.
 */
export function withChanges<Values extends object>(values: Values, changes: Changes): Values {
  // Through JSON, because structuredClone keeps it one object where two of the values are one.
  const copy: Values = JSON.parse(JSON.stringify(values));
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const parent = keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), copy);
    if (!isObject(parent)) throw new Error(`${path}: there is nothing to change it in`);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

/** Changes of one environment's values, `dns.zone`, by their paths in the values of all. */
export function changesIn(environment: string, changes: Changes): Changes {
  return Object.fromEntries(Object.entries(changes).map(([path, value]) => [`${environment}.${path}`, value]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
