/** One settable member, as the binding writes it out for Terraform. */
export interface WrittenMember {
  /** Terraform's name. */
  readonly name: string;
  /** The binding's name. */
  readonly property: string;
  /** Expression that turns the property into Terraform's form. */
  readonly expression: string;
  readonly container: "simple" | "list" | "set" | "map" | "struct";
  /** Null stands for what is not set: the way of members of plain object types. */
  readonly isNullWhenUnset: boolean;
}

/** Where a class takes a value from. */
export type ReadSource =
  /** An accessor of CDKTF's, for example `getStringAttribute`; CDKTF makes a set a list to read it. */
  | { readonly accessor: string; readonly isSet: boolean }
  /** A class that reads a complex value, or a collection. */
  | { readonly className: string; readonly isSet: boolean };

/** One getter of a class: what Terraform can be asked for. */
export interface ReadMember {
  /** Terraform's name. */
  readonly name: string;
  readonly source: ReadSource;
  /** False for what only the provider sets. */
  readonly isSettable: boolean;
}

const MEMBER =
  /^ +"?([\w-]+)"?: \{\n +value: (.*),\n +isBlock: (?:true|false),\n +type: "(simple|list|set|map|struct)",\n +storageClassType: "\w+",$/gm;
const COMPLEX_MEMBER = /this\._(\w+) = new ([\w.]+)\(this, "([\w-]+)"(?:, (true|false))?\);/g;
const GETTER = /^ {4}get (\w+)\(\) \{\n +return (.*);$/gm;
const ORIGIN = /\/\/ ([\w-]+) - computed: (true|false), optional: (true|false), required: (true|false)/g;

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Member and accessor of an expression such as `cdktf.Fn.tolist(this.getListAttribute('subnets'))`. */
function accessed(expression: string): { readonly name: string; readonly source: ReadSource } | undefined {
  const [, accessor, name] = /this\.(\w+Attribute)\('([\w-]+)'\)/.exec(expression) ?? [];
  if (accessor === undefined || name === undefined) return undefined;
  return { name, source: { accessor, isSet: expression.includes("Fn.tolist(") } };
}

/**
 * The code of one binding, cut into its classes and functions. It is read as text and never run: loading the modules of one
 * system would cost ten times the time and memory.
 */
export class BindingText {
  private readonly starts = new Map<string, number>();

  constructor(private readonly code: string) {
    for (const found of code.matchAll(/^(?:class (\w+) extends|function (\w+ToHclTerraform)\()/gm)) {
      this.starts.set(found[1] ?? found[2] ?? "", found.index);
    }
  }

  /** The class of a resource, data source or provider: the one that extends CDKTF's class for it. */
  mainClass(): { readonly name: string; readonly isProvider: boolean } {
    const [, name, kind] = /^class (\w+) extends cdktf\.Terraform(Resource|DataSource|Provider) \{/m.exec(this.code) ?? [];
    if (name === undefined) throw new Error("the binding holds no resource, data source or provider");
    return { name, isProvider: kind === "Provider" };
  }

  /** Code of a class or function, up to the line that closes it. Empty when there is none of that name. */
  body(name: string): string {
    const start = this.starts.get(name);
    return start === undefined ? "" : this.code.slice(start, this.code.indexOf("\n}\n", start) + 2);
  }

  /** Members that a configuration may set, in the class or function of that name. */
  written(name: string): WrittenMember[] {
    return [...this.body(name).matchAll(MEMBER)].map(([, member = "", value = "", container]) => {
      const property = /(?:this\._|struct!?\.)(\w+)/.exec(value)?.[1];
      if (property === undefined) throw new Error(`the binding writes ${member} in a way that is not known: ${value}`);
      return {
        name: member,
        property,
        expression: value,
        container: container as WrittenMember["container"],
        isNullWhenUnset: value.includes("=== undefined ? null :"),
      };
    });
  }

  /** Members that Terraform can be asked for, in the class of that name. */
  read(name: string): ReadMember[] {
    const body = this.body(name);
    const complex = new Map<string, { readonly name: string; readonly source: ReadSource }>();
    for (const [, field = "", type = "", member = "", wrapsSet] of body.matchAll(COMPLEX_MEMBER)) {
      complex.set(field, { name: member, source: { className: type.slice(type.lastIndexOf(".") + 1), isSet: wrapsSet === "true" } });
    }
    const getters = [...body.matchAll(GETTER)].map(([, property = "", expression = ""]) => ({ property, expression }));
    const properties = new Set(getters.map(({ property }) => property));
    return getters.flatMap(({ property, expression }) => {
      const found = complex.get(/^this\._(\w+)$/.exec(expression)?.[1] ?? "") ?? accessed(expression);
      return found === undefined ? [] : [{ ...found, isSettable: properties.has(`${property}Input`) }];
    });
  }

  /**
   * Members that a class can unset: the optional ones. By the name of their field, and by the name that the class gives them,
   * which differs for a few (`self`, and what begins with `get`).
   */
  resettable(className: string): ReadonlySet<string> {
    const found = this.body(className).matchAll(/^ {4}reset(\w+)\(\) \{\n +this\._(\w+)(?:\.internalValue)? = undefined;$/gm);
    return new Set([...found].flatMap(([, name = "", field = ""]) => [lowerFirst(name), field]));
  }

  /** What the binding says of complex members of a class: those that are optional and computed, by Terraform's name. */
  optionalComputed(className: string): ReadonlySet<string> {
    const found = [...this.body(className).matchAll(ORIGIN)];
    return new Set(found.filter(([, , computed, optional]) => computed === "true" && optional === "true").map(([, name = ""]) => name));
  }
}

/** Name of the struct that an expression maps with, for example `ecsServiceAlarms`; undefined for plain values. */
export function structOf(expression: string): string | undefined {
  return /(?<!cdktf\.)\b(\w+)ToHclTerraform\b/.exec(expression)?.[1];
}

/** Class that reads a struct. */
export function readerOf(struct: string): string {
  return `${upperFirst(struct)}OutputReference`;
}
