import { type Connectable, Connections } from "../network/connections";

/** Which port a client comes to: that of the network, or that of public addresses. */
export type BrokerPort = "iam" | "publicIam";

/** The brokers' security group. Peers in the network come to the inner port, also while there is a public one. */
export class BrokerConnections extends Connections<BrokerPort> {
  override allowFrom(peer: Connectable, because: string, ...ports: BrokerPort[]): void {
    super.allowFrom(peer, because, ...(ports.length > 0 ? ports : (["iam"] as const)));
  }
}
