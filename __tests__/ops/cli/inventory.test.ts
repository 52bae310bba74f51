import type { Fact, InventoryDocument, VpnFact } from "../../../constructs/base/inventory-facts";
import { inventoryOf, readInventories, rootPart } from "../../../ops/cli/inventory";
import { fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";
import { inventory, vpn } from "../support/inventories";

const roots = [inventory("shop-dev"), inventory("shop-prod", vpn("Main"), vpn("Spare")), inventory("bank-prod", vpn("Door"))];
const isVpn = (fact: Fact): fact is VpnFact => fact.kind === "vpn";
const find = (known: readonly InventoryDocument[], root: string) => rootPart(known, root, isVpn, "VPN");

describe("a part of a root", () => {
  test("is found with what else the root says of itself, the first of several", () => {
    expect(find(roots, "shop-prod")).toEqual({ inventory: roots[1], part: vpn("Main") });
  });

  test.each([
    ["is missing", roots, "shop-dev", "root shop-dev has no VPN; the roots that have one are shop-prod, bank-prod"],
    ["is nowhere", roots.slice(0, 1), "shop-dev", "root shop-dev has no VPN; no root has one"],
    ["is asked of no root", roots, "shop", 'no root is called "shop"; the roots are shop-dev, shop-prod, bank-prod'],
  ])("that %s is refused with the roots to choose from", (_what, known, root, message) => {
    expect(() => find(known, root)).toThrow(expect.objectContaining({ name: "OperatorError", exitCode: 2, message }));
  });
});

describe("what the roots say of themselves", () => {
  const context = fakeContext({ projectRoot: fixtureProject(Object.fromEntries(roots.map(({ root }) => [root, {}])), "", roots) });

  test("is read of all, by a synthesis of its own", async () => {
    expect((await readInventories(context)).map(({ root }) => root)).toEqual(["bank-prod", "shop-dev", "shop-prod"]);
  });

  test("is read of one by its name, and of no other", async () => {
    expect(await inventoryOf("shop-prod", context)).toEqual(roots[1]);
    await expect(inventoryOf("shop", context)).rejects.toThrow('no root is called "shop"; the roots are bank-prod, shop-dev, shop-prod');
  });
});
