import { canonical, isSame, type ValueMap } from "../protocol/value";
import type { TypeSchema } from "../schema/schema-catalog";

/** A value that reached the provider through a write-only argument. */
export interface WrittenSecret {
  readonly type: string;
  /** Id of the resource. */
  readonly id: string;
  readonly attribute: string;
  readonly value: string;
}

/** Ids repeat across regions and accounts; an ARN does not. */
function keyOf(type: string, values: ValueMap, attribute: string): string {
  return canonical([type, values["arn"] ?? null, values["id"] ?? null, attribute]);
}

/** Secret values of one rehearsal. They are kept in memory and nowhere else, and never shown. */
export class SecretStore {
  private readonly generated: string[] = [];
  private readonly written = new Map<string, WrittenSecret>();

  addGenerated(value: string): void {
    this.generated.push(value);
  }

  /** Every value that the rehearsal made up. */
  generatedValues(): readonly string[] {
    return this.generated;
  }

  /** What every write-only argument holds now. */
  writtenValues(): readonly WrittenSecret[] {
    return [...this.written.values()];
  }

  /**
   * Takes the write-only arguments of an applied resource. AWS's provider writes one only with a new resource, or when the
   * version that stands beside it changes.
   */
  write({ name: type, block }: TypeSchema, config: ValueMap, state: ValueMap, prior: ValueMap | undefined): void {
    for (const [attribute, { writeOnly }] of block.attributes) {
      const value = config[attribute];
      const version = `${attribute}_version`;
      if (!writeOnly || typeof value !== "string") continue;
      if (prior !== undefined && isSame(prior[version] ?? null, state[version] ?? null)) continue;
      this.written.set(keyOf(type, state, attribute), { type, id: String(state["id"]), attribute, value });
    }
  }

  /** What a write-only argument of a resource holds. */
  valueOf(type: string, state: ValueMap, attribute: string): string | undefined {
    return this.written.get(keyOf(type, state, attribute))?.value;
  }

  remove({ name: type, block }: TypeSchema, state: ValueMap): void {
    for (const attribute of block.attributes.keys()) this.written.delete(keyOf(type, state, attribute));
  }

  clear(): void {
    this.generated.length = 0;
    this.written.clear();
  }
}
