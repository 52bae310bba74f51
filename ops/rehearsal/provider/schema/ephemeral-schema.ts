import type { EphemeralFacts } from "../../facts/facts";
import type { Attribute, AttributeType, Block } from "./schema";

function parseType(text: string): AttributeType | undefined {
  if (text === "string" || text === "number" || text === "bool") return text;
  const [, collection, element] = /^(list|set|map)\((\w+)\)$/.exec(text) ?? [];
  const inner = element === undefined ? undefined : parseType(element);
  if (inner === undefined) return undefined;
  return collection === "list" ? { list: inner } : collection === "set" ? { set: inner } : { map: inner };
}

const PLAIN = { required: false, optional: false, computed: false, sensitive: false, writeOnly: false, facts: {} } as const;

/**
 * Schema of an ephemeral resource, out of the facts: the bindings have none.
 *
 * @returns undefined when an argument is of a kind that this does not build (nested blocks).
 */
export function ephemeralSchema(facts: EphemeralFacts): Block | undefined {
  const attributes = new Map<string, Attribute>();
  for (const [name, { type: text, required = false, computed = false }] of Object.entries(facts.arguments)) {
    const type = parseType(text);
    if (type === undefined) return undefined;
    attributes.set(name, { ...PLAIN, type, required, optional: !required, computed });
  }
  for (const [name, { type: text, sensitive = false }] of Object.entries(facts.computed)) {
    const type = parseType(text);
    if (type === undefined) return undefined;
    attributes.set(name, { ...PLAIN, type, computed: true, sensitive });
  }
  // Since its version 6 the provider gives every regional type this argument.
  attributes.set("region", { ...PLAIN, type: "string", optional: true, computed: true });
  return { attributes, blocks: new Map() };
}
