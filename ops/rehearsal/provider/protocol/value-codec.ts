import { decode, ExtensionCodec, encode } from "@msgpack/msgpack";
import type { AttributeType } from "../schema/schema";
import type { WireValue } from "./rpc";
import { DynamicValue, isList, isMap, isUnknown, sortedSet, UNKNOWN, type Value, type ValueMap } from "./value";

/** Extension of an unknown value, and of one that says something about itself, for example that it is not null. */
const EXTENSION = { unknown: 0, refinedUnknown: 12 } as const;

const extensions = new ExtensionCodec();
extensions.register({
  type: EXTENSION.unknown,
  encode: (object) => (object === UNKNOWN ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
extensions.register({ type: EXTENSION.refinedUnknown, encode: () => null, decode: () => UNKNOWN });

function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
}

function mapValues<T>(value: Readonly<Record<string, T>>, change: (member: T, key: string) => Value): ValueMap {
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member, key)]));
}

/**
 * Makes a value of a type out of plain data: numbers out of the texts that large ones come as, sets sorted, missing members
 * of objects null and members that the type lacks left out.
 *
 * @param data as decoded from msgpack or JSON, or a value.
 * @throws when the data cannot be of the type. That is a fault of this provider, not of a configuration.
 */
export function conform(data: unknown, type: AttributeType): Value {
  if (data === null || data === undefined) return null;
  if (data === UNKNOWN) return UNKNOWN;
  if (type === "dynamic") return conformDynamic(data);
  if (typeof type === "string") return conformScalar(data, type);
  if ("object" in type) {
    if (typeof data !== "object" || Array.isArray(data)) throw new TypeError(`expected an object, got ${kindOf(data)}`);
    const members = data as Readonly<Record<string, unknown>>;
    return mapValues(type.object, (member, key) => conformMember(members[key], member, key));
  }
  if ("map" in type) {
    if (typeof data !== "object" || Array.isArray(data)) throw new TypeError(`expected a map, got ${kindOf(data)}`);
    return mapValues(data as Readonly<Record<string, unknown>>, (member) => conform(member, type.map));
  }
  if (!Array.isArray(data)) throw new TypeError(`expected a list, got ${kindOf(data)}`);
  if ("list" in type) return data.map((element) => conform(element, type.list));
  return sortedSet(data.map((element) => conform(element, type.set)));
}

/** A member of an object: what is wrong with it says where. */
function conformMember(data: unknown, type: AttributeType, name: string): Value {
  try {
    return conform(data, type);
  } catch (error) {
    throw error instanceof TypeError ? new TypeError(`${name}: ${error.message}`) : error;
  }
}

function conformScalar(data: unknown, type: "string" | "number" | "bool"): Value {
  if (type === "string" && typeof data === "string") return data;
  if (type === "bool" && typeof data === "boolean") return data;
  // Terraform sends a number that no 64-bit form holds exactly as text.
  if (type === "number" && (typeof data === "number" || typeof data === "string")) return Number(data);
  throw new TypeError(`expected a ${type}, got ${kindOf(data)}`);
}

/** A value of any type comes as a pair: the JSON of its type in bytes, and the value. In state it is an object of the two. */
function conformDynamic(data: unknown): Value {
  if (data instanceof DynamicValue) return data;
  if (Array.isArray(data) && data.length === 2 && data[0] instanceof Uint8Array) {
    return new DynamicValue(JSON.parse(Buffer.from(data[0]).toString("utf8")), data[1] as Value);
  }
  if (typeof data === "object" && data !== null && "type" in data && "value" in data) {
    return new DynamicValue(data.type, data.value as Value);
  }
  throw new TypeError(`expected a value with its type, got ${kindOf(data)}`);
}

function toPlain(value: Value): unknown {
  if (isUnknown(value)) return value;
  if (value instanceof DynamicValue) return [Buffer.from(JSON.stringify(value.type)), toPlain(value.value)];
  if (isList(value)) return value.map(toPlain);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)])) : value;
}

/** Reads a value off the wire. An absent one is null. */
export function decodeValue(wire: WireValue | null, type: AttributeType): Value {
  if (wire === null || wire.msgpack.length === 0) return null;
  return conform(decode(wire.msgpack, { extensionCodec: extensions }), type);
}

/** Writes a value to the wire, complete as its type wants it. */
export function encodeValue(value: Value, type: AttributeType): WireValue {
  return { msgpack: encode(toPlain(conform(value, type)), { extensionCodec: extensions }) };
}

/** Reads an object off the wire. @returns null for a null value. */
export function decodeObject(wire: WireValue | null, type: AttributeType): ValueMap | null {
  const value = decodeValue(wire, type);
  if (value === null || isMap(value)) return value;
  throw new TypeError("expected an object or null");
}

/** Reads a resource as a state file holds it: attributes that the schema lacks are dropped, missing ones are null. */
export function decodeState(json: Uint8Array, type: AttributeType): ValueMap | null {
  const value = conform(JSON.parse(Buffer.from(json).toString("utf8")), type);
  return isMap(value) ? value : null;
}
