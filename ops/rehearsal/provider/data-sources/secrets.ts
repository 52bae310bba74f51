import { FAKE_TIME } from "../fakes/fake-resource";
import { asText, type Value, type ValueMap } from "../protocol/value";
import type { World } from "../world/world";
import type { DataQuery, DataSources } from "./data-source";

/** Text of a parameter that a resource of this rehearsal holds; a write-only value is in memory alone. */
export function parameterText(world: World, values: ValueMap): string {
  const written = world.secrets.valueOf("aws_ssm_parameter", values, "value_wo");
  return written ?? asText(values["value"]) ?? asText(values["insecure_value"]) ?? "";
}

/** Parameters that AWS keeps for everybody: an image's id, or a description of it in JSON. */
function publicParameter(query: DataQuery, name: string): string {
  const imageId = `ami-${query.stableHex(`${name} ${query.place.region}`, 17)}`;
  if (!name.endsWith("/recommended")) return imageId;
  return JSON.stringify({ image_id: imageId, image_name: "fake-image", os: "Amazon Linux 2023", schema_version: 1 });
}

function parameter(query: DataQuery): ValueMap {
  const name = query.text("name") ?? "";
  const { partition, region } = query.place;
  const path = name.replace(/^\//, "");
  const isPublic = name.startsWith("/aws/service/");
  const created = query.created("aws_ssm_parameter", (values) => values["name"] === name && values["region"] === region);
  if (created === undefined && !isPublic) query.assume(`${name} in ${region}`);
  const text =
    created === undefined
      ? isPublic
        ? publicParameter(query, name)
        : `fake-value-of-${path.replaceAll("/", "-")}`
      : parameterText(query.world, created.values);
  const type = asText(created?.values["type"]) ?? "String";
  return {
    id: name,
    arn: isPublic ? `arn:${partition}:ssm:${region}::parameter/${path}` : query.arn("ssm", `parameter/${path}`),
    type,
    value: text,
    insecure_value: type === "SecureString" ? null : text,
    version: created?.values["version"] ?? 1,
    with_decryption: query.value("with_decryption") ?? true,
  };
}

/** ARN of a secret that is named, or of which the ARN is known. */
function secretArn(query: DataQuery, nameOrArn: string): { readonly arn: string; readonly created: ValueMap | undefined } {
  const created = query.created(
    "aws_secretsmanager_secret",
    (values) => values["arn"] === nameOrArn || (values["name"] === nameOrArn && values["region"] === query.place.region),
  )?.values;
  if (nameOrArn.startsWith("arn:")) return { arn: nameOrArn, created };
  const arn = asText(created?.["arn"]) ?? query.arn("secretsmanager", `secret:${nameOrArn}-Fa${query.stableHex(nameOrArn, 9).slice(5)}`);
  return { arn, created };
}

function nameInArn(arn: string): string {
  return arn.replace(/^.*:secret:/, "").replace(/-[A-Za-z0-9]{6}$/, "");
}

function secret(query: DataQuery): ValueMap {
  const asked = query.text("arn") ?? query.text("name");
  if (asked === undefined) return query.refuse("name", "must be set, or arn, got none; set one of them");
  const { arn, created } = secretArn(query, asked);
  if (created === undefined) query.assume(asked);
  return {
    id: arn,
    arn,
    name: asText(created?.["name"]) ?? nameInArn(arn),
    created_date: FAKE_TIME,
    last_changed_date: FAKE_TIME,
    description: created?.["description"] ?? "",
    kms_key_id: created?.["kms_key_id"] ?? "",
    policy: created?.["policy"] ?? "",
    tags: created?.["tags_all"] ?? {},
  };
}

/** Keys that a secret which nobody here wrote is expected to have: those that RDS and its users know. */
const EXPECTED_KEYS: Readonly<Record<string, string | number>> = {
  username: "fake-user",
  password: "fake-password",
  engine: "fake-engine",
  host: "fake-host.example",
  port: 5432,
  dbname: "fake-database",
};

/** The value that a version of this rehearsal holds, and its id; undefined when none was written. */
export function storedSecret(world: World, arn: string): { readonly value: string; readonly versionId: Value } | undefined {
  const version = world.objects
    .find("aws_secretsmanager_secret_version", (values) => values["secret_id"] === arn || values["arn"] === arn)
    .at(-1)?.values;
  if (version === undefined) return undefined;
  const written = world.secrets.valueOf("aws_secretsmanager_secret_version", version, "secret_string_wo");
  const value = written ?? asText(version["secret_string"]);
  return value === undefined ? undefined : { value, versionId: version["version_id"] ?? null };
}

function secretVersion(query: DataQuery): ValueMap {
  const asked = query.text("secret_id") ?? "";
  const { arn } = secretArn(query, asked);
  const stored = storedSecret(query.world, arn);
  if (stored === undefined) query.assume(asked);
  return {
    id: `${asked}|${query.text("version_id") ?? query.text("version_stage") ?? "AWSCURRENT"}`,
    arn,
    created_date: FAKE_TIME,
    secret_binary: "",
    secret_string: stored?.value ?? JSON.stringify(EXPECTED_KEYS),
    version_id: query.text("version_id") ?? stored?.versionId ?? "fa4e0000-0000-4000-8000-000000000000",
    version_stage: query.text("version_stage") ?? "AWSCURRENT",
    version_stages: ["AWSCURRENT"],
  };
}

export const SECRETS: DataSources = {
  aws_ssm_parameter: parameter,
  aws_secretsmanager_secret: secret,
  aws_secretsmanager_secret_version: secretVersion,
};
