import * as z from "zod";
import { environmentsHaving, networkFaults, overlapFaults, samePlaceFaults, sharedStateFaults } from "../../config/environment-faults";
import type { NetworkConfig } from "../../config/schemas";

const NETWORK: NetworkConfig = {
  cidr: "10.0.0.0/16",
  zones: {
    a: { publicCidr: "10.0.0.0/20", privateCidr: "10.0.128.0/20" },
    b: { publicCidr: "10.0.16.0/20", privateCidr: "10.0.144.0/20" },
  },
  nat: { single: "a" },
  flowLogDays: 30,
};
const place = (cidr: string, accountId = "111111111111", region = "eu-west-1") => ({ accountId, region, network: { ...NETWORK, cidr } });

describe("networkFaults", () => {
  test("finds nothing in a network that can be", () => {
    expect(networkFaults(["shop"], NETWORK)).toEqual([]);
    expect(networkFaults(["shop"], { ...NETWORK, nat: "perZone" })).toEqual([]);
  });

  test("names each subnet that lies outside or on another, and the NAT gateway's missing zone", () => {
    const zones = {
      a: { publicCidr: "10.0.0.0/20", privateCidr: "10.0.8.0/21" },
      b: { publicCidr: "10.1.0.0/20", privateCidr: "10.0.0.0/16" },
    };
    expect(networkFaults(["shop", "network"], { ...NETWORK, zones, nat: { single: "c" } })).toEqual([
      'shop.network.zones.a.privateCidr: must not overlap zones.a.publicCidr (10.0.0.0/20), got "10.0.8.0/21"',
      'shop.network.zones.b.publicCidr: must lie in the VPC\'s 10.0.0.0/16, got "10.1.0.0/20"',
      'shop.network.zones.b.privateCidr: must not overlap zones.a.publicCidr (10.0.0.0/20), got "10.0.0.0/16"',
      'shop.network.nat.single: must be one of the zones a, b, got "c"',
    ]);
  });
});

describe("faults between environments", () => {
  test("name every pair of blocks that overlap, at the later one", () => {
    expect(overlapFaults("shop", { dev: place("10.0.0.0/16"), test: place("10.1.0.0/16"), prod: place("10.0.0.0/15") })).toEqual([
      'shop.prod.network.cidr: must not overlap dev\'s 10.0.0.0/16, got "10.0.0.0/15"',
      'shop.prod.network.cidr: must not overlap test\'s 10.1.0.0/16, got "10.0.0.0/15"',
    ]);
  });

  test("name environments in one place, and not those in another account or region", () => {
    const [here, elsewhere, other] = [
      place("10.0.0.0/16"),
      place("10.1.0.0/16", "111111111111", "eu-west-2"),
      place("10.2.0.0/16", "222222222222"),
    ];
    expect(samePlaceFaults("shop", { here, elsewhere, other })).toEqual([]);
    expect(samePlaceFaults("shop", { here, elsewhere, again: here })).toEqual([
      'shop.again.region: must differ from here\'s in one account, because names would meet, got "eu-west-1"',
    ]);
  });

  test("name environments whose states would overwrite one another", () => {
    const [one, two, three] = ["a.tfstate", "b.tfstate", "a.tfstate"].map((key) => ({ state: { bucket: "shop-state", key } }));
    if (one === undefined || two === undefined || three === undefined) throw new Error("no states");
    expect(sharedStateFaults("shop", { one, two })).toEqual([]);
    expect(sharedStateFaults("shop", { one, two, three })).toEqual(['shop.three.state.key: must differ from one\'s, got "a.tfstate"']);
  });
});

describe("environmentsHaving", () => {
  const shape = { name: z.string().regex(/^[a-z]+$/), zones: z.strictObject({ a: z.string() }) };
  type Shop = { readonly name: string; readonly zones: { readonly a: string } };
  const untyped = (value: unknown): Shop => value as Shop;
  const values = {
    whole: { name: "shop", zones: { a: "x" } },
    wrong: { name: "SHOP", zones: { a: "x" } },
    number: untyped({ name: 1, zones: { a: "x" } }),
    absent: untyped({ name: "shop" }),
    inside: untyped({ name: "shop", zones: { a: 2 } }),
  };

  test("keeps what has the right types, also where it is wrong otherwise", () => {
    expect(Object.keys(environmentsHaving(values, shape, ["name"]))).toEqual(["whole", "wrong", "absent", "inside"]);
    expect(Object.keys(environmentsHaving(values, shape, ["zones"]))).toEqual(["whole", "wrong", "number"]);
  });

  test("asks for every field that is named", () => {
    expect(Object.keys(environmentsHaving(values, shape, ["name", "zones"]))).toEqual(["whole", "wrong"]);
  });
});
