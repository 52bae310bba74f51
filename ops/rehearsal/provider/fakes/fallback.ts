import type { Value } from "../protocol/value";
import type { Attribute, AttributeType } from "../schema/schema";
import { FAKE_TIME, type Fake, type FakeResource } from "./fake-resource";

/** What names mean in every type. The first that matches counts. */
const BY_NAME: readonly (readonly [RegExp, Fake])[] = [
  [/^(owner_id|account_id|registry_id|aws_account_id|owner|instance_owner_id)$/, (r) => r.place.account],
  [/^region$/, (r) => r.place.region],
  [/_prefix$/, () => ""],
  [/(^|_)(created?|creation|modified|updated|upload)(_(on|at|date|time))?$|_date$|_time$/, () => FAKE_TIME],
  [/^(etag|lock_token|uuid|unique_id)$/, (r) => r.uuid()],
  [/^availability_zone$/, (r) => `${r.place.region}a`],
];

/** True when the prefix of a name may be configured beside it: AWS's provider then makes the name. */
function isNameWithPrefix(r: FakeResource, path: string): boolean {
  return !path.includes(".") && r.value(`${path}_prefix`) !== null;
}

function placeholder(r: FakeResource, path: string, type: AttributeType): Value {
  if (type === "string") return `fake-${path.split(".").at(-1)}-${r.serial()}`;
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (type === "dynamic") return null;
  if ("object" in type)
    return Object.fromEntries(Object.entries(type.object).map(([name, member]) => [name, placeholder(r, `${path}.${name}`, member)]));
  return "map" in type ? {} : [];
}

/** A value without a known format, and whether it deserves a line in the report. */
export interface Fallback {
  readonly value: Value;
  readonly isPlaceholder: boolean;
}

/**
 * A value for a computed attribute that no table knows: by what its name means everywhere; an ARN or a generated name; the first
 * of its values; or a text that says what it stands for.
 */
export function fallbackFake(r: FakeResource, path: string, attribute: Attribute): Fallback {
  const name = path.split(".").at(-1) ?? path;
  const isMapOfText = typeof attribute.type === "object" && "map" in attribute.type;
  const [, known] = BY_NAME.find(([pattern]) => pattern.test(name)) ?? [];
  if (isMapOfText && /^tags(_all)?$/.test(name)) return { value: {}, isPlaceholder: false };
  if (known !== undefined && attribute.type === "string") return { value: known(r), isPlaceholder: false };
  if (attribute.type === "string" && isNameWithPrefix(r, path))
    return { value: r.generatedName(r.text(`${path}_prefix`)), isPlaceholder: false };
  if (path === "arn") {
    const [, service = "aws", ...kind] = r.type.split("_");
    return { value: r.arn(service, `${kind.join("-")}/${r.text("id")}`), isPlaceholder: true };
  }
  if (path === "id") return { value: r.text("name") || r.hexId("fake"), isPlaceholder: true };
  const [first] = attribute.facts.enum ?? [];
  if (first !== undefined && (attribute.type === "string" || attribute.type === "number")) return { value: first, isPlaceholder: true };
  // One element, so that an expression that asks for the first finds it.
  const type = attribute.type;
  const element = typeof type === "object" && !attribute.optional ? ("list" in type ? type.list : undefined) : undefined;
  if (element !== undefined && typeof element === "object" && "object" in element)
    return { value: [placeholder(r, path, element)], isPlaceholder: true };
  return { value: placeholder(r, path, attribute.type), isPlaceholder: !(attribute.optional && typeof type === "object") };
}
