import type { Fault } from "../protocol/fault";
import { isEmpty, isList, isSame, isUnknown, UNKNOWN, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";

/**
 * The plan of one resource while the rules of its type change it. Values that a rule sets apart from what the configuration says
 * are remembered as adjusted, so that they are not taken for mistakes.
 */
export class PlanDraft {
  readonly adjusted = new Set<string>();
  private readonly replacements = new Map<string, boolean>();
  private readonly found: Fault[] = [];
  private readonly values: Record<string, Value>;

  /**
   * @param prior the resource as it is; undefined when it is created.
   * @param planned values by the schema alone.
   */
  constructor(
    readonly config: ValueMap,
    readonly prior: ValueMap | undefined,
    planned: ValueMap,
  ) {
    this.values = { ...planned };
  }

  get planned(): ValueMap {
    return this.values;
  }

  get isCreate(): boolean {
    return this.prior === undefined;
  }

  value(name: string): Value {
    return this.values[name] ?? null;
  }

  before(name: string): Value {
    return this.prior?.[name] ?? null;
  }

  set(name: string, value: Value): void {
    this.values[name] = value;
    this.adjusted.add(name);
  }

  /** Leaves values to AWS, other than those that the configuration sets. */
  recompute(...names: readonly string[]): void {
    for (const name of names) {
      const configured = this.config[name] ?? null;
      const isLeftOut = configured === null || (isList(configured) && configured.length === 0);
      if (name in this.values && isLeftOut) this.values[name] = UNKNOWN;
    }
  }

  /** Shows no difference: the value stays what it is. */
  keep(name: string): void {
    if (this.prior !== undefined) this.set(name, this.before(name));
  }

  /** True when an existing resource gets another value. An unknown value may be another. */
  isChanged(name: string): boolean {
    if (this.prior === undefined) return false;
    const [before, after] = [this.before(name), this.value(name)];
    return !isSame(before, after) && !(isEmpty(before) && isEmpty(after));
  }

  isAnyChanged(names: readonly string[]): boolean {
    return names.some((name) => this.isChanged(name));
  }

  /** True when the resource is created, or gets another value here. */
  isNew(name: string): boolean {
    return this.isCreate || this.isChanged(name);
  }

  /** Says whether the change of an attribute replaces the resource, whatever the facts say. */
  replaceWhen(name: string, replaces: boolean): void {
    this.replacements.set(name, replaces && this.isChanged(name));
  }

  /** Paths by the facts, corrected by what the rules said. */
  replacingPaths(byFacts: readonly ValuePath[]): readonly ValuePath[] {
    const kept = byFacts.filter((path) => !this.replacements.has(/^\w+/.exec(path.toString())?.[0] ?? ""));
    return [...kept, ...[...this.replacements].filter(([, replaces]) => replaces).map(([name]) => ValuePath.of(name))];
  }

  /** @param rule the end of a sentence that begins with the attribute. */
  fault(name: string, rule: string): void {
    this.found.push({ summary: "Change not possible", detail: `${name}: ${rule}`, path: ValuePath.of(name) });
  }

  get faults(): readonly Fault[] {
    return this.found;
  }
}

/** True for a value that is known and nothing. */
export function isUnset(value: Value | undefined): boolean {
  return !isUnknown(value) && isEmpty(value);
}
