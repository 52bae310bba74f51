import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DescribeTableCommand, DynamoDBClient, paginateListTables } from "@aws-sdk/client-dynamodb";
import { UnreadableAnswer } from "../../../ops/aws/aws-error";
import { Aws } from "../../../ops/validate/aws";
import { NoAnswer } from "../../../ops/validate/no-answer";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };

describe("questions to AWS", () => {
  let silent: Server;
  let endpoint: string;

  beforeAll(async () => {
    silent = createServer(() => {});
    await new Promise<void>((done) => void silent.listen(0, "127.0.0.1", done));
    endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  const aws = (signal = new AbortController().signal): Aws => {
    return new Aws({ region: "eu-west-1", signal, answerSeconds: 0.2, settings: { endpoint, credentials } });
  };
  const describeTable = (asking: Aws) =>
    asking.ask((options) => asking.client(DynamoDBClient).send(new DescribeTableCommand({ TableName: "t" }), options));

  test("end when a service takes them and says nothing", async () => {
    await expect(describeTable(aws())).rejects.toThrow(new NoAnswer(0.2));
  });

  test("end with the operator's reason when they are interrupted", async () => {
    const interruption = new AbortController();
    const question = describeTable(aws(interruption.signal));
    interruption.abort(new Error("enough"));
    await expect(question).rejects.toThrow("enough");
  });

  test("that somebody else than AWS answers are unreadable, and no mistake of this program", async () => {
    const asking = aws();
    await expect(asking.ask(async () => JSON.parse("<html>"))).rejects.toBeInstanceOf(UnreadableAnswer);
  });

  describe("about a list", () => {
    let server: Server | undefined;
    afterEach(() => server?.close());

    /** A service that has tables in pages, and gives a token with each but the last. */
    const listed = async (pages: number): Promise<readonly string[]> => {
      let page = 0;
      server = createServer((_request, response) => {
        page++;
        const next = page < pages ? { LastEvaluatedTableName: `table ${page}` } : {};
        response.setHeader("connection", "close").end(JSON.stringify({ TableNames: [`table ${page}`], ...next }));
      });
      await new Promise<void>((done) => void server?.listen(0, "127.0.0.1", done));
      const settings = { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials };
      const asking = new Aws({ region: "eu-west-1", signal: new AbortController().signal, answerSeconds: 1, settings });
      const found = await asking.pages((options) => paginateListTables({ client: asking.client(DynamoDBClient) }, {}, options));
      return found.flatMap(({ TableNames = [] }) => TableNames);
    };

    test("get every page of it", async () => {
      await expect(listed(3)).resolves.toEqual(["table 1", "table 2", "table 3"]);
    });

    test("end in time when the list does not", async () => {
      await expect(listed(Number.POSITIVE_INFINITY)).rejects.toThrow(new NoAnswer(1));
    });
  });

  test("use one client for each service and region", () => {
    const asking = aws();
    expect(asking.client(DynamoDBClient)).toBe(asking.client(DynamoDBClient, "eu-west-1"));
    expect(asking.client(DynamoDBClient)).not.toBe(asking.client(DynamoDBClient, "us-east-1"));
  });

  test("that several have are asked once, and fail for all of them", async () => {
    const asking = aws();
    let times = 0;
    const work = async (): Promise<never> => {
      times++;
      throw new Error("no");
    };
    await expect(Promise.all([asking.once("key", work), asking.once("key", work)])).rejects.toThrow("no");
    expect(times).toBe(1);
  });

  test.each([
    [["Gone"], undefined],
    [["Other"], "Gone"],
  ])("take an error of the names %j for absence", async (names, thrown) => {
    const answer = aws().find(async () => Promise.reject(Object.assign(new Error("Gone"), { name: "Gone" })), ...names);
    if (thrown === undefined) await expect(answer).resolves.toBeUndefined();
    else await expect(answer).rejects.toThrow(thrown);
  });
});
