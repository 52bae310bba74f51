import type { InventoryDocument, SecretFact } from "../../../constructs/base/inventory-facts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { secretArn, secretFields, secretText } from "../live/live-secret";

/** What people write where a value is still to come. A key may well hold JSON: braces alone are none. */
const PLACEHOLDER =
  /^(?:change[ _-]?me|replace[ _-]?(?:me|this|with\b.*)|to[ _-]?do|tbd|placeholder|dummy|example|secret|password|none|null|undefined|x{3,}|\*+|\.{3}|-+|<[^<>]*>|\$\{.*\}|\{\{.*\}\}|your[ _-].*)$/i;

/** A secret: there, with a value, and with every key that its readers need. It tells names of keys, never a value. */
export function secretChecks(aws: Aws, inventory: InventoryDocument, fact: SecretFact): readonly Check[] {
  const what = `secret ${fact.name}`;
  return [{ part: "secrets", heading: "secret-exists", what, look: () => content(aws, inventory, fact, what) }];
}

async function content(aws: Aws, inventory: InventoryDocument, fact: SecretFact, what: string): Promise<readonly Finding[]> {
  const { name, keys } = fact;
  if ((await secretArn(aws, name)) === undefined) return [absent("secret-exists", what, `deploy ${inventory.root}`)];
  const text = await secretText(aws, name);
  const todo = whatToDo(inventory, fact);
  if (text === undefined || text.trim() === "") return [finding("secret-value", `${what}: value`, "has never been set", todo)];
  if (keys.length === 0) {
    const placeholder = isPlaceholder(text);
    return [finding("secret-value", `${what}: value`, placeholder ? "is a placeholder" : "is set", placeholder ? todo : undefined)];
  }
  const faults = keyFaults(text, keys);
  const found = faults.length === 0 ? `${keys.length} of ${keys.length} are set` : faults.join("; ");
  return [finding("secret-keys", `${what}: keys`, found, faults.length === 0 ? undefined : todo)];
}

function keyFaults(text: string, keys: readonly string[]): readonly string[] {
  const fields = secretFields(text);
  if (fields === undefined) return ["the value is no JSON object"];
  const faulty = (fault: string, is: (value: string | undefined) => boolean): readonly string[] => {
    const found = keys.filter((key) => is(fields.get(key)));
    return found.length === 0 ? [] : [`${fault}: ${found.join(", ")}`];
  };
  return [
    ...faulty("missing", (value) => value === undefined),
    ...faulty("empty", (value) => value?.trim() === ""),
    ...faulty("placeholder", (value) => value !== undefined && isPlaceholder(value)),
  ];
}

function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value.trim());
}

function whatToDo({ root, facts }: InventoryDocument, { name, keys, setBy }: SecretFact): string {
  if (setBy === "terraform") return `deploy ${root}; when Terraform has nothing to change, raise the password's version in config/ first`;
  if (facts.some((fact) => fact.kind === "cache" && fact.secret === name)) return `npm run ops -- redis-token ${root}`;
  if (facts.some((fact) => fact.kind === "vpn" && fact.serverKeySecret === name)) return `npm run ops -- wireguard server-key ${root}`;
  const content = keys.length === 0 ? "the value" : `JSON with ${keys.join(", ")}`;
  return `write ${content} into a file and run: aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://FILE`;
}
