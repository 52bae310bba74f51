/**
 * Merges plain JSON into plain JSON, as CDKTF puts a root together: objects key by key, lists one after the other, and of anything
 * else the later one stays.
 */
export function mergeInto(target: object, source: object): void {
  const merged = target as Record<string, unknown>;
  for (const [key, value] of Object.entries(source)) {
    const there = merged[key];
    if (Array.isArray(there) && Array.isArray(value)) merged[key] = [...there, ...value];
    else if (isObject(there) && isObject(value)) mergeInto(there, value);
    else merged[key] = value;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
