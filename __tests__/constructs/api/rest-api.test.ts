import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ApiFact } from "../../../constructs/base/inventory-parts";
import type { Synthesized } from "../../support/synthesized";
import { facts, once, rules, statements } from "../readings";
import { type Definition, definition, type Operation, ROUTES, synthApi, USER_POOL } from "./api-parts";

const plain = once(() => synthApi());

/** The routes of a definition, as the inventory would write them. */
function routesIn({ paths }: Definition, balancer: string): ApiFact["routes"] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([verb, operation]) => ({
      method: verb === "x-amazon-apigateway-any-method" ? "ANY" : verb.toUpperCase(),
      path,
      to: goal(operation, balancer),
      access: operation.security === undefined ? "public" : "authorized",
    })),
  );
}

function goal({ "x-amazon-apigateway-integration": { type, uri = "" } }: Operation, balancer: string): string {
  if (type === "mock") return "preflight";
  return type === "aws" ? uri.replace(/^arn:.*:s3:path\//, "") : uri.replace(/^http:\/\/\$\{.*\}(:\d+).*$/, `${balancer}$1`);
}

const lines = (routes: ApiFact["routes"]): string[] =>
  routes.map(({ method, path, to, access }) => `${method} ${path} -> ${to} ${access}`).sort();

describe("RestApi", () => {
  test("is regional, and one definition that is put whole or not at all", () => {
    const { body: _body, ...api } = plain().only(ApiGatewayRestApi);
    expect(api).toEqual({
      name: "test-ShopApi",
      endpoint_configuration: { types: ["REGIONAL"] },
      disable_execute_api_endpoint: false,
      fail_on_warnings: true,
    });
    expect(definition(plain()).info.title).toBe("test-ShopApi");
    expect(definition(plain())).not.toHaveProperty("servers");
  });

  test("states the routes that it has, preflights too", () => {
    const [fact] = facts(plain(), "api");
    expect(fact).toMatchObject({
      id: "Api",
      name: "test-ShopApi",
      stage: "live",
      stateful: false,
      size: "50 requests a second, 100 at once, answers within 29 s",
    });
    expect(lines(fact?.routes ?? [])).toEqual(lines(routesIn(definition(plain()), "nlb-shop")));
    expect(lines(fact?.routes ?? [])).toEqual(
      [
        "ANY /api/v1/health -> nlb-shop:8080 authorized",
        "ANY /api/v1/sign-up -> nlb-shop:8080 authorized",
        "ANY /api/{proxy+} -> nlb-shop:8080 authorized",
        "GET / -> shop-console/html/index.html public",
        "GET /api/v1/health -> nlb-shop:8080 public",
        "GET /assets/{proxy+} -> shop-console/html/assets/{proxy} public",
        "GET /{proxy+} -> shop-console/html/index.html public",
        "OPTIONS /api/v1/health -> preflight public",
        "OPTIONS /api/v1/sign-up -> preflight public",
        "OPTIONS /api/{proxy+} -> preflight public",
        "POST /api/v1/sign-up -> nlb-shop:8080 public",
      ].sort(),
    );
  });

  test("passes calls on through the VPC link as they are, with the caller's address in a header of its own", () => {
    expect(definition(plain()).paths["/api/{proxy+}"]?.["x-amazon-apigateway-any-method"]).toEqual({
      security: [{ Users: [] }],
      parameters: [{ name: "proxy", in: "path", required: true, schema: { type: "string" } }],
      responses: {},
      "x-amazon-apigateway-integration": {
        type: "http_proxy",
        httpMethod: "ANY",
        uri: "http://${aws_lb.balancer.dns_name}:8080/api/{proxy}",
        connectionType: "VPC_LINK",
        connectionId: "${aws_api_gateway_vpc_link.api_vpc_link.id}",
        passthroughBehavior: "when_no_match",
        timeoutInMillis: 29_000,
        requestParameters: {
          "integration.request.header.X-Client-Ip": "context.identity.sourceIp",
          "integration.request.path.proxy": "method.request.path.proxy",
        },
      },
    });
    expect(plain().only(ApiGatewayVpcLink)).toEqual({
      name: "test-ShopApi",
      description: "test-ShopApi reaches nlb-shop",
      target_arns: ["${aws_lb.balancer.arn}"],
      lifecycle: { create_before_destroy: true },
    });
  });

  test("asks for a token of the user pool, and of no other", () => {
    expect(definition(plain()).components.securitySchemes).toEqual({
      Users: {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "cognito_user_pools",
        "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [USER_POOL] },
      },
    });
  });

  test("opens no way into the network: PrivateLink brings the calls, and the service admits the balancer alone", () => {
    expect(plain().byName(VpcSecurityGroupIngressRule)).toEqual({
      monolith_from_balancer_http: expect.objectContaining({ referenced_security_group_id: "${aws_security_group.balancer.id}" }),
    });
    expect(rules(plain()).filter((rule) => rule.startsWith("in "))).toEqual([
      "in monolith <- balancer tcp/8080: requests through nlb-shop",
    ]);
  });

  test("reads the site's folder, out of no other account's bucket, with a role that can do nothing else", () => {
    const role = plain().byName(IamRolePolicy)["api_site_role_policy"];
    expect(statements(role?.["policy"])).toEqual([
      {
        Sid: "ReadSite",
        Effect: "Allow",
        Action: "s3:GetObject",
        Resource: "${aws_s3_bucket.console.arn}/html/*",
        Condition: { StringEquals: { "aws:ResourceAccount": "111111111111" } },
      },
    ]);
    // A condition on the caller's account would keep API Gateway out: it sends none.
    expect(statements(plain().byName(IamRole)["api_site_role"]?.["assume_role_policy"])).toEqual([
      { Sid: "Assume", Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    const credentials = JSON.stringify(definition(plain())).match(/"credentials":"[^"]+"/g);
    expect(new Set(credentials)).toEqual(new Set(['"credentials":"${aws_iam_role.api_site_role.arn}"']));
  });

  test("declares every header that its files are given", () => {
    const operation = definition(plain()).paths["/assets/{proxy+}"]?.["get"];
    const responses = Object.values(operation?.["x-amazon-apigateway-integration"].responses ?? {});
    expect(responses.map(({ statusCode }) => statusCode).sort()).toEqual(["200", "304", "404", "502"]);
    for (const { statusCode, responseParameters = {} } of responses) {
      const declared = Object.keys(operation?.responses[statusCode]?.headers ?? {}).map((name) => `method.response.header.${name}`);
      expect(Object.keys(responseParameters).sort()).toEqual(declared.sort());
    }
  });

  test("keeps a page in no browser without asking, and assets as long as their uploader says", () => {
    const found = (path: string): Readonly<Record<string, string>> | undefined =>
      definition(plain()).paths[path]?.["get"]?.["x-amazon-apigateway-integration"].responses?.["200"]?.responseParameters;
    expect(found("/{proxy+}")).toMatchObject({
      "method.response.header.Cache-Control": "'no-cache'",
      "method.response.header.ETag": "integration.response.header.ETag",
      "method.response.header.X-Content-Type-Options": "'nosniff'",
    });
    expect(found("/assets/{proxy+}")).toMatchObject({
      "method.response.header.Cache-Control": "integration.response.header.Cache-Control",
      "method.response.header.Content-Type": "integration.response.header.Content-Type",
    });
  });

  test("answers a missing file with 404, in words that name neither bucket nor request", () => {
    const responses = definition(plain()).paths["/assets/{proxy+}"]?.["get"]?.["x-amazon-apigateway-integration"].responses;
    expect(responses?.["4[0-9][0-9]"]).toEqual({
      statusCode: "404",
      responseParameters: { "method.response.header.Content-Type": "'text/plain'" },
      contentHandling: "CONVERT_TO_TEXT",
      responseTemplates: { "application/json": "Not found", "application/xml": "Not found" },
    });
  });

  test("changes no byte of what it serves", () => {
    expect(definition(plain())["x-amazon-apigateway-binary-media-types"]).toEqual(["*/*"]);
  });

  test("deploys the definition by its hash, and has a deployment at all times", () => {
    expect(plain().only(ApiGatewayDeployment)).toEqual({
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      triggers: { definition: "${sha256(aws_api_gateway_rest_api.api.body)}" },
      lifecycle: { create_before_destroy: true },
    });
    expect(plain().only(ApiGatewayStage)["deployment_id"]).toBe("${aws_api_gateway_deployment.api_stage_deployment.id}");
  });

  test("takes an id known only after apply into what is hashed", () => {
    const body = String(plain().only(ApiGatewayRestApi)["body"]);
    for (const reference of ["aws_api_gateway_vpc_link.api_vpc_link.id", "aws_lb.balancer.dns_name", "aws_iam_role.api_site_role.arn"])
      expect(body).toContain(`\${${reference}}`);
  });

  test("keeps the address that its host name hangs on", () => {
    expect(plain().addresses(ApiGatewayRestApi)).toEqual(["aws_api_gateway_rest_api.api"]);
  });

  test("is the same text, whatever order its routes are written in", () => {
    const turned: Synthesized = synthApi({ routes: [...ROUTES].reverse() });
    expect(turned.only(ApiGatewayRestApi)["body"]).toBe(plain().only(ApiGatewayRestApi)["body"]);
  });

  test.each(["html", "/html/", "ht ml/", "html/*/"])('refuses the folder "%s"', (folder) => {
    expect(() => synthApi({ site: { bucket: { name: "b", arn: "arn:aws:s3:::b" }, folder: folder as `${string}/` } })).toThrow(
      `shop-test/Api: site.folder must be a folder such as html/, got "${folder}"`,
    );
  });
});
