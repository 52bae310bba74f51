import { newKeys } from "../../../ops/wireguard/keys";
import { addPeer, listPeers, revokePeer } from "../../../ops/wireguard/peers";
import { peersTable } from "../../../ops/wireguard/peers-table";
import { PUBLIC_KEYS } from "../../constructs/servers";
import { FakeDesk } from "./fake-desk";

const ONLINE = { offline: false, overwrite: false };
const OFFLINE = { offline: true, overwrite: false };
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
    const { inventory } = new FakeDesk();
    await expect(addPeer(Object.assign(desk, { inventory }), "bob", bob, OFFLINE)).rejects.toThrow(
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

  test("takes a change back that synthesis refuses, and passes on why", async () => {
    const desk = await deployed();
    const before = desk.file;
    await expect(addPeer(desk, "bob", "c2hvcnQ=", ONLINE)).rejects.toThrow("peers.bob.publicKey must be 32 bytes in base64");
    expect([desk.file, desk.writes()]).toEqual([before, 0]);
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
    desk.refuse(new Error("The security token included in the request is expired."));
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
