import { type Cluster, type KafkaClient, type Provisioned, paginateListClustersV2 } from "@aws-sdk/client-kafka";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { KafkaFact } from "../../constructs/base/inventory-parts";
import { awsAnswer } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";
import type { LiveCluster } from "./phase-advice";

/** A root's cluster as its inventory has it, and the way to the live one. */
export interface PhaseDesk {
  readonly inventory: InventoryDocument;
  readonly fact: KafkaFact;
  readonly kafka: KafkaClient;
  readonly sts: STSClient;
  /** Goes off when the operator interrupts. */
  readonly signal: AbortSignal;
}

/**
 * The live cluster of a root.
 *
 * @returns undefined when the account has none of its name.
 * @throws {OperatorError} when AWS does not answer, and with exit status 2 when the credentials are another account's: there the
 *   cluster would seem not to be made yet.
 */
export async function liveCluster(desk: PhaseDesk): Promise<LiveCluster | undefined> {
  const { fact, inventory, signal } = desk;
  await refuseOtherAccount(desk);
  const found = await awsAnswer(`looking for Kafka cluster ${fact.name} in ${inventory.region}`, clusterOf(desk)).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  if (found === undefined) return undefined;
  const { State = "unknown", Provisioned } = found;
  const { ConnectivityInfo: connections, InstanceType = "unknown" } = Provisioned?.BrokerNodeGroupInfo ?? {};
  const { Sasl, Tls } = connections?.VpcConnectivity?.ClientAuthentication ?? {};
  return {
    state: State,
    isPublic: connections?.PublicAccess?.Type === "SERVICE_PROVIDED_EIPS",
    isMultiVpc: [Sasl?.Iam, Sasl?.Scram, Tls].some((kind) => kind?.Enabled === true),
    brokerType: InstanceType,
    weakWays: weakWaysOf(Provisioned),
  };
}

async function refuseOtherAccount({ inventory: { root, accountId }, sts, signal }: PhaseDesk): Promise<void> {
  const asked = sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
  const answer = await awsAnswer("asking AWS whose credentials these are", asked).catch((error) => {
    signal.throwIfAborted();
    throw error;
  });
  if (answer?.Account === accountId) return;
  throw new OperatorError(
    `these AWS credentials are of account ${answer?.Account}, and ${root} is in account ${accountId} as config/ says; use credentials of that account`,
    EXIT.refused,
  );
}

/** AWS takes the beginning of a name, so a longer name may come first. */
async function clusterOf({ fact, kafka, signal }: PhaseDesk): Promise<Cluster | undefined> {
  for await (const { ClusterInfoList = [] } of paginateListClustersV2(
    { client: kafka },
    { ClusterNameFilter: fact.name },
    { abortSignal: signal },
  )) {
    const found = ClusterInfoList.find(({ ClusterName }) => ClusterName === fact.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html - what AWS asks of a cluster first */
function weakWaysOf({ ClientAuthentication, EncryptionInfo }: Partial<Provisioned> = {}): string[] {
  const { ClientBroker, InCluster } = EncryptionInfo?.EncryptionInTransit ?? {};
  return [
    ...(ClientAuthentication?.Unauthenticated?.Enabled === true ? ["clients that nobody has identified"] : []),
    ...(ClientBroker !== undefined && ClientBroker !== "TLS" ? ["plaintext from clients"] : []),
    ...(InCluster === false ? ["plaintext between brokers"] : []),
  ];
}
