import { randomUUID } from "node:crypto";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { cognitoEvent } from "../handlers/support/cognito-events";
import { ALL, PROD, STAGING } from "../stacks/marqo-roots";
import { DynamoDbLocal, dynamoDbLocalIsMissing, type TableAttributes } from "../support/dynamodb-local/dynamodb-local";
import { describeWith } from "../support/needs";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { PoolFunctions } from "./marqo-pool-functions";

// Each step is a process of its own, which loads a function's package anew.
jest.setTimeout(60_000);

describeWith({ programs: ["java", "mvn"], other: dynamoDbLocalIsMissing }, "a user of Marqo's console", () => {
  let dynamo: DynamoDbLocal;
  let place: Record<string, string> = {};

  beforeAll(async () => {
    packHandlers();
    dynamo = await DynamoDbLocal.start();
    place = {
      AWS_ENDPOINT_URL: String(dynamo.config.endpoint),
      AWS_REGION: String(dynamo.config.region),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    for (const [, root] of ALL) await dynamo.createSynthesizedTable(usersTable(root()));
  }, 120_000);

  afterAll(() => dynamo?.stop());

  const usersTable = (root: Synthesized) => root.byName(DynamodbTable)["tables_users_accounts"] as unknown as TableAttributes;
  const itemsOf = async (root: Synthesized, sub: string) => {
    const items = await dynamo.items(usersTable(root).name);
    return items.filter(({ pk, ownerId }) => pk === sub || ownerId === sub);
  };

  test.each(ALL)("signs up, confirms twice and gets tokens with one account in %s", async (_environment, root) => {
    const functions = new PoolFunctions(root(), place);
    const sub = randomUUID();
    const user = { sub, email: "a.user@example.com" };

    expect(functions.preSignUp(cognitoEvent("PreSignUp_SignUp", { email: user.email }))).toEqual({
      response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    });

    const message = functions.customMessage(cognitoEvent("CustomMessage_SignUp", user, { request: { codeParameter: "{####}" } }));
    expect(message.response).toMatchObject({
      emailSubject: "Your confirmation code - Marqo",
      emailMessage: expect.stringContaining("{####}"),
    });

    const tokens = () => functions.preTokenGeneration(cognitoEvent("TokenGeneration_Authentication", user, { version: "2" }));
    expect(tokens().error).toMatch(/^This did not work; /);

    const confirmation = cognitoEvent("PostConfirmation_ConfirmSignUp", user);
    expect(functions.postConfirmation(confirmation)).toEqual({ response: {} });
    const items = await itemsOf(root(), sub);
    expect(functions.postConfirmation(confirmation)).toEqual({ response: {} });
    expect(await itemsOf(root(), sub)).toEqual(items);
    expect(items.map(({ sk }) => sk).sort()).toEqual(["account", "user"]);

    const account = items.find(({ sk }) => sk === "account")?.["pk"];
    const claims = { claimsToAddOrOverride: { account_id: account, account_role: "owner" } };
    expect(account).toMatch(/^[0-9a-f-]{36}$/);
    expect(tokens()).toEqual({
      response: { claimsAndScopeOverrideDetails: { idTokenGeneration: claims, accessTokenGeneration: claims } },
    });
  });

  test("is kept out by staging's list of domains, and by prod's rule about plus addresses", () => {
    const stranger = cognitoEvent("PreSignUp_SignUp", { email: "a.user@elsewhere.example" });
    expect(new PoolFunctions(STAGING(), place).preSignUp(stranger).error).toMatch(/^Sign-up is open to some e-mail domains only/);
    expect(new PoolFunctions(PROD(), place).preSignUp(stranger).error).toBeUndefined();

    const twin = cognitoEvent("PreSignUp_SignUp", { email: "a.user+second@example.com" });
    expect(new PoolFunctions(STAGING(), place).preSignUp(twin).error).toBeUndefined();
    expect(new PoolFunctions(PROD(), place).preSignUp(twin).error).toMatch(/^Please use your e-mail address without the plus sign/);
  });

  test("gets no tokens any more after moving to an address that could not have signed up", () => {
    const user = { sub: randomUUID(), email: "a.user@example.com" };
    const refreshed = (functions: PoolFunctions, change: object) => {
      const attributes = { ...user, email_verified: "true", ...change };
      return functions.preTokenGeneration(cognitoEvent("TokenGeneration_RefreshTokens", attributes, { version: "2" })).error;
    };
    const [staging, prod] = [new PoolFunctions(STAGING(), place), new PoolFunctions(PROD(), place)];
    for (const functions of [staging, prod]) {
      functions.postConfirmation(cognitoEvent("PostConfirmation_ConfirmSignUp", user));
      expect(refreshed(functions, {})).toBeUndefined();
      expect(refreshed(functions, { email_verified: "false" })).toMatch(/^Your e-mail address is not proven/);
    }

    const elsewhere = { email: "a.user@elsewhere.example" };
    expect(refreshed(staging, elsewhere)).toMatch(/^Your e-mail address is of a domain that cannot be used here/);
    expect(refreshed(prod, elsewhere)).toBeUndefined();

    const twin = { email: "a.user+second@example.com" };
    expect(refreshed(staging, twin)).toBeUndefined();
    expect(refreshed(prod, twin)).toMatch(/^Your e-mail address has a plus sign/);
  });

  test("of one environment has no account in another", async () => {
    const user = { sub: randomUUID(), email: "a.user@example.com" };
    new PoolFunctions(STAGING(), place).postConfirmation(cognitoEvent("PostConfirmation_ConfirmSignUp", user));
    const event = cognitoEvent("TokenGeneration_Authentication", user, { version: "2" });
    expect(new PoolFunctions(STAGING(), place).preTokenGeneration(event).error).toBeUndefined();
    expect(new PoolFunctions(PROD(), place).preTokenGeneration(event).error).toMatch(/^This did not work; /);
  });
});
