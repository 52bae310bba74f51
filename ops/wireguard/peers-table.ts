import Table from "cli-table3";
import type { ListedPeer } from "./peers";

/** Peers for a person's eyes, one a line. */
export function peersTable(peers: readonly ListedPeer[]): string {
  if (peers.length === 0) return "no peers";
  const table = new Table({ head: ["peer", "address", "public key", "in config/", "live"], style: { head: [], border: [] } });
  for (const { name, address, publicKey, configured, live } of peers) {
    table.push([name, address, publicKey, configured ? "yes" : "no", live === null ? "not asked" : live ? "yes" : "no"]);
  }
  return table.toString();
}
