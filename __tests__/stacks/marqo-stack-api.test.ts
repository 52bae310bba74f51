import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { facts } from "../constructs/readings";
import { packHandlers } from "../support/packed-handlers";
import type { Body } from "../support/synthesized";
import { outcome, routesInDefinition, routesInInventory } from "./marqo-api-routes";
import { ALL, DEV, synthesizeWith } from "./marqo-roots";

beforeAll(packHandlers);

/** Every route, with where it leads and who may take it. */
const ROUTES = [
  "ANY /api/health -> service, authorized",
  "ANY /api/stripe/webhook -> service, authorized",
  "ANY /api/{proxy+} -> service, authorized",
  "GET / -> html/index.html, public",
  "GET /api/health -> service, public",
  "GET /assets/{proxy+} -> html/assets/{proxy}, public",
  "GET /favicon.ico -> html/favicon.ico, public",
  "GET /manifest.json -> html/manifest.json, public",
  "GET /robots.txt -> html/robots.txt, public",
  "GET /static/{proxy+} -> html/static/{proxy}, public",
  "GET /{proxy+} -> html/index.html, public",
  "POST /api/stripe/webhook -> service, public",
];

describe.each(ALL)("Marqo's API in %s", (environment, root) => {
  const host = environment === "prod" ? "console.example.com" : `console.${environment}.example.com`;

  test("has these routes, in its definition and in the inventory", () => {
    expect(routesInDefinition(root())).toEqual(ROUTES);
    expect(routesInInventory(root())).toEqual(ROUTES);
  });

  test("is a regional REST API of the known name, whose stage has the environment's", () => {
    expect(root().only(ApiGatewayRestApi)).toMatchObject({
      name: `${environment}-ConsoleApi`,
      endpoint_configuration: { types: ["REGIONAL"] },
      disable_execute_api_endpoint: true,
    });
    expect(root().only(ApiGatewayStage)).toMatchObject({
      stage_name: environment,
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      deployment_id: "${aws_api_gateway_deployment.api_stage_deployment.id}",
      xray_tracing_enabled: false,
    });
    expect(facts(root(), "api")).toMatchObject([{ name: `${environment}-ConsoleApi`, stage: environment }]);
  });

  test("reaches the service through one VPC link to the balancer", () => {
    expect(root().only(ApiGatewayVpcLink)).toMatchObject({ target_arns: ["${aws_lb.balancer.arn}"] });
    const body = String(root().only(ApiGatewayRestApi)["body"]);
    expect(new Set(body.match(/"connectionId":"[^"]+"/g))).toEqual(
      new Set(['"connectionId":"${aws_api_gateway_vpc_link.api_vpc_link.id}"']),
    );
  });

  test("deploys its definition, the new one before the old one goes", () => {
    expect(root().only(ApiGatewayDeployment)).toEqual({
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      triggers: { definition: "${sha256(aws_api_gateway_rest_api.api.body)}" },
      lifecycle: { create_before_destroy: true },
    });
  });

  test("writes one JSON record a request into a group that forgets, and no logs of its own workings", () => {
    const { destination_arn, format } = root().only(ApiGatewayStage)["access_log_settings"] as Body;
    expect(destination_arn).toBe("${aws_cloudwatch_log_group.api_stage_access_logs.arn}");
    expect(root().byName(CloudwatchLogGroup)["api_stage_access_logs"]).toMatchObject({
      name: `/aws/apigateway/${environment}-ConsoleApi`,
      retention_in_days: 30,
    });
    expect(JSON.parse(String(format))).toMatchObject({
      ip: "$context.identity.sourceIp",
      status: "$context.status",
      path: "$context.path",
    });
    expect(String(format)).not.toMatch(/authorization|querystring|requestOverride|body/i);
  });

  test("throttles every route, and traces no bodies", () => {
    const [rate, burst] = environment === "prod" ? [200, 400] : [50, 100];
    expect(root().only(ApiGatewayMethodSettings)).toMatchObject({
      method_path: "*/*",
      stage_name: "${aws_api_gateway_stage.api_stage.stage_name}",
      settings: { throttling_rate_limit: rate, throttling_burst_limit: burst, logging_level: "OFF", data_trace_enabled: false },
    });
  });

  test("is guarded at its stage by the web ACL of the known name, which logs without tokens", () => {
    expect(root().only(Wafv2WebAcl)).toMatchObject({
      name: `${environment}-MonolithWebACL`,
      scope: "REGIONAL",
      default_action: { allow: {} },
    });
    expect(root().only(Wafv2WebAclAssociation)).toEqual({
      resource_arn: "${aws_api_gateway_stage.api_stage.arn}",
      web_acl_arn: "${aws_wafv2_web_acl.api_web_acl.arn}",
    });
    const rules = root().only(Wafv2WebAcl)["rule"] as Body[];
    const override = environment === "dev" ? { count: {} } : { none: {} };
    expect(rules.map(({ name, action, override_action }) => [name, action ?? override_action])).toEqual([
      ["RateLimit", { block: {} }],
      ["AWSManagedRulesAmazonIpReputationList", override],
      ["AWSManagedRulesKnownBadInputsRuleSet", override],
      ["AWSManagedRulesCommonRuleSet", override],
    ]);
    expect(rules[0]).toMatchObject({ statement: { rate_based_statement: { limit: 2000, evaluation_window_sec: 300 } } });
    // Without this every upload above 8 KB would be refused.
    expect(rules[3]).toMatchObject({
      statement: {
        managed_rule_group_statement: { rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }] },
      },
    });
    expect(root().only(Wafv2WebAclLoggingConfiguration)).toMatchObject({
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }, { query_string: {} }],
    });
  });

  test("answers to the console's name alone, over TLS 1.2 with a certificate of its own", () => {
    expect(root().only(AcmCertificate)).toMatchObject({ domain_name: host, validation_method: "DNS" });
    expect(root().only(ApiGatewayDomainName)).toMatchObject({
      domain_name: host,
      security_policy: "TLS_1_2",
      // It waits until the certificate is issued.
      regional_certificate_arn: "${aws_acm_certificate_validation.api_certificate_validation.certificate_arn}",
    });
    const names = root()
      .all(Route53Record)
      .filter(({ alias }) => alias !== undefined)
      .map(({ name, type, alias }) => `${name} ${type} ${(alias as Body)["name"]}`);
    expect(names.sort()).toEqual(
      ["A", "AAAA"].map((type) => `${host} ${type} \${aws_api_gateway_domain_name.api_domain.regional_domain_name}`),
    );
  });
});

