import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT, physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { Secret } from "../security/secret";

export interface RedisProps {
  readonly network: Network;
  readonly why: string;
  /** ElastiCache node type, for example `cache.t4g.small`. */
  readonly nodeType: string;
  /** Secret for REDIS_HOST, REDIS_PORT and REDIS_PASSWORD. `ops redis-token` sets it. */
  readonly secretName: string;
  /** What happens when memory is full: refuse writes, as queues need, or drop what was used least recently. */
  readonly whenFull: "noeviction" | "allkeys-lru";
  /** Daily snapshots kept, 0 to 35. @default 7 */
  readonly snapshotDays?: number;
  readonly protection: Protection;
  readonly alarms: Alarms;
}

const REDIS_PORT = 6379;
const FAMILY = "redis7";

/**
 * One encrypted Redis 7 node in the private subnets, reached over TLS by whom `connections.allowFrom` names.
 *
 * Its AUTH token is no argument here: ElastiCache's token has no write-only form, and would stand in the state. The
 * operators' CLI sets the token and the secret together; until then, the network alone keeps strangers out.
 */
export class Redis extends Construct implements Connectable<"redis"> {
  readonly connections: Connections<"redis">;
  readonly secret: Secret<"REDIS_HOST" | "REDIS_PORT" | "REDIS_PASSWORD">;
  /** Host name of the primary. */
  readonly endpoint: string;
  private readonly name: string;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { network, why, nodeType, secretName, whenFull, snapshotDays = 7, protection } = props;
    if (snapshotDays < 0 || snapshotDays > 35) throw new PropsError(this, "snapshotDays", "must be 0 to 35", snapshotDays);
    const isProtected = protection === "protected";
    this.name = physicalName(this, NAME_LIMIT.replicationGroup);
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { redis: REDIS_PORT } });
    const subnets = new ElasticacheSubnetGroup(this, "Subnets", {
      name: this.name,
      description: `private subnets for ${this.name}`,
      subnetIds: network.privateSubnets.map((subnet) => subnet.id),
    });
    const parameters = new ElasticacheParameterGroup(this, "Parameters", {
      name: `${this.name}-${FAMILY}`,
      family: FAMILY,
      description: `parameters of ${this.name}`,
      parameter: [{ name: "maxmemory-policy", value: whenFull }],
      // Another family is another name: the group in use can go only after the node has left it.
      lifecycle: { createBeforeDestroy: true },
    });
    const group = new ElasticacheReplicationGroup(this, "Default", {
      replicationGroupId: this.name,
      description: why,
      engine: "redis",
      engineVersion: "7.1",
      nodeType,
      numCacheClusters: 1,
      automaticFailoverEnabled: false,
      multiAzEnabled: false,
      port: REDIS_PORT,
      subnetGroupName: subnets.name,
      securityGroupIds: [this.connections.securityGroupId],
      parameterGroupName: parameters.name,
      atRestEncryptionEnabled: "true",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      snapshotRetentionLimit: snapshotDays,
      finalSnapshotIdentifier: isProtected ? `${this.name}-final` : undefined,
      autoMinorVersionUpgrade: "true",
      // A protected cache changes in its maintenance window, others at once.
      applyImmediately: !isProtected,
      tags: protectionTags(protection),
      lifecycle: { preventDestroy: isProtected },
    });
    this.endpoint = group.primaryEndpointAddress;
    this.secret = new Secret(this, "Secret", {
      name: secretName,
      why: `host, port and AUTH token of ${this.name}`,
      keys: ["REDIS_HOST", "REDIS_PORT", "REDIS_PASSWORD"],
      protection,
    });
    this.monitor(props);
    SystemStack.of(this).inventory.add({
      kind: "cache",
      id: pathInStack(this),
      name: this.name,
      why,
      size: `${nodeType}, one node`,
      stateful: true,
      fails: `ElastiCache replaces the node in some minutes, empty; ${snapshotDays} daily snapshots are kept`,
      engine: "redis 7.1",
      port: REDIS_PORT,
      secret: secretName,
    });
  }

  /** Reads that found their key. */
  get hits(): Metric {
    return this.metric("CacheHits", "Sum");
  }

  /** Reads that did not find their key. */
  get misses(): Metric {
    return this.metric("CacheMisses", "Sum");
  }

  private metric(name: string, statistic: string): Metric {
    return { namespace: "AWS/ElastiCache", name, dimensions: { CacheClusterId: `${this.name}-001` }, statistic };
  }

  private monitor({ alarms }: RedisProps): void {
    const topic = alarmTopic(this, alarms, `cache ${this.name}`);
    if (topic === undefined) return;
    const common = { topic, comparison: "GreaterThanOrEqualToThreshold", missingData: "breaching" } as const;
    new Alarm(this, "MemoryHigh", {
      ...common,
      metric: this.metric("DatabaseMemoryUsagePercentage", "Maximum"),
      threshold: 80,
      means: `${this.name} is nearly full, and then refuses writes or drops keys; no data means that it is down.`,
      runbook: "redis.md#memory",
    });
    new Alarm(this, "CpuHigh", {
      ...common,
      // Redis works on one thread: the engine's own figure, not the machine's.
      metric: this.metric("EngineCPUUtilization", "Average"),
      threshold: 80,
      means: `${this.name}'s single thread is nearly busy; no data means that it is down.`,
      runbook: "redis.md#cpu",
    });
  }
}
