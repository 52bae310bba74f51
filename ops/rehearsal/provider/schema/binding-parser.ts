import { BindingText, type ReadSource, readerOf, structOf, type WrittenMember } from "./binding-text";
import { type Attribute, type AttributeType, type Block, type NestedBlock, type Nesting, nestedType, typeOfBlock } from "./schema";

const PLAIN: Readonly<Record<string, AttributeType>> = { string: "string", number: "number", boolean: "bool", any: "dynamic" };

/** Type of a plain expression such as `cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._ports)`. */
function writtenType({ expression, container }: WrittenMember): AttributeType {
  const mappers = [...expression.matchAll(/cdktf\.(list|hash)MapperHcl\(/g)].map(([, mapper]) => mapper);
  const leaf = PLAIN[/cdktf\.(string|number|boolean|any)ToHclTerraform/.exec(expression)?.[1] ?? ""];
  if (leaf === undefined) throw new Error(`the binding maps a value in a way that is not known: ${expression}`);
  return mappers.reduceRight<AttributeType>((element, mapper, depth) => {
    // A map of anything is how the bindings write a value of any type.
    if (mapper === "hash") return element === "dynamic" ? "dynamic" : { map: element };
    return depth === 0 && container === "set" ? { set: element } : { list: element };
  }, leaf);
}

const ACCESSORS: Readonly<Record<string, AttributeType>> = {
  getStringAttribute: "string",
  getNumberAttribute: "number",
  getBooleanAttribute: "bool",
  getListAttribute: { list: "string" },
  getNumberListAttribute: { list: "number" },
  getStringMapAttribute: { map: "string" },
  getNumberMapAttribute: { map: "number" },
  getBooleanMapAttribute: { map: "bool" },
};

const COLLECTIONS: Readonly<Record<string, AttributeType>> = {
  StringMap: { map: "string" },
  NumberMap: { map: "number" },
  BooleanMap: { map: "bool" },
  StringMapList: { list: { map: "string" } },
  StringListMap: { map: { list: "string" } },
};

/** Schema of one resource, data source or provider, out of its binding's code. Facts that bindings do not hold are empty here. */
export class BindingParser {
  private readonly text: BindingText;

  constructor(code: string) {
    this.text = new BindingText(code);
  }

  parse(): Block {
    const main = this.text.mainClass();
    // `alias` is Terraform's own argument of a provider; a resource may have one of its own.
    const isWanted = ({ name }: WrittenMember): boolean => !(main.isProvider && name === "alias");
    return this.block(main.name, main.name, isWanted);
  }

  /**
   * @param writer class or function that writes the settable members.
   * @param reader class that reads the members, and tells optional from required.
   */
  private block(writer: string, reader: string, isWanted = (_member: WrittenMember): boolean => true): Block {
    const attributes = new Map<string, Attribute>();
    const blocks = new Map<string, NestedBlock>();
    const computed = this.text.optionalComputed(reader);
    const resettable = this.text.resettable(reader);
    const written = this.text.written(writer).filter(isWanted);
    for (const member of written) {
      const isOptional = resettable.has(member.property);
      const struct = structOf(member.expression);
      const flags = { required: !isOptional, optional: isOptional, computed: computed.has(member.name) };
      if (struct !== undefined && this.isBlock(member)) blocks.set(member.name, this.nestedBlock(member, struct, flags));
      else attributes.set(member.name, this.attribute(member, struct, flags));
    }
    const settable = new Set(written.map(({ name }) => name));
    for (const member of this.text.read(reader)) {
      if (member.isSettable || settable.has(member.name)) continue;
      attributes.set(member.name, plainAttribute(this.readType(member.source), { required: false, optional: false, computed: true }));
    }
    return { attributes, blocks };
  }

  /** Blocks are lists and sets whose mapper says so, single ones written without a mapper, and timeouts. */
  private isBlock({ name, expression, container }: WrittenMember): boolean {
    if (container === "struct") return name === "timeouts";
    const mapper = /MapperHcl\([\w.]+, (true|false)\)/.exec(expression)?.[1];
    return mapper === undefined ? container === "list" || container === "set" : mapper === "true";
  }

  private structBlock(struct: string): Block {
    return this.block(`${struct}ToHclTerraform`, readerOf(struct));
  }

  private nestedBlock(member: WrittenMember, struct: string, flags: { required: boolean; computed: boolean }): NestedBlock {
    const isList = member.expression.includes("MapperHcl(");
    const nesting: Nesting = member.container === "struct" ? "single" : member.container === "set" ? "set" : "list";
    return {
      nesting,
      minItems: flags.required && nesting !== "single" ? 1 : 0,
      maxItems: isList || nesting === "single" ? 0 : 1,
      computed: flags.computed,
      block: this.structBlock(struct),
      facts: {},
    };
  }

  private attribute(
    member: WrittenMember,
    struct: string | undefined,
    flags: Pick<Attribute, "required" | "optional" | "computed">,
  ): Attribute {
    if (struct === undefined) return plainAttribute(writtenType(member), flags);
    const nesting: Nesting = member.container === "struct" || member.container === "simple" ? "single" : member.container;
    const block = this.structBlock(struct);
    const type = nestedType(nesting, typeOfBlock(block));
    // Written with nulls for what is unset, it is a plain object type: every member must be there.
    const isPlainObject = this.text.written(`${struct}ToHclTerraform`).some(({ isNullWhenUnset }) => isNullWhenUnset);
    return { ...plainAttribute(type, flags), ...(isPlainObject ? {} : { nested: { nesting, block } }) };
  }

  /** Type of a member that only the provider sets. */
  private readType(source: ReadSource): AttributeType {
    if ("accessor" in source) {
      // What has no accessor of its own is of a type that the bindings do not tell.
      const type = ACCESSORS[source.accessor] ?? "dynamic";
      return source.isSet && typeof type === "object" && "list" in type ? { set: type.list } : type;
    }
    const { className, isSet } = source;
    const collection = COLLECTIONS[className];
    if (collection !== undefined) return collection;
    const [, struct = "", kind] = /^(\w+?)(List|Map|OutputReference)$/.exec(className) ?? [];
    const reader = `${struct}OutputReference`;
    if (this.text.body(reader) === "") return "dynamic";
    const members = this.text.read(reader).map((member) => [member.name, this.readType(member.source)] as const);
    const nesting: Nesting = kind === "Map" ? "map" : kind === "OutputReference" ? "single" : isSet ? "set" : "list";
    return nestedType(nesting, { object: Object.fromEntries(members) });
  }
}

function plainAttribute(type: AttributeType, flags: Pick<Attribute, "required" | "optional" | "computed">): Attribute {
  return { ...flags, sensitive: false, writeOnly: false, type, facts: {} };
}
