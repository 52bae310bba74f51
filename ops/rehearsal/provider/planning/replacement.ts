import { canonical, isEmpty, isList, isMap, isSame, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";
import type { Attribute, Block, NestedBlock } from "../schema/schema";

/** A change that an operator would see: nothing set and nothing set are the same, and an unknown value may be another. */
function differs(prior: Value, planned: Value): boolean {
  return !isSame(prior, planned) && !(isEmpty(prior) && isEmpty(planned));
}

/** What in an element of a set would replace the resource if it changed; empty when nothing does. */
function replacingPart(block: Block, element: Value): Value {
  if (!isMap(element)) return element;
  const part: Record<string, Value> = {};
  for (const [name, attribute] of block.attributes) if (attribute.facts.forceNew === true) part[name] = element[name] ?? null;
  for (const [name, nested] of block.blocks) {
    const value = element[name] ?? null;
    const inner = isList(value) ? value.map((member) => replacingPart(nested.block, member)) : value;
    if (isList(inner) && inner.some((member) => !isEmpty(member))) part[name] = inner;
  }
  return part;
}

function setPart(block: Block, value: Value): string {
  if (!isList(value)) return canonical(value);
  const parts = value.map((element) => replacingPart(block, element)).filter((part) => !isEmpty(part));
  return parts.map(canonical).sort().join();
}

function nestedPaths(nested: NestedBlock, prior: Value, planned: Value, path: ValuePath): ValuePath[] {
  if (nested.nesting === "single" || nested.nesting === "map") return [];
  const [before, after] = [isList(prior) ? prior : [], isList(planned) ? planned : []];
  const isCountChanged = isList(planned) ? before.length !== after.length : differs(prior, planned);
  if (nested.facts.forceNew === true && isCountChanged) return [path];
  if (!isList(planned)) return [];
  if (nested.nesting === "set") return setPart(nested.block, prior) === setPart(nested.block, planned) ? [] : [path];
  return Array.from({ length: Math.max(before.length, after.length) }, (_none, i) => i).flatMap((i) =>
    blockPaths(nested.block, before[i] ?? null, after[i] ?? null, path.index(i)),
  );
}

function attributePaths(attribute: Attribute, prior: Value, planned: Value, path: ValuePath): ValuePath[] {
  if (attribute.facts.forceNew === true) return differs(prior, planned) ? [path] : [];
  if (attribute.nested?.nesting !== "single") return [];
  return blockPaths(attribute.nested.block, prior, planned, path);
}

function blockPaths(block: Block, prior: Value, planned: Value, path: ValuePath): ValuePath[] {
  const before: ValueMap = isMap(prior) ? prior : {};
  const after: ValueMap = isMap(planned) ? planned : {};
  return [
    ...[...block.attributes].flatMap(([name, attribute]) =>
      attributePaths(attribute, before[name] ?? null, after[name] ?? null, path.attribute(name)),
    ),
    ...[...block.blocks].flatMap(([name, nested]) => nestedPaths(nested, before[name] ?? [], after[name] ?? [], path.attribute(name))),
  ];
}

/**
 * Paths whose change replaces the resource. A value that is unknown counts as changed: it comes from something that is replaced
 * itself, and that is how a replacement reaches what depends on it.
 */
export function replacingPaths(block: Block, prior: ValueMap, planned: ValueMap): ValuePath[] {
  return blockPaths(block, prior, planned, ValuePath.root);
}
