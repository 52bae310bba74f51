import type { Fault } from "../protocol/fault";
import { isEmpty, isList, isMap, isSame, isUnknown, isWhollyKnown, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";
import { type AttributeType, type Block, nestedType, typeOfBlock } from "../schema/schema";
import { walk } from "../schema/walk";
import { isSameContainers, isSameJson } from "./json-equivalence";

/** First place where a value departs from what was promised; undefined when there is none. Promised unknowns may become anything. */
function departure(type: AttributeType, promised: Value, actual: Value, path: ValuePath): ValuePath | undefined {
  if (isUnknown(promised) || isSame(promised, actual)) return undefined;
  if (isWhollyKnown(promised)) return isEmpty(promised) && isEmpty(actual) ? undefined : path;
  if (isList(promised) && isList(actual) && typeof type === "object") {
    if (promised.length !== actual.length) return path;
    if ("list" in type) return firstOf(promised.map((element, i) => departure(type.list, element, actual[i] ?? null, path.index(i))));
    // In a set with unknown elements it cannot be told which is which.
    return promised.filter(isWhollyKnown).every((element) => actual.some((other) => isSame(element, other))) ? undefined : path;
  }
  if (!isMap(promised) || !isMap(actual) || typeof type === "string") return path;
  if ("map" in type)
    return firstOf(Object.keys(promised).map((key) => departure(type.map, promised[key] ?? null, actual[key] ?? null, path.key(key))));
  if (!("object" in type)) return path;
  return firstOf(
    Object.entries(type.object).map(([name, member]) =>
      departure(member, promised[name] ?? null, actual[name] ?? null, path.attribute(name)),
    ),
  );
}

function firstOf(paths: readonly (ValuePath | undefined)[]): ValuePath | undefined {
  return paths.find((path) => path !== undefined);
}

/** Faults where a result contradicts what the plan showed as known. They are this provider's, and "no changes" would mean nothing with them. */
export function applyFaults(block: Block, planned: ValueMap, applied: ValueMap): Fault[] {
  const members = [
    ...[...block.attributes].map(([name, { type }]) => [name, type] as const),
    ...[...block.blocks].map(([name, nested]) => [name, nestedType(nested.nesting, typeOfBlock(nested.block))] as const),
  ];
  return members.flatMap(([name, type]) => {
    const path = departure(type, planned[name] ?? null, applied[name] ?? null, ValuePath.of(name));
    if (path === undefined) return [];
    return [
      {
        summary: "Apply contradicts the plan",
        detail: `${path}: the rehearsal provider planned one value and applied another; this is a fault of the rehearsal, not of the configuration`,
        path,
      },
    ];
  });
}

/** Faults where a plan departs from a value that the configuration sets. */
export function planFaults(block: Block, config: ValueMap, planned: ValueMap): Fault[] {
  const faults: Fault[] = [];
  walk(block, config, {
    attribute: ({ name, field, value, path, frames }) => {
      // Below the top level, elements move; what holds for the whole is checked on apply.
      if (frames.length > 1 || value === null || field.writeOnly || field.nested !== undefined || !isWhollyKnown(value)) return;
      const given = planned[name] ?? null;
      if (isSame(given, value) || isSameDocument(name, given, value)) return;
      faults.push({
        summary: "Plan contradicts the configuration",
        detail: `${path}: the rehearsal provider planned another value than the configuration sets; this is a fault of the rehearsal, not of the configuration`,
        path,
      });
    },
  });
  return faults;
}

function isSameDocument(name: string, a: Value, b: Value): boolean {
  if (typeof a !== "string" || typeof b !== "string") return false;
  return name === "container_definitions" ? isSameContainers(a, b) : isSameJson(a, b);
}
