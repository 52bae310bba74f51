import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import type { FargateService } from "../compute/fargate-service";
import type { Network } from "../network/network";
import { type HealthCheck, TargetGroup } from "./target-group";

/** A service behind a balancer, on one of its ports. */
export interface Forward<Port extends string> {
  readonly service: FargateService<Port>;
  readonly port: Port;
  readonly healthCheck: HealthCheck;
  /** Whether connections stay open between messages. The balancer then refuses an idle timeout that would cut them. @default false */
  readonly websockets?: boolean;
}

/** What a request must have, all of it, to take a route. */
export interface RouteCondition {
  /** Host names, one of which it asks for. */
  readonly hosts?: readonly string[];
  /** Path patterns, one of which it matches, for example `/ws/*`. */
  readonly paths?: readonly string[];
  /** A header with one of the values. */
  readonly header?: { readonly name: string; readonly anyOf: readonly string[] };
  /** Address blocks, one of which it comes from. */
  readonly addresses?: readonly string[];
}

export interface BalancerRouteProps<Port extends string> {
  readonly network: Network;
  readonly listener: LbListener;
  readonly when: RouteCondition;
  /** Place among the routes, 1 to 50000: the first that fits is taken. No two are alike. */
  readonly priority: number;
  /** A service, or a group of targets that is there already. */
  readonly to: Forward<Port> | TargetGroup;
}

/** One rule of a balancer: which requests go to which service. */
export class BalancerRoute<Port extends string> extends Construct {
  readonly targets: TargetGroup;

  /** @throws {PropsError} when the rule has no condition, which would take every request. */
  constructor(scope: Construct, id: string, { network, listener, when, priority, to }: BalancerRouteProps<Port>) {
    super(scope, id);
    const condition = conditions(when);
    if (condition.length === 0) throw new PropsError(this, "when", "must name hosts, paths, a header or addresses", when);
    this.targets = to instanceof TargetGroup ? to : forwardTargets(this, "Targets", network, to);
    const rule = new LbListenerRule(this, "Default", {
      listenerArn: listener.arn,
      priority,
      condition,
      action: [{ type: "forward", targetGroupArn: this.targets.arn }],
    });
    if (!(to instanceof TargetGroup)) to.service.registerTarget(to.port, this.targets.arn, rule);
  }
}

/** The group of targets that a service's tasks register with. */
export function forwardTargets<Port extends string>(scope: Construct, id: string, network: Network, to: Forward<Port>): TargetGroup {
  const { service, port, healthCheck } = to;
  return new TargetGroup(scope, id, { network, protocol: "HTTP", port: service.portNumber(port), healthCheck, serves: service.name });
}

function conditions({ hosts, paths, header, addresses }: RouteCondition): LbListenerRuleCondition[] {
  return [
    ...(hosts === undefined ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(paths === undefined ? [] : [{ pathPattern: { values: [...paths] } }]),
    ...(header === undefined ? [] : [{ httpHeader: { httpHeaderName: header.name, values: [...header.anyOf] } }]),
    ...(addresses === undefined ? [] : [{ sourceIp: { values: [...addresses] } }]),
  ];
}
