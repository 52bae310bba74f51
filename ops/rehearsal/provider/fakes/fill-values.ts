import { isList, isMap, isUnknown, isWhollyKnown, UNKNOWN, type Value, type ValueMap } from "../protocol/value";
import type { ReportBuilder } from "../provider-report";
import { type Attribute, type Block, isComputedOnly, type NestedBlock, type Nesting } from "../schema/schema";
import type { Place } from "../world/place";
import type { Serials } from "../world/serials";
import { FakeResource, type Fakes } from "./fake-resource";
import { fakesOf } from "./fakes";
import { fallbackFake } from "./fallback";

/** What making a resource needs to know. */
export interface FillContext {
  readonly type: string;
  readonly place: Place;
  readonly serials: Serials;
  readonly report: ReportBuilder;
  /** The resource before an update. */
  readonly prior: ValueMap | undefined;
}

function holdsComputedOnly(block: Block): boolean {
  return [...block.attributes.values()].some(isComputedOnly);
}

/** Makes everything in a planned resource that is still unknown. One use each. */
class Filler {
  private readonly fakes: Fakes;
  private readonly resource: FakeResource;
  private readonly made = new Map<string, Value>();
  private readonly underway = new Set<string>();

  constructor(
    private readonly block: Block,
    private readonly planned: ValueMap,
    private readonly context: FillContext,
  ) {
    const { type, place, serials, prior } = context;
    this.fakes = fakesOf(type);
    const given = (name: string): Value => {
      const value = planned[name] ?? null;
      return isUnknown(value) ? null : value;
    };
    const before = (name: string): Value => prior?.[name] ?? null;
    this.resource = new FakeResource(type, place, serials, (name) => this.topLevel(name), given, before);
  }

  fill(): ValueMap {
    const names = [...this.block.attributes.keys(), ...this.block.blocks.keys()];
    return Object.fromEntries(names.map((name) => [name, this.topLevel(name)]));
  }

  /** A value of the resource itself, made on first use: fakes may ask for one another. */
  private topLevel(name: string): Value {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    if (this.underway.has(name)) throw new Error(`${this.context.type}.${name}: its fake asks for itself`);
    this.underway.add(name);
    const value = this.field(this.block, name, name, this.planned[name] ?? null);
    this.made.set(name, value);
    return value;
  }

  private field(block: Block, name: string, path: string, value: Value): Value {
    const attribute = block.attributes.get(name);
    if (attribute !== undefined) return this.attribute(attribute, path, value);
    const nested = block.blocks.get(name);
    return nested === undefined ? null : this.nestedBlock(nested, path, value);
  }

  private attribute(attribute: Attribute, path: string, value: Value): Value {
    if (attribute.nested !== undefined && !isUnknown(value))
      return this.elements(attribute.nested.block, attribute.nested.nesting, path, value);
    // Partly known: its fake keeps what the plan said.
    if (isWhollyKnown(value)) return value;
    const fake = this.fakes[path];
    if (fake !== undefined) return fake(this.resource);
    const { value: made, isPlaceholder } = fallbackFake(this.resource, path, attribute);
    if (isPlaceholder) this.context.report.placeholder(this.context.type, path);
    return made;
  }

  private nestedBlock(nested: NestedBlock, path: string, value: Value): Value {
    if (!isUnknown(value)) return this.elements(nested.block, nested.nesting, path, value);
    const fake = this.fakes[path];
    if (fake !== undefined) return fake(this.resource);
    // A block that AWS fills: one element where it holds something that can be read only there.
    return nested.nesting === "list" && holdsComputedOnly(nested.block) ? [this.object(nested.block, path, {})] : [];
  }

  private elements(block: Block, nesting: Nesting, path: string, value: Value): Value {
    if (nesting === "single") return isMap(value) ? this.object(block, path, value) : value;
    if (isMap(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, element]) => [key, isMap(element) ? this.object(block, path, element) : element]),
      );
    return isList(value) ? value.map((element) => (isMap(element) ? this.object(block, path, element) : element)) : value;
  }

  /** @param planned values of the object; what is missing and computed is made. */
  private object(block: Block, path: string, planned: ValueMap): ValueMap {
    const members: Record<string, Value> = {};
    for (const [name, attribute] of block.attributes)
      members[name] = this.attribute(attribute, `${path}.${name}`, this.start(attribute, planned[name]));
    for (const [name, nested] of block.blocks) members[name] = this.nestedBlock(nested, `${path}.${name}`, planned[name] ?? []);
    return members;
  }

  private start(attribute: Attribute, planned: Value | undefined): Value {
    if (planned !== undefined) return planned;
    return attribute.facts.default ?? (attribute.computed ? UNKNOWN : null);
  }
}

/** The resource as it is after apply: what was planned, and in place of every unknown what AWS would make, told apart as fake. */
export function fillValues(block: Block, planned: ValueMap, context: FillContext): ValueMap {
  return new Filler(block, planned, context).fill();
}
