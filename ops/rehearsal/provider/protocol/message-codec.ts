import { Field, MapField, type ReflectionObject, Root, Type } from "protobufjs/light";
import { MESSAGES, type MessageName } from "./message-table";

/** Turns messages of one kind into bytes and back. */
export interface Codec<T> {
  encode(message: T): Buffer;
  decode(bytes: Uint8Array): T;
}

function fieldOf(name: string, described: string): ReflectionObject {
  const [number, ...words] = described.split(" ");
  const id = Number(number);
  const type = words.at(-1) ?? "bytes";
  if (words[0] === "map") return new MapField(name, id, "string", type);
  return new Field(name, id, type, words.length > 1 ? words[0] : undefined);
}

const root = new Root();
const types = new Map<MessageName, Type>();
for (const name of Object.keys(MESSAGES) as MessageName[]) {
  const type = new Type(name);
  for (const [field, described] of Object.entries(MESSAGES[name])) type.add(fieldOf(field, described));
  root.add(type);
  types.set(name, type);
}

/**
 * The codec of one message.
 *
 * @param name as in the message table. The caller states the shape in TypeScript's terms: fields that were not sent have the
 * default of their type, and messages in messages are null.
 */
export function codecOf<T extends object>(name: MessageName): Codec<T> {
  const type = types.get(name);
  if (type === undefined) throw new Error(`message ${name} is not in the table`);
  return {
    encode: (message) => {
      const bytes = type.encode(message).finish();
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    // protobufjs makes objects of the described shape; the table and the interfaces in rpc.ts are kept side by side.
    decode: (bytes) => type.decode(bytes) as unknown as T,
  };
}
