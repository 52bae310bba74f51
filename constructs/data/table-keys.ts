import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import type { KeyAttribute, TableIndex, TableKey, TableProps } from "./table";

/** Names of tables and indexes. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
const NAME = /^[A-Za-z0-9_.-]{3,255}$/;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-secondary-indexes */
const MOST_INDEXES = 20;

/**
 * Checks what the types cannot.
 *
 * @throws {PropsError} for a name, backup or number of indexes that DynamoDB does not take, and for an attribute that is a key twice, of
 * two types or in one key.
 */
export function checkTable(scope: Construct, props: TableProps<string>): void {
  const { name, key, indexes = {}, backupDays = 35 } = props;
  const names = [name, ...Object.keys(indexes)];
  const wrong = names.find((candidate) => !NAME.test(candidate));
  if (wrong !== undefined)
    throw new PropsError(scope, wrong === name ? "name" : "indexes", "must be named in 3 to 255 letters, digits, _, . and -", wrong);
  if (backupDays < 1 || backupDays > 35) throw new PropsError(scope, "backupDays", "must be 1 to 35", backupDays);
  if (names.length - 1 > MOST_INDEXES) throw new PropsError(scope, "indexes", `must be ${MOST_INDEXES} at most`, names.length - 1);
  for (const { partition, sort } of [key, ...Object.values(indexes)]) {
    if (partition.name === sort?.name) throw new PropsError(scope, "key", "must not have one attribute twice", partition.name);
  }
  const types = new Map<string, string>();
  for (const attribute of everyKeyAttribute(props)) {
    const known = types.get(attribute.name);
    if (known !== undefined && known !== attribute.type)
      throw new PropsError(scope, "key", `must give ${attribute.name} one type`, [known, attribute.type]);
    types.set(attribute.name, attribute.type);
  }
}

/** Every attribute of a key, once, by name: DynamoDB knows the types of these alone. */
export function keyAttributes(props: TableProps<string>): KeyAttribute[] {
  const byName = new Map(everyKeyAttribute(props).map(({ name, type }) => [name, { name, type }]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function everyKeyAttribute({ key, indexes = {} }: TableProps<string>): KeyAttribute[] {
  const keys: TableKey[] = [key, ...Object.values<TableIndex>(indexes)];
  return keys.flatMap(({ partition, sort }) => (sort === undefined ? [partition] : [partition, sort]));
}
