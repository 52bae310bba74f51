import type { Fact } from "../../../constructs/base/inventory-facts";
import type { VpnFact } from "../../../constructs/base/inventory-parts";
import { inventoryOf, readInventories, rootPart } from "../../../ops/cli/inventory";
import { fakeContext } from "../support/fake-context";
import { fixtureProject } from "../support/fixture-project";
import { inventory, vpn } from "../support/inventories";

const roots = [inventory("shop-dev"), inventory("shop-prod", vpn("Main"), vpn("Spare")), inventory("bank-prod", vpn("Door"))];

describe("what the roots say of themselves", () => {
  const context = fakeContext({ projectRoot: fixtureProject(Object.fromEntries(roots.map(({ root }) => [root, {}])), "", roots) });

  test("is read of all, by a synthesis of its own", async () => {
    expect((await readInventories(context)).map(({ root }) => root)).toEqual(["bank-prod", "shop-dev", "shop-prod"]);
  });

  test("is read of one by its name, and of no other", async () => {
    expect(await inventoryOf("shop-prod", context)).toEqual(roots[1]);
    await expect(inventoryOf("shop", context)).rejects.toMatchObject({
      name: "OperatorError",
      exitCode: 2,
      message: 'no root is called "shop"; the roots are shop-dev, shop-prod, bank-prod',
    });
  });
});

describe("a part of a root", () => {
  const isVpn = (fact: Fact): fact is VpnFact => fact.kind === "vpn";

  /** Looks for a root's VPN, and says for which roots it synthesized. */
  async function find(root: string, known = roots) {
    const reads: (readonly string[])[] = [];
    const read = async (only: readonly string[] = []) => {
      reads.push(only);
      return known.filter((document) => only.length === 0 || only.includes(document.root));
    };
    return { found: await rootPart(root, read, isVpn, "VPN"), reads };
  }

  test("is found with what else the root says of itself, the first of several, without a look at other roots", async () => {
    expect(await find("shop-prod")).toEqual({ found: { inventory: roots[1], part: vpn("Main") }, reads: [["shop-prod"]] });
  });

  test.each([
    ["is missing", roots, "root shop-dev has no VPN; the roots that have one are shop-prod, bank-prod"],
    ["is nowhere", roots.slice(0, 1), "root shop-dev has no VPN; no root has one"],
  ])("that %s is refused with the roots to choose from", async (_what, known, message) => {
    await expect(find("shop-dev", known)).rejects.toMatchObject({ name: "OperatorError", exitCode: 2, message });
  });
});
