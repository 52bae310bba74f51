import { canonical, type ValueMap } from "../protocol/value";

/** A resource that exists in a rehearsal. */
export interface StoredObject {
  readonly type: string;
  readonly account: string;
  readonly values: ValueMap;
}

/** Names repeat across regions and accounts; an object is one in a place. */
function keyOf(type: string, account: string, values: ValueMap): string {
  return canonical([type, account, values["region"] ?? null, values["id"] ?? null]);
}

/** What the roots of one rehearsal created, so that data sources answer with it. */
export class ObjectStore {
  private readonly objects = new Map<string, StoredObject>();

  put(type: string, account: string, values: ValueMap): void {
    this.objects.set(keyOf(type, account, values), { type, account, values });
  }

  remove(type: string, account: string, values: ValueMap): void {
    this.objects.delete(keyOf(type, account, values));
  }

  /** Resources of a type for which a test holds. */
  find(type: string, matches: (values: ValueMap) => boolean): readonly StoredObject[] {
    return [...this.objects.values()].filter((object) => object.type === type && matches(object.values));
  }

  clear(): void {
    this.objects.clear();
  }
}
