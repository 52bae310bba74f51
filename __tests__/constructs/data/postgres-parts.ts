import { PostgresDatabase, type PostgresDatabaseProps } from "../../../constructs/data/postgres-database";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { databaseProps } from "./databases";

/** The smallest database that there can be, protected and called `Database`. */
export function addDatabase(stack: TestStack, props: Partial<PostgresDatabaseProps> = {}): PostgresDatabase {
  return new PostgresDatabase(stack, "Database", {
    ...databaseProps(stack, props.network),
    databaseName: "orders",
    instanceClass: "db.t3.micro",
    storageGib: 20,
    maxStorageGib: 100,
    ...props,
  });
}

/** A stack with such a database, and what `use` makes of it. */
export function synthDatabase(
  props: Partial<PostgresDatabaseProps> = {},
  use: (database: PostgresDatabase) => void = () => undefined,
): Synthesized {
  return synthesizeTestStack((stack) => use(addDatabase(stack, props)));
}
