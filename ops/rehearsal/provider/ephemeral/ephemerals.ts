import { parameterText, storedSecret } from "../data-sources/secrets";
import { FAKE_TIME } from "../fakes/fake-resource";
import { FaultError } from "../protocol/fault";
import { asText, type Value, type ValueMap } from "../protocol/value";
import { ValuePath } from "../protocol/value-path";
import type { World } from "../world/world";
import { randomPassword } from "./random-password";

/** Opens one ephemeral resource: the attributes that it fills. */
export type Ephemeral = (config: ValueMap, world: World) => ValueMap;

function refuse(attribute: string, rule: string): never {
  throw new FaultError({ summary: "Ephemeral resource has no value", detail: `${attribute}: ${rule}`, path: ValuePath.of(attribute) });
}

/** A value that a configuration may leave out. */
function given<T extends Value>(config: ValueMap, name: string, is: (value: Value) => value is T): T | undefined {
  const value = config[name] ?? null;
  return is(value) ? value : undefined;
}

const isText = (value: Value): value is string => typeof value === "string";
const isNumber = (value: Value): value is number => typeof value === "number";
const isTrue = (value: Value): value is boolean => typeof value === "boolean";

function generatedPassword(config: ValueMap, world: World): ValueMap {
  const flag = (name: string): boolean | undefined => given(config, name, isTrue);
  const [length, excluded, requireEach] = [
    given(config, "password_length", isNumber),
    given(config, "exclude_characters", isText),
    flag("require_each_included_type"),
  ];
  try {
    const password = randomPassword({
      ...(length === undefined ? {} : { length }),
      ...(excluded === undefined ? {} : { excludeCharacters: excluded }),
      ...(requireEach === undefined ? {} : { requireEachIncludedType: requireEach }),
      excludeLowercase: flag("exclude_lowercase") === true,
      excludeNumbers: flag("exclude_numbers") === true,
      excludePunctuation: flag("exclude_punctuation") === true,
      excludeUppercase: flag("exclude_uppercase") === true,
      includeSpace: flag("include_space") === true,
    });
    world.secrets.addGenerated(password);
    return { random_password: password };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [attribute = "", ...rule] = error.message.split(": ");
    return refuse(attribute, rule.join(": "));
  }
}

/** Gives back what was written in this rehearsal: there is no other place that a value could come from. */
function secretVersion(config: ValueMap, world: World): ValueMap {
  const asked = asText(config["secret_id"]) ?? "";
  const arn =
    asText(
      world.objects.find("aws_secretsmanager_secret", (values) => values["name"] === asked || values["arn"] === asked).at(-1)?.values[
        "arn"
      ],
    ) ?? asked;
  const stored = storedSecret(world, arn);
  if (stored === undefined)
    return refuse(
      "secret_id",
      `must be a secret whose value was set earlier in this rehearsal, got "${asked}"; let a secret version write it first`,
    );
  const wantedVersion = asText(config["version_id"]);
  if (wantedVersion !== undefined && wantedVersion !== stored.versionId)
    return refuse("version_id", `must be the current version of the secret, got "${wantedVersion}"`);
  return {
    arn,
    created_date: FAKE_TIME,
    secret_binary: null,
    secret_string: stored.value,
    version_id: stored.versionId,
    version_stage: asText(config["version_stage"]) ?? "AWSCURRENT",
    version_stages: ["AWSCURRENT"],
  };
}

function parameter(config: ValueMap, world: World): ValueMap {
  const arn = asText(config["arn"]) ?? "";
  const created = world.objects.find("aws_ssm_parameter", (values) => values["arn"] === arn).at(-1)?.values;
  if (created === undefined)
    return refuse("arn", `must be a parameter that was created earlier in this rehearsal, got "${arn}"; create it first`);
  return {
    name: created["name"] ?? null,
    type: created["type"] ?? null,
    value: parameterText(world, created),
    version: created["version"] ?? null,
    with_decryption: config["with_decryption"] ?? true,
  };
}

const ALL: Readonly<Record<string, Ephemeral>> = {
  aws_secretsmanager_random_password: generatedPassword,
  aws_secretsmanager_secret_version: secretVersion,
  aws_ssm_parameter: parameter,
};

/** How an ephemeral resource is opened; undefined for one that the rehearsal cannot open. */
export function ephemeralOf(type: string): Ephemeral | undefined {
  return ALL[type];
}
