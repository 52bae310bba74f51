import { newKeys, publicKeyOf } from "../../../ops/wireguard/keys";
import { adoptServerKey, rotateServerKey } from "../../../ops/wireguard/server-key";
import { PUBLIC_KEYS } from "../../constructs/servers";
import { FakeDesk } from "./fake-desk";

describe("rotateServerKey", () => {
  test("puts the private half into the secret and nowhere else, and the public half into the file", async () => {
    const desk = new FakeDesk();
    await rotateServerKey(desk, false);
    const [privateKey = ""] = desk.secretValues ?? [];
    expect(desk.entry.serverPublicKey).toBe(publicKeyOf(privateKey));
    expect(desk.asked).toEqual([]);
    expect(desk.file + desk.said.join("\n")).not.toContain(privateKey);
    expect(desk.entry.peers).toHaveProperty("alice");
  });

  test("asks before a key is replaced, and tells how many it locks out", async () => {
    const desk = new FakeDesk();
    desk.secretValues = [newKeys().privateKey];
    await expect(rotateServerKey(desk, false)).rejects.toThrow("nothing was changed");
    expect(desk.asked).toEqual([
      "shop-vpn/server-key has a key. Another one locks 1 peer out until they have a new configuration. Replace it?",
    ]);
    expect([desk.writes(), desk.entry.serverPublicKey]).toEqual([0, PUBLIC_KEYS.server]);
  });

  test.each([
    ["the operator says yes", true, false],
    ["--yes is given", false, true],
  ])("replaces the key when %s, and says what to do next", async (_case, answer, yes) => {
    const desk = new FakeDesk();
    desk.secretValues = [newKeys().privateKey];
    desk.answer = answer;
    await rotateServerKey(desk, yes);
    expect(desk.secretValues).toHaveLength(2);
    expect(desk.entry.serverPublicKey).toBe(publicKeyOf(desk.secretValues[1] ?? ""));
    expect(desk.said.at(-1)).toBe(
      "Next: commit config/shop-wireguard.json, deploy shop-test again, and give every peer its output wireguard_client_config_<peer>.",
    );
  });

  test("makes the first key of a server whose file has none, and puts it before the peers", async () => {
    const desk = new FakeDesk().withoutKey();
    await rotateServerKey(desk, false);
    expect(desk.entry.serverPublicKey).toBe(publicKeyOf(desk.secretValues?.[0] ?? ""));
    expect(Object.keys(desk.entry)).toEqual(["serverPublicKey", "peers"]);
    expect(desk.entry.peers).toHaveProperty("alice");
  });

  test("needs an entry in the file before a key is made, and says what it can be", async () => {
    const desk = new FakeDesk();
    const { inventories } = new FakeDesk();
    desk.writeFile({});
    await expect(rotateServerKey(Object.assign(desk, { inventories }), true)).rejects.toThrow(
      'config/shop-wireguard.json has no entry "test"; add "test": { "peers": {} }',
    );
    expect(desk.writes()).toBe(0);
  });

  test("needs the secret, which a deployment makes", async () => {
    const desk = new FakeDesk();
    desk.secretValues = undefined;
    await expect(rotateServerKey(desk, true)).rejects.toThrow(
      "there is no secret shop-vpn/server-key in eu-west-1; deploy shop-test first",
    );
    expect(desk.entry.serverPublicKey).toBe(PUBLIC_KEYS.server);
  });

  test("writes nothing into another account", async () => {
    const desk = new FakeDesk();
    desk.accountId = "222222222222";
    await expect(rotateServerKey(desk, true)).rejects.toThrow("secret shop-vpn/server-key is in account 222222222222");
    expect(desk.writes()).toBe(0);
  });
});

describe("adoptServerKey", () => {
  test("writes the public half of the key that is there, and makes none", async () => {
    const desk = new FakeDesk();
    const keys = newKeys();
    desk.secretValues = [newKeys().privateKey, keys.privateKey];
    await adoptServerKey(desk);
    await adoptServerKey(desk);
    expect(desk.entry.serverPublicKey).toBe(keys.publicKey);
    expect(desk.said).toEqual([
      `config/shop-wireguard.json has its public half, ${keys.publicKey}`,
      "config/shop-wireguard.json has its public half already",
    ]);
    expect(desk.writes()).toBe(0);
  });

  test.each([
    ["there is none", []],
    ["the secret holds something else", ["changeme"]],
  ])("refuses when %s", async (_case, values) => {
    const desk = new FakeDesk();
    desk.secretValues = values;
    await expect(adoptServerKey(desk)).rejects.toThrow(
      'secret shop-vpn/server-key in eu-west-1 has no WireGuard key; make one with "ops wireguard server-key shop-test"',
    );
  });
});
