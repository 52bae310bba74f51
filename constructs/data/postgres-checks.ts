import type { Construct } from "constructs";
import { NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";

export interface PostgresNamesAndStorage {
  readonly identifier?: string;
  readonly databaseName: string;
  readonly storageGib: number;
  readonly maxStorageGib: number;
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const IDENTIFIER = new RegExp(`^(?=.{1,${NAME_LIMIT.databaseIdentifier}}$)[a-z](-?[a-z0-9])*$`);
/** In lower case: SQL without quotes cannot say any other. */
const DATABASE_NAME = /^[a-z][a-z0-9_]{0,62}$/;
/** GiB of gp3 storage. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html */
const LEAST_GIB = 20;
const MOST_GIB = 65_536;

/**
 * Checks what RDS would refuse after minutes.
 *
 * @throws {PropsError} for an identifier, a database's name or storage that RDS does not take.
 */
export function checkPostgres(scope: Construct, { identifier, databaseName, storageGib, maxStorageGib }: PostgresNamesAndStorage): void {
  if (identifier !== undefined && !IDENTIFIER.test(identifier)) {
    const rule = `must be 1 to ${NAME_LIMIT.databaseIdentifier} lower-case letters, digits and single inner hyphens, a letter first`;
    throw new PropsError(scope, "identifier", rule, identifier);
  }
  if (!DATABASE_NAME.test(databaseName)) {
    throw new PropsError(scope, "databaseName", "must be 1 to 63 lower-case letters, digits and underscores, a letter first", databaseName);
  }
  if (!Number.isInteger(storageGib) || storageGib < LEAST_GIB || storageGib > MOST_GIB) {
    throw new PropsError(scope, "storageGib", `must be whole GiB, ${LEAST_GIB} to ${MOST_GIB}`, storageGib);
  }
  // RDS asks for a tenth more. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
  const least = Math.ceil((storageGib * 11) / 10);
  if (!Number.isInteger(maxStorageGib) || maxStorageGib < least || maxStorageGib > MOST_GIB) {
    throw new PropsError(
      scope,
      "maxStorageGib",
      `must be whole GiB, ${least} to ${MOST_GIB}, with storageGib ${storageGib}`,
      maxStorageGib,
    );
  }
}

/** As Django, libpq and SQLAlchemy know it. */
const SCHEME = /^postgres(ql)?(\+[a-z0-9]+)?$/;

/** @throws {PropsError} for a scheme by which no driver knows PostgreSQL. */
export function checkUrlScheme(scope: Construct, scheme: string | undefined): void {
  if (scheme === undefined || SCHEME.test(scheme)) return;
  throw new PropsError(scope, "scheme", "must be postgres or postgresql, and after a plus the driver", scheme);
}
