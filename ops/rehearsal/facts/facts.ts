import aws from "./aws.json";
import cloudflare from "./cloudflare.json";

/** Formats that a text must have. */
export type TextFormat = "json" | "arn" | "cidr" | "cidr4" | "cidr6" | "rfc3339" | "account" | "base64";

/** What the bindings do not tell about one attribute or block. Absent means: nothing known, or no. */
export interface AttributeFacts {
  /** A change replaces the resource. */
  readonly forceNew?: boolean;
  /** The provider fills it when the configuration leaves it out. */
  readonly optionalComputed?: boolean;
  readonly sensitive?: boolean;
  /** Reaches the provider, and stands in neither plan nor state. */
  readonly writeOnly?: boolean;
  /** Value when the configuration leaves it out. */
  readonly default?: string | number | boolean;
  /** Values that are allowed; for a collection, its elements. */
  readonly enum?: readonly (string | number)[];
  readonly enumIgnoresCase?: boolean;
  /** Least and greatest number, both allowed; null for no limit. */
  readonly range?: readonly (number | null)[];
  /** Numbers that are allowed outside the range. */
  readonly alsoAllowed?: readonly number[];
  /** In characters; for a collection, of each element. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Regular expression in Go's syntax, found anywhere in the text. */
  readonly pattern?: string;
  /** Instead of one of the values in `enum`. */
  readonly orPattern?: string;
  readonly format?: TextFormat;
  /** Paths of attributes that may not be set together with this one: block names with dots, without indexes. */
  readonly conflictsWith?: readonly string[];
  /** Paths of attributes that must be set together with this one. */
  readonly requiredWith?: readonly string[];
}

/** What the bindings do not tell about one resource type. */
export interface TypeFacts {
  /** File in the provider's public source that this was read from. */
  readonly source: string;
  /** Groups of paths of which exactly one must be set. */
  readonly exactlyOneOf?: readonly (readonly string[])[];
  /** Groups of paths of which at least one must be set. */
  readonly atLeastOneOf?: readonly (readonly string[])[];
  readonly attributes: { readonly [path: string]: AttributeFacts };
}

/** One ephemeral resource type: the bindings have none. */
export interface EphemeralFacts {
  readonly source: string;
  readonly arguments: { readonly [name: string]: { readonly type: string; readonly required?: boolean; readonly computed?: boolean } };
  readonly computed: { readonly [name: string]: { readonly type: string; readonly sensitive?: boolean } };
}

/** The facts of one provider, as `scripts/make-facts.mjs` writes them. */
export interface FactsDocument {
  /** Provider address. */
  readonly provider: string;
  /** Provider release that the types are used with. */
  readonly version: string;
  readonly origin: string;
  readonly types: { readonly [type: string]: TypeFacts };
  readonly ephemerals: { readonly [type: string]: EphemeralFacts };
  readonly dataSources: { readonly [type: string]: TypeFacts };
}

function byProvider(documents: readonly { readonly provider: string }[]): ReadonlyMap<string, FactsDocument> {
  // The compiler reads JSON's texts as any text; that formats are among TextFormat is what make-facts checks.
  return new Map(documents.map((document) => [document.provider, document as FactsDocument]));
}

const DOCUMENTS = byProvider([aws, cloudflare]);

/** The facts of a provider; none for one that has no table. */
export function factsOf(provider: string): FactsDocument | undefined {
  return DOCUMENTS.get(provider);
}
