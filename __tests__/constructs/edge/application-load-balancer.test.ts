import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from "../../../constructs/edge/application-load-balancer";
import { Certificate } from "../../../constructs/edge/certificate";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addService, addTopic, CLOUDFLARE, UNMONITORED, UNPROTECTED } from "../parts";
import { exception, facts, once, resolved, rules } from "../readings";
import { testPublicBalancer } from "./balancers";

type Props = Partial<ApplicationLoadBalancerProps<"http">>;

function addBalancer(stack: TestStack, props: Props = {}): ApplicationLoadBalancer<"http"> {
  new CloudflareProvider(stack, "Cloudflare", { apiToken: "none" });
  const network = addNetwork(stack);
  const service = addService(stack, "Api", network);
  return new ApplicationLoadBalancer(stack, "Balancer", {
    network,
    name: "alb-shop",
    why: "public HTTPS for api",
    certificate: new Certificate(stack, "Certificate", { domain: "shop.example.com", proof: CLOUDFLARE }),
    target: { service, port: "http", healthCheck: { path: "/health" } },
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

function synthBalancer(props: Props | ((stack: TestStack) => Props) = {}): Synthesized {
  return synthesizeTestStack((stack) => addBalancer(stack, typeof props === "function" ? props(stack) : props));
}

const plain = once(() => synthBalancer());

describe("ApplicationLoadBalancer", () => {
  test("is public, strict with headers and protected when only the required props are given", () => {
    const { depends_on: _waits, ...balancer } = plain().only(Lb);
    expect(balancer).toEqual({
      name: "alb-shop",
      load_balancer_type: "application",
      internal: false,
      subnets: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"],
      security_groups: ["${aws_security_group.balancer.id}"],
      idle_timeout: 60,
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "defensive",
      enable_deletion_protection: true,
      tags: {},
    });
  });

  testPublicBalancer(synthBalancer);

  test("answers HTTP with a redirect, and HTTPS with TLS 1.2 and up", () => {
    expect(plain().byName(LbListener)).toEqual({
      balancer_http_listener: {
        load_balancer_arn: "${aws_lb.balancer.arn}",
        port: 80,
        protocol: "HTTP",
        default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
      },
      balancer_https_listener: {
        load_balancer_arn: "${aws_lb.balancer.arn}",
        port: 443,
        protocol: "HTTPS",
        ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn: "${aws_acm_certificate_validation.certificate_validation.certificate_arn}",
        default_action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.balancer_targets.arn}" }],
      },
    });
  });

  test("lets everybody in on HTTP and HTTPS, and out to its service's port only", () => {
    expect(rules(plain())).toEqual([
      "in api <- balancer tcp/8080: requests through alb-shop",
      "in balancer <- 0.0.0.0/0 tcp/443: visitors",
      "in balancer <- 0.0.0.0/0 tcp/80: visitors",
      "out api -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies",
      "out balancer -> api tcp/8080: requests through alb-shop",
    ]);
  });

  test("sends requests to the service's tasks, which wait for the listener", () => {
    const synthesized = plain();
    expect(synthesized.only(LbTargetGroup)).toMatchObject({ protocol: "HTTP", port: 8080, health_check: { path: "/health" } });
    expect(synthesized.only(EcsService)).toMatchObject({
      load_balancer: [{ target_group_arn: "${aws_lb_target_group.balancer_targets.arn}", container_name: "app", container_port: 8080 }],
      depends_on: expect.arrayContaining(["aws_lb_listener.balancer_https_listener"]),
    });
  });

  test("keeps quiet connections longer when told to", () => {
    expect(synthBalancer({ idleTimeoutSeconds: 3600 }).only(Lb)["idle_timeout"]).toBe(3600);
  });

  test("says why protection is off", () => {
    expect(synthBalancer({ protection: UNPROTECTED }).only(Lb)).toMatchObject({
      enable_deletion_protection: false,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
    });
  });

  test("keeps its address and states itself", () => {
    const synthesized = plain();
    expect(synthesized.addresses(Lb, LbTargetGroup)).toEqual(["aws_lb.balancer", "aws_lb_target_group.balancer_targets"]);
    expect(facts(synthesized, "loadBalancer")).toEqual([
      {
        kind: "loadBalancer",
        id: "Balancer",
        name: "alb-shop",
        why: "public HTTPS for api",
        size: "2 zones",
        stateful: false,
        fails: "a zone that fails is taken out of its DNS name",
        type: "application",
        listeners: [
          { port: 80, protocol: "HTTP", to: "redirect to HTTPS" },
          { port: 443, protocol: "HTTPS", to: "api:8080" },
        ],
        idleTimeoutSeconds: 60,
        certificate: "Certificate",
      },
    ]);
  });
});

describe("alarms of an ApplicationLoadBalancer", () => {
  const suffix = "${aws_lb.balancer.arn_suffix}";

  test("ring on errors, unhealthy or missing tasks and slowness, and roll a release back on the first two", () => {
    const synthesized = synthBalancer((stack) => ({ alarms: addTopic(stack) }));
    const common = {
      namespace: "AWS/ApplicationELB",
      comparison_operator: "GreaterThanOrEqualToThreshold",
      treat_missing_data: "notBreaching",
    };
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      balancer_server_errors: expect.objectContaining({
        ...common,
        metric_name: "HTTPCode_Target_5XX_Count",
        dimensions: { LoadBalancer: suffix },
        statistic: "Sum",
        threshold: 10,
        evaluation_periods: 5,
        datapoints_to_alarm: 3,
      }),
      balancer_unhealthy_tasks: expect.objectContaining({
        ...common,
        metric_name: "UnHealthyHostCount",
        dimensions: { LoadBalancer: suffix, TargetGroup: "${aws_lb_target_group.balancer_targets.arn_suffix}" },
        statistic: "Maximum",
        threshold: 1,
      }),
      balancer_no_task: expect.objectContaining({
        ...common,
        metric_name: "HTTPCode_ELB_5XX_Count",
        dimensions: { LoadBalancer: suffix },
        statistic: "Sum",
        threshold: 10,
        evaluation_periods: 5,
        datapoints_to_alarm: 3,
      }),
      balancer_slow: expect.objectContaining({
        ...common,
        metric_name: "TargetResponseTime",
        dimensions: { LoadBalancer: suffix },
        extended_statistic: "p95",
        threshold: 2,
      }),
    });
    expect(synthesized.only(EcsService)["alarms"]).toEqual({
      alarm_names: [
        "${aws_cloudwatch_metric_alarm.balancer_server_errors.alarm_name}",
        "${aws_cloudwatch_metric_alarm.balancer_unhealthy_tasks.alarm_name}",
      ],
      enable: true,
      rollback: true,
    });
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthBalancer({ alarms: { unmonitoredBecause: "a demo that may fail" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Balancer alarms", "balancer alb-shop has no alarms", "a demo that may fail"),
    );
  });

  test("look at the figures that a dashboard shows", () => {
    const stack = new TestStack(scratchApp());
    const balancer = addBalancer(stack);
    const common = { namespace: "AWS/ApplicationELB", dimensions: { LoadBalancer: suffix } };
    expect(resolved(stack, [balancer.requests, balancer.latency, balancer.serverErrors])).toEqual([
      { ...common, name: "RequestCount", statistic: "Sum" },
      { ...common, name: "TargetResponseTime", statistic: "p95" },
      { ...common, name: "HTTPCode_Target_5XX_Count", statistic: "Sum" },
    ]);
  });
});
