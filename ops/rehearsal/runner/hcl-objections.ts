/** What may stand before a block on its line: white space and comments. */
const LINE_START = String.raw`^(?:[^\S\n]|/\*[\s\S]*?\*/)*`;

/**
 * Blocks that let Terraform reach something real, in HCL. A block's header always begins its line: HCL allows no block inside
 * a block that is written on one line. A word at the start of a line inside a comment or a text is refused as well: that
 * side is the safe one.
 */
const RULES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`${LINE_START}backend\b(?!\s*(=|"?local"?\s*\{))`, "m"), "has a backend that is not local"],
  [new RegExp(String.raw`${LINE_START}backend\s*"?local"?\s*\{\s*[^\s}]`, "m"), "has a local backend with settings of its own"],
  [new RegExp(String.raw`${LINE_START}cloud\b[^\n=]*\{`, "m"), "has a cloud block: its state is in HCP Terraform"],
  [new RegExp(String.raw`${LINE_START}data\b[^\n=]*terraform_remote_state`, "m"), "reads another state"],
  [new RegExp(String.raw`${LINE_START}provisioner\b[^\n=]*\{`, "m"), "has a provisioner, which would run a real command"],
  [new RegExp(String.raw`${LINE_START}module\b[^\n=]*\{`, "m"), "calls a module, which Terraform would fetch"],
];

/** Says what in a `.tf` file would let Terraform reach something real, each as the end of a sentence about the file. */
export function hclObjections(text: string): string[] {
  return RULES.filter(([rule]) => rule.test(text)).map(([, objection]) => objection);
}
