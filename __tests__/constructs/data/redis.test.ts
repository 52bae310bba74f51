import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { Redis, type RedisProps } from "../../../constructs/data/redis";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addTopic, UNMONITORED, UNPROTECTED } from "../parts";
import { exception, facts, once, rules } from "../readings";

function addRedis(stack: TestStack, props: Partial<RedisProps> = {}, scope: Construct = stack, id = "Cache"): Redis {
  return new Redis(scope, id, {
    network: addNetwork(stack),
    why: "keeps queues",
    nodeType: "cache.t4g.micro",
    secretName: "shop/redis",
    whenFull: "noeviction",
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

function synthRedis(props: Partial<RedisProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addRedis(stack, props));
}

const plain = once(() => synthRedis());

describe("Redis", () => {
  test("is encrypted at rest and on the way, private, recoverable and protected when only the required props are given", () => {
    const synthesized = plain();
    expect(synthesized.only(ElasticacheReplicationGroup)).toEqual({
      replication_group_id: "shop-test-cache",
      description: "keeps queues",
      engine: "redis",
      engine_version: "7.1",
      node_type: "cache.t4g.micro",
      num_cache_clusters: 1,
      automatic_failover_enabled: false,
      multi_az_enabled: false,
      port: 6379,
      subnet_group_name: "${aws_elasticache_subnet_group.cache_subnets.name}",
      security_group_ids: ["${aws_security_group.cache.id}"],
      parameter_group_name: "${aws_elasticache_parameter_group.cache_parameters.name}",
      at_rest_encryption_enabled: "true",
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
      snapshot_retention_limit: 7,
      final_snapshot_identifier: "shop-test-cache-final",
      auto_minor_version_upgrade: "true",
      apply_immediately: false,
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesized.only(ElasticacheSubnetGroup)["subnet_ids"]).toEqual([
      "${aws_subnet.network_private_a.id}",
      "${aws_subnet.network_private_b.id}",
    ]);
    expect(rules(synthesized)).toEqual([]);
  });

  test("has no token in Terraform: operators set its secret", () => {
    const synthesized = plain();
    expect(synthesized.only(ElasticacheReplicationGroup)).not.toHaveProperty("auth_token");
    expect(synthesized.all(SecretsmanagerSecretVersion)).toEqual([]);
    expect(facts(synthesized, "secret")).toEqual([
      { kind: "secret", id: "shop/redis", name: "shop/redis", keys: ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"], setBy: "operator" },
    ]);
  });

  test.each(["noeviction", "allkeys-lru"] as const)("does as told when memory is full: %s", (whenFull) => {
    expect(synthRedis({ whenFull }).only(ElasticacheParameterGroup)).toMatchObject({
      family: "redis7",
      parameter: [{ name: "maxmemory-policy", value: whenFull }],
    });
  });

  // Another family or description replaces the group, and ElastiCache deletes none that is in use. There is no name prefix.
  test("has a parameter group that can be replaced while it is in use", () => {
    expect(plain().only(ElasticacheParameterGroup)).toMatchObject({
      name: expect.stringContaining("redis7"),
      lifecycle: { create_before_destroy: true },
    });
  });

  test("keeps as many daily snapshots as it is told", () => {
    const synthesized = synthRedis({ snapshotDays: 0 });
    expect(synthesized.only(ElasticacheReplicationGroup)["snapshot_retention_limit"]).toBe(0);
    expect(facts(synthesized, "cache")).toMatchObject([
      { fails: "ElastiCache replaces the node in some minutes, empty; 0 daily snapshots are kept" },
    ]);
  });

  test("says why protection is off, and then goes without a snapshot", () => {
    const group = synthRedis({ protection: UNPROTECTED }).only(ElasticacheReplicationGroup);
    expect(group).toMatchObject({ tags: { UnprotectedBecause: "a tests data is thrown away" }, lifecycle: { prevent_destroy: false } });
    expect(group).not.toHaveProperty("final_snapshot_identifier");
  });

  test("has a name that ElastiCache takes, however deep it stands", () => {
    const synthesized = synthesizeTestStack((stack) => {
      addRedis(stack, {}, new Construct(stack, "ReportingOfTheWarehouseInTheNorth"), "CacheOfFulfilledOrders");
    });
    const name = synthesized.only(ElasticacheReplicationGroup)["replication_group_id"];
    expect(name).toMatch(/^[a-z](-?[0-9a-z])*$/);
    expect(String(name)).toHaveLength(40);
  });

  test("keeps the address that its data is stored under", () => {
    expect(plain().addresses(ElasticacheReplicationGroup)).toEqual(["aws_elasticache_replication_group.cache"]);
  });

  test("states itself", () => {
    expect(facts(plain(), "cache")).toEqual([
      {
        kind: "cache",
        id: "Cache",
        name: "shop-test-cache",
        why: "keeps queues",
        size: "cache.t4g.micro, one node",
        stateful: true,
        fails: "ElastiCache replaces the node in some minutes, empty; 7 daily snapshots are kept",
        engine: "redis 7.1",
        port: 6379,
        secret: "shop/redis",
      },
    ]);
  });

  test("counts reads that found their key, and those that did not, on its node", () => {
    const stack = new TestStack(scratchApp());
    const redis = addRedis(stack);
    const common = { namespace: "AWS/ElastiCache", dimensions: { CacheClusterId: "shop-test-cache-001" }, statistic: "Sum" };
    expect(redis.hits).toEqual({ ...common, name: "CacheHits" });
    expect(redis.misses).toEqual({ ...common, name: "CacheMisses" });
  });
});

describe("alarms of Redis", () => {
  test("ring when memory is nearly full or its one thread nearly busy, and when it reports nothing", () => {
    const synthesized = synthesizeTestStack((stack) => addRedis(stack, { alarms: addTopic(stack) }));
    const common = {
      namespace: "AWS/ElastiCache",
      dimensions: { CacheClusterId: "shop-test-cache-001" },
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 80,
      treat_missing_data: "breaching",
    };
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      cache_memory_high: expect.objectContaining({ ...common, metric_name: "DatabaseMemoryUsagePercentage", statistic: "Maximum" }),
      cache_cpu_high: expect.objectContaining({ ...common, metric_name: "EngineCPUUtilization", statistic: "Average" }),
    });
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthRedis({ alarms: { unmonitoredBecause: "holds nothing that is missed" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Cache alarms", "cache shop-test-cache has no alarms", "holds nothing that is missed"),
    );
  });
});
