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
  return `${path.map(String).join(".")}: ${rule}, got ${JSON.stringify(got)}`;
}

/**
 * Checks a value against its schema.
 *
 * @param path where the value stands, for example `["zelly", "staging"]`.
 * @returns every fault that the schema finds; none when the value is right.
 */
export function schemaFaults(path: readonly string[], schema: z.ZodType, value: unknown): Fault[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map((issue) => fault([...path, ...issue.path], rule(issue), valueAt(value, issue.path)));
}

function rule(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") return `must not have ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
  return issue.message;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}
