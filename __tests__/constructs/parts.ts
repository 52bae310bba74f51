import { EcsCluster } from "../../constructs/compute/ecs-cluster";
import { FargateService, type FargateServiceProps } from "../../constructs/compute/fargate-service";
import { CloudflareZone } from "../../constructs/edge/cloudflare-zone";
import { Network, type NetworkProps } from "../../constructs/network/network";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import type { TestStack } from "../support/synthesized";

/** For constructs whose alarms a test does not look at. */
export const UNMONITORED = { unmonitoredBecause: "a test rings nobody" } as const;
/** For constructs whose protection a test takes away. */
export const UNPROTECTED = { unprotectedBecause: "a test's data is thrown away" } as const;

/** A zone whose provider the test adds. */
export const CLOUDFLARE = new CloudflareZone({ id: "zone", proxied: false });

/** Blocks of the zones that a test's network may have, a public and a private one for each letter. */
export const ZONES = {
  a: { publicCidr: "10.0.0.0/20", privateCidr: "10.0.128.0/20" },
  b: { publicCidr: "10.0.16.0/20", privateCidr: "10.0.144.0/20" },
  c: { publicCidr: "10.0.32.0/20", privateCidr: "10.0.160.0/20" },
} as const;

/** A network of two zones without a way out, called `Network`. */
export function addNetwork(stack: TestStack, props: Partial<NetworkProps> = {}): Network {
  const { a, b } = ZONES;
  return new Network(stack, "Network", { cidr: "10.0.0.0/16", zones: { a, b }, nat: "none", flowLogDays: 7, ...props });
}

/** The topic that alarms go to, called `Alarms`. */
export function addTopic(stack: TestStack): AlarmTopic {
  return new AlarmTopic(stack, "Alarms", { email: "alerts@example.com" });
}

/** The smallest service that there can be: one container `app` on one port `http`, in a cluster `shop`. */
export function addService<Port extends string = "http">(
  stack: TestStack,
  id: string,
  network: Network,
  props: Partial<FargateServiceProps<Port>> = {},
): FargateService<Port> {
  const name = id.toLowerCase();
  const existing = stack.node.tryFindChild("Cluster");
  const cluster = existing instanceof EcsCluster ? existing : new EcsCluster(stack, "Cluster", { name: "shop" });
  return new FargateService<Port>(stack, id, {
    cluster,
    network,
    name,
    why: "sells things",
    cpu: 256,
    memoryMib: 512,
    tasks: { min: 1, max: 1 },
    containers: [{ name: "app", image: "registry.example.com/app:1", ports: { http: 8080 } as Record<Port, number> }],
    logs: { name: `/shop/${name}`, retentionDays: 30 },
    alarms: UNMONITORED,
    ...props,
  });
}
