import { contentsOf, isJsonObject, isTemplate, type Json, type JsonObject } from "../terraform-json";
import type { Attribute, AttributeType, Block, NestedBlock } from "./schema";

function scalarType(values: readonly Json[]): AttributeType {
  const known = values.filter((value) => !isTemplate(value));
  if (known.length > 0 && known.every((value) => typeof value === "number")) return "number";
  if (known.length > 0 && known.every((value) => typeof value === "boolean")) return "bool";
  return "string";
}

function optional(type: AttributeType): Attribute {
  return { required: false, optional: true, computed: false, sensitive: false, writeOnly: false, type, facts: {} };
}

/**
 * A block for what the bindings leave open (blocks that hold themselves, such as a web ACL's statement): the members that the
 * configurations write. A misspelt member becomes a member, so nothing inside is checked.
 *
 * @param bodies every body that the configurations write there.
 */
export function inferBlock(bodies: readonly JsonObject[]): Block {
  const attributes = new Map<string, Attribute>();
  const blocks = new Map<string, NestedBlock>();
  const names = new Set(bodies.flatMap((body) => [...Object.keys(body).filter((name) => name !== "dynamic"), ...dynamicNames(body)]));
  for (const name of names) {
    const contents = bodies.flatMap((body) => contentsOf(body, name));
    const isBlock = contents.some(isJsonObject);
    if (isBlock) blocks.set(name, listBlock(inferBlock(contents.filter(isJsonObject))));
    else
      attributes.set(
        name,
        optional(bodies.some((body) => Array.isArray(body[name])) ? { list: scalarType(contents) } : scalarType(contents)),
      );
  }
  return { attributes, blocks };
}

function dynamicNames(body: JsonObject): readonly string[] {
  const dynamic = body["dynamic"];
  return isJsonObject(dynamic) ? Object.keys(dynamic) : [];
}

/** A list block without limits. */
export function listBlock(block: Block): NestedBlock {
  return { nesting: "list", minItems: 0, maxItems: 0, computed: false, block, facts: {} };
}
