import { Fault } from "../fault";

/**
 * What a path leads to in an event, which anybody may have had a hand in. Goes by own properties only, so that no key reaches
 * a prototype.
 */
function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** A text in an event; undefined when there is none, it is empty, or it is something else. */
export function textAt(event: unknown, ...path: string[]): string | undefined {
  const value = valueAt(event, path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether an event has anything at a path, be it a text or not. */
export function hasValueAt(event: unknown, ...path: string[]): boolean {
  return valueAt(event, path) !== undefined;
}

/** The values below a path of an event, whatever their keys; none when there is no object. */
export function valuesAt(event: unknown, ...path: string[]): unknown[] {
  const value = valueAt(event, path);
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}

/**
 * What triggered an event, out of those that a handler knows.
 *
 * @throws {Fault} for any other: a trigger that is attached to the wrong event must not wave it through.
 */
export function triggerSource<Source extends string>(event: unknown, known: readonly Source[]): Source {
  const source = textAt(event, "triggerSource");
  const match = known.find((candidate) => candidate === source);
  if (match === undefined) throw new Fault("the event's triggerSource is none that this handler knows");
  return match;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that Cognito gave a user for good; undefined when the event has none of that form. */
export function subject(event: unknown): string | undefined {
  const sub = textAt(event, "request", "userAttributes", "sub");
  return sub !== undefined && UUID.test(sub) ? sub : undefined;
}
