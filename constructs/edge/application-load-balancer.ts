import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { FargateService } from "../compute/fargate-service";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import type { Certificate } from "./certificate";
import { type HealthCheck, TargetGroup } from "./target-group";

export interface ApplicationLoadBalancerProps<Port extends string> {
  readonly network: Network;
  /** Name in AWS, at most 32 characters. Another name replaces the balancer, and its DNS name with it. */
  readonly name: string;
  readonly why: string;
  readonly certificate: Certificate;
  /** Service that gets every request, on one of its ports. */
  readonly target: { readonly service: FargateService<Port>; readonly port: Port; readonly healthCheck: HealthCheck };
  /** Seconds without a byte after which a connection is closed. Raise it for websockets. @default 60 */
  readonly idleTimeoutSeconds?: number;
  readonly protection: Protection;
  readonly alarms: Alarms;
}

/**
 * TLS 1.2 with forward secrecy and TLS 1.3. What is older is refused.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** A public HTTPS balancer in front of one service. Plain HTTP is answered with a redirect, a malformed header not at all. */
export class ApplicationLoadBalancer<Port extends string = string> extends Construct implements Connectable<"http" | "https"> {
  readonly connections: Connections<"http" | "https">;
  readonly name: string;
  readonly dnsName: string;
  private readonly arnSuffix: string;
  private readonly targets: TargetGroup;

  /** @throws {PropsError} when the name is longer than AWS takes. */
  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps<Port>) {
    super(scope, id);
    const { network, name, why, certificate, target, idleTimeoutSeconds = 60, protection } = props;
    if (name.length > NAME_LIMIT.loadBalancer)
      throw new PropsError(this, "name", `must have at most ${NAME_LIMIT.loadBalancer} characters`, name);
    this.name = name;
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { http: 80, https: 443 } });
    this.connections.allowFromInternet("visitors");
    const balancer = new Lb(this, "Default", {
      name,
      loadBalancerType: "application",
      internal: false,
      subnets: network.publicSubnets.map((subnet) => subnet.id),
      securityGroups: [this.connections.securityGroupId],
      idleTimeout: idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: protection === "protected",
      tags: protectionTags(protection),
      dependsOn: [network.internetGateway],
    });
    this.dnsName = balancer.dnsName;
    this.arnSuffix = balancer.arnSuffix;

    new LbListener(this, "HttpListener", {
      loadBalancerArn: balancer.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
    const { service, port, healthCheck } = target;
    const number = service.portNumber(port);
    this.targets = new TargetGroup(this, "Targets", { network, protocol: "HTTP", port: number, healthCheck });
    const listener = new LbListener(this, "HttpsListener", {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: certificate.validatedArn,
      defaultAction: [{ type: "forward", targetGroupArn: this.targets.arn }],
    });
    service.registerTarget(port, this.targets.arn, listener);
    service.connections.allowFrom(this, `requests through ${name}`, port);

    this.monitor(props);
    SystemStack.of(this).inventory.add({
      kind: "loadBalancer",
      id: pathInStack(this),
      name,
      why,
      size: `${network.publicSubnets.length} zones`,
      stateful: false,
      fails: "a zone that fails is taken out of its DNS name",
      type: "application",
      listeners: [
        { port: 80, protocol: "HTTP", to: "redirect to HTTPS" },
        { port: 443, protocol: "HTTPS", to: `${service.name}:${number}` },
      ],
    });
  }

  get requests(): Metric {
    return this.metric("RequestCount", "Sum");
  }

  get latency(): Metric {
    return this.metric("TargetResponseTime", "p95");
  }

  /** Answers of 500 and up that the service gave. */
  get serverErrors(): Metric {
    return this.metric("HTTPCode_Target_5XX_Count", "Sum");
  }

  private metric(name: string, statistic: string): Metric {
    return { namespace: "AWS/ApplicationELB", name, dimensions: { LoadBalancer: this.arnSuffix }, statistic };
  }

  private monitor({ alarms, target: { service } }: ApplicationLoadBalancerProps<Port>): void {
    const topic = alarmTopic(this, alarms, `balancer ${this.name}`);
    if (topic === undefined) return;
    const serverErrors = new Alarm(this, "ServerErrors", {
      topic,
      metric: this.serverErrors,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 10,
      periods: { of: 5, bad: 3 },
      missingData: "notBreaching",
      means: `${service.name} answers with errors of its own.`,
      runbook: "load-balancer.md#server-errors",
    });
    const unhealthy = new Alarm(this, "UnhealthyTasks", {
      topic,
      metric: {
        namespace: "AWS/ApplicationELB",
        name: "UnHealthyHostCount",
        dimensions: { LoadBalancer: this.arnSuffix, TargetGroup: this.targets.arnSuffix },
        statistic: "Maximum",
      },
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      missingData: "notBreaching",
      means: `a task of ${service.name} fails its health check at ${this.name}.`,
      runbook: "load-balancer.md#unhealthy-tasks",
    });
    new Alarm(this, "NoTask", {
      topic,
      metric: this.metric("HTTPCode_ELB_5XX_Count", "Sum"),
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 10,
      periods: { of: 5, bad: 3 },
      missingData: "notBreaching",
      means: `${this.name} answers with errors because no task of ${service.name} does.`,
      runbook: "load-balancer.md#unhealthy-tasks",
    });
    new Alarm(this, "Slow", {
      topic,
      metric: this.latency,
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: 2,
      missingData: "notBreaching",
      means: `one request in twenty to ${service.name} takes two seconds or more.`,
      runbook: "load-balancer.md#slow",
    });
    service.rollBackOn(serverErrors);
    service.rollBackOn(unhealthy);
  }
}
