/** A list as a sentence has it: `a, b or c`. */
export function oneOf(values: readonly (string | number)[], joint: "or" | "and" = "or"): string {
  const last = values.at(-1);
  return values.length < 2 ? String(last ?? "nothing") : `${values.slice(0, -1).join(", ")} ${joint} ${last}`;
}
