import type { Value, ValueMap } from "../protocol/value";
import type { AttributeType } from "../schema/schema";
import { ACCOUNT } from "./account";
import type { DataQuery, DataSource, DataSources } from "./data-source";
import { EDGE } from "./edge";
import { IMAGES } from "./images";
import { NETWORK } from "./network";
import { POLICY_DOCUMENT } from "./policy-document";
import { SECRETS } from "./secrets";
import { SERVICES } from "./services";

const ALL: DataSources = { ...ACCOUNT, ...EDGE, ...IMAGES, ...NETWORK, ...POLICY_DOCUMENT, ...SECRETS, ...SERVICES };

/** How a data source is answered; undefined for one that the rehearsal cannot answer. */
export function dataSourceOf(type: string): DataSource | undefined {
  return ALL[type];
}

function emptyOf(type: AttributeType): Value {
  if (typeof type === "string" || "object" in type) return null;
  return "map" in type ? {} : [];
}

/**
 * The whole answer of a data source: what it fills, over what the configuration asks. Attributes that it does not fill are null,
 * and lists empty.
 *
 * @param type of the data source's values.
 */
export function answer(source: DataSource, query: DataQuery, type: AttributeType): ValueMap {
  if (typeof type === "string" || !("object" in type)) throw new TypeError(`${query.type}: the type of a data source is an object`);
  const filled: ValueMap = { region: query.place.region, ...source(query) };
  return Object.fromEntries(
    Object.entries(type.object).map(([name, member]) => {
      const value = filled[name] ?? query.config[name] ?? null;
      return [name, value ?? emptyOf(member)];
    }),
  );
}
