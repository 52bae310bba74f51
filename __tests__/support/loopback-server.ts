import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A running HTTP server on the loopback address. */
export interface LoopbackServer {
  readonly url: string;
  /** Ends it, with every connection that is open. */
  close(): Promise<void>;
}

/** Starts one, on a port that was free. */
export async function startLoopbackServer(answer: RequestListener): Promise<LoopbackServer> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done, fail) => server.close((error) => (error === undefined ? done() : fail(error))));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
