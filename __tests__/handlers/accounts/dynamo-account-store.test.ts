import { randomUUID } from "node:crypto";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DynamoAccountStore } from "../../../handlers/accounts/dynamo-account-store";
import { confirmUser } from "../../../handlers/post-confirmation/post-confirmation";
import { claimsFor } from "../../../handlers/pre-token-generation/pre-token-generation";
import { DynamoDbLocal, dynamoDbLocalIsMissing } from "../../support/dynamodb-local/dynamodb-local";
import { describeWith } from "../../support/needs";
import { cognitoEvent } from "../support/cognito-events";

process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

const CREATED = new Date("2026-03-01T12:00:00Z");
/** A signal that never goes off: Lambda ends what takes too long, and here nothing does. */
const patience = (): AbortSignal => new AbortController().signal;

describeWith({ programs: ["java", "mvn"], other: dynamoDbLocalIsMissing }, "accounts in DynamoDB", () => {
  let dynamo: DynamoDbLocal;
  let client: DynamoDBClient;
  let table = "";

  beforeAll(async () => {
    dynamo = await DynamoDbLocal.start();
    // The SDK's own limits: a thousand at once wait for one another here, as they do not in DynamoDB.
    client = new DynamoDBClient({
      ...dynamo.config,
      requestHandler: { httpAgent: { maxSockets: 100 }, socketAcquisitionWarningTimeout: 60_000 },
    });
  }, 120_000);

  afterAll(() => {
    client?.destroy();
    dynamo?.stop();
  });

  beforeEach(async () => {
    table = `UsersAccounts-${randomUUID()}`;
    await dynamo.createTable(table);
  });

  const store = () => new DynamoAccountStore(client, table, () => CREATED);

  function confirm(sub: string, source = "PostConfirmation_ConfirmSignUp"): Promise<unknown> {
    return confirmUser(
      cognitoEvent(source, { sub, email: "a.user@example.com" }),
      { store: store(), newAccountId: randomUUID },
      patience(),
    );
  }

  function claims(sub: string): Promise<unknown> {
    const event = cognitoEvent("TokenGeneration_Authentication", { sub, email: "a.user@example.com" }, { version: "2" });
    return claimsFor(event, { rules: { domains: "any", plusAddresses: "allowed" }, store: store() }, patience());
  }

  const ofKind = async (kind: string) => (await dynamo.items(table)).filter(({ sk }) => sk === kind);

  test("a confirmation makes one user and one account, which name one another and nobody", async () => {
    const sub = randomUUID();
    await confirm(sub);
    const items = await dynamo.items(table);
    const accountId = items.find(({ sk }) => sk === "user")?.["accountId"];
    expect(accountId).toMatch(/^[0-9a-f-]{36}$/);
    expect(items).toHaveLength(2);
    expect(items).toContainEqual({ pk: sub, sk: "user", accountId, role: "owner", createdAt: "2026-03-01T12:00:00.000Z" });
    expect(items).toContainEqual({ pk: accountId, sk: "account", ownerId: sub, createdAt: "2026-03-01T12:00:00.000Z" });
  });

  test("a second confirmation, and a new password, change nothing", async () => {
    const sub = randomUUID();
    await confirm(sub);
    const before = await dynamo.items(table);
    await confirm(sub);
    await confirm(sub, "PostConfirmation_ConfirmForgotPassword");
    expect(await dynamo.items(table)).toEqual(before);
  });

  test("a new password gives an account to a user whose confirmation failed", async () => {
    await confirm(randomUUID(), "PostConfirmation_ConfirmForgotPassword");
    expect(await dynamo.items(table)).toHaveLength(2);
  });

  test("1,000 confirmations of one user at once make exactly one account and one user", async () => {
    const sub = randomUUID();
    const answers = await Promise.allSettled(Array.from({ length: 1000 }, () => confirm(sub)));
    expect(answers.filter(({ status }) => status === "rejected")).toEqual([]);
    const [user, ...moreUsers] = await ofKind("user");
    const [account, ...moreAccounts] = await ofKind("account");
    expect([moreUsers, moreAccounts]).toEqual([[], []]);
    expect(user?.["accountId"]).toBe(account?.["pk"]);
    expect(account?.["ownerId"]).toBe(sub);
  }, 120_000);

  test("200 confirmations of 20 users at once make an account for each", async () => {
    const subs = Array.from({ length: 20 }, () => randomUUID());
    await Promise.all(Array.from({ length: 200 }, (_, index) => confirm(subs[index % subs.length] ?? "")));
    const owners = (await ofKind("account")).map(({ ownerId }) => ownerId);
    expect(owners.sort()).toEqual([...subs].sort());
    expect((await ofKind("user")).map(({ pk }) => pk).sort()).toEqual([...subs].sort());
  }, 120_000);

  test("an account that is there already is not given to another user, and the user is not made without one", async () => {
    const accountId = randomUUID();
    await store().createOwner(randomUUID(), accountId, patience());
    await expect(store().createOwner(randomUUID(), accountId, patience())).rejects.toThrow(
      "the transaction was cancelled because of None, ConditionalCheckFailed",
    );
    expect(await dynamo.items(table)).toHaveLength(2);
  });

  test("a user's tokens carry the account and the role at once after the confirmation", async () => {
    const sub = randomUUID();
    await confirm(sub);
    const [account] = await ofKind("account");
    const added = { claimsToAddOrOverride: { account_id: account?.["pk"], account_role: "owner" } };
    expect(await claims(sub)).toEqual({ claimsAndScopeOverrideDetails: { idTokenGeneration: added, accessTokenGeneration: added } });
  });

  test.each([
    ["no account", { role: { S: "owner" } }],
    ["an empty account", { accountId: { S: "" }, role: { S: "owner" } }],
    ["an account that is a number", { accountId: { N: "1" }, role: { S: "owner" } }],
    ["no role", { accountId: { S: "a" } }],
    ["a role that nobody has", { accountId: { S: "a" }, role: { S: "root" } }],
  ])("a user's item with %s gives no token", async (_name, attributes) => {
    const sub = randomUUID();
    await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: sub }, sk: { S: "user" }, ...attributes } }));
    await expect(claims(sub)).rejects.toThrow("the user's item has no account, or a role that there is none of");
  });

  test("another item below the user's id is not taken for the user", async () => {
    const sub = randomUUID();
    const item = { pk: { S: sub }, sk: { S: "account" }, accountId: { S: "a" }, role: { S: "owner" } };
    await client.send(new PutItemCommand({ TableName: table, Item: item }));
    await expect(claims(sub)).rejects.toThrow("the user has no account");
  });
});
