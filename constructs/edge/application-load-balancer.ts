import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { NAME_LIMIT } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { type Connectable, Connections } from "../network/connections";
import type { Network } from "../network/network";
import { type Alarms, type AlarmTopic, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { balancerMetric, unhealthyAlarm, visitorAlarms } from "./balancer-alarms";
import { BalancerRoute, type BalancerRouteProps, type Forward, forwardTargets, isForward, REFUSE } from "./balancer-route";
import type { Certificate } from "./certificate";
import type { NameTarget } from "./dns-zone";
import type { TargetGroup } from "./target-group";

export interface ApplicationLoadBalancerProps<Port extends string> {
  readonly network: Network;
  /** Name in AWS, at most 32 characters. Another name replaces the balancer, and its DNS name with it. */
  readonly name: string;
  readonly why: string;
  readonly certificate: Certificate;
  /** Service that gets every request that no route takes, or nobody: then such a request is refused with 403. */
  readonly target: Forward<Port> | "nobody";
  /** `internal` stands in the private subnets and is reached by whom `connections` lets in. Another exposure replaces it. @default "public" */
  readonly exposure?: "public" | "internal";
  /** Seconds without a byte after which a connection is closed. @default 60 */
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
/** Websockets send a ping every so often; a shorter silence than this cuts them. The systems that use them ask for it. */
const WEBSOCKET_IDLE_SECONDS = 120;

type Route<Port extends string> = Pick<BalancerRouteProps<Port>, "when" | "priority" | "signIn" | "to">;

/** An HTTPS balancer in front of services. A public one answers plain HTTP with a redirect; a malformed header is not answered at all. */
export class ApplicationLoadBalancer<Port extends string = string> extends Construct implements Connectable<"http" | "https">, NameTarget {
  readonly connections: Connections<"http" | "https">;
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly hostedZoneId: string;
  private readonly defaultTargets: TargetGroup | undefined;
  private readonly network: Network;
  private readonly idleTimeoutSeconds: number;
  private readonly topic: AlarmTopic | undefined;
  private readonly arnSuffix: string;
  private readonly listener: LbListener;
  private asksCognito = false;
  /** Where requests go, as the inventory says it. */
  private readonly listeners: { port: number; protocol: string; to: string }[] = [];

  /** @throws {PropsError} when the name is longer than AWS takes, or the idle timeout would cut websockets. */
  constructor(scope: Construct, id: string, props: ApplicationLoadBalancerProps<Port>) {
    super(scope, id);
    const { network, name, why, certificate, target, exposure = "public", idleTimeoutSeconds = 60, protection } = props;
    if (name.length > NAME_LIMIT.loadBalancer)
      throw new PropsError(this, "name", `must have at most ${NAME_LIMIT.loadBalancer} characters`, name);
    this.name = name;
    this.network = network;
    this.idleTimeoutSeconds = idleTimeoutSeconds;
    const isPublic = exposure === "public";
    const subnets = isPublic ? network.publicSubnets : network.privateSubnets;
    this.connections = new Connections(this, "Connections", { vpcId: network.vpcId, ports: { http: 80, https: 443 } });
    if (isPublic) this.connections.allowFromInternet("visitors");
    const balancer = new Lb(this, "Default", {
      name,
      loadBalancerType: "application",
      internal: !isPublic,
      subnets: subnets.map((subnet) => subnet.id),
      securityGroups: [this.connections.securityGroupId],
      idleTimeout: idleTimeoutSeconds,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: protection === "protected",
      tags: protectionTags(protection),
      dependsOn: isPublic ? [network.internetGateway] : undefined,
    });
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.hostedZoneId = balancer.zoneId;
    this.arnSuffix = balancer.arnSuffix;

    if (isPublic) this.redirectToHttps();
    this.defaultTargets = target === "nobody" ? undefined : forwardTargets(this, "Targets", network, target);
    this.listener = new LbListener(this, "HttpsListener", {
      loadBalancerArn: balancer.arn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn: certificate.validatedArn,
      defaultAction: [this.defaultTargets === undefined ? REFUSE : { type: "forward", targetGroupArn: this.defaultTargets.arn }],
    });
    const serves = target === "nobody" ? `a service behind ${name}` : target.service.name;
    this.topic = alarmTopic(this, props.alarms, `balancer ${name}`);
    const serverErrors = this.topic && visitorAlarms(this, this.topic, { name, arnSuffix: this.arnSuffix, serves });
    if (target !== "nobody" && this.defaultTargets !== undefined) {
      this.admit(target);
      target.service.registerTarget(target.port, this.defaultTargets.arn, this.listener);
      if (serverErrors !== undefined) target.service.rollBackOn(serverErrors);
      this.watch(this, this.defaultTargets, target);
    }
    this.listeners.push({ port: 443, protocol: "HTTPS", to: this.defaultTargets?.serves ?? "refused" });
    SystemStack.of(this).inventory.add({
      kind: "loadBalancer",
      id: pathInStack(this),
      name,
      why,
      size: `${subnets.length} zones`,
      stateful: false,
      fails: "a zone that fails is taken out of its DNS name",
      type: "application",
      listeners: this.listeners,
      idleTimeoutSeconds,
      certificate: pathInStack(certificate),
    });
  }

  /**
   * Group of the service that gets what no route takes, for a route to the same service.
   *
   * @throws when such requests are refused.
   */
  get targets(): TargetGroup {
    if (this.defaultTargets === undefined) throw new Error(`${this.node.path}: has no targets, because it refuses what no route takes`);
    return this.defaultTargets;
  }

  /**
   * Sends some requests elsewhere than the rest.
   *
   * @returns the group of targets, for another route to the same service; none where requests are refused.
   * @throws {PropsError} when the route has no condition, or the idle timeout would cut websockets.
   */
  route<RoutePort extends string>(id: string, props: Route<RoutePort> & { readonly to: Forward<RoutePort> | TargetGroup }): TargetGroup;
  route(id: string, props: Route<string> & { readonly to: "nobody" }): undefined;
  route<RoutePort extends string>(id: string, props: Route<RoutePort>): TargetGroup | undefined {
    const { network, listener } = this;
    const { to, when } = props;
    const route = new BalancerRoute(this, id, { network, listener, ...props });
    if (props.signIn !== undefined) this.askCognito();
    if (isForward(to) && route.targets !== undefined) {
      this.admit(to);
      this.watch(route, route.targets, to);
    }
    this.listeners.push({ port: 443, protocol: `HTTPS ${describe(when)}`, to: route.targets?.serves ?? "refused" });
    return route.targets;
  }

  get requests(): Metric {
    return balancerMetric(this.arnSuffix, "RequestCount", "Sum");
  }

  get latency(): Metric {
    return balancerMetric(this.arnSuffix, "TargetResponseTime", "p95");
  }

  /** Answers of 500 and up that the services gave. */
  get serverErrors(): Metric {
    return balancerMetric(this.arnSuffix, "HTTPCode_Target_5XX_Count", "Sum");
  }

  /** The balancer itself trades a visitor's code for a token. */
  private askCognito(): void {
    if (this.asksCognito) return;
    this.asksCognito = true;
    this.connections.allowToInternet(443, "asks Cognito who is there");
  }

  private redirectToHttps(): void {
    new LbListener(this, "HttpListener", {
      loadBalancerArn: this.arn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
    this.listeners.push({ port: 80, protocol: "HTTP", to: "redirect to HTTPS" });
  }

  private admit<P extends string>({ service, port, websockets = false }: Forward<P>): void {
    if (websockets && this.idleTimeoutSeconds < WEBSOCKET_IDLE_SECONDS) {
      const rule = `must be ${WEBSOCKET_IDLE_SECONDS} or more, because ${service.name} has websockets`;
      throw new PropsError(this, "idleTimeoutSeconds", rule, this.idleTimeoutSeconds);
    }
    service.connections.allowFrom(this, `requests through ${this.name}`, port);
  }

  private watch<P extends string>(scope: Construct, targets: TargetGroup, { service }: Forward<P>): void {
    if (this.topic === undefined) return;
    service.rollBackOn(
      unhealthyAlarm(scope, this.topic, { balancer: this.name, arnSuffix: this.arnSuffix, targets, service: service.name }),
    );
  }
}

function describe({ hosts = [], paths = [], header, addresses = [] }: BalancerRouteProps<string>["when"]): string {
  return [...hosts, ...paths, ...(header === undefined ? [] : [`header ${header.name}`]), ...addresses].join(" ");
}
