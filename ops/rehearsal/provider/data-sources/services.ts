import { FAKE_TIME } from "../fakes/fake-resource";
import type { ValueMap } from "../protocol/value";
import type { DataQuery, DataSources } from "./data-source";

/** Ports of MSK, by what reaches them. @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const BROKER_LISTS = [
  "bootstrap_brokers",
  "bootstrap_brokers_tls",
  "bootstrap_brokers_sasl_scram",
  "bootstrap_brokers_sasl_iam",
  "bootstrap_brokers_public_tls",
  "bootstrap_brokers_public_sasl_scram",
  "bootstrap_brokers_public_sasl_iam",
  "bootstrap_brokers_vpc_connectivity_tls",
  "bootstrap_brokers_vpc_connectivity_sasl_scram",
  "bootstrap_brokers_vpc_connectivity_sasl_iam",
];

function bootstrapBrokers(query: DataQuery): ValueMap {
  const arn = query.text("cluster_arn") ?? "";
  const created = query.created("aws_msk_cluster", (values) => values["arn"] === arn)?.values;
  if (created === undefined) query.assume(arn);
  const name = arn.split("/")[1] ?? "fake";
  const outside = [1, 2, 3]
    .map((broker) => `b-${broker}.${name}.fakefa.c1.kafka.${query.place.region}.${query.place.dnsSuffix}:9098`)
    .join(",");
  const lists = BROKER_LISTS.map((list) => [list, created?.[list] ?? (list === "bootstrap_brokers_sasl_iam" ? outside : "")] as const);
  return { id: arn, cluster_arn: arn, ...Object.fromEntries(lists) };
}

function userPool(query: DataQuery): ValueMap {
  const id = query.text("user_pool_id") ?? "";
  const created = query.created("aws_cognito_user_pool", (values) => values["id"] === id)?.values;
  if (created === undefined) query.assume(id);
  return {
    id,
    arn: query.arn("cognito-idp", `userpool/${id}`),
    name: created?.["name"] ?? "fake-user-pool",
    domain: created?.["domain"] ?? "",
    custom_domain: created?.["custom_domain"] ?? "",
    mfa_configuration: created?.["mfa_configuration"] ?? "OFF",
    deletion_protection: created?.["deletion_protection"] ?? "INACTIVE",
    estimated_number_of_users: 0,
    creation_date: FAKE_TIME,
    last_modified_date: FAKE_TIME,
    auto_verified_attributes: created?.["auto_verified_attributes"] ?? [],
    username_attributes: created?.["username_attributes"] ?? [],
    tags: created?.["tags_all"] ?? {},
    user_pool_tags: created?.["tags_all"] ?? {},
  };
}

export const SERVICES: DataSources = { aws_msk_bootstrap_brokers: bootstrapBrokers, aws_cognito_user_pool: userPool };
