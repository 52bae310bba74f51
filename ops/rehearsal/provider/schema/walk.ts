import { isList, isMap, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";
import type { Attribute, Block, NestedBlock, Nesting } from "./schema";

/** One object on the way from a resource down to a value in it. */
export interface Frame {
  /** Names from the resource down, with dots: `volume.efs_volume_configuration`. Empty for the resource. */
  readonly schemaPath: string;
  readonly object: ValueMap;
  readonly path: ValuePath;
}

/** One attribute or block, met on a walk. */
export interface Met<Field> {
  readonly name: string;
  readonly field: Field;
  readonly value: Value;
  readonly path: ValuePath;
  readonly schemaPath: string;
  /** The objects that hold it, the resource first. */
  readonly frames: readonly Frame[];
}

export interface Visitor {
  attribute?(met: Met<Attribute>): void;
  block?(met: Met<NestedBlock>): void;
  /** Every object: the resource itself, and each element of its blocks. */
  object?(frame: Frame, frames: readonly Frame[]): void;
}

/** Known elements of a nested value, with their paths. */
function elementsAt(nesting: Nesting, value: Value, path: ValuePath): { readonly element: ValueMap; readonly path: ValuePath }[] {
  if (nesting === "single") return isMap(value) ? [{ element: value, path }] : [];
  if (nesting === "map") {
    return isMap(value)
      ? Object.entries(value).flatMap(([key, element]) => (isMap(element) ? [{ element, path: path.key(key) }] : []))
      : [];
  }
  if (!isList(value)) return [];
  return value.flatMap((element, i) => (isMap(element) ? [{ element, path: nesting === "set" ? path.element() : path.index(i) }] : []));
}

/** Walks a resource, outermost first. What is null or unknown is met, and not entered. */
export function walk(block: Block, value: ValueMap, visitor: Visitor): void {
  walkObject(block, { schemaPath: "", object: value, path: ValuePath.root }, [], visitor);
}

function walkObject(block: Block, frame: Frame, above: readonly Frame[], visitor: Visitor): void {
  const frames = [...above, frame];
  visitor.object?.(frame, frames);
  const enter = (members: Block, nesting: Nesting, met: Met<unknown>): void => {
    for (const { element, path } of elementsAt(nesting, met.value, met.path)) {
      walkObject(members, { schemaPath: met.schemaPath, object: element, path }, frames, visitor);
    }
  };
  const meet = <Field>(name: string, field: Field): Met<Field> => ({
    name,
    field,
    value: frame.object[name] ?? null,
    path: frame.path.attribute(name),
    schemaPath: frame.schemaPath === "" ? name : `${frame.schemaPath}.${name}`,
    frames,
  });
  for (const [name, attribute] of block.attributes) {
    const met = meet(name, attribute);
    visitor.attribute?.(met);
    if (attribute.nested !== undefined) enter(attribute.nested.block, attribute.nested.nesting, met);
  }
  for (const [name, nested] of block.blocks) {
    const met = meet(name, nested);
    visitor.block?.(met);
    enter(nested.block, nested.nesting, met);
  }
}
