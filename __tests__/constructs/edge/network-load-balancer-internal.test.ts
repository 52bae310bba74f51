import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { NetworkLoadBalancer, type NetworkLoadBalancerProps } from "../../../constructs/edge/network-load-balancer";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { addNetwork, addService, addTopic, UNMONITORED } from "../parts";
import { facts, once, resolved, rules } from "../readings";

type Props = Partial<NetworkLoadBalancerProps<"http">>;

function addBalancer(stack: TestStack, props: Props = {}): NetworkLoadBalancer<"http"> {
  const network = addNetwork(stack);
  return new NetworkLoadBalancer(stack, "Balancer", {
    network,
    name: "nlb-shop",
    why: "brings calls to the service",
    service: addService(stack, "Web", network),
    passthrough: ["http"],
    exposure: "internal",
    healthCheck: { path: "/health" },
    protection: "protected",
    alarms: UNMONITORED,
    ...props,
  });
}

const plain = once(() => synthesizeTestStack((stack) => void addBalancer(stack)));

describe("an internal NetworkLoadBalancer", () => {
  test("stands in the private subnets of every zone, has no address of its own and waits for no internet gateway", () => {
    expect(plain().only(Lb)).toEqual({
      name: "nlb-shop",
      load_balancer_type: "network",
      internal: true,
      security_groups: ["${aws_security_group.balancer.id}"],
      enforce_security_group_inbound_rules_on_private_link_traffic: "off",
      subnet_mapping: [{ subnet_id: "${aws_subnet.network_private_a.id}" }, { subnet_id: "${aws_subnet.network_private_b.id}" }],
      enable_cross_zone_load_balancing: true,
      enable_deletion_protection: true,
      tags: {},
    });
    expect(plain().all(Eip)).toEqual([]);
    expect(addBalancer(new TestStack(scratchApp())).addresses).toEqual([]);
  });

  test("lets nobody in the network in, and is the only one that the service admits", () => {
    expect(rules(plain())).toEqual([
      "in web <- balancer tcp/8080: requests through nlb-shop",
      "out balancer -> web tcp/8080: requests through nlb-shop",
      "out web -> 0.0.0.0/0 tcp/443: pulls images, reads secrets, writes logs, calls other companies",
    ]);
  });

  test("asks tasks on their health path, and passes on from its own address", () => {
    expect(plain().only(LbTargetGroup)).toMatchObject({
      protocol: "TCP",
      port: 8080,
      preserve_client_ip: "false",
      load_balancing_cross_zone_enabled: "true",
      health_check: { enabled: true, protocol: "HTTP", path: "/health", matcher: "200", port: "traffic-port", timeout: 5 },
    });
    expect(plain().only(LbListener)).toMatchObject({ port: 8080, protocol: "TCP" });
  });

  test("asks for an open port where it is given no path", () => {
    const synthesized = synthesizeTestStack((stack) => void addBalancer(stack, { healthCheck: "tcp" }));
    expect(synthesized.only(LbTargetGroup)["health_check"]).toMatchObject({ protocol: "TCP" });
  });

  test("tells what a VPC link needs", () => {
    const stack = new TestStack(scratchApp());
    const balancer = addBalancer(stack);
    expect(resolved(stack, balancer.arn)).toBe("${aws_lb.balancer.arn}");
    expect(balancer.portNumber("http")).toBe(8080);
  });

  test("says in its alarm which path is not answered", () => {
    const synthesized = synthesizeTestStack((stack) => void addBalancer(stack, { alarms: addTopic(stack) }));
    expect(synthesized.only(CloudwatchMetricAlarm)).toMatchObject({
      metric_name: "HealthyHostCount",
      alarm_description:
        "no task of web answers /health on port 8080 as it should. Runbook: docs/runbooks/load-balancer.md#unhealthy-tasks",
    });
  });

  test("states itself", () => {
    expect(facts(plain(), "loadBalancer")).toEqual([
      {
        kind: "loadBalancer",
        id: "Balancer",
        name: "nlb-shop",
        why: "brings calls to the service",
        size: "2 zones, internal",
        stateful: false,
        fails: "a zone that fails is taken out of its DNS name",
        type: "network",
        listeners: [{ port: 8080, protocol: "TCP", to: "web:8080" }],
      },
    ]);
  });
});
