import type { Fault } from "../protocol/fault";
import { elementsOf, isList, isMap, isUnknown, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";

/** A configuration as a rule looks at it. */
export class ConfigView {
  readonly faults: Fault[] = [];

  constructor(
    readonly values: ValueMap,
    private readonly base = ValuePath.root,
  ) {}

  value(name: string): Value {
    return this.values[name] ?? null;
  }

  /** The value of a known text; undefined when it is null or unknown. */
  text(name: string): string | undefined {
    const value = this.value(name);
    return typeof value === "string" ? value : undefined;
  }

  /** True when the configuration certainly sets it. */
  isSet(name: string): boolean {
    const value = this.value(name);
    return value !== null && !isUnknown(value) && !(isList(value) && value.length === 0);
  }

  /** True when the configuration certainly leaves it out. */
  isUnset(name: string): boolean {
    const value = this.value(name);
    return value === null || (isList(value) && value.length === 0);
  }

  /** @param rule the end of a sentence that begins with the attribute. */
  fault(name: string, rule: string): void {
    const path = this.base.attribute(name);
    this.faults.push({ summary: "Configuration not possible", detail: `${path}: ${rule}`, path });
  }

  /** Runs rules on each known element of a block, with their paths. Elements of a set have none of their own. */
  each(name: string, rules: (element: ConfigView) => void, nesting: "list" | "set" = "list"): void {
    const path = this.base.attribute(name);
    elementsOf(this.value(name)).forEach((element, i) => {
      if (!isMap(element)) return;
      const view = new ConfigView(element, nesting === "set" ? path.element() : path.index(i));
      rules(view);
      this.faults.push(...view.faults);
    });
  }
}
