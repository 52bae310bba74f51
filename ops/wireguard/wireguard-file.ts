import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireguardEntry } from "../../config/wireguard-schema";
import type { Fact } from "../../constructs/base/inventory-facts";
import type { VpnFact } from "../../constructs/base/inventory-parts";
import { rootPart } from "../cli/inventory";
import { OperatorError } from "../cli/operator-error";
import type { Desk } from "./desk";

/** A root's VPN, as the code and its configuration say it is. */
export interface Vpn {
  readonly fact: VpnFact;
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** The configuration file, below the project's folder. */
  readonly file: string;
}

/**
 * The VPN of the desk's root.
 *
 * @throws {OperatorError} when there is no such root, or it has none.
 */
export async function vpnOf({ root, inventories }: Desk): Promise<Vpn> {
  const { inventory, part: fact } = await rootPart(root, inventories, isVpn, "VPN");
  const { system, environment, accountId, region } = inventory;
  return { fact, environment, accountId, region, file: `config/${system}-wireguard.json` };
}

function isVpn(fact: Fact): fact is VpnFact {
  return fact.kind === "vpn";
}

/**
 * What the configuration file says of the VPN.
 *
 * @throws {OperatorError} when it says nothing.
 */
export function readEntry(desk: Desk, { file, environment }: Vpn): WireguardEntry {
  const entry = readAll(join(desk.projectRoot, file))[environment];
  if (entry === undefined) throw new OperatorError(`${file} has no entry "${environment}"; add "${environment}": { "peers": {} }`);
  return entry;
}

/**
 * Changes the configuration file and synthesizes with it, which checks the whole of it. A change that does not pass is
 * taken back.
 *
 * @returns the VPN after the change.
 * @throws {OperatorError} with what synthesis says against the change.
 */
export async function changeEntry(desk: Desk, { file, environment }: Vpn, entry: WireguardEntry): Promise<Vpn> {
  const path = join(desk.projectRoot, file);
  const before = readFileSync(path, "utf8");
  replace(path, `${JSON.stringify({ ...readAll(path), [environment]: entry }, null, 2)}\n`);
  try {
    return await vpnOf(desk);
  } catch (error) {
    replace(path, before);
    throw error;
  }
}

function readAll(path: string): Record<string, WireguardEntry> {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** In one step: whoever reads the file meanwhile sees the old text or the new. */
function replace(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
