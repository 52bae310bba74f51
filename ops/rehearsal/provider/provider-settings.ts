import { asText, blocksOf, elementsOf, isMap, isUnknown, UNKNOWN, type Value, type ValueMap } from "./protocol/value";
import { type Place, placeOf } from "./world/place";

/** Account that stands in where the configuration pins none: no account of AWS's has this number. */
export const FAKE_ACCOUNT = "111111111111";

/** One provider configuration: each connection of Terraform's has its own, aliases too. */
export interface ProviderSettings {
  readonly place: Place;
  /** Tags for every resource; unknown while a value in them is. */
  readonly defaultTags: Value;
}

/** Region of a provider that has none. */
const NO_REGION = "global";

function defaultTagsOf(config: ValueMap): Value {
  const block = config["default_tags"] ?? null;
  if (isUnknown(block)) return UNKNOWN;
  const tags = blocksOf(block)[0]?.["tags"] ?? null;
  if (isUnknown(tags)) return UNKNOWN;
  return isMap(tags) ? tags : {};
}

/**
 * Reads a provider's configuration.
 *
 * @param account stands in where the configuration pins none.
 */
export function settingsOf(config: ValueMap, account: string): ProviderSettings {
  const [allowed] = elementsOf(config["allowed_account_ids"]);
  return { place: placeOf(asText(allowed) ?? account, asText(config["region"]) ?? NO_REGION), defaultTags: defaultTagsOf(config) };
}

/** The place of one resource: its own region, where it names one. */
export function placeWithin({ place }: ProviderSettings, values: ValueMap): Place {
  const region = asText(values["region"]);
  return region === undefined || region === "" ? place : placeOf(place.account, region);
}
