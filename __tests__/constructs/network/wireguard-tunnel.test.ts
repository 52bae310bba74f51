import { generateKeyPairSync } from "node:crypto";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { TerraformOutput } from "cdktf";
import { FAKE_AWS, Machine } from "../../support/machine";
import { describeWith } from "../../support/needs";
import { synthesizeTestStack } from "../../support/synthesized";
import { scriptOf } from "../../support/user-data";
import { addBastion } from "../servers";

/** What the code generates for a server key and some peers: nothing here is written by hand. */
interface Generated {
  readonly bootScript: string;
  readonly peersDocument: string;
  readonly clientConfigs: Record<string, string>;
}

interface Keys {
  readonly privateKey: string;
  readonly publicKey: string;
}

const SERVER_KEY_SECRET = "shop-vpn/server-key";
const PEERS_PARAMETER = "/shop/test/wireguard/peers";
/** The bastion's public address, where a client's internet and its own meet. */
const ENDPOINT = "198.51.100.1";
const PRIVATE_HOST = "10.0.128.9";

function newKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("x25519");
  const base64 = (key: string | undefined) => Buffer.from(key ?? "", "base64url").toString("base64");
  return { privateKey: base64(privateKey.export({ format: "jwk" }).d), publicKey: base64(publicKey.export({ format: "jwk" }).x) };
}

function generate(serverPublicKey: string, peers: Record<string, { publicKey: string; address: string }>): Generated {
  const synthesized = synthesizeTestStack((stack) => {
    const bastion = addBastion(stack, { serverPublicKey, peers, serverKeySecret: SERVER_KEY_SECRET });
    for (const [peer, value] of Object.entries(bastion.clientConfigs())) new TerraformOutput(stack, peer, { value });
  });
  const outputs = (synthesized.json["output"] ?? {}) as Record<string, { value: string }>;
  return {
    bootScript: scriptOf(synthesized.only(Instance)["user_data"]),
    peersDocument: String(synthesized.only(SsmParameter)["insecure_value"]),
    clientConfigs: Object.fromEntries(Object.entries(outputs).map(([peer, { value }]) => [peer, value])),
  };
}

// A client notices after fifteen seconds that the server has forgotten its session, and makes a new one.
jest.setTimeout(60_000);

const programs = ["ip", "nsenter", "unshare", "wg", "wg-quick", "wireguard-go", "nft", "ping", "sysctl"];

