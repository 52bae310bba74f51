import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";

/** One machine that may use the VPN. */
export interface WireguardPeer {
  /** 32 bytes in base64. Its private half never leaves the peer. */
  readonly publicKey: string;
  /** The peer's own address in the VPN. */
  readonly address: string;
}

export const WIREGUARD_PORT = 51_820;

/** Bytes of a packet inside the tunnel: 1500 outside, less the 80 that WireGuard needs over IPv6. It is WireGuard's own default. */
export const WIREGUARD_MTU = 1420;

/** Bytes that a parameter of the advanced tier takes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const PARAMETER_BYTES = 8192;

/** Base64 of 32 bytes in the one spelling that `wg` takes. The server refuses its whole configuration for one wrong key. */
const KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const NAME = /^\w+$/;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

/** @throws {PropsError} for a key that `wg` would refuse. */
export function checkPublicKey(scope: Construct, prop: string, key: string): void {
  if (!KEY.test(key)) throw new PropsError(scope, prop, "must be 32 bytes in base64, as `wg pubkey` writes them", key);
}

/** A parameter may not be empty, and neither is one without peers. */
const HEAD = "# Who may use the VPN. ops wireguard and Terraform write it.\n";

/**
 * The `[Peer]` sections of the server's configuration, in the order of the peers' names.
 *
 * @throws {PropsError} for a name, a key or an address that WireGuard would refuse, and when the sections do not fit into a parameter.
 */
export function peersDocument(scope: Construct, peers: Readonly<Record<string, WireguardPeer>>): string {
  const entries = Object.entries(peers).sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = entries.map(([name, { publicKey, address }]) => {
    if (!NAME.test(name)) throw new PropsError(scope, "peers", "must be named by letters, digits and underscores", name);
    checkPublicKey(scope, `peers.${name}.publicKey`, publicKey);
    if (!ADDRESS.test(address)) throw new PropsError(scope, `peers.${name}.address`, "must be an IPv4 address", address);
    return `\n# ${name}\n[Peer]\nPublicKey = ${publicKey}\nAllowedIPs = ${address}/32\n`;
  });
  const document = HEAD + sections.join("");
  if (document.length > PARAMETER_BYTES) {
    const fitting = sections.findIndex((_, index) => HEAD.length + sections.slice(0, index + 1).join("").length > PARAMETER_BYTES);
    throw new PropsError(
      scope,
      "peers",
      `must fit into the ${PARAMETER_BYTES} bytes of a parameter, which the first ${fitting} do`,
      entries.length,
    );
  }
  return document;
}

export interface ClientConfigProps {
  /** Whose it is, and of what: they stand in a comment. */
  readonly peer: string;
  readonly server: string;
  readonly address: string;
  readonly serverPublicKey: string;
  /** Public address of the server. */
  readonly endpoint: string;
  /** Blocks that go through the tunnel. */
  readonly reachable: readonly string[];
  /** Name server of the network. */
  readonly nameServer: string;
}

/** Seconds between packets that keep a home router's mapping open. @see https://www.wireguard.com/quickstart/#nat-and-firewall-traversal-persistence */
const KEEPALIVE_SECONDS = 25;

/** What a peer saves as `/etc/wireguard/wg0.conf`: complete, but for the private key, which is in a file of the peer's own. */
export function clientConfig({ peer, server, address, serverPublicKey, endpoint, reachable, nameServer }: ClientConfigProps): string {
  return `# ${peer} of ${server}. Save it as /etc/wireguard/wg0.conf; your private key is in /etc/wireguard/wg0.key.
[Interface]
Address = ${address}/32
PostUp = wg set %i private-key /etc/wireguard/%i.key
# For names inside the network, remove the # of the next line. It needs resolvconf.
#DNS = ${nameServer}

[Peer]
PublicKey = ${serverPublicKey}
Endpoint = ${endpoint}:${WIREGUARD_PORT}
AllowedIPs = ${reachable.join(", ")}
PersistentKeepalive = ${KEEPALIVE_SECONDS}
`;
}
