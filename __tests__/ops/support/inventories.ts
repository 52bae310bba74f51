import { type Fact, INVENTORY_VERSION, type InventoryDocument } from "../../../constructs/base/inventory-facts";
import type { CacheFact, VpnFact } from "../../../constructs/base/inventory-parts";

/** What a root says of itself: `shop-dev` is system `shop` in environment `dev`. */
export function inventory(root: string, ...facts: readonly Fact[]): InventoryDocument {
  const [system = "", environment = ""] = root.split("-");
  return { version: INVENTORY_VERSION, root, system, environment, accountId: "111111111111", region: "eu-west-1", namePrefix: root, facts };
}

const part = (id: string) => ({ id, name: id, why: "is needed", size: "small", stateful: false, fails: "never" });

export function vpn(id: string): VpnFact {
  return {
    ...part(id),
    kind: "vpn",
    cidr: "10.10.0.0/24",
    peersParameter: "/peers",
    peersDocument: "",
    serverKeySecret: "key",
    peers: [],
  };
}

export function cache(id: string, engine: string): CacheFact {
  return { ...part(id), kind: "cache", engine, port: 6379, secret: "shop/cache" };
}
