import { text } from "node:stream/consumers";
import { awsClientEnv } from "./aws-client-env";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server";

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

  private constructor(private readonly server: LoopbackServer) {}

  static async start(reply: (call: LambdaCall) => LambdaReply | Promise<LambdaReply>): Promise<LambdaEndpoint> {
    const server = await startLoopbackServer((request, response) => {
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
    const endpoint = new LambdaEndpoint(server);
    return endpoint;
  }

  get url(): string {
    return this.server.url;
  }

  /** Variables by which AWS's own clients find it, with credentials that open nothing. */
  get env(): Record<string, string> {
    return awsClientEnv(this.server.url);
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
