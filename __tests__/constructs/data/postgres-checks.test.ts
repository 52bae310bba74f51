import { checkPostgres, checkUrlScheme, type PostgresNamesAndStorage } from "../../../constructs/data/postgres-checks";
import { scratchApp, TestStack } from "../../support/synthesized";

function check(props: Partial<PostgresNamesAndStorage>): () => void {
  return () => checkPostgres(new TestStack(scratchApp()), { databaseName: "orders", storageGib: 20, maxStorageGib: 100, ...props });
}

describe("checkPostgres", () => {
  test.each(["a", "orders-1", "o".repeat(63)])("takes the identifier %s", (identifier) => {
    expect(check({ identifier })).not.toThrow();
  });

  test.each(["", "1orders", "orders-", "orders--1", "Orders", "orders_1", "o".repeat(64)])("refuses the identifier %s", (identifier) => {
    expect(check({ identifier })).toThrow(
      `shop-test: identifier must be 1 to 63 lower-case letters, digits and single inner hyphens, a letter first, got "${identifier}"`,
    );
  });

  test.each(["o", "orders_2", "o".repeat(63)])("takes the database name %s", (databaseName) => {
    expect(check({ databaseName })).not.toThrow();
  });

  test.each(["", "2orders", "Orders", "orders-2", "o".repeat(64)])("refuses the database name %s", (databaseName) => {
    expect(check({ databaseName })).toThrow(
      `shop-test: databaseName must be 1 to 63 lower-case letters, digits and underscores, a letter first, got "${databaseName}"`,
    );
  });

  test.each([
    [20, 22],
    [25, 28],
    [59_578, 65_536],
  ])("takes %d GiB that may grow to %d", (storageGib, maxStorageGib) => {
    expect(check({ storageGib, maxStorageGib })).not.toThrow();
  });

  test.each([19, 65_537, 20.5])("refuses %d GiB", (storageGib) => {
    expect(check({ storageGib })).toThrow(`shop-test: storageGib must be whole GiB, 20 to 65536, got ${storageGib}`);
  });

  test.each([
    [20, 21, 22],
    [25, 27, 28],
    [20, 65_537, 22],
    [20, 22.5, 22],
  ])("refuses %d GiB that may grow to %d", (storageGib, maxStorageGib, least) => {
    expect(check({ storageGib, maxStorageGib })).toThrow(
      `shop-test: maxStorageGib must be whole GiB, ${least} to 65536, with storageGib ${storageGib}, got ${maxStorageGib}`,
    );
  });
});

describe("checkUrlScheme", () => {
  const scheme = (given: string | undefined) => () => checkUrlScheme(new TestStack(scratchApp()), given);

  test.each([undefined, "postgres", "postgresql", "postgresql+asyncpg"])("takes %s", (given) => {
    expect(scheme(given)).not.toThrow();
  });

  test.each(["", "mysql", "postgres://", "postgres:", "Postgres", "postgresql+"])("refuses %j", (given) => {
    expect(scheme(given)).toThrow(`shop-test: scheme must be postgres or postgresql, and after a plus the driver, got "${given}"`);
  });
});
