import { NESTING, type WireAttribute, type WireBlock, type WireSchema } from "../protocol/rpc";
import type { Attribute, AttributeType, Block } from "./schema";

/**
 * Schema version that is advertised for every type. Real state carries the version it was written with, and Terraform refuses
 * one above the provider's: this is above them all.
 */
const SCHEMA_VERSION = 1000;

/** A type as Terraform writes types in JSON. */
function typeJson(type: AttributeType): unknown {
  if (typeof type === "string") return type;
  if ("object" in type)
    return ["object", Object.fromEntries(Object.entries(type.object).map(([name, member]) => [name, typeJson(member)]))];
  const [collection, element] = Object.entries(type)[0] ?? [];
  return [collection, typeJson(element as AttributeType)];
}

function wireAttribute(name: string, attribute: Attribute): WireAttribute {
  const { required, optional, computed, sensitive, writeOnly, nested } = attribute;
  const flags = { name, required, optional, computed, sensitive, writeOnly };
  if (nested === undefined) return { ...flags, type: Buffer.from(JSON.stringify(typeJson(attribute.type))) };
  return { ...flags, nested: { nesting: NESTING[nested.nesting], attributes: wireBlock(nested.block).attributes } };
}

function wireBlock(block: Block): WireBlock {
  return {
    attributes: [...block.attributes].map(([name, attribute]) => wireAttribute(name, attribute)),
    blockTypes: [...block.blocks].map(([typeName, nested]) => ({
      typeName,
      block: wireBlock(nested.block),
      nesting: NESTING[nested.nesting],
      // A single block and a map of blocks have no count.
      ...(nested.nesting === "list" || nested.nesting === "set" ? { minItems: nested.minItems, maxItems: nested.maxItems } : {}),
    })),
  };
}

/** A schema as the protocol has it. */
export function toWireSchema(block: Block): WireSchema {
  return { version: SCHEMA_VERSION, block: wireBlock(block) };
}
