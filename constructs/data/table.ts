import { DynamodbTable, type DynamodbTableGlobalSecondaryIndex } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import type { Grantee } from "../security/role";
import { checkTable, keyAttributes } from "./table-keys";

/** One attribute of a key: S is a string, N a number, B bytes. */
export interface KeyAttribute {
  readonly name: string;
  readonly type: "S" | "N" | "B";
}

/** What items are found by. */
export interface TableKey {
  readonly partition: KeyAttribute;
  /** @default - one item for each partition key */
  readonly sort?: KeyAttribute;
}

/** Another way to find items, kept by DynamoDB a moment behind the table. */
export interface TableIndex extends TableKey {
  /** Attributes it holds beside the keys. Fewer cost less. @default "all" */
  readonly projection?: "all" | "keysOnly" | { readonly include: readonly string[] };
}

export interface TableProps<Index extends string> {
  /** Name in DynamoDB. Another name replaces the table. */
  readonly name: string;
  readonly why: string;
  /** Another key replaces the table. */
  readonly key: TableKey;
  /** Indexes by name. @default - none */
  readonly indexes?: Readonly<Record<Index, TableIndex>>;
  /** Attribute with the second since 1970 after which DynamoDB deletes an item, within days. @default - items stay */
  readonly expiresAt?: string;
  /** Days of which any second can be restored, 1 to 35. @default 35 */
  readonly backupDays?: number;
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/**
 * One DynamoDB table, paid by use, encrypted under a key that CloudTrail watches, and restorable to any second of the last
 * `backupDays`. Nobody may read or write it until granted, action by action.
 */
export class Table<Index extends string = never> extends Construct {
  readonly name: string;
  readonly arn: string;
  private readonly indexes: readonly string[];

  /** @throws {PropsError} for a name or backup that DynamoDB does not take, and for keys that contradict one another. */
  constructor(scope: Construct, id: string, props: TableProps<Index>) {
    super(scope, id);
    checkTable(this, props);
    const { name, key, expiresAt, backupDays = 35, protection } = props;
    const indexes = Object.entries<TableIndex>(props.indexes ?? {});
    const isProtected = protection === "protected";
    this.name = name;
    this.indexes = indexes.map(([index]) => index);
    this.arn = new DynamodbTable(this, "Default", {
      name,
      billingMode: "PAY_PER_REQUEST",
      hashKey: key.partition.name,
      rangeKey: key.sort?.name,
      attribute: keyAttributes(props),
      globalSecondaryIndex: indexes.length === 0 ? undefined : indexes.map(indexBlock),
      ttl: expiresAt === undefined ? undefined : { attributeName: expiresAt, enabled: true },
      serverSideEncryption: { enabled: true },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: backupDays },
      deletionProtectionEnabled: isProtected,
      tags: protectionTags(protection),
      lifecycle: { preventDestroy: isProtected },
    }).arn;
    this.monitor(props);
    this.stateFact(props, backupDays);
  }

  /** Lets `grantee` read an item whose key it knows. */
  grantGet(grantee: Grantee): void {
    this.grant(grantee, "GetItems", ["dynamodb:GetItem"]);
  }

  /** Lets `grantee` read many items at a time whose keys it knows. */
  grantBatchGet(grantee: Grantee): void {
    this.grant(grantee, "BatchGetItems", ["dynamodb:BatchGetItem"]);
  }

  /** Lets `grantee` write whole items, over those that are there too. */
  grantPut(grantee: Grantee): void {
    this.grant(grantee, "PutItems", ["dynamodb:PutItem"]);
  }

  /** Lets `grantee` change attributes of items. */
  grantUpdate(grantee: Grantee): void {
    this.grant(grantee, "UpdateItems", ["dynamodb:UpdateItem"]);
  }

  /** Lets `grantee` delete items. */
  grantDelete(grantee: Grantee): void {
    this.grant(grantee, "DeleteItems", ["dynamodb:DeleteItem"]);
  }

