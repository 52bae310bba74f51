import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { LoadBalancerFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import { type Finding, finding } from "../finding";
import { liveBalancer } from "../live/live-balancer";

/** What a target is while it comes or goes: neither well nor ill. */
const PASSING: ReadonlySet<string | undefined> = new Set(["initial", "draining"]);

/** Whether every group of targets behind a balancer has a healthy one, and none that is ill. */
export async function targetHealth(aws: Aws, fact: LoadBalancerFact, what: string): Promise<readonly Finding[]> {
  const balancer = await liveBalancer(aws, fact.name);
  if (balancer === undefined) return [];
  const client = aws.client(ElasticLoadBalancingV2Client);
  const describe = new DescribeTargetGroupsCommand({ LoadBalancerArn: balancer.LoadBalancerArn });
  const { TargetGroups = [] } = await aws.ask((options) => client.send(describe, options));
  const groups = await Promise.all(
    TargetGroups.map(async ({ TargetGroupArn, TargetGroupName = "?" }) => {
      const health = new DescribeTargetHealthCommand({ TargetGroupArn });
      const { TargetHealthDescriptions = [] } = await aws.ask((options) => client.send(health, options));
      return { name: TargetGroupName, targets: TargetHealthDescriptions };
    }),
  );
  const faults = groups.flatMap(({ name, targets }) => faultOf(name, targets) ?? []);
  if (groups.length === 0) faults.push("no target group is attached");
  const count = groups.flatMap(({ targets }) => targets).length;
  const todo = "read the log group of the tasks, and docs/runbooks/load-balancer.md#unhealthy-tasks";
  if (faults.length > 0) return [finding("balancer-targets", what, faults.join("; "), todo)];
  return [finding("balancer-targets", what, `${count} in ${groups.length} groups, all healthy`)];
}

function faultOf(group: string, targets: readonly TargetHealthDescription[]): string | undefined {
  const ill = targets.filter(({ TargetHealth }) => TargetHealth?.State !== "healthy" && !PASSING.has(TargetHealth?.State));
  const [first] = ill;
  if (first !== undefined) {
    const { State, Description, Reason } = first.TargetHealth ?? {};
    return `${ill.length} of ${targets.length} in ${group} are ${State}: ${Description ?? Reason ?? "AWS gives no reason"}`;
  }
  return targets.some(({ TargetHealth }) => TargetHealth?.State === "healthy") ? undefined : `${group} has no healthy target`;
}
