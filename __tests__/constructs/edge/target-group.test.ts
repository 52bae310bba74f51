import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { TargetGroup, type TargetGroupProps } from "../../../constructs/edge/target-group";
import type { Network } from "../../../constructs/network/network";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork } from "../parts";

const HTTP = { protocol: "HTTP", port: 3000, serves: "api", healthCheck: { path: "/health" } } as const;
const TCP = { protocol: "TCP", port: 443, serves: "api", healthCheck: "tcp" } as const;

function synthTargets(props: Omit<TargetGroupProps, "network">, id = "Targets"): Synthesized {
  return synthesizeTestStack((stack) => {
    const network: Network = addNetwork(stack);
    new TargetGroup(new Construct(stack, "Balancer"), id, { network, ...props });
  });
}

describe("TargetGroup", () => {
  test("sends HTTP to tasks that answer their health check", () => {
    expect(synthTargets(HTTP).only(LbTargetGroup)).toEqual({
      name_prefix: "targe-",
      vpc_id: "${aws_vpc.network.id}",
      target_type: "ip",
      protocol: "HTTP",
      port: 3000,
      deregistration_delay: "30",
      health_check: {
        enabled: true,
        protocol: "HTTP",
        path: "/health",
        matcher: "200",
        port: "traffic-port",
        interval: 15,
        timeout: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 2,
      },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("asks TCP targets for an open port only, as AWS refuses a path with it", () => {
    const group = synthTargets({ ...TCP, preserveClientIp: true, crossZone: true }).only(LbTargetGroup);
    expect(group).toMatchObject({ protocol: "TCP", preserve_client_ip: "true", load_balancing_cross_zone_enabled: "true" });
    expect(group["health_check"]).toEqual({
      enabled: true,
      protocol: "TCP",
      port: "traffic-port",
      interval: 15,
      healthy_threshold: 2,
      unhealthy_threshold: 2,
    });
  });

  test("hides the client's address unless told to keep it, and says so where AWS asks", () => {
    expect(synthTargets(TCP).only(LbTargetGroup)["preserve_client_ip"]).toBe("false");
    expect(synthTargets({ ...HTTP, preserveClientIp: true }).only(LbTargetGroup)).not.toHaveProperty("preserve_client_ip");
  });

  test("takes other statuses for healthy, and gives leaving tasks more time, when told to", () => {
    expect(synthTargets({ ...HTTP, healthCheck: { path: "/", statuses: "200-399" }, drainSeconds: 300 }).only(LbTargetGroup)).toMatchObject(
      {
        deregistration_delay: "300",
        health_check: { path: "/", matcher: "200-399" },
      },
    );
  });

  test.each([
    ["HttpTargets", "http-"],
    ["HttpsTargets", "https-"],
    ["A", "a-"],
    ["AbcdEfgh", "abcd-"],
  ])("shortens %s to a prefix of at most six characters without two hyphens: %s", (id, prefix) => {
    expect(synthTargets(TCP, id).only(LbTargetGroup)["name_prefix"]).toBe(prefix);
  });
});
