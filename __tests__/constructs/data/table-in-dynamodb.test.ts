import { DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Table } from "../../../constructs/data/table";
import { DynamoDbLocal, dynamoDbLocalIsMissing, type TableAttributes } from "../../support/dynamodb-local/dynamodb-local";
import { describeWith } from "../../support/needs";
import { synthesizeTestStack } from "../../support/synthesized";
import { UNMONITORED } from "../parts";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

describeWith({ programs: ["java", "mvn"], other: dynamoDbLocalIsMissing }, "a Table in DynamoDB", () => {
  let dynamo: DynamoDbLocal;
  beforeAll(async () => {
    dynamo = await DynamoDbLocal.start();
  }, 120_000);
  afterAll(() => dynamo?.stop());

  test("is made of the attributes that Terraform gets, and finds items by its key and by its indexes", async () => {
    const synthesized = synthesizeTestStack((stack) => {
      new Table(stack, "Orders", {
        name: "orders",
        why: "knows orders",
        key: { partition: { name: "id", type: "S" }, sort: { name: "line", type: "N" } },
        indexes: {
          "by-buyer": { partition: { name: "buyer", type: "S" }, sort: { name: "line", type: "N" } },
          "by-line": { partition: { name: "line", type: "N" }, projection: "keysOnly" },
          "by-receipt": { partition: { name: "receipt", type: "B" }, projection: { include: ["buyer"] } },
        },
        protection: "protected",
        alarms: UNMONITORED,
      });
    });
    await dynamo.createSynthesizedTable(synthesized.only(DynamodbTable) as unknown as TableAttributes);
    const client = new DynamoDBClient(dynamo.config);
    const item = { id: { S: "o1" }, line: { N: "1" }, buyer: { S: "b1" }, receipt: { B: new Uint8Array([7]) }, note: { S: "n" } };
    await client.send(new PutItemCommand({ TableName: "orders", Item: item }));
    const found = async (index: string | undefined, name: string, value: (typeof item)[keyof typeof item]) => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: "orders",
          IndexName: index,
          KeyConditionExpression: "#key = :value",
          ExpressionAttributeNames: { "#key": name },
          ExpressionAttributeValues: { ":value": value },
        }),
      );
      return Items;
    };
    expect(await found(undefined, "id", item.id)).toEqual([item]);
    expect(await found("by-buyer", "buyer", item.buyer)).toEqual([item]);
    expect(await found("by-line", "line", item.line)).toEqual([{ id: item.id, line: item.line }]);
    expect(await found("by-receipt", "receipt", item.receipt)).toEqual([
      { id: item.id, line: item.line, receipt: item.receipt, buyer: item.buyer },
    ]);
    client.destroy();
  });
});
