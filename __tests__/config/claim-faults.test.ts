import { type Claim, claimFaults, makerFaults, type Share } from "../../config/claim-faults";

const claim = (owner: string, taken: string, group?: string): Claim => ({
  path: ["shop", owner],
  got: taken,
  taken,
  owner,
  ...(group === undefined ? {} : { group }),
  rule: (other) => `must differ from ${other}'s`,
});

describe("claimFaults", () => {
  test("finds none where everything is claimed once", () => {
    expect(claimFaults([claim("a", "one"), claim("b", "two")])).toEqual([]);
  });

  test("names the first who has it, for each that comes later", () => {
    expect(claimFaults([claim("a", "one"), claim("b", "one"), claim("c", "one")])).toEqual([
      `shop.b: must differ from a's, got "one"`,
      `shop.c: must differ from a's, got "one"`,
    ]);
  });

  test("leaves two of one group to another rule, and not two of different groups", () => {
    expect(claimFaults([claim("a", "one", "x"), claim("b", "one", "x")])).toEqual([]);
    expect(claimFaults([claim("a", "one", "x"), claim("b", "one", "y"), claim("c", "one")])).toHaveLength(2);
  });
});

describe("makerFaults", () => {
  const share = (environment: string, place: string, choice: "create" | "read"): Share<"read"> => ({
    environment,
    path: ["shop", environment, "provider"],
    place,
    choice,
  });
  const faults = (...shares: Share<"read">[]) => makerFaults(shares, { thing: "provider", otherwise: "read" });

  test("finds none where one of each place makes it", () => {
    expect(faults(share("a", "1", "create"), share("b", "1", "read"), share("c", "2", "create"))).toEqual([]);
  });

  test("finds the second who makes it", () => {
    expect(faults(share("a", "1", "create"), share("b", "1", "create"))).toEqual([
      `shop.b.provider: must be "read", because a makes the account's one provider, got "create"`,
    ]);
  });

  test("finds everybody who reads what nobody makes", () => {
    expect(faults(share("a", "1", "create"), share("b", "2", "read"), share("c", "2", "read"))).toEqual([
      `shop.b.provider: must be "create", because no environment of the account makes it, got "read"`,
      `shop.c.provider: must be "create", because no environment of the account makes it, got "read"`,
    ]);
  });
});
