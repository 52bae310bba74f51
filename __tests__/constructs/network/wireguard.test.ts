import { clientConfig, peersDocument, type WireguardPeer } from "../../../constructs/network/wireguard";
import { synthesizeTestStack } from "../../support/synthesized";
import { PUBLIC_KEYS } from "../servers";

function documentOf(peers: Record<string, WireguardPeer>): string {
  let document = "";
  synthesizeTestStack((stack) => {
    document = peersDocument(stack, peers);
  });
  return document;
}

const many = (count: number): Record<string, WireguardPeer> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `peer${String(index).padStart(4, "0")}`,
      { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.200" },
    ]),
  );

describe("peersDocument", () => {
  test("has one section for each peer, in the order of their names", () => {
    expect(
      documentOf({
        bob: { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.3" },
        alice: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2" },
      }),
    ).toBe(`# Who may use the VPN. ops wireguard and Terraform write it.

# alice
[Peer]
PublicKey = ${PUBLIC_KEYS.alice}
AllowedIPs = 10.10.0.2/32

# bob
[Peer]
PublicKey = ${PUBLIC_KEYS.bob}
AllowedIPs = 10.10.0.3/32
`);
  });

  test("of nobody is not empty, because a parameter may not be", () => {
    expect(documentOf({})).toBe("# Who may use the VPN. ops wireguard and Terraform write it.\n");
  });

  test("that does not fit into a parameter is refused, and the error says how many peers do", () => {
    expect(documentOf(many(78)).length).toBeLessThanOrEqual(8192);
    expect(() => documentOf(many(79))).toThrow(
      "shop-test: peers must fit into the 8192 bytes of a parameter, which the first 78 do, got 79",
    );
  });

  test.each([
    ["too short", "c2hvcnQ="],
    ["a spelling of base64 that wg does not take", PUBLIC_KEYS.alice.replace(/.=$/, "B=")],
    ["two lines", `${PUBLIC_KEYS.alice}\nEndpoint = 203.0.113.1:1`],
  ])("refuses a key that is %s: the server would take no peer at all", (_case, publicKey) => {
    expect(() => documentOf({ eve: { publicKey, address: "10.10.0.4" } })).toThrow(
      "shop-test: peers.eve.publicKey must be 32 bytes in base64, as `wg pubkey` writes them, got ",
    );
  });

  test("refuses a name that would be a second line", () => {
    expect(() => documentOf({ "eve\n[Peer]": { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.4" } })).toThrow(
      'shop-test: peers must be named by letters, digits and underscores, got "eve\\n[Peer]"',
    );
  });

  test("refuses an address that would be a second line", () => {
    expect(() => documentOf({ eve: { publicKey: PUBLIC_KEYS.bob, address: "0.0.0.0/0\n#" } })).toThrow(
      'shop-test: peers.eve.address must be an IPv4 address, got "0.0.0.0/0\\n#"',
    );
  });
});

test("a client's configuration is complete but for the private key", () => {
  const config = clientConfig({
    peer: "alice",
    server: "shop-test",
    address: "10.10.0.2",
    serverPublicKey: PUBLIC_KEYS.server,
    endpoint: "198.51.100.1",
    reachable: ["10.10.0.0/24", "10.0.0.0/16"],
    nameServer: "10.0.0.2",
  });
  expect(config.split("\n").filter((line) => line !== "" && !/^# /.test(line))).toEqual([
    "[Interface]",
    "Address = 10.10.0.2/32",
    "PostUp = wg set %i private-key /etc/wireguard/%i.key",
    "#DNS = 10.0.0.2",
    "[Peer]",
    `PublicKey = ${PUBLIC_KEYS.server}`,
    "Endpoint = 198.51.100.1:51820",
    "AllowedIPs = 10.10.0.0/24, 10.0.0.0/16",
    "PersistentKeepalive = 25",
  ]);
});
