import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One call of Lambda's API: invoke. */
export interface LambdaCall {
  /** Name or ARN, as the caller wrote it. */
  readonly functionName: string;
  readonly event: unknown;
}

/** What Lambda answers: a function's result, the error that a function threw, or that there is no such function. */
export type LambdaReply = { readonly result: unknown } | { readonly thrown: unknown } | "absent";

/** Lambda's API on the loopback address, as far as it calls functions: each call goes to a function of the test's. */
export class LambdaEndpoint {
  /** Every call so far. */
  readonly calls: LambdaCall[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(reply: (call: LambdaCall) => LambdaReply | Promise<LambdaReply>): Promise<LambdaEndpoint> {
    const server = createServer((request, response) => {
      void text(request).then(async (body) => {
        const [, name = ""] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "") ?? [];
        const call: LambdaCall = { functionName: decodeURIComponent(name), event: JSON.parse(body) };
        endpoint.calls.push(call);
        const answer = await reply(call);
        response.setHeader("content-type", "application/json");
        if (answer === "absent") {
          response.setHeader("x-amzn-errortype", "ResourceNotFoundException");
          response.writeHead(404).end(JSON.stringify({ Type: "User", Message: `Function not found: ${call.functionName}` }));
          return;
        }
        if ("thrown" in answer) response.setHeader("x-amz-function-error", "Unhandled");
        response.writeHead(200).end(JSON.stringify("thrown" in answer ? answer.thrown : answer.result));
      });
    });
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    const endpoint = new LambdaEndpoint(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return endpoint;
  }

  /** Variables by which AWS's own clients find it, with credentials that open nothing. */
  get env(): Record<string, string> {
    return { AWS_ENDPOINT_URL: this.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" };
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
