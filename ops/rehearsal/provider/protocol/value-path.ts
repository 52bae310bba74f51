import type { WirePath } from "./rpc";

type Step = { readonly attribute: string } | { readonly index: number } | { readonly key: string } | "element";

/** Where in a resource a value stands. Elements of sets have no place of their own: a path ends at the set. */
export class ValuePath {
  private constructor(private readonly steps: readonly Step[]) {}

  static readonly root = new ValuePath([]);

  /** The path of a top-level attribute. */
  static of(attribute: string): ValuePath {
    return ValuePath.root.attribute(attribute);
  }

  attribute(name: string): ValuePath {
    return new ValuePath([...this.steps, { attribute: name }]);
  }

  index(index: number): ValuePath {
    return new ValuePath([...this.steps, { index }]);
  }

  key(key: string): ValuePath {
    return new ValuePath([...this.steps, { key }]);
  }

  /** Some element of a set. */
  element(): ValuePath {
    return new ValuePath([...this.steps, "element"]);
  }

  /** As an operator reads it: `volume[0].efs_volume_configuration[0].file_system_id`; `[*]` is an element of a set. */
  toString(): string {
    const text = this.steps.map((step) => {
      if (step === "element") return "[*]";
      if ("index" in step) return `[${step.index}]`;
      return "key" in step ? `[${JSON.stringify(step.key)}]` : `.${step.attribute}`;
    });
    return text.join("").replace(/^\./, "");
  }

  toWire(): WirePath {
    const end = this.steps.indexOf("element");
    const steps = end < 0 ? this.steps : this.steps.slice(0, end);
    return { steps: steps.filter((step) => step !== "element") };
  }
}
