import { Server, ServerCredentials } from "@grpc/grpc-js";
import { pluginServices, providerService } from "./protocol/grpc-services";
import { type ProviderReport, ReportBuilder } from "./provider-report";
import { ProviderRpc } from "./provider-rpc";
import { FAKE_ACCOUNT } from "./provider-settings";
import { type SchemaCatalogs, schemaCatalogs } from "./schema/schema-catalogs";
import type { UsedTypes } from "./used-types";
import type { WrittenSecret } from "./world/secret-store";
import { World } from "./world/world";

export interface ProviderHostOptions {
  /** Types to serve, by provider: those that the synthesized roots use. */
  readonly types: UsedTypes;
  /** Account that stands in where a provider configuration pins none. @default "111111111111" */
  readonly accountId?: string;
}

/** Providers that stand in for the real ones, in this process. One host serves every root of a rehearsal. */
export interface ProviderHost {
  /** Value for TF_REATTACH_PROVIDERS, for a rehearsal of one root. */
  readonly reattach: string;
  /**
   * Value for TF_REATTACH_PROVIDERS of one root among several: names that the root takes stay its own, even after it is
   * destroyed, so that a second root in the same account and region cannot take them.
   */
  attachRoot(root: string): Promise<string>;
  /** What was found out so far, and what had to be left open. */
  report(): ProviderReport;
  /** Every secret value that the host made up, so that a test can prove that none is in a state, plan or output. */
  generatedSecrets(): readonly string[];
  /** What every write-only argument holds now. */
  writtenSecrets(): readonly WrittenSecret[];
  /** Forgets all names, objects and secrets, as if the rehearsal began anew. */
  forget(): void;
  /** Ends the servers. A Terraform that is still running loses its providers. */
  close(): Promise<void>;
}

/** gRPC's own limit of 4 MiB is below a large schema. */
const NO_LIMIT = -1;

const LOOPBACK = "127.0.0.1";

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`${LOOPBACK}:0`, ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
}

class Host implements ProviderHost {
  reattach = "";
  private readonly servers: Server[] = [];
  private readonly catalogs: SchemaCatalogs;
  private readonly builder = new ReportBuilder();
  private readonly world = new World(this.builder);

  constructor(
    types: UsedTypes,
    private readonly account: string,
  ) {
    this.catalogs = schemaCatalogs(types);
  }

  async attachRoot(root: string): Promise<string> {
    const attached = await Promise.all(
      [...this.catalogs.byProvider].map(async ([source, catalog]) => {
        const server = new Server({ "grpc.max_receive_message_length": NO_LIMIT, "grpc.max_send_message_length": NO_LIMIT });
        this.servers.push(server);
        const provider = providerService(new ProviderRpc(catalog, this.world, root, this.account).handlers());
        for (const { definition, implementation } of [provider, ...pluginServices()]) server.addService(definition, implementation);
        const port = await listen(server);
        // Over TCP each connection has a port of its own, and that tells the provider's configurations apart.
        return [
          source,
          { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: "tcp", String: `${LOOPBACK}:${port}` } },
        ] as const;
      }),
    );
    return JSON.stringify(Object.fromEntries(attached));
  }

  report(): ProviderReport {
    return this.builder.build(this.catalogs.gaps);
  }

  generatedSecrets(): readonly string[] {
    return this.world.secrets.generatedValues();
  }

  writtenSecrets(): readonly WrittenSecret[] {
    return this.world.secrets.writtenValues();
  }

  forget(): void {
    this.world.clear();
  }

  async close(): Promise<void> {
    this.forget();
    for (const server of this.servers) server.forceShutdown();
    this.servers.length = 0;
  }
}

/**
 * Starts the providers of a set of roots. Terraform is run with the returned `reattach` in TF_REATTACH_PROVIDERS; it then asks
 * no registry and starts no provider itself.
 *
 * @throws when a provider in use has no installed binding.
 */
export async function startProviderHost({ types, accountId = FAKE_ACCOUNT }: ProviderHostOptions): Promise<ProviderHost> {
  const host = new Host(types, accountId);
  host.reattach = await host.attachRoot("this root");
  return host;
}
