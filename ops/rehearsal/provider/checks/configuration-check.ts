import type { Fault } from "../protocol/fault";
import { DynamicValue, isList, isMap, isUnknown, type Value, type ValueMap } from "../protocol/value";
import type { ValuePath } from "../protocol/value-path";
import type { ReportBuilder } from "../provider-report";
import { type Attribute, isComputedOnly } from "../schema/schema";
import type { TypeSchema } from "../schema/schema-catalog";
import { type Met, walk } from "../schema/walk";
import { groupFaults, relationFaults } from "./relations";
import { brokenRule, type OnSkippedPattern } from "./value-rules";

function shown(value: Value, { sensitive, writeOnly }: Attribute): string {
  return sensitive || writeOnly ? "a sensitive value" : JSON.stringify(value);
}

/** Each known scalar of a value: itself, or the elements of a collection. */
function scalarsOf(value: Value, path: ValuePath): { readonly value: string | number | boolean; readonly path: ValuePath }[] {
  if (value === null || isUnknown(value) || value instanceof DynamicValue) return [];
  if (isList(value)) return value.flatMap((element) => scalarsOf(element, path.element()));
  if (isMap(value)) return Object.entries(value).flatMap(([key, member]) => scalarsOf(member, path.key(key)));
  return [{ value, path }];
}

function attributeFaults(
  { field, value, path, schemaPath }: Met<Attribute>,
  type: string,
  onSkipped: (path: string, pattern: string) => void,
): Fault[] {
  if (value === null) return [];
  if (isComputedOnly(field)) {
    return [
      {
        summary: "Computed attribute",
        detail: `${path}: is set by the provider alone and may not be given a value; remove it from ${type}`,
        path,
      },
    ];
  }
  const { minItems, maxItems } = field.facts;
  const faults: Fault[] = [];
  if (isList(value) && maxItems !== undefined && value.length > maxItems) {
    faults.push({
      summary: "Too many elements",
      detail: `${path}: must have at most ${maxItems} elements, got ${value.length}; remove some`,
      path,
    });
  }
  if (isList(value) && minItems !== undefined && value.length < minItems) {
    faults.push({
      summary: "Too few elements",
      detail: `${path}: must have at least ${minItems} elements, got ${value.length}; add some`,
      path,
    });
  }
  if (field.nested !== undefined) return faults;
  const onSkippedHere: OnSkippedPattern = (pattern) => onSkipped(schemaPath, pattern);
  for (const scalar of scalarsOf(value, path)) {
    const rule = brokenRule(field.facts, scalar.value, onSkippedHere);
    if (rule !== undefined)
      faults.push({ summary: "Value not allowed", detail: `${scalar.path}: ${rule}, got ${shown(scalar.value, field)}`, path });
  }
  return faults;
}

/**
 * Checks one configuration of a resource against its facts. Unknown values are left for the next time: Terraform asks again
 * while planning, and the provider once more on apply.
 */
export function configurationFaults(schema: TypeSchema, config: ValueMap, report: ReportBuilder): Fault[] {
  const faults: Fault[] = [];
  walk(schema.block, config, {
    attribute: (met) => {
      faults.push(...attributeFaults(met, schema.name, (path, pattern) => report.skippedPattern(schema.name, path, pattern)));
      faults.push(...relationFaults(met));
    },
    block: (met) => void faults.push(...relationFaults(met)),
    object: (frame, frames) => {
      if (schema.facts !== undefined) faults.push(...groupFaults(schema.facts, frame, frames));
    },
  });
  return faults;
}
