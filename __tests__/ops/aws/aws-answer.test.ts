import type { RequestListener, ServerResponse } from "node:http";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { awsAnswer } from "../../../ops/aws/aws-answer";
import { EXIT, OperatorError } from "../../../ops/cli/operator-error";
import { type LoopbackServer, startLoopbackServer } from "../../support/loopback-server";

const open: { close(): void | Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

async function lambdaThat(answer: RequestListener): Promise<LambdaClient> {
  const server: LoopbackServer = await startLoopbackServer(answer);
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const client = new LambdaClient({ region: "eu-west-1", endpoint: server.url, credentials, maxAttempts: 1 });
  open.push({ close: () => client.destroy() }, server);
  return client;
}

/** What an operator is told when AWS, or what stands in its place, answers so. */
async function toldOf(answer: RequestListener): Promise<string> {
  const client = await lambdaThat(answer);
  const error = await awsAnswer("listing functions", client.send(new ListFunctionsCommand({}))).catch((thrown: unknown) => thrown);
  if (!(error instanceof OperatorError)) throw new Error(`not an operator's error: ${String(error)}`);
  expect(error.exitCode).toBe(EXIT.failed);
  return error.message;
}

function refuse(status: number, type: string, message: string) {
  return (_: unknown, response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": type });
    response.end(JSON.stringify({ message }));
  };
}

test("an answer goes through", async () => {
  const client = await lambdaThat((_, response) => void response.end(JSON.stringify({ Functions: [] })));
  expect((await awsAnswer("listing functions", client.send(new ListFunctionsCommand({}))))?.Functions).toEqual([]);
});

test("what does not exist is no answer, where that is expected", async () => {
  const client = await lambdaThat(refuse(404, "ResourceNotFoundException", "Function not found"));
  const invoke = client.send(new InvokeCommand({ FunctionName: "absent" }));
  await expect(awsAnswer("asking", invoke, "ResourceNotFoundException")).resolves.toBeUndefined();
});

test.each<[string, RequestListener, string]>([
  [
    "an answer that is cut off",
    (_, response) => void response.end('{"Functions": [{"Func'),
    "the answer is not in AWS's form; see whether this machine reaches AWS, and run again",
  ],
  [
    "a page of a proxy",
    (_, response) => void response.end("<html>Sign in</html>"),
    "the answer is not in AWS's form; see whether this machine reaches AWS, and run again",
  ],
  ["a throttle", refuse(429, "TooManyRequestsException", "Rate exceeded."), "Rate exceeded; wait a minute and run again"],
  ["a throttle of status 400", refuse(400, "ThrottlingException", "Rate exceeded"), "Rate exceeded; wait a minute and run again"],
  ["a failure of AWS", refuse(500, "ServiceException", "Internal error"), "Internal error; see whether AWS has an outage, and run again"],
  [
    "an expired token",
    refuse(403, "ExpiredTokenException", "The security token\nincluded in the request is expired"),
    "The security token included in the request is expired; check the AWS credentials and run again",
  ],
])("%s is one sentence that says what to do", async (_, answer, told) => {
  expect(await toldOf(answer)).toBe(`listing functions failed: ${told}`);
});

test.each<[string, object, string]>([
  ["a connection that is cut", { name: "TimeoutError", message: "socket hang up", code: "ECONNRESET" }, "socket hang up"],
  [
    "a host with several addresses, none of which answers",
    { name: "AggregateError", message: "", code: "ECONNREFUSED" },
    "AggregateError ECONNREFUSED",
  ],
])("%s is a matter of the network", async (_, error, words) => {
  // Made by hand: jest's own Error is another one than Node's, which the SDK would wrap.
  await expect(awsAnswer("listing functions", Promise.reject(Object.assign(new Error(), error)))).rejects.toMatchObject({
    message: `listing functions failed: ${words}; see whether this machine reaches AWS, and run again`,
    exitCode: EXIT.failed,
  });
});
