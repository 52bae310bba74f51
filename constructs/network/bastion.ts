import { Eip } from "@cdktf/provider-aws/lib/eip";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { Instance } from "../compute/instance";
import forward from "../compute/user-data/bastion/forward.conf";
import setup from "../compute/user-data/bastion/setup.sh";
import firewallService from "../compute/user-data/bastion/wireguard-firewall.service";
import firewall from "../compute/user-data/bastion/wireguard-firewall.sh";
import syncService from "../compute/user-data/bastion/wireguard-sync.service";
import sync from "../compute/user-data/bastion/wireguard-sync.sh";
import syncTimer from "../compute/user-data/bastion/wireguard-sync.timer";
import type { InstanceFile } from "../compute/user-data/user-data";
import type { Alarms } from "../observability/alarm-topic";
import { Secret } from "../security/secret";
import { addressIn } from "./address-in";
import type { Connectable, Connections } from "./connections";
import type { Network } from "./network";
import { checkPublicKey, clientConfig, peersDocument, WIREGUARD_MTU, WIREGUARD_PORT, type WireguardPeer } from "./wireguard";

export interface BastionProps {
  readonly network: Network;
  /** Letter of the zone it stands in. */
  readonly zone: string;
  /** EC2 instance type, for example `t3.micro`. */
  readonly instanceType: string;
  /** An authorized_keys line. Another one replaces the instance; its addresses, the server's key and the peers stay. */
  readonly sshPublicKey: string;
  /** Block of the VPN's own addresses. The server has the first one. */
  readonly vpnCidr: string;
  /**
   * Public half of the server's key. `ops wireguard server-key` makes both halves, once the secret is there.
   *
   * @default - there is no key yet: the server takes no peer in, and there is no configuration for clients
   */
  readonly serverPublicKey?: string;
  /** Who may use the VPN, by name. */
  readonly peers: Readonly<Record<string, WireguardPeer>>;
  /**
   * Secret for the server's private key. Choose a name that no other role may read: not below a prefix that is granted as a
   * whole, as ECS's execution role has it.
   */
  readonly serverKeySecret: string;
  /** The public address and the secret are kept: a new one would change every peer's configuration. */
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/**
 * A WireGuard server in a public subnet: peers reach the private network with the bastion's address, so whatever lets the
 * bastion in lets them in. SSH is answered inside the VPN only.
 *
 * No private key is in state, output or user data. The bastion reads its key from a secret and its peers from a parameter,
 * each minute and at boot. So keys and peers change without a restart, and a replaced instance takes over unnoticed.
 */
export class Bastion extends Construct implements Connectable<"wireguard"> {
  readonly connections: Connections<"wireguard">;
  /** Where clients find the server. */
  readonly publicIp: string;
  private readonly props: BastionProps;

  /** @throws {PropsError} for a zone that the network does not have, and for keys and peers that WireGuard would refuse. */
  constructor(scope: Construct, id: string, props: BastionProps) {
    super(scope, id);
    const { network, zone, instanceType, sshPublicKey, serverPublicKey, serverKeySecret, peers, protection, alarms } = props;
    if (serverPublicKey !== undefined) checkPublicKey(this, "serverPublicKey", serverPublicKey);
    this.props = props;
    const name = physicalName(this, NAME_LIMIT.role);
    const subnet = network.subnetIn("public", zone);
    const address = new Eip(this, "Address", {
      domain: "vpc",
      tags: { Name: name, ...protectionTags(protection) },
      lifecycle: { preventDestroy: protection === "protected" },
    });
    this.publicIp = address.publicIp;
    const serverKey = new Secret(this, "ServerKey", {
      name: serverKeySecret,
      why: `private key of ${name}'s WireGuard server, as bare text`,
      keys: [],
      protection,
    });
    const document = peersDocument(this, peers);
    const parameter = new SsmParameter(this, "Peers", {
      name: this.parameterName,
      description: `Peers of ${name}'s WireGuard server`,
      type: "String",
      tier: "Intelligent-Tiering",
      // The plain form: these are public keys, and a review must see who comes and goes.
      insecureValue: document,
    });

    const instance = new Instance(this, "Default", {
      network,
      name,
      why: "lets developers into the private network",
      fails: "EC2 restarts it elsewhere in minutes, or -replace does; addresses, key and peers stay, tunnels come back by themselves",
      subnet,
      ports: { wireguard: { udp: WIREGUARD_PORT } },
      instanceType,
      rootGib: 8,
      boot: { settings: this.settings(), files: FILES, script: setup },
      publicAddress: address,
      routes: true,
      sshPublicKey,
      alarms,
    });
    this.connections = instance.connections;
    this.connections.allowFromInternet("tunnels of developers, from wherever they are");
    serverKey.grantRead(instance);
    instance.role.allow({ sid: "ReadPeers", actions: ["ssm:GetParameter"], resources: [parameter.arn] });
    instance.expectHeartbeat("WireguardSynced", {
      means: `${name} does not take over keys and peers: a revoked peer may still get in.`,
      runbook: "vpn.md#sync",
    });
    this.stateFact(name, document);
  }

