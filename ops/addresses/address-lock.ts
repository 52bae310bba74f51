import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { OperatorError } from "../cli/operator-error";
import { declaredIn, objectsIn, type TerraformJson } from "../rehearsal/provider/terraform-json";
import { STATEFUL_TYPES } from "./stateful-types";

/** Addresses of stateful resources by root, both sorted: what `addresses.lock.json` holds. */
export type AddressLock = Readonly<Record<string, readonly string[]>>;

/** A root, as far as its addresses go. */
export interface AddressedRoot {
  readonly id: string;
  readonly config: TerraformJson;
}

/** The lock as the given roots would have it. */
export function lockOf(roots: readonly AddressedRoot[]): AddressLock {
  return Object.fromEntries([...roots].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id, config }) => [id, statefulAddresses(config)]));
}

/**
 * Reads a lock file; undefined when there is none.
 *
 * @throws {OperatorError} when it is no JSON, as two branches leave it that could not be merged.
 */
export function readLock(file: string): AddressLock | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as AddressLock;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (!(error instanceof SyntaxError)) throw error;
    throw new OperatorError(
      `${basename(file)} is no JSON, as a merge may leave it; take the version of the main branch, then run "ops addresses"`,
    );
  }
}

export function writeLock(file: string, lock: AddressLock): void {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/** What `compareLock` found, and what is to be done about it. */
export interface AddressDifference {
  readonly root: string;
  readonly address: string;
  /** `lost`: locked, and neither declared nor moved. `new`: declared, and not locked. */
  readonly kind: "lost" | "new";
}

/**
 * Compares the lock with what is synthesized. An address that a `moved` block takes to a declared resource is not lost.
 *
 * @returns the differences by root and address; none when all is well.
 */
export function compareLock(lock: AddressLock, roots: readonly AddressedRoot[]): readonly AddressDifference[] {
  const configs = new Map(roots.map(({ id, config }) => [id, config]));
  const current = lockOf(roots);
  const ids = [...new Set([...Object.keys(lock), ...Object.keys(current)])].sort();
  return ids.flatMap((root) => {
    const locked = lock[root] ?? [];
    const declared = current[root] ?? [];
    const kept = keptAddresses(configs.get(root) ?? {});
    const lost = locked.filter((address) => !kept.has(address)).map((address) => ({ root, address, kind: "lost" as const }));
    const added = declared.filter((address) => !locked.includes(address)).map((address) => ({ root, address, kind: "new" as const }));
    return [...lost, ...added].sort((a, b) => (a.address < b.address ? -1 : 1));
  });
}

/** One difference as a sentence: where, what, and what to do. */
export function differenceLine({ root, address, kind }: AddressDifference): string {
  if (kind === "new") return `${root}: ${address} is not in addresses.lock.json; run "ops addresses --write" to lock it`;
  const type = address.split(".")[0] ?? "";
  return `${root}: ${address} is gone without a moved block, and with it ${STATEFUL_TYPES[type] ?? "its state"}; call movedFrom(construct, "Old/Path") in the stack, or run "ops addresses --write" to give it up`;
}

function statefulAddresses(config: TerraformJson): readonly string[] {
  return declaredIn(config)
    .filter(({ kind, type }) => kind === "resource" && type in STATEFUL_TYPES)
    .map(({ address }) => address)
    .sort();
}

/** Addresses whose resources stay: declared, or moved, over any number of moves, to one that is. */
function keptAddresses(config: TerraformJson): ReadonlySet<string> {
  const kept = new Set(declaredIn(config).flatMap(({ kind, address }) => (kind === "resource" ? [address] : [])));
  const moves = objectsIn(config["moved"]).map(({ from, to }) => [String(from), String(to)] as const);
  let before: number;
  do {
    before = kept.size;
    for (const [from, to] of moves) if (kept.has(to)) kept.add(from);
  } while (kept.size > before);
  return kept;
}
