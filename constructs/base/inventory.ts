import { Token } from "cdktf";
import { type Fact, INVENTORY_VERSION, type InventoryDocument } from "./inventory-facts";

/** The facts of one root, collected while its constructs are made. */
export class Inventory {
  private readonly facts = new Map<string, Fact>();

  constructor(private readonly head: Omit<InventoryDocument, "version" | "facts">) {}

  /**
   * States a fact.
   *
   * @throws when a fact of this kind and id was stated before, or when a value is known only after apply.
   */
  add(fact: Fact): void {
    const key = `${fact.kind} ${fact.id}`;
    if (this.facts.has(key)) throw new Error(`${this.head.root}/${fact.id}: states the inventory fact "${fact.kind}" twice`);
    JSON.stringify(fact, (field, value) => {
      if (Token.isUnresolved(value)) {
        throw new Error(`${this.head.root}/${fact.id}: the inventory fact "${fact.kind}" has ${field}, which is known only after apply`);
      }
      return value;
    });
    this.facts.set(key, fact);
  }

  /** Every fact, in an order that does not depend on the order of statements. */
  toDocument(): InventoryDocument {
    const facts = [...this.facts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact);
    return { version: INVENTORY_VERSION, ...this.head, facts };
  }
}
