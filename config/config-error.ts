import type * as z from "zod";

/** Thrown once for all systems, listing every fault, so that one run is enough to fix them all. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`the configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/** One fault of a configuration: `path: rule, got value`. */
export type Fault = string;

/** Writes a fault. Values are shown as they are: configuration holds no secret. */
export function fault(path: readonly PropertyKey[], rule: string, got: unknown): Fault {
  return `${path.map(String).join(".")}: ${rule}, got ${shown(got)}`;
}

function shown(got: unknown): string {
  if (got === undefined) return "nothing";
  return typeof got === "number" ? String(got) : JSON.stringify(got);
}

/**
 * Checks a value against its schema.
 *
 * @param path where the value stands, for example `["zelly", "staging"]`.
 * @returns every fault that the schema finds; none when the value is right.
 */
export function schemaFaults(path: readonly string[], schema: z.ZodType, value: unknown): Fault[] {
  // A schema is used once for each environment: writing a parser of its own for it costs more than it saves.
  const result = schema.safeParse(value, { jitless: true });
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => issueFaults(path, issue, value));
}

/** True for a value of the right types, in which nothing is missing. What is in it may be wrong. */
export function hasTypes(schema: z.ZodType, value: unknown): boolean {
  const { error } = schema.safeParse(value, { jitless: true });
  if (error === undefined) return true;
  // Where one of several types is asked for, the library does not say that a value has none of them.
  return error.issues.every(({ code, path }) => code !== "invalid_type" && (valueAt(value, path) ?? undefined) !== undefined);
}

function issueFaults(path: readonly string[], issue: z.core.$ZodIssue, value: unknown): Fault[] {
  const place = [...path, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => fault(place, `must not have "${key}"`, valueAt(value, [...issue.path, key])));
  }
  // The fault is the key's, and the key is the last part of its path.
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => fault(place, message, issue.path.at(-1)));
  // The library's own words for a type; the schemas' are written out.
  if (issue.code === "invalid_type")
    return [fault(place, `must be ${TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`}`, valueAt(value, issue.path))];
  return [fault(place, issue.message, valueAt(value, issue.path))];
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: "a whole number",
  object: "a group of settings",
  array: "a list",
  record: "a group of settings",
};

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}
