import { factsOf } from "../../../../ops/rehearsal/facts/facts";
import { CACHE_FAKES } from "../../../../ops/rehearsal/provider/fakes/caches";
import { COMPUTE_FAKES } from "../../../../ops/rehearsal/provider/fakes/compute";
import { DATABASE_FAKES } from "../../../../ops/rehearsal/provider/fakes/databases";
import { DELIVERY_FAKES } from "../../../../ops/rehearsal/provider/fakes/delivery";
import { fillValues } from "../../../../ops/rehearsal/provider/fakes/fill-values";
import { LOAD_BALANCING_FAKES } from "../../../../ops/rehearsal/provider/fakes/load-balancing";
import { MESSAGING_FAKES } from "../../../../ops/rehearsal/provider/fakes/messaging";
import { NETWORK_FAKES } from "../../../../ops/rehearsal/provider/fakes/network";
import { SECURITY_FAKES } from "../../../../ops/rehearsal/provider/fakes/security";
import { STORAGE_FAKES } from "../../../../ops/rehearsal/provider/fakes/storage";
import { STREAMING_FAKES } from "../../../../ops/rehearsal/provider/fakes/streaming";
import { applyFaults } from "../../../../ops/rehearsal/provider/planning/consistency";
import { planResource } from "../../../../ops/rehearsal/provider/planning/plan-resource";
import { isSame, isWhollyKnown, type ValueMap } from "../../../../ops/rehearsal/provider/protocol/value";
import { conform } from "../../../../ops/rehearsal/provider/protocol/value-codec";
import type { Block } from "../../../../ops/rehearsal/provider/schema/schema";
import type { TypeSchema } from "../../../../ops/rehearsal/provider/schema/schema-catalog";
import { configOf, leastConfig, newWorld, SETTINGS, schemasOf } from "./support/schemas";

const FAKED = [
  CACHE_FAKES,
  COMPUTE_FAKES,
  DATABASE_FAKES,
  DELIVERY_FAKES,
  LOAD_BALANCING_FAKES,
  MESSAGING_FAKES,
  NETWORK_FAKES,
  SECURITY_FAKES,
  STORAGE_FAKES,
  STREAMING_FAKES,
].flatMap((table) => Object.entries(table));

const FACTS = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/cloudflare/cloudflare"].flatMap((provider) =>
  Object.keys(factsOf(provider)?.types ?? {}),
);
const TYPES = [...new Set([...FACTS, ...FAKED.map(([type]) => type)])].sort();
const schemas = schemasOf(TYPES);

function schemaOf(type: string): TypeSchema {
  const schema = schemas.get(type);
  if (schema === undefined) throw new Error(`no binding has the type ${type}`);
  return schema;
}

function hasComputed(block: Block, [name = "", ...rest]: readonly string[]): boolean {
  const [attribute, nested] = [block.attributes.get(name), block.blocks.get(name)];
  if (rest.length === 0) return attribute?.computed === true || nested?.computed === true;
  const inner = nested?.block ?? attribute?.nested?.block;
  return inner !== undefined && hasComputed(inner, rest);
}

describe.each(TYPES)("%s", (type) => {
  test("is created from its required arguments with every value known, and planned again without a change", () => {
    const schema = schemaOf(type);
    const config = configOf(schema, leastConfig(schema.block));
    const world = newWorld();
    const { planned } = planResource(schema, config, undefined, SETTINGS);
    const context = { type, place: SETTINGS.place, serials: world.serials, report: world.report, prior: undefined };
    const made = conform(fillValues(schema.block, planned, context), schema.type) as ValueMap;
    expect(isWhollyKnown(made)).toBe(true);
    expect(applyFaults(schema.block, planned, made)).toEqual([]);
    const again = planResource(schema, config, made, SETTINGS);
    expect(again.faults).toEqual([]);
    expect(again.replaces.map(String)).toEqual([]);
    expect(Object.keys(made).filter((name) => !isSame(made[name] ?? null, again.planned[name] ?? null))).toEqual([]);
  });
});

test("fakes are made for computed attributes that exist, with facts where the table has the type", () => {
  // Without facts an attribute that is optional and computed looks optional; its fake waits for the facts.
  const withFacts = FAKED.filter(([type]) => FACTS.includes(type));
  const idle = withFacts.flatMap(([type, fakes]) =>
    Object.keys(fakes)
      .filter((path) => !hasComputed(schemaOf(type).block, path.split(".")))
      .map((path) => `${type}.${path}`),
  );
  expect(idle).toEqual([]);
  const unknown = FAKED.flatMap(([type, fakes]) =>
    Object.keys(fakes)
      .filter((path) => !path.includes(".") && !schemaOf(type).block.attributes.has(path))
      .map((path) => `${type}.${path}`),
  );
  expect(unknown).toEqual([]);
});
