import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider";
import type { FargateService } from "../../../constructs/compute/fargate-service";
import { ApplicationLoadBalancer, type ApplicationLoadBalancerProps } from "../../../constructs/edge/application-load-balancer";
import { Certificate } from "../../../constructs/edge/certificate";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { addNetwork, addService, addTopic, CLOUDFLARE, UNMONITORED } from "../parts";
import { facts, once, rules } from "../readings";

type Balancer = ApplicationLoadBalancer<"http">;

function synthRoutes(
  route: (balancer: Balancer, events: FargateService<"http">) => void,
  props: (topic: ReturnType<typeof addTopic>) => Partial<ApplicationLoadBalancerProps<"http">> = () => ({}),
): Synthesized {
  return synthesizeTestStack((stack) => {
    new CloudflareProvider(stack, "Cloudflare", { apiToken: "none" });
    const network = addNetwork(stack);
    const balancer = new ApplicationLoadBalancer<"http">(stack, "Balancer", {
      network,
      name: "alb-shop",
      why: "public HTTPS",
      certificate: new Certificate(stack, "Certificate", { domain: "shop.example.com", proof: CLOUDFLARE }),
      target: "nobody",
      protection: "protected",
      alarms: UNMONITORED,
      ...props(addTopic(stack)),
    });
    route(balancer, addService(stack, "Events", network));
  });
}

const HEALTH = { path: "/health" } as const;
const byHost = once(() =>
  synthRoutes(
    (balancer, service) => {
      const when = { hosts: ["events.example.com"] };
      balancer.route("Events", { when, priority: 10, to: { service, port: "http", healthCheck: HEALTH } });
    },
    (alarms) => ({ alarms }),
  ),
);

