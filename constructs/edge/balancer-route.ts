import type { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule, type LbListenerRuleAction, type LbListenerRuleCondition } from "@cdktf/provider-aws/lib/lb-listener-rule";
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

/** A Cognito user pool whose users alone take a route. A client with a secret: the balancer asks Cognito for it, Terraform does not. */
export interface CognitoSignIn {
  readonly userPoolArn: string;
  readonly clientId: string;
  /** Domain of the pool's sign-in pages, or its prefix below amazoncognito.com. */
  readonly domain: string;
}

export interface BalancerRouteProps<Port extends string> {
  readonly network: Network;
  readonly listener: LbListener;
  readonly when: RouteCondition;
  /** Place among the routes, 1 to 50000: the first that fits is taken. No two are alike. */
  readonly priority: number;
  /** Who may take it. @default - everybody; the service itself asks who is there */
  readonly signIn?: CognitoSignIn;
  /** A service, a group of targets that is there already, or nobody: then the request is refused with 403. */
  readonly to: Forward<Port> | TargetGroup | "nobody";
}

/** One rule of a balancer: which requests go to which service. */
export class BalancerRoute<Port extends string> extends Construct {
  /** None where requests are refused. */
  readonly targets: TargetGroup | undefined;

  /** @throws {PropsError} when the rule has no condition, which would take every request. */
  constructor(scope: Construct, id: string, { network, listener, when, priority, signIn, to }: BalancerRouteProps<Port>) {
    super(scope, id);
    const condition = conditions(when);
    if (condition.length === 0) throw new PropsError(this, "when", "must name hosts, paths, a header or addresses", when);
    this.targets = to === "nobody" ? undefined : to instanceof TargetGroup ? to : forwardTargets(this, "Targets", network, to);
    const last: LbListenerRuleAction = this.targets === undefined ? REFUSE : { type: "forward", targetGroupArn: this.targets.arn };
    const rule = new LbListenerRule(this, "Default", {
      listenerArn: listener.arn,
      priority,
      condition,
      action:
        signIn === undefined
          ? [last]
          : [
              { ...cognito(signIn), order: 1 },
              { ...last, order: 2 },
            ],
    });
    if (this.targets !== undefined && isForward(to)) to.service.registerTarget(to.port, this.targets.arn, rule);
  }
}

/** What a request gets that goes nowhere. */
export const REFUSE = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", messageBody: "Refused", statusCode: "403" },
};

/** Whether a route leads to a service of its own. */
export function isForward<Port extends string>(to: BalancerRouteProps<Port>["to"]): to is Forward<Port> {
  return to !== "nobody" && !(to instanceof TargetGroup);
}

/** The group of targets that a service's tasks register with. */
export function forwardTargets<Port extends string>(scope: Construct, id: string, network: Network, to: Forward<Port>): TargetGroup {
  const { service, port, healthCheck } = to;
  return new TargetGroup(scope, id, { network, protocol: "HTTP", port: service.portNumber(port), healthCheck, serves: service.name });
}

/** Seconds that somebody stays signed in: a working day. */
const SESSION_SECONDS = 8 * 3600;

function cognito({ userPoolArn, clientId, domain }: CognitoSignIn): LbListenerRuleAction {
  return {
    type: "authenticate-cognito",
    authenticateCognito: {
      userPoolArn,
      userPoolClientId: clientId,
      userPoolDomain: domain,
      onUnauthenticatedRequest: "authenticate",
      sessionTimeout: SESSION_SECONDS,
    },
  };
}

function conditions({ hosts, paths, header, addresses }: RouteCondition): LbListenerRuleCondition[] {
  return [
    ...(hosts === undefined ? [] : [{ hostHeader: { values: [...hosts] } }]),
    ...(paths === undefined ? [] : [{ pathPattern: { values: [...paths] } }]),
    ...(header === undefined ? [] : [{ httpHeader: { httpHeaderName: header.name, values: [...header.anyOf] } }]),
    ...(addresses === undefined ? [] : [{ sourceIp: { values: [...addresses] } }]),
  ];
}