describe("requests to Marqo's API", () => {
  test.each([
    // The console
    ["GET", "/", "public html/index.html"],
    ["GET", "/indexes/mine?tab=2", "public html/index.html"],
    ["GET", "/assets/app-1a2b.js", "public html/assets/app-1a2b.js"],
    ["GET", "/static/fonts/sans.woff2", "public html/static/fonts/sans.woff2"],
    ["GET", "/favicon.ico", "public html/favicon.ico"],
    ["POST", "/", "not found"],
    ["PUT", "/assets/app-1a2b.js", "not found"],
    ["DELETE", "/index.html", "not found"],
    // The API
    ["GET", "/api/v1/indexes", "authorized service/api/v1/indexes"],
    ["DELETE", "/api/v1/indexes/mine", "authorized service/api/v1/indexes/mine"],
    ["GET", "/api/health", "public service/api/health"],
    ["POST", "/api/stripe/webhook", "public service/api/stripe/webhook"],
    // Not quite a public route
    ["POST", "/api/health", "authorized service/api/health"],
    ["GET", "/api/stripe/webhook", "authorized service/api/stripe/webhook"],
    ["POST", "/api/stripe/webhook/more", "authorized service/api/stripe/webhook/more or not found"],
    ["POST", "/api/stripe", "authorized service/api/stripe or not found"],
    ["GET", "/api/Health", "authorized service/api/Health"],
    ["GET", "/api/health/../v1/indexes", "authorized service/api/health/../v1/indexes or not found"],
    ["GET", "/api/health%2f..%2fv1%2findexes", "authorized service/api/health%2f..%2fv1%2findexes"],
    ["GET", "/api/health;x=/v1/indexes", "authorized service/api/health;x=/v1/indexes"],
    // Not quite the API: nothing of the service
    ["GET", "/api", "public html/index.html or not found"],
    ["POST", "/api", "not found"],
    ["GET", "/API/v1/indexes", "public html/index.html"],
    ["GET", "/%61pi/v1/indexes", "public html/index.html"],
  ])("%s %s: %s", (method, url, expected) => {
    expect(outcome(DEV(), method, url)).toBe(expected);
  });
});

describe("Marqo's API without a name of its own", () => {
  const root = () => synthesizeWith("dev", { "api.domain": undefined });

  test("answers to API Gateway's, and makes no certificate and no record", () => {
    expect(root().only(ApiGatewayRestApi)).toMatchObject({ disable_execute_api_endpoint: false });
    for (const type of [AcmCertificate, ApiGatewayDomainName, Route53Record]) expect(root().all(type)).toEqual([]);
  });
});

describe("Marqo's API without an authorizer", () => {
  test("reaches the service on its public routes, and nowhere else", () => {
    const routes = routesInDefinition(synthesizeWith("dev", { "api.authorizer": "none" }));
    expect(routes.filter((route) => route.includes("service"))).toEqual([
      "GET /api/health -> service, public",
      "POST /api/stripe/webhook -> service, public",
    ]);
    expect(routes.filter((route) => route.endsWith("authorized"))).toEqual([]);
  });
});
