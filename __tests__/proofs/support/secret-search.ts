import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { unzipSync } from "fflate";

/** Something that a secret could stand in. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Every file below a folder by its relative path, and every entry of the archives among them: a saved plan is one. */
export function placesBelow(folder: string): readonly Place[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const file = { name: relative(folder, path), bytes: readFileSync(path) };
    return [file, ...entriesOf(file)];
  });
}

/** Signature of a zip's first entry. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7 */
const ZIP = Buffer.from("PK\u0003\u0004");

function entriesOf({ name, bytes }: Place): readonly Place[] {
  if (!bytes.subarray(0, ZIP.length).equals(ZIP)) return [];
  return Object.entries(unzipSync(bytes)).map(([entry, content]) => ({ name: `${name}!${entry}`, bytes: Buffer.from(content) }));
}

/** The ways in which a value may be written down, by how they are called. */
function formsOf(value: string): ReadonlyMap<string, string> {
  const json = JSON.stringify(value).slice(1, -1);
  const forms = [
    ["raw", value],
    ["JSON", json],
    // As Go writes it: safe inside HTML.
    ["JSON for HTML", json.replace(/[<>&]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["URL", encodeURIComponent(value)],
    ["URL form", new URLSearchParams({ "": value }).toString().slice(1)],
    ...[0, 1, 2].flatMap((offset) => [
      ["base64", base64Inside(value, offset, "base64")],
      ["base64 for URLs", base64Inside(value, offset, "base64url")],
    ]),
  ] as const;
  // A plain value has one form under many names; the first one names it.
  return new Map([...forms].reverse().map(([how, text]) => [text, how]));
}

/**
 * A value's part of a base64 text in which it does not stand first: those characters that depend on nothing else.
 *
 * @param offset bytes in front of the value, modulo 3.
 */
function base64Inside(value: string, offset: number, encoding: "base64" | "base64url"): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  return bytes.toString(encoding).slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** Where a value stands, and in what form: `applied.tfstate: as base64`. The value itself is not shown. */
export function findValue(places: readonly Place[], value: string): readonly string[] {
  return [...formsOf(value)].flatMap(([text, how]) => {
    const needle = Buffer.from(text);
    return places.filter(({ bytes }) => bytes.includes(needle)).map(({ name }) => `${name}: as ${how}`);
  });
}

const PRIVATE_KEYS = {
  "PEM private key": /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/,
  // JSON may stand in JSON: a quotation mark or an escaped line break ends the key as well.
  "WireGuard private key": /PrivateKey\s*=\s*[A-Za-z0-9+/]{40,}/,
} as const;

/** Where something stands that looks like a private key. */
export function findPrivateKeys(places: readonly Place[]): readonly string[] {
  return Object.entries(PRIVATE_KEYS).flatMap(([what, pattern]) =>
    places.filter(({ bytes }) => pattern.test(bytes.toString("latin1"))).map(({ name }) => `${name}: a ${what}`),
  );
}

/** 32 bytes in base64, which is what a WireGuard key is, private or public. */
const KEY = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=(?![A-Za-z0-9+/=])/g;

/** Every text of the form of a WireGuard key, once each. */
export function wireguardKeys(places: readonly Place[]): readonly string[] {
  return [...new Set(places.flatMap(({ bytes }) => bytes.toString("latin1").match(KEY) ?? []))];
}
