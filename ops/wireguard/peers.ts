import type * as z from "zod";
import { addressText, parseCidr } from "../../config/cidr";
import { peerAddresses, peerName, publicKey as publicKeyRule, type WireguardEntry } from "../../config/wireguard-schema";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { Desk } from "./desk";
import { deliver, type LivePeer, peersIn, readLive } from "./live-peers";
import { changeEntry, readEntry, vpnOf } from "./wireguard-file";

/** How far a change goes. */
export interface Reach {
  /** Changes the configuration file only; the next deployment does the rest. */
  readonly offline: boolean;
  /** Shuts out live peers that the configuration does not know. */
  readonly overwrite: boolean;
}

/**
 * Lets a peer into a root's VPN: into the configuration file, and into the live parameter. Done again, it does what is
 * left to do.
 *
 * @throws {OperatorError} when the name or the key is none, when it belongs to another peer, when the VPN is full, and when
 *   the configuration would not be valid.
 */
export async function addPeer(desk: Desk, peer: string, publicKey: string, { offline, overwrite }: Reach): Promise<void> {
  check(peerName, "the name of a peer", peer, "choose another");
  check(publicKeyRule, "--public-key", publicKey, "give what `wg pubkey` prints on the peer's own machine");
  let vpn = await vpnOf(desk);
  const entry = readEntry(desk, vpn);
  const known = entry.peers[peer];
  const namesake = Object.entries(entry.peers).find(([, other]) => other.publicKey === publicKey)?.[0];
  if (known !== undefined && known.publicKey !== publicKey) {
    throw new OperatorError(`${vpn.file} has another key for ${peer}; revoke ${peer} first, or choose another name`, EXIT.refused);
  }
  if (namesake !== undefined && namesake !== peer) {
    throw new OperatorError(`the key is ${namesake}'s already; each machine needs a key of its own`, EXIT.refused);
  }
  if (known === undefined) {
    const address = freeAddress(vpn.fact.cidr, entry);
    vpn = await changeEntry(desk, vpn, { ...entry, peers: { ...entry.peers, [peer]: { publicKey, address } } });
    desk.say(`${vpn.file} has ${peer} with ${address}`);
  } else {
    desk.say(`${vpn.file} has ${peer} already, with ${known.address}`);
  }
  if (!offline) await deliver(desk, vpn, peer, overwrite);
  const output = `commit ${vpn.file}, and deploy ${desk.root} for the output wireguard_client_config_${peer}.`;
  const first = `the server has no key yet: deploy ${desk.root}, make one with "ops wireguard server-key ${desk.root}"; then `;
  desk.say(`Next: ${entry.serverPublicKey === undefined ? first : ""}${output}`);
}

/**
 * Shuts a peer out of a root's VPN: out of the configuration file, and out of the live parameter. Done again, it does
 * what is left to do.
 *
 * @throws {OperatorError} when the live parameter could not be changed. The message says that the peer still gets in.
 */
export async function revokePeer(desk: Desk, peer: string, { offline, overwrite }: Reach): Promise<void> {
  let vpn = await vpnOf(desk);
  const entry = readEntry(desk, vpn);
  const { [peer]: revoked, ...rest } = entry.peers;
  if (revoked === undefined) {
    desk.say(`${vpn.file} has no ${peer}; its peers are ${Object.keys(rest).join(", ") || "nobody"}`);
  } else {
    vpn = await changeEntry(desk, vpn, { ...entry, peers: rest });
    desk.say(`${vpn.file} no longer has ${peer}`);
  }
  if (!offline) {
    await deliver(desk, vpn, peer, overwrite).catch((error: unknown) => {
      if (!(error instanceof OperatorError)) throw error;
      const warning = `${peer} still gets in until this command has been run again and has succeeded`;
      throw new OperatorError(`${error.message}; ${warning}`, error.exitCode, { cause: error });
    });
  }
  desk.say(`Next: commit ${vpn.file}, and deploy ${desk.root}${offline ? `; until then ${peer} still gets in` : ""}.`);
}

/** A peer of the configuration, of the live parameter, or of both. */
export interface ListedPeer extends LivePeer {
  readonly configured: boolean;
  /** Whether the live parameter has it; null when it was not asked. */
  readonly live: boolean | null;
}

/** Every peer of a root's VPN, in the order of their addresses. */
export async function listPeers(desk: Desk, offline: boolean): Promise<ListedPeer[]> {
  const vpn = await vpnOf(desk);
  const live = offline ? undefined : peersIn((await readLive(desk, vpn)) ?? "");
  const configured = vpn.fact.peers.map((peer) => ({
    ...peer,
    configured: true,
    live: live?.some(({ publicKey, address }) => publicKey === peer.publicKey && address === peer.address) ?? null,
  }));
  const strangers = (live ?? [])
    .filter(({ publicKey, address }) => !configured.some((peer) => peer.publicKey === publicKey && peer.address === address))
    .map((peer) => ({ ...peer, configured: false, live: true }));
  const place = ({ address }: LivePeer): number => parseCidr(`${address}/32`)?.first ?? 0;
  return [...configured, ...strangers].sort((a, b) => place(a) - place(b));
}

/** The lowest address that nobody has. */
function freeAddress(cidr: string, { peers }: WireguardEntry): string {
  const taken = new Set(Object.values(peers).map(({ address }) => address));
  const { first, last } = peerAddresses(cidr);
  for (let number = first; number <= last; number++) {
    const address = addressText(number);
    if (!taken.has(address)) return address;
  }
  throw new OperatorError(`every address of ${cidr} is taken; revoke a peer that is not used any more`, EXIT.refused);
}

/** @throws {OperatorError} with exit status 2 when an operator's word breaks a rule of the configuration. */
function check(rule: z.ZodType, what: string, got: string, advice: string): void {
  const [issue] = rule.safeParse(got).error?.issues ?? [];
  if (issue !== undefined) throw new OperatorError(`${what} ${issue.message}, got ${JSON.stringify(got)}; ${advice}`, EXIT.refused);
}
