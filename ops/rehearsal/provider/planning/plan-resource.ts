import type { Fault } from "../protocol/fault";
import { isEmpty, isMap, isUnknown, isWhollyKnown, UNKNOWN, type Value, type ValueMap } from "../protocol/value";
import { conform } from "../protocol/value-codec";
import type { ValuePath } from "../protocol/value-path";
import type { ProviderSettings } from "../provider-settings";
import type { TypeSchema } from "../schema/schema-catalog";
import { planFaults } from "./consistency";
import { PlanDraft } from "./plan-draft";
import { planValues } from "./plan-values";
import { replacingPaths } from "./replacement";
import { keptBlocksOf, specialCaseOf } from "./special-cases/special-cases";

export interface ResourcePlan {
  readonly planned: ValueMap;
  /** Paths whose change replaces the resource; none for one that is created. */
  readonly replaces: readonly ValuePath[];
  readonly faults: readonly Fault[];
}

/** Default tags and the resource's own over them; unknown when one of them is, as in AWS's provider. */
function allTags(defaults: Value, own: Value): Value {
  if (isUnknown(defaults) || isUnknown(own) || !isWhollyKnown(own)) return UNKNOWN;
  return { ...(isMap(defaults) ? defaults : {}), ...(isMap(own) ? own : {}) };
}

/** What AWS's provider does for every type: tags and region are known at plan, and another region is another resource. */
function planProviderWide(draft: PlanDraft, schema: TypeSchema, settings: ProviderSettings): void {
  const { attributes } = schema.block;
  if (attributes.has("tags_all") && attributes.has("tags") && isEmpty(draft.config["tags_all"]))
    draft.set("tags_all", allTags(settings.defaultTags, draft.value("tags")));
  if (!attributes.has("region") || !schema.name.startsWith("aws_")) return;
  if (isEmpty(draft.config["region"])) draft.set("region", settings.place.region);
  draft.replaceWhen("region", !isEmpty(draft.before("region")) && !isEmpty(draft.value("region")));
}

/**
 * Plans one resource.
 *
 * @param prior the resource as it is; undefined when it is created.
 */
export function planResource(schema: TypeSchema, config: ValueMap, prior: ValueMap | undefined, settings: ProviderSettings): ResourcePlan {
  const draft = new PlanDraft(config, prior, planValues(schema.block, config, prior));
  for (const name of keptBlocksOf(schema.name)) if (isEmpty(config[name])) draft.keep(name);
  planProviderWide(draft, schema, settings);
  specialCaseOf(schema.name)?.plan?.(draft);
  const planned = conform(draft.planned, schema.type);
  if (!isMap(planned)) throw new TypeError(`${schema.name}: a plan is an object`);
  const contradictions = planFaults(schema.block, config, planned).filter(({ path }) => !draft.adjusted.has(path?.toString() ?? ""));
  return {
    planned,
    replaces: prior === undefined ? [] : draft.replacingPaths(replacingPaths(schema.block, prior, planned)),
    faults: [...draft.faults, ...contradictions],
  };
}
