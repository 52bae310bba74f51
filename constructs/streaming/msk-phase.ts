import type { MskClusterBrokerNodeGroupInfoConnectivityInfo } from "@cdktf/provider-aws/lib/msk-cluster";
import type { Construct } from "constructs";
import type { KafkaPhase } from "../base/inventory-parts";
import { PropsError } from "../base/props-error";

/** An account whose networks may connect over PrivateLink, and what it may do; its own IAM must allow it the same. */
export interface MultiVpcClient {
  /** Twelve-digit AWS account id. */
  readonly account: string;
  readonly consume?: { readonly topics: readonly string[]; readonly group: string };
  readonly produce?: { readonly topics: readonly string[] };
}

/**
 * Which connections from outside the network a cluster takes. AWS refuses all of them while it makes a cluster, and then
 * takes one change at a time, so each is a phase of its own: a deployment with another phase changes the cluster in place.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/aws-access-mult-vpc.html
 */
export type MskPhase =
  /** No public access, and nothing said of other networks: what every cluster begins with, and what ends public access. */
  | "create"
  /** Each broker gets a public address, which the named blocks may connect to. */
  | { readonly public: { readonly to: readonly string[]; readonly because: string } }
  /** Networks of the named accounts, and Firehose where it is admitted, connect over PrivateLink; `off` ends it. */
  | { readonly multiVpc: "off" | { readonly clients: readonly MultiVpcClient[] } };

/** Ports of brokers, by who comes how. @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
export const MSK_PORT = {
  /** Inside the network, by IAM. */
  iam: 9098,
  /** From public addresses, by IAM. */
  publicIam: 9198,
  /** From other networks: the first of a hundred ports, one for each broker. */
  multiVpcIam: 14_001,
} as const;

export interface PhaseProps {
  readonly phase: MskPhase;
  readonly tier: "private" | "public";
  readonly brokerType: string;
}

/**
 * Checks what AWS would refuse only when the phase is deployed.
 *
 * @throws {PropsError} for public access to private subnets, and multi-VPC connectivity of brokers that do not have it.
 */
export function checkPhase(scope: Construct, { phase, tier, brokerType }: PhaseProps): void {
  if (publicAccess(phase) !== undefined && tier !== "public")
    throw new PropsError(scope, "tier", 'must be "public" for brokers that are to be reached from outside', tier);
  if (isMultiVpc(phase) && brokerType === "kafka.t3.small")
    throw new PropsError(scope, "brokerType", "must be larger for multi-VPC connectivity", brokerType);
}

/** Who may come from outside, in the public phase. */
export function publicAccess(phase: MskPhase): { readonly to: readonly string[]; readonly because: string } | undefined {
  return typeof phase === "object" && "public" in phase ? phase.public : undefined;
}

/** Whether other networks may connect. */
export function isMultiVpc(phase: MskPhase): boolean {
  return phaseName(phase) === "multiVpc";
}

/** Who may come from other networks; nobody in every other phase. */
export function multiVpcClients(phase: MskPhase): readonly MultiVpcClient[] {
  return typeof phase === "object" && "multiVpc" in phase && phase.multiVpc !== "off" ? phase.multiVpc.clients : [];
}

/** The phase in one word, as the inventory has it. */
export function phaseName(phase: MskPhase): KafkaPhase {
  if (phase === "create") return "create";
  if ("public" in phase) return "public";
  return phase.multiVpc === "off" ? "multiVpcOff" : "multiVpc";
}

/**
 * The phase in Terraform's words. Each names the one thing that it is about: the provider sends all that stands here in one
 * request, and AWS takes one change in each.
 */
export function connectivityInfo(phase: MskPhase): MskClusterBrokerNodeGroupInfoConnectivityInfo {
  if (phase === "create") return { publicAccess: { type: "DISABLED" } };
  if ("public" in phase) return { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } };
  return { vpcConnectivity: { clientAuthentication: { sasl: { iam: phase.multiVpc !== "off" } } } };
}
