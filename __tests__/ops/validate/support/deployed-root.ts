import type { InventoryDocument } from "../../../../constructs/base/inventory-facts";
import type { ServiceFact } from "../../../../constructs/base/inventory-parts";
import type { GroupedFinding } from "../../../../ops/validate/finding";
import { validate } from "../../../../ops/validate/validate";
import { Moto } from "../../../support/moto";
import { type Clients, CREDENTIALS, clientsOf } from "./clients";
import { deployBuckets, deployDatabases, deploySecrets } from "./deployed-data";
import { type DeployedEdge, deployEdge } from "./deployed-edge";
import { type DeployedNetwork, deployNetwork } from "./deployed-network";
import { deployObservability, deployServices } from "./deployed-services";
import { Stage } from "./stage";

/** A root as it would be in AWS after a deployment, in an emulator. */
export class DeployedRoot {
  private constructor(
    readonly inventory: InventoryDocument,
    readonly clients: Clients,
    readonly network: DeployedNetwork,
    readonly edge: DeployedEdge,
    readonly stage: Stage,
    private readonly moto: Moto,
  ) {}

  /** Makes everything that a root's inventory states, as far as the emulator goes. */
  static async of(inventory: InventoryDocument): Promise<DeployedRoot> {
    // Services run one task each, as staging wants; certificates are issued at the first look.
    process.env["MOTO_ECS_SERVICE_RUNNING"] = "1";
    process.env["MOTO_ACM_VALIDATION_WAIT"] = "-1";
    const moto = await Moto.start(inventory.accountId);
    const clients = clientsOf(moto.url, inventory.region);
    const network = await deployNetwork(clients, inventory);
    await deployDatabases(clients, inventory, network);
    await deploySecrets(clients, inventory);
    const edge = await deployEdge(clients, inventory, network);
    await deployBuckets(clients, inventory, edge.distributionArn);
    await deployObservability(clients, inventory);
    await deployServices(clients, inventory, network);
    const stage = await Stage.before(moto.url);
    teach(stage, inventory);
    return new DeployedRoot(inventory, clients, network, edge, stage, moto);
  }

  /** What `ops validate` finds. */
  validate(): Promise<readonly GroupedFinding[]> {
    const settings = { endpoint: this.stage.url, credentials: CREDENTIALS, maxAttempts: 1 };
    return validate(this.inventory, { signal: new AbortController().signal, settings });
  }

  /** Variables by which the CLI finds this AWS. */
  get env(): Record<string, string> {
    return { ...this.moto.env, AWS_ENDPOINT_URL: this.stage.url };
  }

  async stop(): Promise<void> {
    await this.stage.close();
    this.moto.stop();
  }
}

/** What the emulator forgets of what it is given: Service Connect, and who may read a distribution's origin. */
function teach(stage: Stage, { facts }: InventoryDocument): void {
  const services = facts.filter((fact): fact is ServiceFact => fact.kind === "service");
  stage.prompt("Service Connect", ({ command }, answer) => {
    if (command !== "DescribeServices") return answer;
    const document = JSON.parse(answer);
    for (const service of document.services ?? []) {
      const discovery = services.find(({ name }) => name === service.serviceName)?.discovery;
      const offered = discovery?.ports.map((port) => ({ portName: `p${port}`, clientAliases: [{ port, dnsName: discovery.name }] }));
      for (const deployment of service.deployments ?? [])
        deployment.serviceConnectConfiguration = { enabled: true, services: offered ?? [] };
    }
    return JSON.stringify(document);
  });
  stage.prompt("origin access control", ({ command }, answer) => {
    if (!/^GET .*\/distribution\/[^/]+\/config/.test(command)) return answer;
    return answer.replace(/<DomainName>[^<]*\.s3\.[^<]*<\/DomainName>/, "$&<OriginAccessControlId>E1ACCESS</OriginAccessControlId>");
  });
}
