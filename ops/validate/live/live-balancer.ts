import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Aws } from "../aws";

/** A load balancer that exists. */
export type LiveBalancer = LoadBalancer & { readonly LoadBalancerArn: string };

/** @returns undefined when it does not exist. */
export function liveBalancer(aws: Aws, name: string): Promise<LiveBalancer | undefined> {
  return aws.once(`balancer ${name}`, async () => {
    const describe = new DescribeLoadBalancersCommand({ Names: [name] });
    const absent = ["LoadBalancerNotFound", "LoadBalancerNotFoundException"];
    const answer = await aws.find((options) => aws.client(ElasticLoadBalancingV2Client).send(describe, options), ...absent);
    const found = answer?.LoadBalancers?.[0];
    return found?.LoadBalancerArn === undefined ? undefined : { ...found, LoadBalancerArn: found.LoadBalancerArn };
  });
}

/** What a load balancer listens on. */
export function liveListeners(aws: Aws, { LoadBalancerArn }: LiveBalancer): Promise<readonly Listener[]> {
  return aws.once(`listeners of ${LoadBalancerArn}`, async () => {
    const describe = new DescribeListenersCommand({ LoadBalancerArn });
    return (await aws.ask((options) => aws.client(ElasticLoadBalancingV2Client).send(describe, options))).Listeners ?? [];
  });
}
