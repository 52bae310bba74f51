import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { DynamoAccountStore } from "../../../handlers/accounts/dynamo-account-store";
import { SUB } from "../support/cognito-events";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

// DynamoDB Local has one copy of each item, so it cannot tell this from a read that may be a second behind.
test("a membership is read as it was last written: a user signs in moments after being made", async () => {
  const dynamo = mockClient(DynamoDBClient);
  dynamo.on(GetItemCommand).resolves({});
  const store = new DynamoAccountStore(new DynamoDBClient({ region: "eu-west-1" }), "UsersAccountsTable", () => new Date());
  expect(await store.findMembership(SUB, new AbortController().signal)).toBeUndefined();
  expect(dynamo.commandCalls(GetItemCommand).map(({ args: [{ input }] }) => input)).toEqual([
    expect.objectContaining({ ConsistentRead: true, Key: { pk: { S: SUB }, sk: { S: "user" } } }),
  ]);
});
