import { OperatorError } from "../../../ops/cli/operator-error";
import { newKeys } from "../../../ops/wireguard/keys";
import { addPeer, listPeers, revokePeer } from "../../../ops/wireguard/peers";
import { peersTable } from "../../../ops/wireguard/peers-table";
import { PUBLIC_KEYS } from "../../constructs/servers";
import { FakeDesk } from "./fake-desk";

const ONLINE = { offline: false, overwrite: false };
const OFFLINE = { offline: true, overwrite: false };
const EXPIRED = new Error("The security token included in the request is expired.");
const bob = newKeys().publicKey;

async function deployed(): Promise<FakeDesk> {
  const desk = new FakeDesk();
  await desk.deploy();
  return desk;
}

describe("addPeer", () => {
  test("puts the peer into the file and, at once, what Terraform would write into the parameter", async () => {
    const desk = await deployed();
    await addPeer(desk, "bob", bob, ONLINE);
    expect(desk.entry.peers["bob"]).toEqual({ publicKey: bob, address: "10.10.0.3" });
    expect(desk.live).toContain(`# bob\n[Peer]\nPublicKey = ${bob}\nAllowedIPs = 10.10.0.3/32\n`);
    expect(desk.live).toBe(await desk.document());
    expect(desk.said).toEqual([
      "config/shop-wireguard.json has bob with 10.10.0.3",
      "/shop/test/wireguard/peers is changed; the server follows within a minute",
      "Next: commit config/shop-wireguard.json, and deploy shop-test for the output wireguard_client_config_bob.",
    ]);
  });

  test("leaves the rest of the file as it was, to the byte", async () => {
    const desk = await deployed();
    const before = desk.file;
    await addPeer(desk, "bob", bob, ONLINE);
    await revokePeer(desk, "bob", ONLINE);
    expect(desk.file).toBe(before);
  });

  test("offline, changes the file only", async () => {
    const desk = await deployed();
    const live = desk.live;
    await addPeer(desk, "bob", bob, OFFLINE);
    expect(desk.entry.peers).toHaveProperty("bob");
    expect(desk.live).toBe(live);
  });

  test("done again, changes nothing and writes nothing", async () => {
    const desk = await deployed();
    await addPeer(desk, "bob", bob, ONLINE);
    const [file, writes] = [desk.file, desk.writes()];
    await addPeer(desk, "bob", bob, ONLINE);
    expect([desk.file, desk.writes()]).toEqual([file, writes]);
    expect(desk.said).toContain("config/shop-wireguard.json has bob already, with 10.10.0.3");
  });

  test("done again after the call to AWS failed, does what was left", async () => {
    const desk = await deployed();
    await addPeer(desk, "bob", bob, OFFLINE);
    await addPeer(desk, "bob", bob, ONLINE);
    expect(desk.live).toBe(await desk.document());
  });

  test("takes the lowest address that nobody has, and none that the file still has", async () => {
    const desk = new FakeDesk({
      alice: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.3" },
      carol: { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.2" },
    });
    await addPeer(desk, "bob", bob, OFFLINE);
    expect(desk.entry.peers["bob"]?.address).toBe("10.10.0.4");
    await revokePeer(desk, "alice", OFFLINE);
    await addPeer(desk, "dora", newKeys().publicKey, OFFLINE);
    expect(desk.entry.peers["dora"]?.address).toBe("10.10.0.3");
  });

  test("refuses one peer more than the VPN has addresses", async () => {
    const numbers = Array.from({ length: 253 }, (_, index) => index + 2);
    const desk = new FakeDesk(
      Object.fromEntries(numbers.map((number) => [`p${number}`, { publicKey: `${number}`, address: `10.10.0.${number}` }])),
    );
    const { inventories } = new FakeDesk();
    await expect(addPeer(Object.assign(desk, { inventories }), "bob", bob, OFFLINE)).rejects.toThrow(
      "every address of 10.10.0.0/24 is taken; revoke a peer that is not used any more",
    );
  });

  test("refuses a second key for a name, and a second name for a key", async () => {
    const desk = await deployed();
    const before = desk.file;
    await expect(addPeer(desk, "alice", bob, ONLINE)).rejects.toThrow(
      "config/shop-wireguard.json has another key for alice; revoke alice first, or choose another name",
    );
    await expect(addPeer(desk, "bob", PUBLIC_KEYS.alice, ONLINE)).rejects.toThrow(
      "the key is alice's already; each machine needs a key of its own",
    );
    expect([desk.file, desk.writes()]).toEqual([before, 0]);
  });

  test.each([
    [
      "bob",
      "c2hvcnQ=",
      '--public-key must be a WireGuard public key, 32 bytes in base64, got "c2hvcnQ="; give what `wg pubkey` prints on the peer\'s own machine',
    ],
    [
      "Bob's laptop",
      bob,
      'the name of a peer must be a lower-case letter and up to 30 lower-case letters, digits and underscores, got "Bob\'s laptop"; choose another',
    ],
  ])("refuses the peer %j with the key %j before anything is changed, with status 2", async (name, key, message) => {
    const desk = await deployed();
    const before = desk.file;
    await expect(addPeer(desk, name, key, ONLINE)).rejects.toMatchObject({ name: "OperatorError", exitCode: 2, message });
    expect([desk.file, desk.writes()]).toEqual([before, 0]);
  });

  test("takes a change back that synthesis refuses, and passes on why", async () => {
    const desk = await deployed();
    const before = desk.file;
    const { inventories } = desk;
    // What else stands in the configuration may be wrong too.
    const refusing = async () => {
      if (desk.entry.peers["bob"] !== undefined) throw new OperatorError("shop.test.region: must be an AWS region, got nothing");
      return inventories();
    };
    await expect(addPeer(Object.assign(desk, { inventories: refusing }), "bob", bob, ONLINE)).rejects.toThrow(
      "shop.test.region: must be an AWS region, got nothing",
    );
    expect([desk.file, desk.writes()]).toEqual([before, 0]);
  });

  test("as long as the server has no key, says what comes before the output", async () => {
    const desk = (await deployed()).withoutKey();
    await addPeer(desk, "bob", bob, ONLINE);
    expect(desk.entry).toEqual({ peers: expect.objectContaining({ bob: { publicKey: bob, address: "10.10.0.3" } }) });
    expect(desk.said.at(-1)).toBe(
      'Next: the server has no key yet: deploy shop-test, make one with "ops wireguard server-key shop-test"; then commit config/shop-wireguard.json, and deploy shop-test for the output wireguard_client_config_bob.',
    );
  });

  test("before the first deployment, says that there is no parameter yet", async () => {
    const desk = new FakeDesk();
    await addPeer(desk, "bob", bob, ONLINE);
    expect(desk.said).toContain("/shop/test/wireguard/peers does not exist yet: deploying shop-test makes it");
    expect(desk.writes()).toBe(0);
  });

  test("shuts out nobody whom the file does not know, unless told to", async () => {
    const colleague = await deployed();
    await addPeer(colleague, "carol", newKeys().publicKey, ONLINE);
    const desk = new FakeDesk();
    desk.live = colleague.live;
    await expect(addPeer(desk, "bob", bob, ONLINE)).rejects.toThrow(
      "/shop/test/wireguard/peers has carol, whom config/shop-wireguard.json does not know and who would be shut out; pull the latest config/shop-wireguard.json, or shut them out with --overwrite",
    );
    expect(desk.live).toContain("# carol");
    await addPeer(desk, "bob", bob, { offline: false, overwrite: true });
    expect(desk.live).toBe(await desk.document());
  });

  test("writes nothing into another account", async () => {
    const desk = await deployed();
    desk.accountId = "222222222222";
    await expect(addPeer(desk, "bob", bob, ONLINE)).rejects.toThrow(
      "parameter /shop/test/wireguard/peers is in account 222222222222, not in 111111111111 as config/ says; change the AWS credentials",
    );
    expect(desk.writes()).toBe(0);
  });

  test("says in one sentence what AWS has against it", async () => {
    const desk = await deployed();
    desk.refuse("read", EXPIRED);
    await expect(addPeer(desk, "bob", bob, ONLINE)).rejects.toThrow(
      "reading parameter /shop/test/wireguard/peers in eu-west-1 failed: The security token included in the request is expired; check the AWS credentials and run again",
    );
  });
});

describe("revokePeer", () => {
  test("takes the peer out of the file and out of the parameter", async () => {
    const desk = await deployed();
    await revokePeer(desk, "alice", ONLINE);
    expect(desk.entry.peers).toEqual({});
    expect(desk.live).not.toContain("[Peer]");
    expect(desk.live).toBe(await desk.document());
  });

  test("done again after the call to AWS failed, takes the peer out of the parameter", async () => {
    const desk = await deployed();
    await revokePeer(desk, "alice", OFFLINE);
    expect(desk.live).toContain("# alice");
    await revokePeer(desk, "alice", ONLINE);
    expect(desk.live).not.toContain("[Peer]");
  });

  test.each([
    ["cannot be read", "read", "reading"],
    ["cannot be written", "write", "writing"],
  ] as const)("where the parameter %s, says that the peer still gets in", async (_what, call, doing) => {
    const desk = await deployed();
    desk.refuse(call, EXPIRED);
    await expect(revokePeer(desk, "alice", ONLINE)).rejects.toMatchObject({
      name: "OperatorError",
      exitCode: 1,
      message: `${doing} parameter /shop/test/wireguard/peers in eu-west-1 failed: The security token included in the request is expired; check the AWS credentials and run again; alice still gets in until this command has been run again and has succeeded`,
    });
    expect(desk.said).toEqual(["config/shop-wireguard.json no longer has alice"]);
    expect(desk.live).toContain("# alice");
  });

  test("where others would be shut out, is refused and says that the peer still gets in", async () => {
    const desk = await deployed();
    desk.live = `${desk.live}\n# carol\n[Peer]\nPublicKey = ${bob}\nAllowedIPs = 10.10.0.9/32\n`;
    await expect(revokePeer(desk, "alice", ONLINE)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/ has carol, .*; alice still gets in until this command has been run again and has succeeded$/),
    });
  });

  test("offline, says that the peer still gets in until the deployment", async () => {
    const desk = await deployed();
    await revokePeer(desk, "alice", OFFLINE);
    expect(desk.said.at(-1)).toBe("Next: commit config/shop-wireguard.json, and deploy shop-test; until then alice still gets in.");
  });

  test("of a name that nobody has, says who there is", async () => {
    const desk = await deployed();
    await revokePeer(desk, "alcie", ONLINE);
    expect(desk.said[0]).toBe("config/shop-wireguard.json has no alcie; its peers are alice");
    expect(desk.writes()).toBe(0);
  });
});

