import type { Fact, InventoryDocument } from "../../constructs/base/inventory-facts";

/** One fact as several environments of a system state it. */
export interface MergedFact<F extends Fact> {
  readonly id: string;
  /** The fact by environment, with the environment's own name and region taken out of its texts. */
  readonly by: ReadonlyMap<string, F>;
}

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;

/** Facts of one kind out of all environments of a system: those that say the same thing of the same construct are one. */
export function mergedFacts<K extends Fact["kind"]>(inventories: readonly InventoryDocument[], kind: K): MergedFact<FactOf<K>>[] {
  const merged = new Map<string, Map<string, FactOf<K>>>();
  for (const inventory of inventories) {
    for (const fact of inventory.facts) {
      if (fact.kind !== kind) continue;
      const neutral = withoutEnvironment(fact as FactOf<K>, inventory, prefix(inventory, inventories));
      const by = merged.get(neutral.id) ?? new Map<string, FactOf<K>>();
      merged.set(neutral.id, by.set(inventory.environment, neutral));
    }
  }
  return [...merged].map(([id, by]) => ({ id, by }));
}

/** What a text is in every environment, or what it is in each. */
export function inEach<F extends Fact>({ by }: MergedFact<F>, text: (fact: F) => string): string {
  const texts = [...by].map(([environment, fact]) => [environment, text(fact)] as const);
  const distinct = new Set(texts.map(([, value]) => value));
  const [only] = distinct;
  if (distinct.size === 1 && only !== undefined) return only;
  return texts.map(([environment, value]) => `${environment}: ${value}`).join("; ");
}

/** How the start of names is written: with the environment taken out where all environments come to the same by that. */
function prefix({ namePrefix, environment }: InventoryDocument, inventories: readonly InventoryDocument[]): string {
  const neutral = inventories.map((other) => other.namePrefix.replace(other.environment, "{environment}"));
  return new Set(neutral).size === 1 ? namePrefix.replace(environment, "{environment}") : "{prefix}";
}

function withoutEnvironment<F extends Fact>(fact: F, { namePrefix, environment, region }: InventoryDocument, neutralPrefix: string): F {
  const text = JSON.stringify(fact)
    .replaceAll(namePrefix, neutralPrefix)
    .replaceAll(`"${environment}/`, '"{environment}/')
    .replaceAll(`/${environment}/`, "/{environment}/")
    .replaceAll(`.${environment}.`, ".{environment}.")
    // Names that begin with the environment, as `dev-ConsoleApi`.
    .replaceAll(new RegExp(`(?<![A-Za-z0-9-])${environment}-(?=[A-Za-z])`, "g"), "{environment}-")
    // In ARNs only: elsewhere the region is what a row is about.
    .replaceAll(`:${region}:`, ":{region}:");
  return JSON.parse(text) as F;
}
