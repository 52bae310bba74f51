import { awsClientEnv } from "./aws-client-env";
import { type LoopbackServer, startLoopbackServer } from "./loopback-server";

/**
 * The two questions of `ops msk phase` on the loopback address: whose credentials these are (STS), and which clusters there are
 * (MSK). No emulator: those have clusters in the state CREATING alone, with times that AWS's client does not read.
 */
export class MskEndpoint {
  /** What MSK lists, as it writes it. A test replaces it. */
  clusters: readonly object[] = [];

  private constructor(private readonly server: LoopbackServer) {}

  /** @param accountId whose credentials every caller has. */
  static async start(accountId: string): Promise<MskEndpoint> {
    const server = await startLoopbackServer(({ method, url = "" }, response) => {
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
    const endpoint = new MskEndpoint(server);
    return endpoint;
  }

  /** Variables by which AWS's own clients find it, with credentials that open nothing. */
  get env(): Record<string, string> {
    return awsClientEnv(this.server.url);
  }

  stop(): Promise<void> {
    return this.server.close();
  }
}