describeWith({ programs, root: true, devices: ["/dev/net/tun"] }, "the tunnel, with the configuration that the code generates", () => {
  const serverKeys = newKeys();
  const alice = newKeys();
  const bob = newKeys();
  const alicesEntry = { publicKey: alice.publicKey, address: "10.10.0.2" };
  const bobsEntry = { publicKey: bob.publicKey, address: "10.10.0.3" };
  const machines: Machine[] = [];
  let server: Machine;
  let alicesMachine: Machine;
  let bobsMachine: Machine;

  const newMachine = (): Machine => {
    const machine = new Machine();
    machines.push(machine);
    return machine;
  };

  /** As a developer does it: the output into wg0.conf, the key beside it, wg-quick up. */
  const connect = (machine: Machine, config: string | undefined, { privateKey }: Keys): void => {
    machine.run("wg-quick down wg0");
    machine.write("/etc/wireguard/wg0.conf", (config ?? "").replace("${aws_eip.bastion_address.public_ip}", ENDPOINT), 0o600);
    machine.write("/etc/wireguard/wg0.key", `${privateKey}\n`, 0o600);
    machine.must("WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go wg-quick up wg0");
  };

  /** What systemd does every minute. */
  const sync = (): string => server.must("wireguard-sync 2>&1");
  const setPeers = (peers: Record<string, { publicKey: string; address: string }>): void =>
    server.setAws(PEERS_PARAMETER, generate(serverKeys.publicKey, peers).peersDocument);
  const reaches = (machine: Machine, address: string): boolean => machine.run(`ping -c 1 -w 10 ${address}`).status === 0;
  /** That no answer comes, of all addresses at the same time. Half a second is some fifty times what a good answer takes here. */
  const isShutOut = (machine: Machine, ...addresses: readonly string[]): boolean => {
    // ping's status 1 is that no answer came; any other is an answer, or a ping that does not work.
    const pings = addresses.map((address) => `{ ping -c 2 -i 0.1 -W 0.5 ${address} >/dev/null; [[ $? -eq 1 ]] || echo ${address}; } &`);
    return machine.must(`${pings.join("\n")}\nwait`) === "";
  };

  beforeAll(() => {
    server = newMachine();
    alicesMachine = newMachine();
    bobsMachine = newMachine();
    const privateHost = newMachine();
    const internet = { machine: server, address: `${ENDPOINT}/24` };
    Machine.connect({ ...internet, interface: "alice" }, { machine: alicesMachine, interface: "eth0", address: "198.51.100.2/24" });
    Machine.connect(
      { machine: server, interface: "bob", address: "203.0.113.1/24" },
      { machine: bobsMachine, interface: "eth0", address: "203.0.113.2/24" },
    );
    bobsMachine.must("ip route add default via 203.0.113.1");
    // The private host knows its own network only: an answer to the VPN's addresses would get lost.
    Machine.connect(
      { machine: server, interface: "eth0", address: "10.0.0.5/16" },
      { machine: privateHost, interface: "eth0", address: `${PRIVATE_HOST}/16` },
    );

    for (const program of ["systemctl", "rpm"]) server.fake(program, "");
    server.fake("aws", FAKE_AWS);
    server.setAws(SERVER_KEY_SECRET, serverKeys.privateKey);
    const { bootScript, peersDocument, clientConfigs } = generate(serverKeys.publicKey, { alice: alicesEntry });
    server.setAws(PEERS_PARAMETER, peersDocument);
    server.write("/etc/boot.sh", bootScript, 0o755);
    server.must("/etc/boot.sh");
    // No kernel module here: the same WireGuard in user space. On the instance, the script makes the interface itself.
    server.must("wireguard-go wg0 && wireguard-firewall");
    sync();
    connect(alicesMachine, clientConfigs["alice"], alice);
  });

  afterAll(() => {
    for (const machine of machines) machine.remove();
  });

  test("a peer reaches the server, and a private host that knows nothing of the VPN", () => {
    expect(reaches(alicesMachine, "10.10.0.1")).toBe(true);
    expect(reaches(alicesMachine, PRIVATE_HOST)).toBe(true);
  });

  test("a peer reaches nothing beyond the network, through the tunnel", () => {
    alicesMachine.must(
      "ip route add 203.0.113.0/24 dev wg0 && wg set wg0 peer $(wg show wg0 peers) allowed-ips 10.10.0.0/24,10.0.0.0/16,203.0.113.0/24",
    );
    expect(reaches(server, "203.0.113.2")).toBe(true);
    expect(isShutOut(alicesMachine, "203.0.113.2")).toBe(true);
    alicesMachine.must("ip route del 203.0.113.0/24 dev wg0");
  });

  test("of the bastion itself, a peer gets SSH and nothing else", () => {
    const listen = "for (const port of [22, 8080]) require('node:net').createServer().listen(port, '0.0.0.0')";
    server.must(`${process.execPath} -e "${listen}" >/dev/null 2>&1 &`);
    server.must("until (: </dev/tcp/127.0.0.1/8080) 2>/dev/null; do sleep 0.1; done");
    const opens = (port: number, seconds: number): boolean =>
      alicesMachine.run(`timeout ${seconds} bash -c ': </dev/tcp/10.10.0.1/${port}'`).status === 0;
    expect(opens(22, 10)).toBe(true);
    expect(opens(8080, 0.5)).toBe(false);
  });

  test("the server's own interface has the first address and WireGuard's packet size", () => {
    expect(server.must("ip -brief address show wg0")).toContain("10.10.0.1/24");
    expect(server.must("ip link show wg0")).toContain("mtu 1420");
  });

  test("a second sync changes nothing and says nothing", () => {
    const before = server.must("wg showconf wg0; ls -l --time-style=full-iso /etc/wireguard");
    expect(sync()).toBe("");
    expect(server.must("wg showconf wg0; ls -l --time-style=full-iso /etc/wireguard")).toBe(before);
  });

  test("only root reads the key, and no command had it as an argument", () => {
    expect(server.must("stat --format=%a /etc/wireguard/server.key").trim()).toBe("600");
    expect(server.must("ls /run")).not.toContain("wireguard-sync");
    expect(server.awsCalls().join("\n")).not.toContain(serverKeys.privateKey);
  });

  test("an added peer gets in without a restart, and the first one's session goes on", () => {
    const { peersDocument, clientConfigs } = generate(serverKeys.publicKey, { alice: alicesEntry, bob: bobsEntry });
    const handshake = server.must("wg show wg0 latest-handshakes");
    const index = server.must("cat /sys/class/net/wg0/ifindex");
    server.setAws(PEERS_PARAMETER, peersDocument);
    expect(sync()).toContain("took over a new peers.conf");
    connect(bobsMachine, clientConfigs["bob"], bob);
    expect(reaches(bobsMachine, PRIVATE_HOST)).toBe(true);
    expect(server.must("wg show wg0 latest-handshakes")).toContain(handshake.trim());
    expect(server.must("cat /sys/class/net/wg0/ifindex")).toBe(index);
  });

  test("peers do not reach one another", () => {
    expect(isShutOut(alicesMachine, "10.10.0.3")).toBe(true);
    expect(reaches(alicesMachine, PRIVATE_HOST)).toBe(true);
  });

  test("a revoked peer no longer passes, and the others do", () => {
    setPeers({ alice: alicesEntry });
    sync();
    expect(server.must("wg show wg0 peers").trim()).toBe(alice.publicKey);
    expect(isShutOut(bobsMachine, "10.10.0.1", PRIVATE_HOST)).toBe(true);
    expect(reaches(alicesMachine, PRIVATE_HOST)).toBe(true);
  });

  test("the last peer can be revoked too, and come back", () => {
    setPeers({});
    sync();
    expect(server.must("wg show wg0 peers")).toBe("");
    expect(isShutOut(alicesMachine, "10.10.0.1")).toBe(true);
    setPeers({ alice: alicesEntry });
    sync();
    connect(alicesMachine, generate(serverKeys.publicKey, { alice: alicesEntry }).clientConfigs["alice"], alice);
    expect(reaches(alicesMachine, "10.10.0.1")).toBe(true);
  });

  test.each([
    ["cannot be fetched", undefined, "cannot be found"],
    ["is empty", "", "does not hold WireGuard peers"],
    ["brings a section of its own", "[Interface]\nListenPort = 1\n", "does not hold WireGuard peers"],
    ["has a key that wg would show in its error", `[Peer]\nPublicKey = ${"A".repeat(42)}B=\n`, "does not hold WireGuard peers"],
    ["is an answer about nothing", "None", "does not hold WireGuard peers"],
  ])("a parameter that %s leaves the last good peers in place", (_case, value, message) => {
    server.setAws(PEERS_PARAMETER, value);
    const { status, stderr } = server.run("wireguard-sync");
    setPeers({ alice: alicesEntry });
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(reaches(alicesMachine, PRIVATE_HOST)).toBe(true);
  });

  test.each([
    ["cannot be read", undefined, "cannot be found"],
    ["holds no key", "changeme", "does not hold a WireGuard key"],
    ["holds two keys", `${serverKeys.privateKey}\n${serverKeys.privateKey}`, "does not hold a WireGuard key"],
  ])("a peer is revoked even while the secret %s, and the key stays out of the log", (_case, value, message) => {
    server.setAws(SERVER_KEY_SECRET, value);
    setPeers({});
    const { status, stdout, stderr } = server.run("wireguard-sync");
    const peers = server.must("wg show wg0 peers");
    const publicKey = server.must("wg show wg0 public-key").trim();
    server.setAws(SERVER_KEY_SECRET, serverKeys.privateKey);
    setPeers({ alice: alicesEntry });
    sync();
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toContain(serverKeys.privateKey);
    expect(peers).toBe("");
    expect(publicKey).toBe(serverKeys.publicKey);
  });

  test("after a reboot without AWS the tunnel comes back with what was good last", () => {
    server.crash("wireguard-go");
    server.must("while ip link show wg0; do sleep 0.1; done; wireguard-go wg0");
    expect(server.must("wg show wg0 peers")).toBe("");
    server.setAws(SERVER_KEY_SECRET, undefined);
    server.setAws(PEERS_PARAMETER, undefined);
    const { status } = server.run("wireguard-sync");
    // A client notices by itself after fifteen seconds, by WireGuard's own timers; one that connects anew need not wait.
    connect(alicesMachine, generate(serverKeys.publicKey, { alice: alicesEntry }).clientConfigs["alice"], alice);
    const reached = reaches(alicesMachine, PRIVATE_HOST);
    server.setAws(SERVER_KEY_SECRET, serverKeys.privateKey);
    setPeers({ alice: alicesEntry });
    expect(status).toBe(1);
    expect(reached).toBe(true);
  });

  test("CloudWatch hears of a good round only", () => {
    const heard = (): number =>
      server.awsCalls().filter((call) => call.includes("--metric-name WireguardSynced --dimensions Machine=shop-test-bastion")).length;
    const before = heard();
    sync();
    expect(heard()).toBe(before + 1);
    server.setAws(PEERS_PARAMETER, undefined);
    server.run("wireguard-sync");
    setPeers({ alice: alicesEntry });
    expect(heard()).toBe(before + 1);
  });

  test("a rotated server key shuts the old configuration out and lets the new one in", () => {
    const rotated = newKeys();
    server.setAws(SERVER_KEY_SECRET, rotated.privateKey);
    expect(sync()).toContain("took over a new server.key");
    connect(alicesMachine, generate(serverKeys.publicKey, { alice: alicesEntry }).clientConfigs["alice"], alice);
    expect(isShutOut(alicesMachine, "10.10.0.1")).toBe(true);
    connect(alicesMachine, generate(rotated.publicKey, { alice: alicesEntry }).clientConfigs["alice"], alice);
    expect(reaches(alicesMachine, PRIVATE_HOST)).toBe(true);
  });
});
