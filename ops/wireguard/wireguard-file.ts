import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { WireguardConfig } from "../../config/zelly-schema";
import type { VpnFact } from "../../constructs/base/inventory-facts";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { Desk } from "./desk";

/** What the file says of one environment. */
export type WireguardEntry = Pick<WireguardConfig, "serverPublicKey" | "peers">;

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
 * @throws {OperatorError} when the root has none.
 */
export async function vpnOf({ root, inventory }: Desk): Promise<Vpn> {
  const { facts, system, environment, accountId, region } = await inventory();
  const fact = facts.find((candidate): candidate is VpnFact => candidate.kind === "vpn");
  if (fact === undefined) throw new OperatorError(`root ${root} has no VPN`, EXIT.refused);
  return { fact, environment, accountId, region, file: `config/${system}-wireguard.json` };
}

/** What the configuration file says of the VPN. */
export function readEntry(desk: Desk, { file, environment }: Vpn): WireguardEntry {
  const entry = readAll(join(desk.projectRoot, file))[environment];
  if (entry === undefined) throw new OperatorError(`${file} has no entry "${environment}"; add one with a server key and no peers`);
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
