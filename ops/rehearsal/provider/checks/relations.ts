import type { TypeFacts } from "../../facts/facts";
import type { Fault } from "../protocol/fault";
import { isList, isMap, isUnknown, type Value } from "../protocol/value";
import type { Attribute, NestedBlock } from "../schema/schema";
import type { Frame, Met } from "../schema/walk";
import { oneOf } from "./wording";

/** Whether a configuration sets something. What is unknown may still come out as null. */
type Presence = "set" | "unset" | "unknown";

function presenceOf(value: Value): Presence {
  if (isUnknown(value)) return "unknown";
  return value === null || (isList(value) && value.length === 0) ? "unset" : "set";
}

function together(presences: readonly Presence[]): Presence {
  return presences.includes("set") ? "set" : presences.includes("unknown") ? "unknown" : "unset";
}

function below(value: Value, names: readonly string[]): Presence {
  const [name, ...rest] = names;
  if (name === undefined) return presenceOf(value);
  if (isUnknown(value)) return "unknown";
  if (isList(value)) return together(value.map((element) => below(element, names)));
  return isMap(value) ? below(value[name] ?? null, rest) : "unset";
}

/**
 * Whether a configuration sets the attribute of a path, seen from inside some of its blocks: a path that leads through one of
 * them means that very element.
 */
function presenceAt(frames: readonly Frame[], path: string): Presence {
  const frame = frames.findLast(({ schemaPath }) => schemaPath === "" || path.startsWith(`${schemaPath}.`));
  if (frame === undefined) return "unset";
  const rest = frame.schemaPath === "" ? path : path.slice(frame.schemaPath.length + 1);
  return below(frame.object, rest.split("."));
}

/** Faults of one attribute or block against those that it may not, or must, be set with. */
export function relationFaults({ field, value, path, frames }: Met<Attribute | NestedBlock>): Fault[] {
  const { conflictsWith = [], requiredWith = [] } = field.facts;
  if (presenceOf(value) !== "set") return [];
  const conflicts = conflictsWith.filter((other) => presenceAt(frames, other) === "set");
  const missing = requiredWith.filter((other) => presenceAt(frames, other) === "unset");
  return [
    ...conflicts.map((other) => ({
      summary: "Conflicting arguments",
      detail: `${path}: may not be set together with ${other}; leave one of them out`,
      path,
    })),
    ...missing.map((other) => ({ summary: "Missing argument", detail: `${path}: needs ${other}, which is not set; set it too`, path })),
  ];
}

function parentOf(group: readonly string[]): string {
  const parents = new Set(group.map((path) => path.slice(0, Math.max(0, path.lastIndexOf(".")))));
  return parents.size === 1 ? ([...parents][0] ?? "") : "";
}

/** Names as an operator writes them inside the object. */
function namesIn(frame: Frame, paths: readonly string[], joint: "or" | "and"): string {
  const names = paths.map((path) => (frame.schemaPath === "" ? path : path.slice(frame.schemaPath.length + 1)));
  return oneOf(names, joint);
}

/** Faults of one object against the groups of which one member must be set. */
export function groupFaults(facts: TypeFacts, frame: Frame, frames: readonly Frame[]): Fault[] {
  const place = frame.path.toString();
  const start = place === "" ? "" : `${place}: `;
  const at = frame.schemaPath === "" ? {} : { path: frame.path };
  const faults: Fault[] = [];
  const groups = [
    ...(facts.exactlyOneOf ?? []).map((group) => ({ group, most: 1 })),
    ...(facts.atLeastOneOf ?? []).map((group) => ({ group, most: Number.POSITIVE_INFINITY })),
  ];
  for (const { group, most } of groups) {
    if (parentOf(group) !== frame.schemaPath) continue;
    const presences = group.map((path) => presenceAt(frames, path));
    const set = group.filter((_path, i) => presences[i] === "set");
    const count = most === 1 ? "exactly one" : "at least one";
    if (set.length > most) {
      faults.push({
        summary: "Conflicting arguments",
        detail: `${start}${count} of ${namesIn(frame, group, "or")} must be set, got ${namesIn(frame, set, "and")}; leave one of them out`,
        ...at,
      });
    } else if (presences.every((presence) => presence === "unset")) {
      faults.push({
        summary: "Missing argument",
        detail: `${start}${count} of ${namesIn(frame, group, "or")} must be set, got none`,
        ...at,
      });
    }
  }
  return faults;
}
