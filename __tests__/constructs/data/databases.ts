import type { DatabaseFact } from "../../../constructs/base/inventory-parts";
import type { Network } from "../../../constructs/network/network";
import type { TestStack } from "../../support/synthesized";
import { addNetwork, UNMONITORED } from "../parts";

/** Props of a private, protected database, whatever its engine. @param network that it stands in. @default - one of its own */
export function databaseProps(stack: TestStack, network: Network = addNetwork(stack)) {
  return {
    network,
    why: "keeps orders",
    access: "private",
    secretName: "shop/database",
    passwordVersion: 1,
    protection: "protected",
    alarms: UNMONITORED,
  } as const;
}

/** What a database of these props states of itself, whatever its engine, when it is called `Database`. */
export const STATED = {
  kind: "database",
  id: "Database",
  name: "shop-test-database",
  why: "keeps orders",
  stateful: true,
  public: false,
  secret: "shop/database",
} as const satisfies Partial<DatabaseFact>;

/** Tests how many days of backups a database takes. @param keptDays makes one called `Database`, and says how many it keeps. */
export function testBackupDays(keptDays: (backupDays: number) => unknown): void {
  test.each([1, 35])("keeps %d days of backups when told to", (backupDays) => {
    expect(keptDays(backupDays)).toBe(backupDays);
  });

  test.each([0, 36])("refuses %d days of backups, naming the construct", (backupDays) => {
    expect(() => keptDays(backupDays)).toThrow(`shop-test/Database: backupDays must be 1 to 35, got ${backupDays}`);
  });
}
