import { schemaFaults } from "../../config/config-error";
import { peerAddresses, peerName, publicKey, wireguard } from "../../config/wireguard-schema";

/** 32 bytes that are nobody's key. */
const key = (text: string): string => Buffer.from(text.padEnd(32, "-")).toString("base64");
const [SERVER, ANNA, BEN] = [key("server"), key("anna"), key("ben")];

const anna = { publicKey: ANNA, address: "10.20.0.2" };
const faultsOf = (value: object, cidr = "10.20.0.0/24"): readonly string[] => schemaFaults(["vpn"], wireguard(cidr), { cidr, ...value });

describe("a VPN's configuration", () => {
  test.each([
    ["a server key and peers", { serverPublicKey: SERVER, peers: { anna, ben: { publicKey: BEN, address: "10.20.0.3" } } }],
    ["a server key and nobody yet", { serverPublicKey: SERVER, peers: {} }],
    ["peers before the server has a key", { peers: { anna } }],
    ["nothing yet", { peers: {} }],
  ])("may have %s", (_what, value) => {
    expect(faultsOf(value)).toEqual([]);
  });

  test.each([
    [
      "two peers of one key or one address",
      { peers: { anna, ben: anna } },
      [`publicKey: must differ from anna's, got "${ANNA}"`, `address: must differ from anna's, got "10.20.0.2"`],
    ],
    [
      "a peer with the server's own key",
      { serverPublicKey: SERVER, peers: { anna, ben: { publicKey: SERVER, address: "10.20.0.3" } } },
      [`publicKey: must differ from the server's, got "${SERVER}"`],
    ],
  ])("may not have %s", (_what, value, rules) => {
    expect(faultsOf(value)).toEqual(rules.map((rule) => `vpn.peers.ben.${rule}`));
  });

  test("may not have another block, or anything else", () => {
    expect(schemaFaults(["vpn"], wireguard("10.20.0.0/24"), { cidr: "10.10.0.0/24", peers: {}, port: 1 })).toEqual([
      'vpn.cidr: must be 10.20.0.0/24, got "10.10.0.0/24"',
      'vpn: must not have "port", got 1',
    ]);
  });
});

describe("a peer's address", () => {
  const addressFaults = (cidr: string, address: string) => faultsOf({ peers: { anna: { publicKey: ANNA, address } } }, cidr);

  test.each([
    ["10.20.0.0/24", "10.20.0.2"],
    ["10.20.0.0/24", "10.20.0.254"],
    ["10.20.0.64/26", "10.20.0.66"],
    ["10.20.0.64/26", "10.20.0.126"],
    ["10.20.0.0/16", "10.20.1.0"],
  ])("in %s may be %s", (cidr, address) => {
    expect(addressFaults(cidr, address)).toEqual([]);
  });

  test.each([
    ["10.20.0.0/24", "10.20.0.0", "10.20.0.2 to 10.20.0.254"],
    ["10.20.0.0/24", "10.20.0.1", "10.20.0.2 to 10.20.0.254"],
    ["10.20.0.0/24", "10.20.0.255", "10.20.0.2 to 10.20.0.254"],
    ["10.20.0.0/24", "10.20.1.2", "10.20.0.2 to 10.20.0.254"],
    ["10.20.0.64/26", "10.20.0.65", "10.20.0.66 to 10.20.0.126"],
    ["10.20.0.64/26", "10.20.0.127", "10.20.0.66 to 10.20.0.126"],
    ["10.20.0.0/24", "10.20.0.02", "10.20.0.2 to 10.20.0.254"],
    ["10.20.0.0/24", "10.20.0.2/32", "10.20.0.2 to 10.20.0.254"],
  ])("in %s may not be %s", (cidr, address, range) => {
    expect(addressFaults(cidr, address)).toEqual([`vpn.peers.anna.address: must be an address from ${range}, got "${address}"`]);
  });

  test("in what is no block is a mistake of the code", () => {
    expect(() => peerAddresses("10.20.0.1/24")).toThrow("the VPN's 10.20.0.1/24 is no IPv4 block");
  });
});

describe("a public key", () => {
  test("is 32 bytes in base64", () => {
    expect(publicKey.safeParse(ANNA).success).toBe(true);
  });

  test.each([
    ["short", "c2hvcnQ="],
    ["long", key("anna").replace("=", "AA==")],
    ["without its padding", ANNA.slice(0, -1)],
    // The last character of 43 carries two bits that must be nought; wg refuses the key otherwise.
    ["in a spelling that wg does not take", ANNA.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`)],
    ["for URLs", Buffer.alloc(32, 255).toString("base64url")],
    ["with a line end", `${ANNA}\n`],
  ])("is nothing that is %s", (_what, text) => {
    expect(publicKey.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
      "must be a WireGuard public key, 32 bytes in base64",
    ]);
  });
});

describe("a peer's name", () => {
  test.each(["a", "anna", "annas_laptop2", `a${"b".repeat(30)}`])("may be %s", (name) => {
    expect(peerName.safeParse(name).success).toBe(true);
  });

  test.each(["", "Anna", "2anna", "_anna", "anna-laptop", "anna laptop", `a${"b".repeat(31)}`, "anna\n"])("may not be %j", (name) => {
    expect(peerName.safeParse(name).error?.issues.map(({ message }) => message)).toEqual([
      "must be a lower-case letter and up to 30 lower-case letters, digits and underscores",
    ]);
  });
});
