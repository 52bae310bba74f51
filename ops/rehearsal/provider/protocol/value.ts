/** A value that becomes known only after apply. There is one, {@link UNKNOWN}. */
class UnknownValue {
  toJSON(): string {
    return "(known after apply)";
  }
}

export const UNKNOWN = new UnknownValue();

/** A value that brings its own type, where a schema allows any. The type is Terraform's JSON form of it, kept as it came. */
export class DynamicValue {
  constructor(
    readonly type: unknown,
    readonly value: Value,
  ) {}
}

/** Any value of Terraform's. Sets are arrays in the order of {@link canonical}. */
export type Value = null | boolean | number | string | UnknownValue | DynamicValue | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [key: string]: Value;
}

export function isUnknown(value: Value | undefined): value is UnknownValue {
  return value instanceof UnknownValue;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value) && !(value instanceof DynamicValue);
}

/** True when nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (isUnknown(value)) return false;
  if (value instanceof DynamicValue) return isWhollyKnown(value.value);
  if (isList(value)) return value.every(isWhollyKnown);
  return !isMap(value) || Object.values(value).every(isWhollyKnown);
}

/** One text per value: equal texts are equal values. Keys are sorted, and an unknown is no string that a value could hold. */
export function canonical(value: Value): string {
  if (isUnknown(value)) return "?";
  if (value instanceof DynamicValue) return `<${JSON.stringify(value.type)}>${canonical(value.value)}`;
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isMap(value)) return JSON.stringify(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}

/** Deep equality. An unknown equals an unknown. */
export function isSame(a: Value, b: Value): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Sorts a set, so that equal sets are equal arrays. Equal known elements become one; unknown ones may come to differ. */
export function sortedSet(elements: readonly Value[]): Value[] {
  const texts = elements.map((element) => ({ element, text: canonical(element) }));
  texts.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)));
  return texts.filter(({ element, text }, i) => text !== texts[i - 1]?.text || !isWhollyKnown(element)).map(({ element }) => element);
}

/** Nothing set: null, an empty text, or an empty collection. The older half of the AWS provider tells these apart nowhere. */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (isList(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).length === 0;
}

/** The text of a known string, otherwise undefined. */
export function asText(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The elements of a known collection; none when it is null, unknown or no collection. */
export function elementsOf(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

/** The objects in a known list or set of blocks. */
export function blocksOf(value: Value | undefined): readonly ValueMap[] {
  return elementsOf(value).filter(isMap);
}