describe("a route of an ApplicationLoadBalancer", () => {
  test("sends requests for a host to its service, whose tasks wait for the rule", () => {
    expect(byHost().only(LbListenerRule)).toEqual({
      listener_arn: "${aws_lb_listener.balancer_https_listener.arn}",
      priority: 10,
      condition: [{ host_header: { values: ["events.example.com"] } }],
      action: [{ type: "forward", target_group_arn: "${aws_lb_target_group.balancer_events_targets.arn}" }],
    });
    expect(byHost().only(EcsService)).toMatchObject({
      load_balancer: [
        { target_group_arn: "${aws_lb_target_group.balancer_events_targets.arn}", container_name: "app", container_port: 8080 },
      ],
      depends_on: expect.arrayContaining(["aws_lb_listener_rule.balancer_events"]),
    });
  });

  test("leaves every other request refused where the balancer has no service of its own", () => {
    expect(byHost().byName(LbListener)["balancer_https_listener"]).toMatchObject({
      default_action: [
        { type: "fixed-response", fixed_response: { content_type: "text/plain", message_body: "Refused", status_code: "403" } },
      ],
    });
    expect(facts(byHost(), "loadBalancer")[0]?.listeners).toEqual([
      { port: 80, protocol: "HTTP", to: "redirect to HTTPS" },
      { port: 443, protocol: "HTTPS", to: "refused" },
      { port: 443, protocol: "HTTPS events.example.com", to: "events:8080" },
    ]);
  });

  test("opens the service to the balancer and watches the health of its tasks", () => {
    expect(rules(byHost())).toContain("in events <- balancer tcp/8080: requests through alb-shop");
    expect(byHost().byName(CloudwatchMetricAlarm)["balancer_events_unhealthy_tasks"]).toMatchObject({
      metric_name: "UnHealthyHostCount",
      dimensions: {
        LoadBalancer: "${aws_lb.balancer.arn_suffix}",
        TargetGroup: "${aws_lb_target_group.balancer_events_targets.arn_suffix}",
      },
    });
  });

  test("asks for everything at once: paths, a header and addresses", () => {
    const synthesized = synthRoutes((balancer, service) => {
      const when = { paths: ["/ws/*"], header: { name: "X-Origin", anyOf: ["one", "two"] }, addresses: ["203.0.113.0/24"] };
      balancer.route("Events", { when, priority: 1, to: { service, port: "http", healthCheck: HEALTH } });
    });
    expect(synthesized.only(LbListenerRule)["condition"]).toEqual([
      { path_pattern: { values: ["/ws/*"] } },
      { http_header: { http_header_name: "X-Origin", values: ["one", "two"] } },
      { source_ip: { values: ["203.0.113.0/24"] } },
    ]);
  });

  test("may lead to targets that another route has, without a second group or rule", () => {
    const synthesized = synthRoutes((balancer, service) => {
      const to = balancer.route("Events", {
        when: { hosts: ["a.example.com"] },
        priority: 1,
        to: { service, port: "http", healthCheck: HEALTH },
      });
      balancer.route("Same", { when: { hosts: ["b.example.com"] }, priority: 2, to });
    });
    expect(synthesized.addresses(LbTargetGroup)).toEqual(["aws_lb_target_group.balancer_events_targets"]);
    expect(synthesized.byName(LbListenerRule)["balancer_same"]).toMatchObject({
      action: [{ target_group_arn: "${aws_lb_target_group.balancer_events_targets.arn}" }],
    });
    expect(rules(synthesized).filter((rule) => rule.startsWith("in events"))).toHaveLength(1);
  });

  test("cannot lead to the targets of a balancer that refuses what no route takes", () => {
    expect(() => synthRoutes(({ targets }) => targets)).toThrow(
      "shop-test/Balancer: has no targets, because it refuses what no route takes",
    );
  });

  test("asks who is there before it leads anywhere, when told to", () => {
    const signIn = { userPoolArn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/pool", clientId: "client", domain: "shop" };
    const synthesized = synthRoutes((balancer, service) => {
      const to = { service, port: "http", healthCheck: HEALTH } as const;
      const targets = balancer.route("Events", { when: { hosts: ["a.example.com"] }, priority: 1, signIn, to });
      balancer.route("Again", { when: { hosts: ["b.example.com"] }, priority: 2, signIn, to: targets });
    });
    const asks = {
      type: "authenticate-cognito",
      order: 1,
      authenticate_cognito: {
        user_pool_arn: signIn.userPoolArn,
        user_pool_client_id: "client",
        user_pool_domain: "shop",
        on_unauthenticated_request: "authenticate",
        session_timeout: 28800,
      },
    };
    for (const rule of synthesized.all(LbListenerRule)) {
      expect(rule["action"]).toEqual([asks, { type: "forward", order: 2, target_group_arn: expect.stringContaining("events_targets") }]);
    }
    expect(rules(synthesized)).toContain("out balancer -> 0.0.0.0/0 tcp/443: asks Cognito who is there");
  });

  test("may lead nowhere, for requests that no other route and no default may get", () => {
    const synthesized = synthRoutes((balancer) => {
      expect(balancer.route("Closed", { when: { hosts: ["ui.example.com"] }, priority: 5, to: "nobody" })).toBeUndefined();
    });
    expect(synthesized.only(LbListenerRule)["action"]).toEqual([
      { type: "fixed-response", fixed_response: { content_type: "text/plain", message_body: "Refused", status_code: "403" } },
    ]);
    expect(facts(synthesized, "loadBalancer")[0]?.listeners).toContainEqual({ port: 443, protocol: "HTTPS ui.example.com", to: "refused" });
  });

  test("is refused without a condition, which would take every request", () => {
    expect(() =>
      synthRoutes((balancer, service) =>
        balancer.route("All", { when: {}, priority: 1, to: { service, port: "http", healthCheck: HEALTH } }),
      ),
    ).toThrow("shop-test/Balancer/All: when must name hosts, paths, a header or addresses, got {}");
  });

  test.each([60, 119])("is refused to websockets while quiet connections live %i seconds", (idleTimeoutSeconds) => {
    const open = (seconds: number) =>
      synthRoutes(
        (balancer, service) => {
          const to = { service, port: "http", healthCheck: HEALTH, websockets: true } as const;
          balancer.route("Live", { when: { hosts: ["ws.example.com"] }, priority: 1, to });
        },
        () => ({ idleTimeoutSeconds: seconds }),
      );
    expect(() => open(idleTimeoutSeconds)).toThrow(
      `shop-test/Balancer: idleTimeoutSeconds must be 120 or more, because events has websockets, got ${idleTimeoutSeconds}`,
    );
    expect(open(120).only(Lb)["idle_timeout"]).toBe(120);
  });
});

describe("an internal ApplicationLoadBalancer", () => {
  test("stands in the private subnets, has no plain listener, and lets nobody in until told to", () => {
    const synthesized = synthRoutes(
      () => undefined,
      () => ({ exposure: "internal" }),
    );
    expect(synthesized.only(Lb)).toMatchObject({
      internal: true,
      subnets: ["${aws_subnet.network_private_a.id}", "${aws_subnet.network_private_b.id}"],
    });
    expect(synthesized.only(Lb)).not.toHaveProperty("depends_on");
    expect(synthesized.addresses(LbListener)).toEqual(["aws_lb_listener.balancer_https_listener"]);
    expect(rules(synthesized).filter((rule) => rule.includes("balancer"))).toEqual([]);
  });
});
