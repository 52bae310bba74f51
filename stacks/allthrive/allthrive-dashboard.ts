import { Construct } from "constructs";
import { SystemStack } from "../../constructs/base/system-stack";
import type { EcsCluster } from "../../constructs/compute/ecs-cluster";
import type { PostgresDatabase } from "../../constructs/data/postgres-database";
import type { Redis } from "../../constructs/data/redis";
import type { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import type { Distribution } from "../../constructs/edge/distribution";
import { Dashboard, eachOf } from "../../constructs/observability/dashboard";

export interface AllThriveDashboardProps {
  readonly cluster: EcsCluster;
  readonly balancers: readonly ApplicationLoadBalancer[];
  readonly distribution: Distribution;
  readonly rds: PostgresDatabase;
  readonly redis: Redis;
}

/** One page: what visitors see, what the services use, how the data stores do. */
export class AllThriveDashboard extends Construct {
  constructor(scope: Construct, id: string, { cluster, balancers, distribution, rds, redis }: AllThriveDashboardProps) {
    super(scope, id);
    const { services } = cluster;
    const { cpu, connections, freeStorage } = rds.metrics;
    new Dashboard(this, "Default", {
      name: SystemStack.of(this).namePrefix,
      rows: [
        [
          { title: "CloudFront requests a minute", lines: { requests: distribution.requests } },
          { title: "CloudFront 5xx, %", lines: { errors: distribution.serverErrors } },
          eachOf("Latency p95, seconds", balancers, (balancer) => balancer.latency),
        ],
        [
          eachOf("ECS CPU, %", services, (service) => service.cpu, 100),
          eachOf("ECS memory, %", services, (service) => service.memory, 100),
        ],
        [
          { title: "PostgreSQL CPU, %", lines: { cpu }, max: 100 },
          { title: "PostgreSQL connections", lines: { connections } },
          { title: "PostgreSQL free storage, bytes", lines: { free: freeStorage } },
          { title: "Redis hits and misses a minute", lines: { hits: redis.hits, misses: redis.misses } },
        ],
      ],
    });
  }
}
