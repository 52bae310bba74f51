import { configurationFaults } from "../../../../../ops/rehearsal/provider/checks/configuration-check";
import { UNKNOWN, type ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { ReportBuilder } from "../../../../../ops/rehearsal/provider/provider-report";
import { configOf, schemaOf } from "../support/schemas";

function faults(type: string, given: ValueMap): string[] {
  const schema = schemaOf(type);
  return configurationFaults(schema, configOf(schema, given), new ReportBuilder()).map(({ detail }) => detail);
}

describe("a configuration", () => {
  test("may leave open what is unknown", () => {
    expect(faults("aws_vpc", { cidr_block: UNKNOWN })).toEqual([]);
    expect(faults("aws_route_table_association", { route_table_id: "r", subnet_id: UNKNOWN })).toEqual([]);
    expect(faults("aws_iam_role", { assume_role_policy: "{}", name: "a", name_prefix: UNKNOWN })).toEqual([]);
  });

  test("may not give a value to what the provider sets, at any depth", () => {
    expect(faults("aws_ecs_service", { name: "a", arn: "b" })).toEqual([
      "arn: is set by the provider alone and may not be given a value; remove it from aws_ecs_service",
    ]);
  });

  test("is checked inside blocks against the very element, not another one", () => {
    const rule = (by: ValueMap): ValueMap => ({ rule: [{ id: "a", status: "Enabled", ...by }], bucket: "b" });
    expect(
      faults("aws_s3_bucket_object_lock_configuration", { bucket: "b", rule: [{ default_retention: [{ days: 1, years: 1 }] }] }),
    ).toEqual([
      "rule[0].default_retention[0].days: may not be set together with rule.default_retention.years; leave one of them out",
      "rule[0].default_retention[0].years: may not be set together with rule.default_retention.days; leave one of them out",
    ]);
    expect(faults("aws_s3_bucket_lifecycle_configuration", rule({}))).toEqual([]);
  });

  test("must set one of a group inside a block, when the block is there", () => {
    const cluster = {
      engine: "aurora-mysql",
      restore_to_point_in_time: [{ source_cluster_identifier: "a", use_latest_restorable_time: true, restore_to_time: "t" }],
    };
    expect(faults("aws_rds_cluster", cluster)).toEqual([
      "restore_to_point_in_time[0]: exactly one of restore_to_time or use_latest_restorable_time must be set, got restore_to_time and use_latest_restorable_time; leave one of them out",
    ]);
    expect(faults("aws_rds_cluster", { engine: "aurora-mysql" })).toEqual([]);
  });

  test("shows no sensitive value", () => {
    expect(
      faults("aws_elasticache_replication_group", { replication_group_id: "a", description: "b", auth_token: "secret@token" }),
    ).toEqual(['auth_token: must match ^[^@"\\/]+$, got a sensitive value']);
  });

  test("is checked element by element in lists, sets and maps", () => {
    expect(
      faults("aws_ecs_task_definition", { family: "a", container_definitions: "[]", requires_compatibilities: ["FARGATE", "LAMBDA"] }),
    ).toEqual(['requires_compatibilities[*]: must be one of EC2, FARGATE or EXTERNAL, got "LAMBDA"']);
  });
});
