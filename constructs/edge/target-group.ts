import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { snakeCase } from "../base/address";
import { NAME_LIMIT } from "../base/physical-name";
import type { Network } from "../network/network";

/** How a balancer finds out whether a task is well. */
export type HealthCheck =
  | {
      /** Path that answers with a status in `statuses`. */
      readonly path: string;
      /** @default "200" */
      readonly statuses?: string;
    }
  | "tcp";

export interface TargetGroupProps {
  readonly network: Network;
  readonly protocol: "HTTP" | "TCP";
  readonly port: number;
  /** Name of the service whose tasks register here. */
  readonly serves: string;
  readonly healthCheck: HealthCheck;
  /** Seconds that a leaving task still gets to answer what it has begun. @default 30 */
  readonly drainSeconds?: number;
  /** Targets see the client's address instead of the balancer's. For TCP; HTTP has a header for it. @default false */
  readonly preserveClientIp?: boolean;
  /** Whether a balancer address in one zone also sends to targets in others. @default - always, as an ALB does */
  readonly crossZone?: boolean;
}

/** Two bad answers in a row take a task out, two good ones bring it in. */
const CHECKS_TO_TURN = 2;
const CHECK_SECONDS = 15;

/**
 * The tasks behind a listener, by their private addresses.
 *
 * Its name is made by AWS from a prefix: a group that must be replaced exists beside its successor, because a listener
 * cannot let go of the only group it has.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/636
 */
export class TargetGroup extends Construct {
  readonly arn: string;
  /** How CloudWatch names the group. */
  readonly arnSuffix: string;
  /** Service and port, as the inventory names them. */
  readonly serves: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { network, protocol, port, serves, healthCheck, drainSeconds = 30, preserveClientIp = false, crossZone } = props;
    const prefix = snakeCase(id)
      .replace(/_/g, "-")
      .slice(0, NAME_LIMIT.targetGroupPrefix - 1)
      .replace(/-+$/, "");
    const isTcp = protocol === "TCP";
    const group = new LbTargetGroup(this, "Default", {
      namePrefix: `${prefix}-`,
      vpcId: network.vpcId,
      targetType: "ip",
      protocol,
      port,
      deregistrationDelay: String(drainSeconds),
      preserveClientIp: isTcp ? String(preserveClientIp) : undefined,
      loadBalancingCrossZoneEnabled: crossZone === undefined ? undefined : String(crossZone),
      healthCheck: {
        enabled: true,
        ...(healthCheck === "tcp"
          ? { protocol: "TCP" }
          : { protocol: "HTTP", path: healthCheck.path, matcher: healthCheck.statuses ?? "200", timeout: 5 }),
        port: "traffic-port",
        interval: CHECK_SECONDS,
        healthyThreshold: CHECKS_TO_TURN,
        unhealthyThreshold: CHECKS_TO_TURN,
      },
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = group.arn;
    this.serves = `${serves}:${port}`;
    this.arnSuffix = group.arnSuffix;
  }
}
