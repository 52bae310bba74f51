import * as z from "zod";
import { addressText, parseCidr } from "./cidr";
import { refuse } from "./refuse";

/** A WireGuard public key in the one spelling that `wg` takes. */
export const publicKey = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, "base64").toString("base64") === text,
    "must be a WireGuard public key, 32 bytes in base64",
  );

/** Name of a peer. A Terraform output is called by it; 31 is arbitrary, and long enough for a person and a machine. */
export const peerName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,30}$/, "must be a lower-case letter and up to 30 lower-case letters, digits and underscores");

/**
 * Addresses that peers may have, as numbers, both ends included. The first of the block is the network's, the second the
 * server's, and the last is for everybody.
 *
 * @throws when the text is no block.
 */
export function peerAddresses(cidr: string): { readonly first: number; readonly last: number } {
  const block = parseCidr(cidr);
  if (block === undefined) throw new Error(`the VPN's ${cidr} is no IPv4 block`);
  return { first: block.first + 2, last: block.last - 1 };
}

/** What `config/<system>-wireguard.json` says of one environment. */
export interface WireguardEntry {
  /** @default - there is no key yet, and so no configuration for clients; `ops wireguard server-key` makes one */
  readonly serverPublicKey?: string;
  /** By name. A peer's address is never given to another one while the file remembers it. */
  readonly peers: Readonly<Record<string, { readonly publicKey: string; readonly address: string }>>;
}

/**
 * Who may use the VPN of one environment. Written by `ops wireguard`, reviewed like code.
 *
 * @param cidr block of the VPN's own addresses.
 */
export function wireguard(cidr: string) {
  const { first, last } = peerAddresses(cidr);
  const address = z.string().refine(
    (text) => {
      const number = parseCidr(`${text}/32`)?.first;
      return number !== undefined && number >= first && number <= last;
    },
    `must be an address from ${addressText(first)} to ${addressText(last)}`,
  );
  return z
    .strictObject({
      cidr: z.literal(cidr, { error: `must be ${cidr}` }),
      serverPublicKey: publicKey.optional(),
      peers: z.record(peerName, z.strictObject({ publicKey, address })),
    })
    .check(refuseSharedValues);
}

/** The server takes no configuration in which two peers, or a peer and itself, have one key; two with one address lose packets. */
function refuseSharedValues({ value: { serverPublicKey, peers }, issues }: z.core.ParsePayload<WireguardEntry>): void {
  const entries = Object.entries(peers);
  for (const [name, { publicKey }] of entries) {
    if (publicKey === serverPublicKey) refuse(issues, ["peers", name, "publicKey"], "must differ from the server's");
  }
  for (const field of ["publicKey", "address"] as const) {
    entries.forEach(([name, peer], index) => {
      const other = entries.slice(0, index).find(([, earlier]) => earlier[field] === peer[field]);
      if (other !== undefined) refuse(issues, ["peers", name, field], `must differ from ${other[0]}'s`);
    });
  }
}
