import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Table, type TableProps } from "../../../constructs/data/table";
import { type Grantee, Role } from "../../../constructs/security/role";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addTopic, UNMONITORED, UNPROTECTED } from "../parts";
import { exception, facts, once, statements } from "../readings";

const PK = { name: "pk", type: "S" } as const;
const SK = { name: "sk", type: "S" } as const;

function addTable<Index extends string = never>(stack: TestStack, props: Partial<TableProps<Index>> = {}, id = "Users"): Table<Index> {
  return new Table<Index>(stack, id, {
    name: "users",
    why: "knows users",
    key: { partition: PK, sort: SK },
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

function synthTable(props: Partial<TableProps<string>> = {}): Synthesized {
  return synthesizeTestStack((stack) => addTable<string>(stack, props));
}

const plain = once(() => synthTable());

describe("Table", () => {
  test("is paid by use, encrypted, restorable and protected when only the required props are given", () => {
    expect(plain().only(DynamodbTable)).toEqual({
      name: "users",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "pk",
      range_key: "sk",
      attribute: [PK, SK],
      server_side_encryption: { enabled: true },
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      deletion_protection_enabled: true,
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
  });

  test("says why protection is off", () => {
    expect(synthTable({ protection: UNPROTECTED }).only(DynamodbTable)).toMatchObject({
      deletion_protection_enabled: false,
      lifecycle: { prevent_destroy: false },
      tags: { UnprotectedBecause: "a tests data is thrown away" },
    });
  });

  test("finds items by one attribute where there is no sort key", () => {
    const table = synthTable({ key: { partition: { name: "id", type: "N" } } }).only(DynamodbTable);
    expect(table).toMatchObject({ hash_key: "id", attribute: [{ name: "id", type: "N" }] });
    expect(table).not.toHaveProperty("range_key");
  });

  test("has indexes, and names each attribute of a key once", () => {
    const owner = { name: "owner", type: "S" } as const;
    const indexes = {
      "by-owner": { partition: owner, sort: { name: "at", type: "N" } },
      "by-sk": { partition: SK, projection: "keysOnly" },
      "by-owner-and-pk": { partition: owner, sort: PK, projection: { include: ["role"] } },
    } as const;
    expect(synthTable({ indexes }).only(DynamodbTable)).toMatchObject({
      attribute: [{ name: "at", type: "N" }, owner, PK, SK],
      global_secondary_index: [
        { name: "by-owner", hash_key: "owner", range_key: "at", projection_type: "ALL" },
        { name: "by-sk", hash_key: "sk", projection_type: "KEYS_ONLY" },
        { name: "by-owner-and-pk", hash_key: "owner", range_key: "pk", projection_type: "INCLUDE", non_key_attributes: ["role"] },
      ],
    });
  });

  test("lets items expire where an attribute says when", () => {
    expect(synthTable({ expiresAt: "endsAt" }).only(DynamodbTable)["ttl"]).toEqual({ attribute_name: "endsAt", enabled: true });
    expect(plain().only(DynamodbTable)).not.toHaveProperty("ttl");
  });

  test("keeps the address that its items are stored under", () => {
    expect(plain().addresses(DynamodbTable)).toEqual(["aws_dynamodb_table.users"]);
  });

  test("states itself", () => {
    expect(facts(synthTable({ backupDays: 7 }), "table")).toEqual([
      {
        kind: "table",
        id: "Users",
        name: "users",
        why: "knows users",
        size: "on demand, by pk (S) and sk (S)",
        stateful: true,
        fails: "DynamoDB keeps it in three zones; any second of the last 7 days can be restored into a new table",
      },
    ]);
  });
});

describe("a Table refuses", () => {
  test.each<[string, Partial<TableProps<string>>, string]>([
    ["a name that is too short", { name: "us" }, 'name must be named in 3 to 255 letters, digits, _, . and -, got "us"'],
    ["a name with a slash", { name: "a/users" }, 'name must be named in 3 to 255 letters, digits, _, . and -, got "a/users"'],
    [
      "an index whose name is too short",
      { indexes: { by: { partition: PK } } },
      'indexes must be named in 3 to 255 letters, digits, _, . and -, got "by"',
    ],
    ["no day of backups", { backupDays: 0 }, "backupDays must be 1 to 35, got 0"],
    ["more days of backups than there are", { backupDays: 36 }, "backupDays must be 1 to 35, got 36"],
    ["a key of one attribute twice", { key: { partition: PK, sort: PK } }, 'key must not have one attribute twice, got "pk"'],
    [
      "an attribute of two types",
      { indexes: { byTime: { partition: { name: "sk", type: "N" } } } },
      'key must give sk one type, got ["S","N"]',
    ],
    [
      "more indexes than DynamoDB keeps",
      { indexes: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`index-${index}`, { partition: PK }])) },
      "indexes must be 20 at most, got 21",
    ],
  ])("%s", (_what, props, message) => {
    expect(() => synthTable(props)).toThrow(`shop-test/Users: ${message}`);
  });
});

describe("grants of a Table", () => {
  const TABLE = "${aws_dynamodb_table.users.arn}";

  function granted(grant: (table: Table<"by-owner">, grantee: Grantee, stack: TestStack) => void): unknown {
    const synthesized = synthesizeTestStack((stack) => {
      const table = addTable<"by-owner">(stack, { indexes: { "by-owner": { partition: SK } } });
      grant(table, { role: new Role(stack, "Reader", { service: "lambda.amazonaws.com" }) }, stack);
    });
    return statements(synthesized.only(IamRolePolicy)["policy"]);
  }

  test.each<[string, (table: Table<"by-owner">, grantee: Grantee) => void, string, string | readonly string[]]>([
    ["get", (table, grantee) => table.grantGet(grantee), "dynamodb:GetItem", TABLE],
    ["batch get", (table, grantee) => table.grantBatchGet(grantee), "dynamodb:BatchGetItem", TABLE],
    ["put", (table, grantee) => table.grantPut(grantee), "dynamodb:PutItem", TABLE],
    ["update", (table, grantee) => table.grantUpdate(grantee), "dynamodb:UpdateItem", TABLE],
    ["delete", (table, grantee) => table.grantDelete(grantee), "dynamodb:DeleteItem", TABLE],
    ["check", (table, grantee) => table.grantConditionCheck(grantee), "dynamodb:ConditionCheckItem", TABLE],
    ["query", (table, grantee) => table.grantQuery(grantee), "dynamodb:Query", TABLE],
    ["query an index", (table, grantee) => table.grantQuery(grantee, "by-owner"), "dynamodb:Query", [TABLE, `${TABLE}/index/by-owner`]],
    ["scan", (table, grantee) => table.grantScan(grantee), "dynamodb:Scan", TABLE],
    ["scan an index", (table, grantee) => table.grantScan(grantee, "by-owner"), "dynamodb:Scan", [TABLE, `${TABLE}/index/by-owner`]],
  ])("%s: one action, on this table alone", (_name, grant, action, resource) => {
    expect(granted(grant)).toEqual([{ Sid: expect.any(String), Effect: "Allow", Action: action, Resource: resource }]);
  });

  test("of several tables stand in one statement for each action", () => {
    const policy = granted((table, grantee, stack) => {
      const other = addTable(stack, { name: "orders" }, "Orders");
      for (const each of [table, other]) {
        each.grantGet(grantee);
        each.grantPut(grantee);
      }
    });
    const both = [TABLE, "${aws_dynamodb_table.orders.arn}"];
    expect(policy).toEqual([
      { Sid: "GetItems", Effect: "Allow", Action: "dynamodb:GetItem", Resource: both },
      { Sid: "PutItems", Effect: "Allow", Action: "dynamodb:PutItem", Resource: both },
    ]);
  });

  test("reach no index that the table does not have", () => {
    const table: Table<string> = addTable<string>(new TestStack(scratchApp()));
    const role = new Role(table, "Reader", { service: "lambda.amazonaws.com" });
    expect(() => table.grantQuery({ role }, "by-owner")).toThrow(
      'shop-test/Users: indexes must have "by-owner" before it can be granted, got []',
    );
  });
});

describe("alarms of a Table", () => {
  test("ring when reads or writes are refused in two of five minutes", () => {
    const synthesized = synthesizeTestStack((stack) => addTable(stack, { alarms: addTopic(stack) }));
    const common = {
      namespace: "AWS/DynamoDB",
      dimensions: { TableName: "users" },
      statistic: "Sum",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 2,
      treat_missing_data: "notBreaching",
      alarm_description: expect.stringContaining("Runbook: docs/runbooks/dynamodb.md#throttled"),
    };
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      users_reads_throttled: expect.objectContaining({ ...common, metric_name: "ReadThrottleEvents" }),
      users_writes_throttled: expect.objectContaining({ ...common, metric_name: "WriteThrottleEvents" }),
    });
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthTable({ alarms: { unmonitoredBecause: "holds nothing yet" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(exception("Users alarms", "table users has no alarms", "holds nothing yet"));
  });
});
