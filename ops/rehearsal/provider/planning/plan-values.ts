import { isList, isMap, isSame, isUnknown, sortedSet, UNKNOWN, type Value, type ValueMap } from "../protocol/value";
import type { Attribute, Block, NestedBlock, Nesting } from "../schema/schema";
import { isSameContainers, isSameJson } from "./json-equivalence";

/** A difference in text alone is no change: the state keeps what it has. */
function isSameText(name: string, attribute: Attribute, config: Value, prior: Value): boolean {
  if (attribute.facts.format !== "json" || typeof config !== "string" || typeof prior !== "string") return false;
  return name === "container_definitions" ? isSameContainers(config, prior) : isSameJson(config, prior);
}

function planAttribute(name: string, attribute: Attribute, config: Value, prior: Value | undefined): Value {
  if (attribute.writeOnly) return null;
  if (config === null) {
    if (attribute.facts.default !== undefined) return attribute.facts.default;
    if (!attribute.computed) return null;
    return prior === undefined ? UNKNOWN : prior;
  }
  if (isUnknown(config)) return UNKNOWN;
  if (attribute.nested !== undefined) return planNested(attribute.nested.block, attribute.nested.nesting, config, prior);
  return isSameText(name, attribute, config, prior ?? null) ? (prior ?? null) : config;
}

function planBlock(nested: NestedBlock, config: Value, prior: Value | undefined): Value {
  if (isUnknown(config)) return UNKNOWN;
  // A block that AWS fills, left out: what AWS made of it stays.
  if (nested.computed && isList(config) && config.length === 0) return prior === undefined ? UNKNOWN : prior;
  return planNested(nested.block, nested.nesting, config, prior);
}

function planNested(block: Block, nesting: Nesting, config: Value, prior: Value | undefined): Value {
  if (nesting === "single") return isMap(config) ? planValues(block, config, isMap(prior) ? prior : undefined) : config;
  if (nesting === "map") {
    if (!isMap(config)) return config;
    const former = isMap(prior) ? prior : {};
    return Object.fromEntries(Object.entries(config).map(([key, element]) => [key, planElement(block, element, former[key])]));
  }
  if (!isList(config)) return config;
  const former = isList(prior) ? [...prior] : [];
  if (nesting === "list") return config.map((element, i) => planElement(block, element, former[i]));
  // Elements of a set have no place: each takes over from the one that says the same.
  const planned = config.map((element) => {
    const at = former.findIndex((old) => isMap(old) && isMap(element) && isKept(block, element, old));
    return planElement(block, element, at < 0 ? undefined : former.splice(at, 1)[0]);
  });
  return sortedSet(planned);
}

function planElement(block: Block, config: Value, prior: Value | undefined): Value {
  return isMap(config) ? planValues(block, config, isMap(prior) ? prior : undefined) : config;
}

/** True when planning the configuration over an old element changes nothing in it. */
function isKept(block: Block, config: ValueMap, prior: ValueMap): boolean {
  return isSame(planValues(block, config, prior), prior);
}

/**
 * The values that a resource, or an object in it, will have: what the configuration sets; defaults; what AWS made of computed
 * attributes before; and unknown for those that it has yet to make.
 *
 * @param prior the object as it is; undefined for one that does not exist.
 */
export function planValues(block: Block, config: ValueMap, prior: ValueMap | undefined): ValueMap {
  const planned: Record<string, Value> = {};
  for (const [name, attribute] of block.attributes) planned[name] = planAttribute(name, attribute, config[name] ?? null, prior?.[name]);
  for (const [name, nested] of block.blocks) planned[name] = planBlock(nested, config[name] ?? null, prior?.[name]);
  return planned;
}
