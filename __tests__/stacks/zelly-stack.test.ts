import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { zellyEnvironments } from "../../config/zelly";
import { allAddresses } from "../constructs/readings";
import type { Body, Synthesized } from "../support/synthesized";
import { synthesizeZelly, ZELLY, zellyConfig } from "./zelly-roots";

const production = synthesizeZelly("production");
const staging = synthesizeZelly("staging");

test("there are the two environments of the owners' documents, in their regions, with their state", () => {
  const places = Object.entries(zellyEnvironments).map(([name, { region, state, network }]) => [name, region, state.key, network.cidr]);
  expect(places).toEqual([
    ["production", "ap-south-1", "production/terraform.tfstate", "10.0.0.0/16"],
    ["staging", "ap-southeast-1", "staging/terraform.tfstate", "10.1.0.0/16"],
  ]);
  for (const [environment, root] of ZELLY) {
    const { bucket, key } = zellyConfig(environment).state;
    expect(root().json["terraform"]).toMatchObject({
      backend: { s3: { bucket, key, region: "ap-south-1", dynamodb_table: "zelly-terraform-locks", encrypt: true } },
    });
  }
});

describe("Zelly's environments differ", () => {
  const pick = (synthesized: Synthesized) => ({
    aurora: synthesized.only(RdsCluster)["serverlessv2_scaling_configuration"],
    auroraIsPublic: synthesized.only(RdsClusterInstance)["publicly_accessible"],
    protected: synthesized.only(RdsCluster)["deletion_protection"],
    redis: synthesized.only(ElasticacheReplicationGroup)["node_type"],
    clickhouse: synthesized.byName(Instance).clickhouse?.["instance_type"],
    bastion: synthesized.byName(Instance).bastion?.["instance_type"],
    repositories: synthesized.all(EcrRepository).length,
  });

  test("in sizes, in who reaches Aurora, in protection and in whose repositories they are", () => {
    expect(pick(production)).toEqual({
      aurora: { min_capacity: 0.5, max_capacity: 8 },
      auroraIsPublic: false,
      protected: true,
      redis: "cache.t4g.small",
      clickhouse: "t3.medium",
      bastion: "t3.micro",
      repositories: 7,
    });
    expect(pick(staging)).toEqual({
      aurora: { min_capacity: 0, max_capacity: 2, seconds_until_auto_pause: 300 },
      auroraIsPublic: true,
      protected: false,
      redis: "cache.t4g.micro",
      clickhouse: "t3.small",
      bastion: "t3.micro",
      repositories: 0,
    });
  });

  test("and staging reads production's repositories in production's region", () => {
    const data = staging.json["data"] as Record<string, Record<string, Body>>;
    const repositories = Object.values(data["aws_ecr_repository"] ?? {});
    expect(repositories.map(({ name }) => name).sort()).toEqual(
      production
        .all(EcrRepository)
        .map(({ name }) => name)
        .sort(),
    );
    for (const repository of repositories) expect(repository).toMatchObject({ provider: "aws.ap-south-1" });
    expect(staging.json["provider"]).toMatchObject({ aws: [{ region: "ap-southeast-1" }, { alias: "ap-south-1", region: "ap-south-1" }] });
  });

  test("in nothing but values: the same resources stand at the same addresses", () => {
    const only = (a: Synthesized, b: Synthesized) => allAddresses(a).filter((address) => !allAddresses(b).includes(address));
    expect(only(production, staging).every((address) => address.startsWith("aws_ecr_"))).toBe(true);
    expect(only(staging, production)).toEqual(["aws_vpc_security_group_ingress_rule.aurora_from_allowed_addresses_mysql"]);
  });
});

test("every image is one parameter that releases write and Terraform leaves alone", () => {
  for (const [environment, root] of ZELLY) {
    const images = root()
      .all(SsmParameter)
      .filter(({ name }) => String(name).endsWith("/image"));
    expect(images.map(({ name }) => name).sort()).toEqual(
      ["customer-panel", "events-consumer", "fastify-nova", "internal_tools", "orion-backend", "storefront-caddy", "storefront"].map(
        (name) => `/zelly/${environment}/${name}/image`,
      ),
    );
    for (const image of images) expect(image).toMatchObject({ lifecycle: { ignore_changes: ["insecure_value"] } });
  }
});