  /** Lets `grantee` make a transaction depend on an item that it does not write. */
  grantConditionCheck(grantee: Grantee): void {
    this.grant(grantee, "CheckItems", ["dynamodb:ConditionCheckItem"]);
  }

  /**
   * Lets `grantee` read the items of a partition, in the table and in the named indexes.
   *
   * @throws {PropsError} for an index that the table does not have.
   */
  grantQuery(grantee: Grantee, ...indexes: Index[]): void {
    this.grant(grantee, "QueryItems", ["dynamodb:Query"], indexes);
  }

  /**
   * Lets `grantee` read every item, of the table and of the named indexes.
   *
   * @throws {PropsError} for an index that the table does not have.
   */
  grantScan(grantee: Grantee, ...indexes: Index[]): void {
    this.grant(grantee, "ScanItems", ["dynamodb:Scan"], indexes);
  }

  /** Reads that were refused because they came too fast. */
  get throttledReads(): Metric {
    return this.metric("ReadThrottleEvents");
  }

  /** Writes that were refused because they came too fast. */
  get throttledWrites(): Metric {
    return this.metric("WriteThrottleEvents");
  }

  private grant({ role }: Grantee, sid: string, actions: readonly string[], indexes: readonly Index[] = []): void {
    const unknown = indexes.filter((index) => !this.indexes.includes(index));
    if (unknown.length > 0) throw new PropsError(this, "indexes", `must have "${unknown[0]}" before it can be granted`, this.indexes);
    role.allow({ sid, actions, resources: [this.arn, ...indexes.map((index) => `${this.arn}/index/${index}`)] });
  }

  private metric(name: string): Metric {
    return { namespace: "AWS/DynamoDB", name, dimensions: { TableName: this.name }, statistic: "Sum" };
  }

  private monitor({ name, alarms }: TableProps<Index>): void {
    const topic = alarmTopic(this, alarms, `table ${name}`);
    if (topic === undefined) return;
    const common = {
      topic,
      comparison: "GreaterThanOrEqualToThreshold",
      // DynamoDB reports throttles only when there are some.
      missingData: "notBreaching",
      threshold: 1,
      periods: { of: 5, bad: 2 },
    } as const;
    new Alarm(this, "ReadsThrottled", {
      ...common,
      metric: this.throttledReads,
      means: `DynamoDB refuses reads of ${name}: one key is read too often, or traffic has doubled within minutes.`,
      runbook: "dynamodb.md#throttled",
    });
    new Alarm(this, "WritesThrottled", {
      ...common,
      metric: this.throttledWrites,
      means: `DynamoDB refuses writes to ${name}: one key is written too often, or traffic has doubled within minutes.`,
      runbook: "dynamodb.md#throttled",
    });
  }

  private stateFact({ name, why, key }: TableProps<Index>, backupDays: number): void {
    const keys = [key.partition, ...(key.sort === undefined ? [] : [key.sort])].map(
      ({ name: attribute, type }) => `${attribute} (${type})`,
    );
    SystemStack.of(this).inventory.add({
      kind: "table",
      id: pathInStack(this),
      name,
      why,
      size: `on demand, by ${keys.join(" and ")}`,
      stateful: true,
      fails: `DynamoDB keeps it in three zones; any second of the last ${backupDays} days can be restored into a new table`,
    });
  }
}

function indexBlock([name, { partition, sort, projection = "all" }]: [string, TableIndex]): DynamodbTableGlobalSecondaryIndex {
  const keys = { name, hashKey: partition.name, rangeKey: sort?.name };
  if (projection === "all") return { ...keys, projectionType: "ALL" };
  if (projection === "keysOnly") return { ...keys, projectionType: "KEYS_ONLY" };
  return { ...keys, projectionType: "INCLUDE", nonKeyAttributes: [...projection.include] };
}
