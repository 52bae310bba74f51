import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NetworkLoadBalancer, type NetworkLoadBalancerProps } from "../../../constructs/edge/network-load-balancer";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addService, addTopic, UNMONITORED, UNPROTECTED, ZONES } from "../parts";
import { exception, facts, once, resolved, rules } from "../readings";
import { testPublicBalancer } from "./balancers";

type Port = "http" | "https";
type Props = Partial<NetworkLoadBalancerProps<Port>>;

function addBalancer(stack: TestStack, props: Props = {}, zones = { a: ZONES.a, b: ZONES.b }): NetworkLoadBalancer<Port> {
  const network = addNetwork(stack, { zones });
  const service = addService<Port>(stack, "Web", network, {
    containers: [{ name: "caddy", image: "registry.example.com/caddy:2", ports: { http: 80, https: 443 } }],
  });
  return new NetworkLoadBalancer(stack, "Balancer", {
    network,
    name: "nlb-shop",
    why: "passes visitors through",
    service,
    passthrough: ["http", "https"],
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

function synthBalancer(props: Props | ((stack: TestStack) => Props) = {}, zones?: Parameters<typeof addBalancer>[2]): Synthesized {
  return synthesizeTestStack((stack) => addBalancer(stack, typeof props === "function" ? props(stack) : props, zones));
}

const plain = once(() => synthBalancer());

describe("NetworkLoadBalancer", () => {
  test("is public, answers in every zone whatever zone has a task, and is protected, when only the required props are given", () => {
    const { depends_on: _waits, ...balancer } = plain().only(Lb);
    expect(balancer).toEqual({
      name: "nlb-shop",
      load_balancer_type: "network",
      internal: false,
      security_groups: ["${aws_security_group.balancer.id}"],
      subnet_mapping: [
        { subnet_id: "${aws_subnet.network_public_a.id}", allocation_id: "${aws_eip.balancer_address_a.id}" },
        { subnet_id: "${aws_subnet.network_public_b.id}", allocation_id: "${aws_eip.balancer_address_b.id}" },
      ],
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
      tags: {},
    });
  });

  testPublicBalancer(synthBalancer);

  test("has one address in each zone, which Terraform does not give up", () => {
    expect(plain().byName(Eip)).toEqual({
      balancer_address_a: { domain: "vpc", tags: { Name: "shop-test-nlb-shop-a" }, lifecycle: { prevent_destroy: true } },
      balancer_address_b: { domain: "vpc", tags: { Name: "shop-test-nlb-shop-b" }, lifecycle: { prevent_destroy: true } },
    });
  });

  test("tells its addresses and its name", () => {
    const stack = new TestStack(scratchApp());
    const balancer = addBalancer(stack);
    expect(resolved(stack, balancer.addresses)).toEqual([
      "${aws_eip.balancer_address_a.public_ip}",
      "${aws_eip.balancer_address_b.public_ip}",
    ]);
    expect(resolved(stack, balancer.dnsName)).toBe("${aws_lb.balancer.dns_name}");
  });

  test("keeps every address when a zone comes", () => {
    const before = plain().addresses(Eip);
    expect(synthBalancer({}, ZONES).addresses(Eip)).toEqual([...before, "aws_eip.balancer_address_c"]);
  });

  test("passes each port through untouched, with the visitor's own address", () => {
    const synthesized = plain();
    const listener = (port: number, name: string) => ({
      load_balancer_arn: "${aws_lb.balancer.arn}",
      port,
      protocol: "TCP",
      default_action: [{ type: "forward", target_group_arn: `\${aws_lb_target_group.balancer_${name}_targets.arn}` }],
    });
    expect(synthesized.byName(LbListener)).toEqual({
      balancer_http_listener: listener(80, "http"),
      balancer_https_listener: listener(443, "https"),
    });
    for (const [name, port] of [
      ["http", 80],
      ["https", 443],
    ] as const) {
      expect(synthesized.byName(LbTargetGroup)[`balancer_${name}_targets`]).toMatchObject({
        name_prefix: `${name}-`,
        protocol: "TCP",
        port,
        target_type: "ip",
        preserve_client_ip: "true",
        load_balancing_cross_zone_enabled: "true",
        health_check: { protocol: "TCP", port: "traffic-port" },
      });
    }
    expect(synthesized.only(EcsService)).toMatchObject({
      load_balancer: [
        { target_group_arn: "${aws_lb_target_group.balancer_http_targets.arn}", container_name: "caddy", container_port: 80 },
        { target_group_arn: "${aws_lb_target_group.balancer_https_targets.arn}", container_name: "caddy", container_port: 443 },
      ],
      depends_on: expect.arrayContaining(["aws_lb_listener.balancer_http_listener", "aws_lb_listener.balancer_https_listener"]),
    });
  });

  test("passes only the ports that it is told to", () => {
    const synthesized = synthBalancer({ passthrough: ["https"] });
    expect(synthesized.addresses(LbListener)).toEqual(["aws_lb_listener.balancer_https_listener"]);
    expect(rules(synthesized)).toEqual([
      "in balancer <- 0.0.0.0/0 tcp/443: visitors, and certificate authorities that check a name",
      "in web <- balancer tcp/443: visitors through nlb-shop",
      "out balancer -> web tcp/443: visitors through nlb-shop",
      "out web -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies",
    ]);
  });

  test("refuses a port that its service does not have", () => {
    expect(() => synthBalancer({ passthrough: ["smtp" as Port] })).toThrow(
      'shop-test/Web: port must be a port that a container listens on, got "smtp"',
    );
  });

  test("says why protection is off, on its addresses too", () => {
    const synthesized = synthBalancer({ protection: UNPROTECTED });
    const tags = { UnprotectedBecause: "a tests data is thrown away" };
    expect(synthesized.only(Lb)).toMatchObject({ enable_deletion_protection: false, tags });
    for (const address of synthesized.all(Eip)) expect(address).toMatchObject({ tags, lifecycle: { prevent_destroy: false } });
  });

  test("keeps its address and states itself", () => {
    const synthesized = plain();
    expect(synthesized.addresses(Lb)).toEqual(["aws_lb.balancer"]);
    expect(facts(synthesized, "loadBalancer")).toEqual([
      {
        kind: "loadBalancer",
        id: "Balancer",
        name: "nlb-shop",
        why: "passes visitors through",
        size: "2 zones, one Elastic IP each",
        stateful: false,
        fails: "a zone that fails takes its own address only",
        type: "network",
        listeners: [
          { port: 80, protocol: "TCP", to: "web:80" },
          { port: 443, protocol: "TCP", to: "web:443" },
        ],
      },
    ]);
  });
});

describe("alarms of a NetworkLoadBalancer", () => {
  test("ring when a port has no healthy task, and roll a release back", () => {
    const synthesized = synthBalancer((stack) => ({ alarms: addTopic(stack) }));
    const alarm = (name: string) =>
      expect.objectContaining({
        namespace: "AWS/NetworkELB",
        metric_name: "HealthyHostCount",
        dimensions: {
          LoadBalancer: "${aws_lb.balancer.arn_suffix}",
          TargetGroup: `\${aws_lb_target_group.balancer_${name}_targets.arn_suffix}`,
        },
        statistic: "Maximum",
        comparison_operator: "LessThanThreshold",
        threshold: 1,
        evaluation_periods: 3,
        datapoints_to_alarm: 3,
        treat_missing_data: "breaching",
      });
    expect(synthesized.byName(CloudwatchMetricAlarm)).toEqual({
      balancer_http_no_healthy_task: alarm("http"),
      balancer_https_no_healthy_task: alarm("https"),
    });
    expect(synthesized.only(EcsService)["alarms"]).toEqual({
      alarm_names: [
        "${aws_cloudwatch_metric_alarm.balancer_http_no_healthy_task.alarm_name}",
        "${aws_cloudwatch_metric_alarm.balancer_https_no_healthy_task.alarm_name}",
      ],
      enable: true,
      rollback: true,
    });
  });

  test("are none where the reason stands in the inventory", () => {
    const synthesized = synthBalancer({ alarms: { unmonitoredBecause: "a demo that may fail" } });
    expect(synthesized.all(CloudwatchMetricAlarm)).toEqual([]);
    expect(synthesized.only(EcsService)).not.toHaveProperty("alarms");
    expect(facts(synthesized, "exception")).toContainEqual(
      exception("Balancer alarms", "balancer nlb-shop has no alarms", "a demo that may fail"),
    );
  });
});
