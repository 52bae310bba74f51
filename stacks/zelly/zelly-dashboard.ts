import { Construct } from "constructs";
import { SystemStack } from "../../constructs/base/system-stack";
import type { EcsCluster } from "../../constructs/compute/ecs-cluster";
import type { Redis } from "../../constructs/data/redis";
import type { ApplicationLoadBalancer } from "../../constructs/edge/application-load-balancer";
import { Dashboard, eachOf } from "../../constructs/observability/dashboard";

export interface ZellyDashboardProps {
  readonly cluster: EcsCluster;
  readonly balancers: readonly ApplicationLoadBalancer[];
  readonly redis: Redis;
}

/** One page: what the services use, what visitors see, how the cache does. */
export class ZellyDashboard extends Construct {
  constructor(scope: Construct, id: string, { cluster: { services }, balancers, redis }: ZellyDashboardProps) {
    super(scope, id);
    new Dashboard(this, "Default", {
      name: SystemStack.of(this).namePrefix,
      rows: [
        [
          eachOf("ECS CPU, %", services, (service) => service.cpu, 100),
          eachOf("ECS memory, %", services, (service) => service.memory, 100),
        ],
        [
          eachOf("Requests a minute", balancers, (balancer) => balancer.requests),
          eachOf("Latency p95, seconds", balancers, (balancer) => balancer.latency),
          eachOf("5xx a minute", balancers, (balancer) => balancer.serverErrors),
        ],
        [{ title: "Redis hits and misses a minute", lines: { hits: redis.hits, misses: redis.misses } }],
      ],
    });
  }
}
