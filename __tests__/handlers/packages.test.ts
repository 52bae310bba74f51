import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { DynamoDbLocal, dynamoDbLocalIsMissing } from "../support/dynamodb-local/dynamodb-local";
import { describeWith } from "../support/needs";
import { packHandlers } from "../support/packed-handlers";
import { projectRoot, run, scratchFolder } from "../support/project";
import { cognitoEvent } from "./support/cognito-events";

/** The most that the code of a handler may take, without the SDK. Loading it is part of what a user waits for. */
const LARGEST_BYTES = 150_000;

/** Handlers that a user waits for. */
const TRIGGERS = ["pre-sign-up", "post-confirmation", "pre-token-generation", "custom-message"];

beforeAll(packHandlers);

function unpack(name: string): Uint8Array {
  const files = unzipSync(readFileSync(join(projectRoot, "dist", "handlers", `${name}.zip`)));
  expect(Object.keys(files)).toEqual(["handler.js"]);
  return files["handler.js"] ?? new Uint8Array();
}

/** Runs a handler's package once, as Lambda does: beside nothing, with the SDK on Node's search path. */
function invoke(name: string, event: object, environment: Record<string, string> = {}): { answer: unknown; log: string } {
  const folder = scratchFolder();
  writeFileSync(join(folder, "handler.js"), unpack(name));
  const script = `
    const said = [];
    process.stdout.write = process.stderr.write = (text) => said.push(text);
    require("./handler").handler(${JSON.stringify(event)}, { awsRequestId: "1" }).then(
      ({ response }) => response,
      ({ message }) => message,
    ).then((answer) => require("node:fs").writeFileSync("answer.json", JSON.stringify({ answer, log: said.join("") })));`;
  const env = { NODE_PATH: join(projectRoot, "node_modules"), AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...environment };
  expect(run(process.execPath, ["-e", script], { cwd: folder, env })).toMatchObject({ status: 0, stderr: "" });
  return JSON.parse(readFileSync(join(folder, "answer.json"), "utf8"));
}

test.each(TRIGGERS)("the package of %s is no larger than a cold start can bear", (name) => {
  expect(unpack(name).length).toBeLessThanOrEqual(LARGEST_BYTES);
});

test("no package holds the AWS SDK, which Lambda brings", () => {
  const { inputs } = JSON.parse(readFileSync(join(projectRoot, "dist", "handlers", "record.json"), "utf8"));
  expect(Object.keys(inputs)).toContain("handlers/pre-sign-up/handler.ts");
  expect(Object.keys(inputs).filter((path) => path.includes("node_modules/@aws-sdk/"))).toEqual([]);
});

describe("a package runs as Lambda runs it", () => {
  test("pre-sign-up", () => {
    const settings = { ALLOWED_EMAIL_DOMAINS: "example.com", PLUS_ADDRESSES: "refused" };
    const event = (email: string) => cognitoEvent("PreSignUp_SignUp", { email });
    expect(invoke("pre-sign-up", event("a.user@example.com"), settings).answer).toMatchObject({ autoConfirmUser: false });
    expect(invoke("pre-sign-up", event("a.user+1@example.com"), settings).answer).toMatch(/^Please use your e-mail address without/);
  });

  test("custom-message", () => {
    const event = cognitoEvent("CustomMessage_SignUp", {}, { request: { codeParameter: "{####}" } });
    const settings = { PRODUCT_NAME: "Example", CONSOLE_URL: "https://console.example.com" };
    expect(invoke("custom-message", event, settings).answer).toMatchObject({ emailSubject: "Your confirmation code - Example" });
  });

  test.each(TRIGGERS)("%s refuses everybody without its settings, and names the first that is missing", (name) => {
    const { answer, log } = invoke(name, cognitoEvent("PreSignUp_SignUp", {}));
    expect(answer).toMatch(/^This did not work; /);
    expect(log).toMatch(/"says":"environment variable [A-Z_]+ is not set"/);
  });
});

describeWith({ programs: ["java", "mvn"], other: dynamoDbLocalIsMissing }, "packages that use DynamoDB", () => {
  let dynamo: DynamoDbLocal;

  beforeAll(async () => {
    dynamo = await DynamoDbLocal.start();
    await dynamo.createTable("UsersAccountsTable");
  }, 120_000);
  afterAll(() => dynamo?.stop());

  test("post-confirmation and pre-token-generation find it, and one another's items, by their environment", async () => {
    const sub = randomUUID();
    const environment = {
      AWS_ENDPOINT_URL: String(dynamo.config.endpoint),
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      USERS_ACCOUNTS_TABLE_NAME: "UsersAccountsTable",
      ALLOWED_EMAIL_DOMAINS: "example.com",
      PLUS_ADDRESSES: "refused",
    };
    const user = { sub, email: "a.user@example.com" };
    expect(invoke("post-confirmation", cognitoEvent("PostConfirmation_ConfirmSignUp", user), environment).answer).toEqual({});
    const account = (await dynamo.items("UsersAccountsTable")).find(({ sk }) => sk === "account");
    const tokens = (email: string) => {
      const event = cognitoEvent("TokenGeneration_Authentication", { ...user, email }, { version: "2" });
      return invoke("pre-token-generation", event, environment).answer;
    };
    expect(tokens("a.user@elsewhere.example")).toMatch(/^Your e-mail address is of a domain/);
    expect(tokens(user.email)).toMatchObject({
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { claimsToAddOrOverride: { account_id: account?.["pk"], account_role: "owner" } },
      },
    });
  });
});
