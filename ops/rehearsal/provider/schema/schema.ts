import type { AttributeFacts } from "../../facts/facts";

/** A type of Terraform's type system. */
export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | { readonly list: AttributeType }
  | { readonly set: AttributeType }
  | { readonly map: AttributeType }
  | { readonly object: { readonly [name: string]: AttributeType } };

export type Nesting = "single" | "list" | "set" | "map";

/** An attribute: of a type, or with attributes of its own. */
export interface Attribute {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  /** Reaches the provider, and stands in neither plan nor state. */
  readonly writeOnly: boolean;
  readonly type: AttributeType;
  /** Attributes of its own; `type` is then the object type that they come to. */
  readonly nested?: { readonly nesting: Nesting; readonly block: Block };
  /** What the bindings do not tell. */
  readonly facts: AttributeFacts;
}

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly minItems: number;
  /** 0: no limit. */
  readonly maxItems: number;
  /** AWS fills the block when the configuration leaves it out. */
  readonly computed: boolean;
  readonly block: Block;
  readonly facts: AttributeFacts;
}

/** The contents of a resource, of a nested block, or of an attribute with attributes of its own. */
export interface Block {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyMap<string, NestedBlock>;
}

export const EMPTY_BLOCK: Block = { attributes: new Map(), blocks: new Map() };

/** Wraps an element's type as its nesting does. */
export function nestedType(nesting: Nesting, element: AttributeType): AttributeType {
  switch (nesting) {
    case "single":
      return element;
    case "list":
      return { list: element };
    case "set":
      return { set: element };
    case "map":
      return { map: element };
  }
}

const typesOfBlocks = new WeakMap<Block, AttributeType>();

/** The object type that a block comes to in a value. */
export function typeOfBlock(block: Block): AttributeType {
  const known = typesOfBlocks.get(block);
  if (known !== undefined) return known;
  const members: Record<string, AttributeType> = {};
  for (const [name, attribute] of block.attributes) members[name] = attribute.type;
  for (const [name, nested] of block.blocks) members[name] = nestedType(nested.nesting, typeOfBlock(nested.block));
  const type = { object: members };
  typesOfBlocks.set(block, type);
  return type;
}

/** True when only the provider may give the value. */
export function isComputedOnly(attribute: Attribute): boolean {
  return attribute.computed && !attribute.optional && !attribute.required;
}