  /**
   * Complete wg-quick files, by peer; each lacks only the private key, which the peer has in a file of its own. None as long
   * as the server has no key.
   */
  clientConfigs(): Record<string, string> {
    const { network, vpnCidr, serverPublicKey, peers } = this.props;
    if (serverPublicKey === undefined) return {};
    const server = SystemStack.of(this).namePrefix;
    const common = {
      server,
      serverPublicKey,
      endpoint: this.publicIp,
      reachable: [vpnCidr, network.cidr],
      nameServer: addressIn(network.cidr, 2),
    };
    return Object.fromEntries(Object.entries(peers).map(([peer, { address }]) => [peer, clientConfig({ ...common, peer, address })]));
  }

  /** Where the server reads its peers from. */
  private get parameterName(): string {
    const { system, environment } = SystemStack.of(this);
    return `/${system}/${environment}/wireguard/peers`;
  }

  private settings(): Record<string, string> {
    const { network, vpnCidr, serverKeySecret } = this.props;
    return {
      SERVER_KEY_SECRET: serverKeySecret,
      PEERS_PARAMETER: this.parameterName,
      VPN_CIDR: vpnCidr,
      NETWORK_CIDR: network.cidr,
      SERVER_ADDRESS: `${addressIn(vpnCidr, 1)}/${vpnCidr.split("/")[1]}`,
      LISTEN_PORT: String(WIREGUARD_PORT),
      MTU: String(WIREGUARD_MTU),
    };
  }

  private stateFact(name: string, document: string): void {
    const { vpnCidr, serverKeySecret, serverPublicKey, peers } = this.props;
    const known = Object.entries(peers).sort(([a], [b]) => (a < b ? -1 : 1));
    SystemStack.of(this).inventory.add({
      kind: "vpn",
      id: pathInStack(this),
      name,
      why: "makes private addresses reachable for developers",
      // Not the number of peers: who comes and goes must not make the documents out of date.
      size: vpnCidr,
      stateful: false,
      fails: "nobody reaches private addresses; the system itself does not need it",
      cidr: vpnCidr,
      peersParameter: this.parameterName,
      peersDocument: document,
      serverKeySecret,
      serverPublicKey,
      peers: known.map(([peer, { publicKey, address }]) => ({ name: peer, publicKey, address })),
    });
  }
}

/** Scripts and units, where systemd and the scripts themselves look for them. */
const FILES: readonly InstanceFile[] = [
  { path: "/usr/local/sbin/wireguard-sync", mode: "0755", content: sync },
  { path: "/usr/local/sbin/wireguard-firewall", mode: "0755", content: firewall },
  { path: "/etc/systemd/system/wireguard-sync.service", content: syncService },
  { path: "/etc/systemd/system/wireguard-sync.timer", content: syncTimer },
  { path: "/etc/systemd/system/wireguard-firewall.service", content: firewallService },
  { path: "/etc/sysctl.d/90-forward.conf", content: forward },
];
