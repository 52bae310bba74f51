import { fillValues } from "../../../../../ops/rehearsal/provider/fakes/fill-values";
import { planResource } from "../../../../../ops/rehearsal/provider/planning/plan-resource";
import type { Value, ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { conform } from "../../../../../ops/rehearsal/provider/protocol/value-codec";
import { ReportBuilder } from "../../../../../ops/rehearsal/provider/provider-report";
import { settingsOf } from "../../../../../ops/rehearsal/provider/provider-settings";
import type { Attribute, AttributeType, Block } from "../../../../../ops/rehearsal/provider/schema/schema";
import type { TypeSchema } from "../../../../../ops/rehearsal/provider/schema/schema-catalog";
import { schemaCatalogs } from "../../../../../ops/rehearsal/provider/schema/schema-catalogs";
import type { JsonObject, TerraformJson } from "../../../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../../../ops/rehearsal/provider/used-types";
import { World } from "../../../../../ops/rehearsal/provider/world/world";

export const SETTINGS = settingsOf({ region: "eu-west-1" }, "111111111111");

export function newWorld(): World {
  return new World(new ReportBuilder());
}

/** Schemas of resource types, as a configuration with one resource of each uses them. */
export function schemasOf(types: readonly string[], bodies: Readonly<Record<string, JsonObject>> = {}): ReadonlyMap<string, TypeSchema> {
  const config: TerraformJson = {
    terraform: { required_providers: { aws: { source: "aws" }, cloudflare: { source: "cloudflare/cloudflare" } } },
    resource: Object.fromEntries(types.map((type) => [type, { one: bodies[type] ?? {} }])),
  };
  const catalogs = [...schemaCatalogs(usedTypes([config])).byProvider.values()];
  return new Map(catalogs.flatMap(({ resources }) => [...resources]));
}

export function schemaOf(type: string, body: JsonObject = {}): TypeSchema {
  const schema = schemasOf([type], { [type]: body }).get(type);
  if (schema === undefined) throw new Error(`no binding has the type ${type}`);
  return schema;
}

/** A whole configuration out of the arguments that matter: everything else is null, and blocks are empty. */
export function configOf(schema: TypeSchema, given: ValueMap): ValueMap {
  return conform(withBlocks(schema.block, given), schema.type) as ValueMap;
}

function withBlocks(block: Block, given: ValueMap): ValueMap {
  const result: Record<string, Value> = { ...given };
  for (const [name, nested] of block.blocks) {
    const value = given[name];
    if (nested.nesting === "single") continue;
    result[name] = Array.isArray(value) ? value.map((element: ValueMap) => withBlocks(nested.block, element)) : (value ?? []);
  }
  return result;
}

function sample(type: AttributeType, attribute?: Attribute): Value {
  if (type === "string")
    return String(attribute?.facts.default ?? attribute?.facts.enum?.[0] ?? (attribute?.facts.format === "json" ? "{}" : "sample"));
  if (type === "number") return 1;
  if (type === "bool") return true;
  if (type === "dynamic") return null;
  if ("list" in type) return [sample(type.list)];
  if ("set" in type) return [sample(type.set)];
  if ("map" in type) return { key: sample(type.map) };
  return Object.fromEntries(Object.entries(type.object).map(([name, member]) => [name, sample(member)]));
}

/** The least that a schema takes: required attributes and blocks. */
export function leastConfig(block: Block): ValueMap {
  const required = [...block.attributes].filter(([, attribute]) => attribute.required);
  const values: Record<string, Value> = Object.fromEntries(
    required.map(([name, attribute]) => [
      name,
      attribute.nested === undefined ? sample(attribute.type, attribute) : leastConfig(attribute.nested.block),
    ]),
  );
  for (const [name, nested] of block.blocks)
    if (nested.nesting !== "single") values[name] = Array.from({ length: nested.minItems }, () => leastConfig(nested.block));
  return values;
}

/** A resource as an apply leaves it, but for the values that are given instead. */
export function existing(type: string, given: ValueMap, instead: ValueMap = {}): ValueMap {
  const schema = schemaOf(type);
  const world = newWorld();
  const { planned } = planResource(schema, configOf(schema, given), undefined, SETTINGS);
  const made = fillValues(schema.block, planned, {
    type,
    place: SETTINGS.place,
    serials: world.serials,
    report: world.report,
    prior: undefined,
  });
  return conform({ ...made, ...instead }, schema.type) as ValueMap;
}
