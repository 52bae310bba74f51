import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { COGNITO } from "../config/atlas-values";
import { facts, rules } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import { BOTH, PROD_SIGNED_IN } from "./atlas-roots";
import { type Request, routed } from "./atlas-routing";

beforeAll(packHandlers);

const OFFICE = "203.0.113.7";

describe.each(BOTH)("Atlas' balancer in %s", (environment, prefix, root) => {
  const domain = environment === "prod" ? "atlas.example.com" : "atlas-staging.example.com";

  test.each<[Request, string]>([
    [{ host: `events.${domain}` }, `${prefix}-events-ingestion`],
    [{ host: `EVENTS.${domain.toUpperCase()}` }, `${prefix}-events-ingestion`],
    [{ host: `dashboard.${domain}` }, `${prefix}-dashboard-backend`],
    [{ host: `kafka.${domain}`, from: OFFICE }, `${prefix}-kafka-ui`],
    [{ host: `kafka.${domain}`, from: "203.0.114.7" }, "refused with 403"],
    [{ host: `kafka.${domain}` }, "refused with 403"],
    [{ host: `KAFKA.${domain}` }, "refused with 403"],
    // Every other host is events ingestion's, and never Kafka UI's, wherever it comes from.
    [{ host: "example.com", from: OFFICE }, `${prefix}-events-ingestion`],
    [{ host: `kafka.${domain}.evil.example`, from: OFFICE }, `${prefix}-events-ingestion`],
    [{ host: "192.0.2.1" }, `${prefix}-events-ingestion`],
    [{ host: "" }, `${prefix}-events-ingestion`],
  ])("sends %j to %s", (request, service) => {
    expect(routed(root(), request)).toBe(service);
  });

  test("says the same in its inventory", () => {
    expect(facts(root(), "loadBalancer").flatMap(({ listeners }) => listeners)).toEqual([
      { port: 80, protocol: "HTTP", to: "redirect to HTTPS" },
      { port: 443, protocol: "HTTPS", to: `${prefix}-events-ingestion:8080` },
      { port: 443, protocol: `HTTPS events.${domain}`, to: `${prefix}-events-ingestion:8080` },
      { port: 443, protocol: `HTTPS dashboard.${domain}`, to: `${prefix}-dashboard-backend:8080` },
      { port: 443, protocol: `HTTPS kafka.${domain} 203.0.113.0/24`, to: `${prefix}-kafka-ui:8080` },
      { port: 443, protocol: `HTTPS kafka.${domain}`, to: "refused" },
    ]);
  });

  test("is one, on the internet, in both public subnets, and has no listener but the two", () => {
    expect(root().only(Lb)).toMatchObject({
      name: `${prefix}-alb`,
      internal: false,
      subnets: ["${aws_subnet.network_public_a.id}", "${aws_subnet.network_public_b.id}"],
      drop_invalid_header_fields: true,
      enable_deletion_protection: environment === "prod",
    });
    const listeners = root().all(LbListener);
    expect(listeners.map(({ port, protocol }) => `${port} ${protocol}`)).toEqual(["80 HTTP", "443 HTTPS"]);
    expect(listeners[0]).toMatchObject({ default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443" } }] });
    expect(listeners[1]).toMatchObject({ ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06" });
  });

  test("asks each service for its own health, by a path that needs no sign-in there", () => {
    const asked = Object.entries(root().byName(LbTargetGroup)).map(([name, { port, health_check }]) => [name, port, health_check]);
    expect(asked).toEqual([
      ["alb_targets", 8080, expect.objectContaining({ path: "/health" })],
      ["alb_dashboard_backend_targets", 8080, expect.objectContaining({ path: "/health" })],
      ["alb_kafka_ui_targets", 8080, expect.objectContaining({ path: "/actuator/health" })],
    ]);
  });

  test("has one certificate for the three hosts, and a name in the zone for each", () => {
    const hosts = [`events.${domain}`, `dashboard.${domain}`, `kafka.${domain}`];
    const { domain_name, subject_alternative_names } = root().only(AcmCertificate);
    expect([domain_name, ...(subject_alternative_names as string[])]).toEqual(hosts);
    const names = root()
      .all(Route53Record)
      .flatMap(({ name, type, alias }) => (alias === undefined ? [] : [`${name} ${type} ${(alias as { name: string }).name}`]));
    expect(names.sort()).toEqual(
      hosts.flatMap((host) => [`${host} A \${aws_lb.alb.dns_name}`, `${host} AAAA \${aws_lb.alb.dns_name}`]).sort(),
    );
  });
});

describe("Kafka UI behind Cognito", () => {
  test("asks everybody to sign in, from wherever they come, before it lets them through", () => {
    const host = "kafka.atlas.example.com";
    for (const from of [OFFICE, "198.51.100.7"]) expect(routed(PROD_SIGNED_IN(), { host, from })).toBe("sign in, poc-atlas-prod-kafka-ui");
    expect(PROD_SIGNED_IN().byName(LbListenerRule)["alb_kafka_ui"]).toMatchObject({
      action: [
        {
          type: "authenticate-cognito",
          order: 1,
          authenticate_cognito: {
            user_pool_arn: COGNITO.userPoolArn,
            user_pool_client_id: COGNITO.clientId,
            user_pool_domain: COGNITO.domain,
            on_unauthenticated_request: "authenticate",
            session_timeout: 28_800,
          },
        },
        { type: "forward", order: 2 },
      ],
    });
  });

  test("asks nobody else, and sends every other host where it went before", () => {
    expect(routed(PROD_SIGNED_IN(), { host: "events.atlas.example.com" })).toBe("poc-atlas-prod-events-ingestion");
    expect(routed(PROD_SIGNED_IN(), { host: "dashboard.atlas.example.com" })).toBe("poc-atlas-prod-dashboard-backend");
    expect(routed(PROD_SIGNED_IN(), { host: "example.com" })).toBe("poc-atlas-prod-events-ingestion");
  });

  test("lets the balancer ask Cognito, which it must reach by itself", () => {
    expect(rules(PROD_SIGNED_IN()).filter((rule) => rule.startsWith("out alb -> 0.0.0.0/0"))).toEqual([
      "out alb -> 0.0.0.0/0 tcp/443: asks Cognito who is there",
    ]);
  });
});
