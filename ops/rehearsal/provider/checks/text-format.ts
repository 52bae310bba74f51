import { isIPv4, isIPv6 } from "node:net";
import type { TextFormat } from "../../facts/facts";

interface Network {
  /** Address with its host bits zero, as the rule's message offers it. */
  readonly network: string;
  readonly hasHostBits: boolean;
}

/** The eight groups of an IPv6 address, `::` written out. */
function groupsOf(address: string): number[] {
  const plain = address.replace(
    /(\d+)\.(\d+)\.(\d+)\.(\d+)$/,
    (_all, a, b, c, d) => `${((+a << 8) | +b).toString(16)}:${((+c << 8) | +d).toString(16)}`,
  );
  const [head = "", tail] = plain.split("::");
  const parse = (part: string): number[] => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const left = parse(head);
  const right = tail === undefined ? [] : parse(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function mask(units: readonly number[], unitBits: number, prefix: number): number[] {
  return units.map((unit, i) => {
    const kept = Math.min(unitBits, Math.max(0, prefix - i * unitBits));
    return unit - (unit % 2 ** (unitBits - kept));
  });
}

/** Reads a CIDR block. @returns undefined when it is none. */
export function parseCidr(text: string): (Network & { readonly version: 4 | 6; readonly prefix: number }) | undefined {
  const [, address = "", digits = ""] = /^([0-9A-Fa-f:.]+)\/(\d{1,3})$/.exec(text) ?? [];
  const prefix = Number(digits);
  if (isIPv4(address) && prefix <= 32) {
    const units = address.split(".").map(Number);
    const masked = mask(units, 8, prefix);
    return { version: 4, prefix, network: `${masked.join(".")}/${prefix}`, hasHostBits: masked.join() !== units.join() };
  }
  if (isIPv6(address) && prefix <= 128) {
    const units = groupsOf(address);
    const masked = mask(units, 16, prefix);
    return {
      version: 6,
      prefix,
      network: `${masked.map((unit) => unit.toString(16)).join(":")}/${prefix}`,
      hasHostBits: masked.join() !== units.join(),
    };
  }
  return undefined;
}

function cidrRule(text: string, versions: readonly (4 | 6)[]): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined || !versions.includes(cidr.version))
    return `must be an ${versions.map((version) => `IPv${version}`).join(" or ")} block such as ${versions[0] === 4 ? "10.0.0.0/16" : "2001:db8::/32"}`;
  return cidr.hasHostBits ? `must be a network address (write ${cidr.network})` : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const RULES: Readonly<Record<TextFormat, (text: string) => string | undefined>> = {
  json: (text) => (isJson(text) ? undefined : "must be JSON"),
  arn: (text) =>
    /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/s.test(text) ? undefined : "must be an ARN (arn:partition:service:region:account:resource)",
  cidr: (text) => cidrRule(text, [4, 6]),
  cidr4: (text) => cidrRule(text, [4]),
  cidr6: (text) => cidrRule(text, [6]),
  rfc3339: (text) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))
      ? undefined
      : "must be a time such as 2026-01-31T12:00:00Z",
  account: (text) => (/^\d{12}$/.test(text) ? undefined : "must be an account id of twelve digits"),
  base64: (text) => (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? undefined : "must be base64"),
};

/** The rule of a format that a text breaks; undefined when it keeps it. An empty text counts as not set. */
export function brokenFormat(format: TextFormat, text: string): string | undefined {
  return text === "" ? undefined : RULES[format](text);
}
