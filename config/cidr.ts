/** An IPv4 block as two numbers. Both ends belong to it. */
interface Block {
  readonly first: number;
  readonly last: number;
}

const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const CIDR = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}/(3[0-2]|[12]?\\d)$`);

/** Reads `10.0.0.0/16`. Undefined when the text is no block, or when bits behind the mask are set, which AWS refuses. */
export function parseCidr(text: string): Block | undefined {
  const match = CIDR.exec(text);
  if (match === null) return undefined;
  const octets = match.slice(1, 5).map(Number);
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - Number(match[5]));
  return first % size === 0 ? { first, last: first + size - 1 } : undefined;
}

/** Writes an address that {@link parseCidr} has read: 167772161 is `10.0.0.1`. */
export function addressText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}

/** True when both are blocks and share an address. */
export function overlap(a: string, b: string): boolean {
  const [left, right] = [parseCidr(a), parseCidr(b)];
  return left !== undefined && right !== undefined && left.first <= right.last && right.first <= left.last;
}

/** True when both are blocks and all of `inner` lies in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [around, within] = [parseCidr(outer), parseCidr(inner)];
  return around !== undefined && within !== undefined && around.first <= within.first && within.last <= around.last;
}
