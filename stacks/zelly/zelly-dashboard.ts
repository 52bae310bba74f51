import { Construct } from "constructs";
import { SystemStack } from "../../constructs/base/system-stack";
import type { EcsCluster } from "../../constructs/compute/ecs-cluster";
import type { Redis } from "../../constructs/data/redis";
import type { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Dashboard, type Graph } from "../../constructs/observability/dashboard";
import type { Metric } from "../../constructs/observability/metric";

export interface ZellyDashboardProps {
  readonly cluster: EcsCluster;
  readonly balancers: readonly ApplicationLoadBalancer[];
  readonly redis: Redis;
}

/** One page: what the services use, what visitors see, how the cache does. */
export class ZellyDashboard extends Construct {
  constructor(scope: Construct, id: string, { cluster: { services }, balancers, redis }: ZellyDashboardProps) {
    super(scope, id);
    const each = <T extends { readonly name: string }>(
      title: string,
      things: readonly T[],
      metric: (thing: T) => Metric,
      max?: number,
    ): Graph => ({
      title,
      lines: Object.fromEntries(things.map((thing) => [thing.name, metric(thing)])),
      max,
    });
    new Dashboard(this, "Default", {
      name: SystemStack.of(this).namePrefix,
      rows: [
        [each("ECS CPU, %", services, (service) => service.cpu, 100), each("ECS memory, %", services, (service) => service.memory, 100)],
        [
          each("Requests a minute", balancers, (balancer) => balancer.requests),
          each("Latency p95, seconds", balancers, (balancer) => balancer.latency),
          each("5xx a minute", balancers, (balancer) => balancer.serverErrors),
        ],
        [{ title: "Redis hits and misses a minute", lines: { hits: redis.hits, misses: redis.misses } }],
      ],
    });
  }
}
