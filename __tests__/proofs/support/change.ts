import type { ZellyConfig } from "../../../config/zelly-schema";
import { isJsonObject, type Json, type TerraformJson } from "../../../ops/rehearsal/provider/terraform-json";
import type { PlannedChange } from "./plan";
import type { Names } from "./staging";

/** Address, path in the synthesized resource (`health_check.path`, `default_action.0.type`), and the new value. */
export type Edit = readonly [address: string, path: string, value: Json];

/** One change that a developer or an operator makes, and everything that the plan then does. */
export interface Change {
  /** What is changed, as the subject of a sentence. */
  readonly what: string;
  /** Through the configuration, where it has the value. */
  readonly config?: (config: ZellyConfig) => void;
  /** Through the synthesized code, where the value stands in a stack or a construct. */
  readonly edits?: readonly Edit[];
  /** Through terraform.tfvars: texts in it, and what stands there instead. */
  readonly variables?: readonly (readonly [before: string, after: string])[];
  /** Through the id of a construct. */
  readonly names?: Partial<Names>;
  /**
   * What happens, by address; `aws_subnet.*` is each of the type that no change of the same plan names alone. What is not
   * named here must stay as it is.
   */
  readonly outcomes: Readonly<Record<string, PlannedChange>>;
}

export const UPDATED: PlannedChange = { actions: "update", because: [] };
export const CREATED: PlannedChange = { actions: "create", because: [] };
export const DESTROYED: PlannedChange = { actions: "delete", because: [] };
/** Named only where a reader might fear for it. */
export const STAYS: PlannedChange = { actions: "no-op", because: [] };

/** @param paths whose change replaces it. */
export function replaced(...paths: readonly string[]): PlannedChange {
  return { actions: "delete create", because: [...paths].sort() };
}

/** Replaced, and the new one is there before the old one goes. @param paths whose change replaces it. */
export function replacedFirst(...paths: readonly string[]): PlannedChange {
  return { actions: "create delete", because: [...paths].sort() };
}

export function movedFrom(address: string): PlannedChange {
  return { ...STAYS, movedFrom: address };
}

/**
 * The configuration with edits in it.
 *
 * @throws for an edit that changes nothing: of a resource or a path that is not there, or to the value that it has.
 */
export function edited(config: TerraformJson, edits: readonly Edit[]): TerraformJson {
  const copy = JSON.parse(JSON.stringify(config)) as TerraformJson;
  for (const [address, path, value] of edits) {
    const keys = ["resource", ...address.split("."), ...path.split(".")];
    const last = keys.pop() ?? "";
    const holder = keys.reduce<Json | undefined>((found, key) => member(found, key), copy as Json);
    const before = member(holder, last);
    if (before === undefined) throw new Error(`${address} has no ${path} to edit`);
    if (JSON.stringify(before) === JSON.stringify(value)) throw new Error(`${address} has ${path} ${JSON.stringify(value)} already`);
    (holder as Record<string, Json>)[last] = value;
  }
  return copy;
}

function member(holder: Json | undefined, key: string): Json | undefined {
  return isJsonObject(holder) || Array.isArray(holder) ? (holder as Readonly<Record<string, Json>>)[key] : undefined;
}
