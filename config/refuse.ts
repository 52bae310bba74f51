import type * as z from "zod";

/**
 * Adds the fault of a rule that a schema checks by itself. Its value is found by its path, as for every fault. The rules that
 * come after it are asked all the same, so that an operator reads every fault at once: the library would stop here otherwise.
 */
export function refuse(issues: z.core.ParsePayload["issues"], path: PropertyKey[], message: string): void {
  issues.push({ code: "custom", input: undefined, path, message, continue: true });
}
