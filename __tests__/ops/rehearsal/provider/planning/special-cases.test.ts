import { ConfigView } from "../../../../../ops/rehearsal/provider/planning/config-view";
import { planResource } from "../../../../../ops/rehearsal/provider/planning/plan-resource";
import { specialCaseOf } from "../../../../../ops/rehearsal/provider/planning/special-cases/special-cases";
import { UNKNOWN, type ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { settingsOf } from "../../../../../ops/rehearsal/provider/provider-settings";
import { configOf, existing, SETTINGS, schemaOf } from "../support/schemas";

function checked(type: string, given: ValueMap): string[] {
  const view = new ConfigView(configOf(schemaOf(type), given));
  specialCaseOf(type)?.check?.(view);
  return view.faults.map(({ detail }) => detail);
}

function planned(type: string, before: ValueMap, after: ValueMap): { replaces: string[]; faults: string[]; planned: ValueMap } {
  const schema = schemaOf(type);
  const plan = planResource(schema, configOf(schema, after), existing(type, before), SETTINGS);
  return { replaces: plan.replaces.map(String), faults: plan.faults.map(({ detail }) => detail), planned: plan.planned };
}

describe("rules across attributes", () => {
  test.each<[string, ValueMap, string]>([
    ["aws_lb", { name: "internal-api" }, 'name: must not begin or end with a hyphen, nor begin with internal-, got "internal-api"'],
    ["aws_lb_target_group", { name: "a", port: 80, protocol: "HTTP" }, 'vpc_id: must be set unless target_type is "lambda"; set it'],
    [
      "aws_lb_target_group",
      { name: "a", port: 80, protocol: "TCP", vpc_id: "v", health_check: [{ protocol: "TCP", path: "/" }] },
      'health_check[0].path: may not be set with protocol "TCP"; leave it out',
    ],
    [
      "aws_lb_listener_rule",
      { listener_arn: "l", action: [{ type: "forward", target_group_arn: "t" }], condition: [{}] },
      "condition[*].host_header: exactly one kind of condition must be set (host_header, http_header, http_request_method, path_pattern, query_string, source_ip), got none",
    ],
    [
      "aws_nat_gateway",
      { subnet_id: "s", connectivity_type: "private", allocation_id: "a" },
      'allocation_id: may not be set with connectivity_type "private"; leave it out',
    ],
    ["aws_flow_log", { vpc_id: "v" }, "traffic_type: must be ACCEPT, REJECT or ALL, got none"],
    [
      "aws_ebs_volume",
      { availability_zone: "a", size: 1, type: "gp2", throughput: 125 },
      'throughput: may be set for volumes of type gp3 only, got type "gp2"; leave it out or change the type',
    ],
    [
      "aws_ecs_service",
      { name: "a", launch_type: "FARGATE", capacity_provider_strategy: [{ capacity_provider: "FARGATE" }] },
      "launch_type: may not be set together with capacity_provider_strategy; leave one of them out",
    ],
    ["aws_lambda_function", { function_name: "f", role: "r", handler: "h" }, 'runtime: must be set for package_type "Zip"; set it'],
    [
      "aws_elasticache_replication_group",
      { replication_group_id: "a", description: "d", node_type: "n", multi_az_enabled: true },
      "multi_az_enabled: needs automatic_failover_enabled = true; set that too",
    ],
    [
      "aws_rds_cluster_instance",
      { cluster_identifier: "c", engine: "e", instance_class: "i", performance_insights_retention_period: 30 },
      "performance_insights_retention_period: must be 7, 731 or a multiple of 31 days, got 30",
    ],
    [
      "aws_dynamodb_table",
      { name: "t", hash_key: "Id", attribute: [{ name: "Other", type: "S" }] },
      'attribute: defines "Other", which no key or index uses; remove it',
    ],
    [
      "aws_cloudwatch_metric_alarm",
      {
        alarm_name: "a",
        comparison_operator: "GreaterThanThreshold",
        evaluation_periods: 1,
        metric_name: "m",
        statistic: "Sum",
        period: 45,
      },
      "period: must be 10, 20, 30 or a multiple of 60 seconds, got 45",
    ],
    ["aws_sns_topic", { name: "a.fifo" }, 'name: must match ^[0-9A-Za-z_-]{1,256}$ for a standard topic, got "a.fifo"'],
    ["aws_sqs_queue", { name: "a", fifo_queue: true }, 'name: must match ^[0-9A-Za-z_-]{1,75}\\.fifo$ for a FIFO queue, got "a"'],
    [
      "aws_acm_certificate",
      { domain_name: "a.example" },
      "validation_method: must be set with domain_name, unless certificate_authority_arn is; set DNS or EMAIL",
    ],
    [
      "aws_iam_role_policy",
      { role: "arn:aws:iam::1:role/a", policy: "{}" },
      'role: must be the role\'s name and not its ARN, got "arn:aws:iam::1:role/a"',
    ],
    [
      "cloudflare_dns_record",
      { zone_id: "z", name: "n", type: "A", ttl: 300, proxied: true },
      "ttl: must be 1 (automatic) for a proxied record, got 300",
    ],
  ])("%s: %j is refused", (type, given, detail) => {
    expect(checked(type, given)).toContain(detail);
  });

  test("leave open what is unknown", () => {
    expect(checked("aws_lb_target_group", { name: UNKNOWN, port: UNKNOWN, protocol: UNKNOWN, vpc_id: UNKNOWN })).toEqual([]);
    expect(
      checked("aws_cloudwatch_metric_alarm", {
        alarm_name: "a",
        comparison_operator: "c",
        evaluation_periods: 1,
        metric_name: "m",
        statistic: UNKNOWN,
      }),
    ).toEqual([]);
  });
});

describe("changes that replace only sometimes", () => {
  test.each<[string, ValueMap, ValueMap, string[]]>([
    ["aws_vpc", { instance_tenancy: "default" }, { instance_tenancy: "dedicated" }, ["instance_tenancy"]],
    ["aws_vpc", { instance_tenancy: "dedicated" }, { instance_tenancy: "default" }, []],
    [
      "aws_vpc_endpoint",
      { vpc_endpoint_type: "Interface", private_dns_enabled: false },
      { vpc_endpoint_type: "Interface", private_dns_enabled: true },
      [],
    ],
    [
      "aws_vpc_endpoint",
      { vpc_endpoint_type: "Gateway", private_dns_enabled: false },
      { vpc_endpoint_type: "Gateway", private_dns_enabled: true },
      ["private_dns_enabled"],
    ],
    ["aws_instance", { instance_type: "m5.large" }, { instance_type: "m5.xlarge" }, []],
    ["aws_instance", { instance_type: "m5.large" }, { instance_type: "m6g.large" }, ["instance_type"]],
    ["aws_instance", { instance_type: "g4dn.xlarge" }, { instance_type: "m5.xlarge" }, []],
    ["aws_elasticache_replication_group", { engine_version: "7.1" }, { engine_version: "7.0" }, ["engine_version"]],
    ["aws_elasticache_replication_group", { engine_version: "7.0" }, { engine_version: "7.1" }, []],
    ["aws_rds_cluster", { engine: "aurora-mysql" }, { engine: "aurora-mysql", storage_type: "aurora-iopt1" }, []],
    ["aws_rds_cluster", { engine: "mysql", storage_type: "io1" }, { engine: "mysql", storage_type: "gp3" }, ["storage_type"]],
    ["aws_ssm_parameter", { tier: "Advanced", value: "v" }, { tier: "Standard", value: "v" }, ["tier"]],
    ["aws_lb", { load_balancer_type: "network", subnets: ["a"] }, { load_balancer_type: "network", subnets: ["a", "b"] }, []],
    ["aws_lb", { load_balancer_type: "network", subnets: ["a", "b"] }, { load_balancer_type: "network", subnets: ["a"] }, ["subnets"]],
    ["aws_lb", { load_balancer_type: "application", subnets: ["a", "b"] }, { load_balancer_type: "application", subnets: ["a", "c"] }, []],
    ["aws_efs_mount_target", { subnet_id: "a" }, { subnet_id: UNKNOWN }, ["subnet_id"]],
    ["aws_security_group", { vpc_id: "a" }, { vpc_id: "a", name_prefix: "" }, []],
  ])("%s: %j to %j", (type, before, after, replaces) => {
    expect(planned(type, before, after).replaces).toEqual(replaces);
  });

  test("of a block in a set end at the set, and of a list go into it", () => {
    const definition = (transit: string): ValueMap => ({
      family: "f",
      container_definitions: "[]",
      volume: [{ name: "v", efs_volume_configuration: [{ file_system_id: "fs-1", transit_encryption: transit }] }],
    });
    expect(planned("aws_ecs_task_definition", definition("ENABLED"), definition("DISABLED")).replaces).toEqual(["volume"]);
    const service = (failureThreshold: number): ValueMap => ({
      name: "a",
      health_check_custom_config: [{ failure_threshold: failureThreshold }],
    });
    expect(planned("aws_service_discovery_service", service(1), service(2)).replaces).toEqual([
      "health_check_custom_config[0].failure_threshold",
    ]);
  });
});

describe("changes that AWS refuses, or that show nothing", () => {
  test("a bucket's versioning cannot go back to Disabled", () => {
    const status = (value: string): ValueMap => ({ bucket: "b", versioning_configuration: [{ status: value }] });
    expect(planned("aws_s3_bucket_versioning", status("Enabled"), status("Disabled")).faults).toEqual([
      "versioning_configuration: cannot become Disabled on a bucket that is Enabled; write Suspended",
    ]);
  });

  test("a volume cannot shrink", () => {
    expect(planned("aws_ebs_volume", { availability_zone: "a", size: 20 }, { availability_zone: "a", size: 10 }).faults).toEqual([
      "size: cannot shrink from 20 to 10 GiB; make a new volume",
    ]);
  });

  test("a service's strategy changes only with a forced deployment", () => {
    const service = (provider: string, force?: boolean): ValueMap => ({
      name: "a",
      capacity_provider_strategy: [{ capacity_provider: provider }],
      ...(force === undefined ? {} : { force_new_deployment: force }),
    });
    expect(planned("aws_ecs_service", service("FARGATE"), service("FARGATE_SPOT")).faults).toEqual([
      "capacity_provider_strategy: can be changed on an existing service only with force_new_deployment = true; set that too",
    ]);
    expect(planned("aws_ecs_service", service("FARGATE"), service("FARGATE_SPOT", true)).faults).toEqual([]);
  });

  test("a removed circuit breaker stays", () => {
    const breaker = [{ enable: true, rollback: true }];
    expect(
      planned("aws_ecs_service", { name: "a", deployment_circuit_breaker: breaker }, { name: "a" }).planned["deployment_circuit_breaker"],
    ).toEqual(breaker);
  });

  test("storage that grew by itself is not shrunk", () => {
    const before = { instance_class: "c", allocated_storage: 40, max_allocated_storage: 100 };
    expect(planned("aws_db_instance", before, { ...before, allocated_storage: 20 }).planned["allocated_storage"]).toBe(40);
  });
});

describe("what every AWS resource gets", () => {
  const schema = schemaOf("aws_sns_topic");
  const settings = settingsOf({ region: "eu-west-1", default_tags: [{ tags: { System: "shop", Owner: "team" } }] }, "111111111111");

  test("tags: the provider's, and its own over them; unknown when one is", () => {
    const all = (tags: ValueMap) => planResource(schema, configOf(schema, { tags }), undefined, settings).planned["tags_all"];
    expect(all({ Owner: "other" })).toEqual({ System: "shop", Owner: "other" });
    expect(all({ Owner: UNKNOWN })).toBe(UNKNOWN);
  });

  test("its provider's region, unless it names one; another region replaces it", () => {
    const plan = (given: ValueMap, region?: string) =>
      planResource(
        schema,
        configOf(schema, given),
        region === undefined ? undefined : existing("aws_sns_topic", given, { region }),
        settings,
      );
    expect(plan({}).planned["region"]).toBe("eu-west-1");
    expect(plan({ region: "us-east-1" }).planned["region"]).toBe("us-east-1");
    expect(plan({ name: "a" }, "us-east-1").replaces.map(String)).toEqual(["region"]);
    expect(plan({ name: "a" }, "").replaces.map(String)).toEqual([]);
  });
});