describe("listPeers", () => {
  test("says of each peer whether the server has it, and of the server's whether the file has them", async () => {
    const desk = await deployed();
    await addPeer(desk, "bob", bob, OFFLINE);
    await revokePeer(desk, "alice", OFFLINE);
    const alice = { name: "alice", publicKey: PUBLIC_KEYS.alice, address: "10.10.0.2", configured: false, live: true };
    const bobs = { name: "bob", publicKey: bob, address: "10.10.0.3", configured: true, live: false };
    expect(await listPeers(desk, false)).toEqual([alice, bobs]);
    expect(await listPeers(desk, true)).toEqual([{ ...bobs, live: null }]);
    expect(peersTable(await listPeers(desk, false))).toMatch(/alice .* no .* yes .*\n.*\n.*bob .* yes .* no /);
  });

  test("orders by address, not by its spelling", async () => {
    const desk = new FakeDesk({
      late: { publicKey: PUBLIC_KEYS.alice, address: "10.10.0.10" },
      early: { publicKey: PUBLIC_KEYS.bob, address: "10.10.0.9" },
    });
    expect((await listPeers(desk, true)).map(({ name }) => name)).toEqual(["early", "late"]);
  });

  test("of nobody, says so", () => {
    expect(peersTable([])).toBe("no peers");
  });
});
