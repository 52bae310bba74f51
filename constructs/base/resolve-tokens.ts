import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** What stands in every text, list and key that CDKTF knows the value of only later. */
const MARK = "{TfToken[";

/**
 * A value as Terraform reads it, with the references written out. The same as CDKTF's own resolution, which makes a context for
 * each part of a value; here only parts that hold a token go that way, and most hold none.
 *
 * @throws what CDKTF throws, for a function or a construct where a value should be.
 */
export function resolveTokens(value: unknown, scope: IConstruct): unknown {
  if (typeof value === "string") return value.includes(MARK) ? whole(value, scope) : value;
  if (typeof value === "number") return Token.isUnresolved(value) ? whole(value, scope) : value;
  if (typeof value === "function") return whole(value, scope);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    if (value.some((element) => typeof element === "string" && element.includes(MARK))) return whole(value, scope);
    return value.map((element) => resolveTokens(element, scope)).filter((element) => element !== undefined);
  }
  if (!isPlain(value)) return whole(value, scope);
  const resolved: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key.includes(MARK)) return whole(value, scope);
    const written = resolveTokens(member, scope);
    if (written !== undefined) resolved[key] = written;
  }
  return resolved;
}

/** Neither a token nor a construct nor anything else that has a class. */
function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("resolve" in value);
}

function whole(value: unknown, scope: IConstruct): unknown {
  return Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: true });
}
