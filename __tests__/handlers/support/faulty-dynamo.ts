import type { ServerResponse } from "node:http";
import { type LoopbackServer, startLoopbackServer } from "../../support/loopback-server";

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(body));
}

const TYPE = "com.amazonaws.dynamodb.v20120810#";

/** Ways in which a table can fail, by name. */
export const FAULTS = {
  "accepts the request and says nothing": () => undefined,
  "starts its answer and stops": (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "content-length": "100" }).write("{");
  },
  "sends its answer a byte at a time, without an end": (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    const drip = setInterval(() => response.write(" "), 100);
    response.on("close", () => clearInterval(drip));
  },
  "ends the connection": (response: ServerResponse) => response.destroy(),
  "throttles every request": (response: ServerResponse) =>
    answer(response, 400, { __type: `${TYPE}ProvisionedThroughputExceededException`, message: "slow down" }),
  "answers every request with 500": (response: ServerResponse) =>
    answer(response, 500, { __type: `${TYPE}InternalServerError`, message: "sorry" }),
  "cancels every transaction because of another": (response: ServerResponse) =>
    answer(response, 400, {
      __type: `${TYPE}TransactionCanceledException`,
      message: "Transaction cancelled",
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    }),
  "refuses the function's role": (response: ServerResponse) =>
    answer(response, 400, {
      __type: "com.amazon.coral.service#AccessDeniedException",
      Message: "User: arn:aws:sts::111111111111:x is not authorized",
    }),
} as const satisfies Record<string, (response: ServerResponse) => unknown>;

export type FaultName = keyof typeof FAULTS;

/** A DynamoDB of which nothing good comes, on the loopback address. */
export class FaultyDynamo {
  /** Requests that it was sent. */
  requests = 0;

  private constructor(private readonly server: LoopbackServer) {}

  static async start(fault: FaultName): Promise<FaultyDynamo> {
    const server = await startLoopbackServer((request, response) => {
      dynamo.requests++;
      request.resume().on("end", () => FAULTS[fault](response));
    });
    const dynamo = new FaultyDynamo(server);
    return dynamo;
  }

  get url(): string {
    return this.server.url;
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
