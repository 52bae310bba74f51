import { join } from "node:path";
import type { Command } from "commander";
import type { Context } from "../cli/context";
import { EXIT, OperatorError } from "../cli/operator-error";

const LOCK_FILE = "addresses.lock.json";

interface AddressesOptions {
  readonly json?: boolean;
  readonly write?: boolean;
}

/** `ops addresses`: compares the addresses of stateful resources with the lock file, or rewrites the file on purpose. */
export function registerAddresses(program: Command, context: Context): void {
  program
    .command("addresses")
    .description(`compare the addresses of stateful resources with ${LOCK_FILE}`)
    .option("--json", "print the differences as one JSON document")
    .option("--write", "rewrite the file: addresses that are gone are given up")
    .action((options: AddressesOptions) => addresses(options, context));
}

async function addresses({ json = false, write = false }: AddressesOptions, context: Context): Promise<void> {
  const { compareLock, differenceLine, lockOf, readLock, writeLock } = await import("../addresses/address-lock");
  const { synthesizeInto } = await import("../cli/synthesis");
  const { withPrivateFolder } = await import("../cli/private-folder");
  const roots = await withPrivateFolder(context.env, false, (folder) => synthesizeInto(folder, context));
  const file = join(context.projectRoot, LOCK_FILE);
  const lock = readLock(file);
  if (lock === undefined && !write) throw new OperatorError(`${LOCK_FILE} does not exist; run "ops addresses --write" to make it`);
  const differences = compareLock(lock ?? {}, roots);
  if (write) writeLock(file, lockOf(roots));

  if (json) context.print(JSON.stringify({ version: 1, written: write, differences }, null, 2));
  else if (write) {
    for (const { root, address, kind } of differences)
      context.print(`${root}: ${address} ${kind === "new" ? "is now locked" : "is given up"}`);
    context.print(`${LOCK_FILE} holds the addresses of ${roots.length} roots`);
  } else if (differences.length === 0) context.print(`${LOCK_FILE} matches ${roots.length} roots`);
  else for (const difference of differences) context.printError(differenceLine(difference));
  if (!write && differences.length > 0) context.setExitCode(EXIT.failed);
}
