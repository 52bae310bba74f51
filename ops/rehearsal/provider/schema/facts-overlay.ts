import type { AttributeFacts, TypeFacts } from "../../facts/facts";
import { contentsOf, isJsonObject, type JsonObject } from "../terraform-json";
import { inferBlock, listBlock } from "./inferred-block";
import { type Attribute, type AttributeType, type Block, type NestedBlock, nestedType, typeOfBlock } from "./schema";

/** What the overlay meets on its way, for the report. */
export interface OverlayNotes {
  /** A block was made out of what the configurations write. */
  inferred(path: string): void;
  /** The facts name something that the bindings do not have. */
  unmatched(path: string): void;
  /** Nothing but the name says that this is optional and computed, or sensitive. */
  guessed(path: string, what: string): void;
}

/** What the configurations tell about a type. */
export interface TypeUse {
  readonly bodies: readonly JsonObject[];
  readonly reads: ReadonlySet<string>;
}

/** Attributes that every resource of the AWS provider may have, and that it fills; blocks have `tags_all` too. */
const FILLED_EVERYWHERE: ReadonlySet<string> = new Set(["id", "region"]);

const SECRET_NAME = /(^|_)(password|secret|secret_key|private_key|private_key_pem|auth_token|api_key)$/;

/** Formats that a name alone tells: these names mean the same in every type of the bindings. */
function formatByName(name: string): Pick<AttributeFacts, "format"> {
  if (/^(policy|policy_document|assume_role_policy|access_policies|container_definitions)$/.test(name)) return { format: "json" };
  if (/^((destination|client|source)_)?cidr_blocks?$|^cidr_ipv4$/.test(name)) return { format: "cidr4" };
  if (/^(destination_)?ipv6_cidr_blocks?$|^cidr_ipv6$/.test(name)) return { format: "cidr6" };
  return {};
}

function defaultOfType(value: string | number | boolean, type: AttributeType): string | number | boolean {
  if (type === "string") return String(value);
  return type === "number" ? Number(value) : value;
}

/** Lays the facts of one type over the schema that its binding gives. */
export class FactsOverlay {
  private readonly used = new Set<string>();

  /**
   * @param facts what is known of the type; undefined when the table lacks it, and then names and use are what is left.
   * @param notes told of every gap.
   */
  constructor(
    private readonly facts: TypeFacts | undefined,
    private readonly use: TypeUse,
    private readonly notes: OverlayNotes,
  ) {}

  apply(block: Block): Block {
    const complete = this.block(block, "", this.use.bodies, false);
    for (const path of Object.keys(this.facts?.attributes ?? {})) if (!this.used.has(path)) this.notes.unmatched(path);
    return complete;
  }

  private factsAt(path: string): AttributeFacts {
    this.used.add(path);
    return this.facts?.attributes[path] ?? {};
  }

  private block(block: Block, prefix: string, bodies: readonly JsonObject[], isInSet: boolean): Block {
    const attributes = new Map<string, Attribute>();
    const blocks = new Map<string, NestedBlock>();
    for (const [name, attribute] of block.attributes) {
      const path = prefix + name;
      const isOpen = attribute.type === "dynamic" && attribute.optional;
      const contents = isOpen || attribute.nested !== undefined ? bodies.flatMap((body) => contentsOf(body, name)) : [];
      if (isOpen && contents.length > 0) this.notes.inferred(path);
      const written = contents.filter(isJsonObject);
      // Terraform takes no value of any type inside a set.
      if (isOpen && isInSet) blocks.set(name, listBlock(inferBlock(written)));
      else attributes.set(name, this.attribute(name, attribute, path, written, isInSet));
    }
    for (const [name, nested] of block.blocks) {
      const path = prefix + name;
      const facts = this.factsAt(path);
      const written = bodies.flatMap((body) => contentsOf(body, name)).filter(isJsonObject);
      blocks.set(name, {
        ...nested,
        facts,
        computed: nested.computed || facts.optionalComputed === true,
        // Of an optional block Terraform's plugin SDK forgets how many there must be at least.
        minItems: nested.minItems === 0 ? 0 : Math.max(nested.minItems, facts.minItems ?? 0),
        maxItems: facts.maxItems ?? nested.maxItems,
        block: this.block(nested.block, `${path}.`, written, isInSet || nested.nesting === "set"),
      });
    }
    return { attributes, blocks };
  }

  private attribute(name: string, attribute: Attribute, path: string, written: readonly JsonObject[], isInSet: boolean): Attribute {
    const given = this.factsAt(path);
    const isSettable = attribute.optional || attribute.required;
    const writeOnly = isSettable && (given.writeOnly === true || name.endsWith("_wo"));
    const computed = attribute.computed || (attribute.optional && this.isFilled(name, path, given, writeOnly));
    const facts: AttributeFacts = {
      ...(isSettable ? formatByName(name) : {}),
      ...given,
      ...(given.default === undefined ? {} : { default: defaultOfType(given.default, attribute.type) }),
    };
    const flagged = {
      ...attribute,
      facts,
      computed,
      writeOnly,
      sensitive: writeOnly || given.sensitive === true || this.isSecret(name, path),
    };
    if (attribute.nested === undefined) {
      this.markMembers(attribute.type, path);
      return flagged;
    }
    const { nesting } = attribute.nested;
    const block = this.block(attribute.nested.block, `${path}.`, written, isInSet || nesting === "set");
    return { ...flagged, nested: { nesting, block }, type: nestedType(nesting, typeOfBlock(block)) };
  }

  /** Members of a plain object type have facts in the table too; their type is all that they have in the schema. */
  private markMembers(type: AttributeType, path: string): void {
    const element = typeof type === "string" || "map" in type ? type : "list" in type ? type.list : "set" in type ? type.set : type;
    if (typeof element === "string" || !("object" in element)) return;
    for (const [name, member] of Object.entries(element.object)) {
      this.used.add(`${path}.${name}`);
      this.markMembers(member, `${path}.${name}`);
    }
  }

  private isFilled(name: string, path: string, given: AttributeFacts, writeOnly: boolean): boolean {
    if (writeOnly) return false;
    if (given.optionalComputed === true) return true;
    if (name === "tags_all" || (path === name && FILLED_EVERYWHERE.has(name))) return true;
    if (this.facts !== undefined || path !== name) return false;
    // Without facts: what is read and never set must come from somewhere.
    const isGuess = name.endsWith("_prefix") || (this.use.reads.has(name) && !this.use.bodies.some((body) => name in body));
    if (isGuess) this.notes.guessed(path, "optional and computed");
    return isGuess;
  }

  private isSecret(name: string, path: string): boolean {
    if (this.facts !== undefined || !SECRET_NAME.test(name)) return false;
    this.notes.guessed(path, "sensitive");
    return true;
  }
}
