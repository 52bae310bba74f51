import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The two questions of `ops msk phase` on the loopback address: whose credentials these are (STS), and which clusters there are
 * (MSK). No emulator: those have clusters in the state CREATING alone, with times that AWS's client does not read.
 */
export class MskEndpoint {
  /** What MSK lists, as it writes it. A test replaces it. */
  clusters: readonly object[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param accountId whose credentials every caller has. */
  static async start(accountId: string): Promise<MskEndpoint> {
    const server = createServer(({ method, url = "" }, response) => {
      if (method === "POST" && url === "/") {
        const result = `<GetCallerIdentityResult><Account>${accountId}</Account></GetCallerIdentityResult>`;
        response.setHeader("content-type", "text/xml").end(`<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`);
        return;
      }
      const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
      if (method !== "GET" || pathname !== "/api/v2/clusters") {
        response.writeHead(501).end(`nothing here answers ${method} ${url}`);
        return;
      }
      const start = searchParams.get("clusterNameFilter") ?? "";
      const clusterInfoList = endpoint.clusters.filter(
        (cluster) => "clusterName" in cluster && String(cluster.clusterName).startsWith(start),
      );
      response.setHeader("content-type", "application/json").end(JSON.stringify({ clusterInfoList }));
    });
    await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
    const endpoint = new MskEndpoint(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
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
