import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { ApiAccount } from "../../../constructs/api/api-account";
import { Certificate } from "../../../constructs/edge/certificate";
import type { DnsZone } from "../../../constructs/edge/dns-zone";
import { type Synthesized, scratchApp, TestStack } from "../../support/synthesized";
import { addTopic } from "../parts";
import { exception, facts, once, resolved, statements } from "../readings";
import { addApi, definition, synthApi } from "./api-parts";

const plain = once(() => synthApi());
const ZONE: DnsZone = { prove: (_scope, _id, { name }) => name, point: () => undefined };
const withDomain = (stack: TestStack) => ({
  domain: { host: "shop.example.com", certificate: new Certificate(stack, "Certificate", { domain: "shop.example.com", proof: ZONE }) },
});

describe("logs of a RestApi", () => {
  const record = (synthesized: Synthesized): Record<string, string> =>
    JSON.parse((synthesized.only(ApiGatewayStage)["access_log_settings"] as { format: string }).format);

  test("are one JSON record a request, with who called and how it ended, in a group of their own", () => {
    expect(record(plain())).toMatchObject({
      sub: "$context.authorizer.claims.sub",
      method: "$context.httpMethod",
      path: "$context.path",
      status: "$context.status",
      requestId: "$context.requestId",
    });
    expect(plain().byName(CloudwatchLogGroup)["api_stage_access_logs"]).toEqual({ name: "/shop/api", retention_in_days: 30 });
    expect(plain().only(ApiGatewayStage)["access_log_settings"]).toMatchObject({
      destination_arn: "${aws_cloudwatch_log_group.api_stage_access_logs.arn}",
    });
    expect(facts(plain(), "logGroup")).toContainEqual({ kind: "logGroup", id: "/shop/api", name: "/shop/api", retentionDays: 30 });
  });

  test("hold nothing that may be a token: no query, no header, no body, no claim but the sub, no backend's own message", () => {
    const values = Object.values(record(plain()));
    expect(values.filter((value) => !/^\$context\.[A-Za-z.]+$/.test(value))).toEqual([]);
    expect(values.filter((value) => /query|header|body|token|message|claims\.(?!sub$)|userAgent/i.test(value))).toEqual([]);
  });

  test("of what API Gateway itself does are off, and never hold a request's content", () => {
    const settings = (synthesized: Synthesized) => synthesized.only(ApiGatewayMethodSettings)["settings"];
    expect(settings(plain())).toMatchObject({ logging_level: "OFF", data_trace_enabled: false });
    expect(settings(synthApi({ executionLogs: "errors" }))).toMatchObject({ logging_level: "ERROR", data_trace_enabled: false });
  });

  test("of what API Gateway itself does end as the access logs do, in a group that is there before it would make one", () => {
    const synthesized = synthApi({ executionLogs: "errors" });
    expect(synthesized.byName(CloudwatchLogGroup)["api_stage_execution_logs"]).toEqual({
      name: "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api.id}/live",
      retention_in_days: 30,
    });
    expect(synthesized.only(ApiGatewayStage)["depends_on"]).toEqual(["aws_cloudwatch_log_group.api_stage_execution_logs"]);
  });
});

describe("the role for logs", () => {
  test("is none of the root's when another root makes it", () => {
    expect(plain().all(ApiGatewayAccount)).toEqual([]);
    expect(plain().only(ApiGatewayStage)).not.toHaveProperty("depends_on");
  });

  test("is there before the first stage, with what API Gateway asks of it", () => {
    const synthesized = synthApi((stack) => ({ account: new ApiAccount(stack, "Account", { source: "create" }) }));
    expect(synthesized.only(ApiGatewayAccount)).toEqual({
      cloudwatch_role_arn: "${aws_iam_role.account_log_role.arn}",
      depends_on: ["aws_iam_role_policy.account_log_role_policy"],
    });
    expect(statements(synthesized.byName(IamRolePolicy)["account_log_role_policy"]?.["policy"])).toEqual([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:FilterLogEvents",
          "logs:GetLogEvents",
          "logs:PutLogEvents",
        ],
        Resource: "*",
      },
    ]);
    expect(synthesized.only(ApiGatewayStage)["depends_on"]).toEqual(["aws_api_gateway_account.account"]);
    expect(facts(synthesized, "exception")).toContainEqual(
      exception(
        "shop-test-account-log-role WriteLogs *",
        "* for role shop-test-account-log-role",
        "API Gateway has one role for the logs of every API in the account",
      ),
    );
  });
});

describe("the stage of a RestApi", () => {
  test("throttles all callers together, and traces only when told to", () => {
    expect(plain().only(ApiGatewayMethodSettings)).toEqual({
      rest_api_id: "${aws_api_gateway_rest_api.api.id}",
      stage_name: "${aws_api_gateway_stage.api_stage.stage_name}",
      method_path: "*/*",
      settings: {
        metrics_enabled: false,
        logging_level: "OFF",
        data_trace_enabled: false,
        throttling_rate_limit: 50,
        throttling_burst_limit: 100,
      },
    });
    expect(plain().only(ApiGatewayStage)).toMatchObject({ stage_name: "live", xray_tracing_enabled: false });
    expect(synthApi({ tracing: true }).only(ApiGatewayStage)).toMatchObject({ xray_tracing_enabled: true });
  });

  test.each([
    ["requestsPerSecond", 0, 10_000],
    ["requestsPerSecond", 10_001, 10_000],
    ["requestsPerSecond", 1.5, 10_000],
    ["burst", 0, 5000],
    ["burst", 5001, 5000],
  ])("refuses %s of %d", (prop, value, most) => {
    expect(() => synthApi({ throttling: { requestsPerSecond: 50, burst: 100, [prop]: value } })).toThrow(
      `shop-test/Api/Stage: throttling.${prop} must be a whole number from 1 to ${most}, got ${value}`,
    );
  });

  test.each(["", "v 1", "a".repeat(129)])('refuses the name "%s"', (stage) => {
    expect(() => synthApi({ stage })).toThrow(
      `shop-test/Api/Stage: name must be 1 to 128 letters, digits, hyphens and underscores, got "${stage}"`,
    );
  });

  test("has a web ACL in its own region, or the reason why it has none", () => {
    const guarded = synthApi({ waf: { managedRules: { requestsPerFiveMinutes: 2000, name: "test-WebACL", logs: { retentionDays: 30 } } } });
    expect(guarded.only(Wafv2WebAclAssociation)).toEqual({
      resource_arn: "${aws_api_gateway_stage.api_stage.arn}",
      web_acl_arn: "${aws_wafv2_web_acl.api_web_acl.arn}",
    });
    expect(guarded.only(Wafv2WebAcl)).toMatchObject({ name: "test-WebACL", scope: "REGIONAL" });
    expect(plain().all(Wafv2WebAclAssociation)).toEqual([]);
    expect(facts(plain(), "exception")).toContainEqual(exception("Api waf", "Api has no web ACL", "a test has no attackers"));
  });
});

describe("cross-origin calls of a RestApi", () => {
  const ORIGIN = "https://console.example.com";

  test("are announced for one origin, without a token", () => {
    const preflight = definition(plain()).paths["/api/v1/sign-up"]?.["options"];
    expect(preflight).not.toHaveProperty("security");
    expect(preflight?.["x-amazon-apigateway-integration"]).toEqual({
      type: "mock",
      passthroughBehavior: "never",
      contentHandling: "CONVERT_TO_TEXT",
      requestTemplates: { "application/json": '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: {
            "method.response.header.Access-Control-Allow-Headers": "'authorization,content-type'",
            "method.response.header.Access-Control-Allow-Methods": "'DELETE,GET,HEAD,PATCH,POST,PUT'",
            "method.response.header.Access-Control-Allow-Origin": `'${ORIGIN}'`,
            "method.response.header.Access-Control-Max-Age": "'3600'",
          },
        },
      },
    });
  });

  test("can read what API Gateway refuses, and an unknown path is not found", () => {
    const responseParameters = { "gatewayresponse.header.Access-Control-Allow-Origin": `'${ORIGIN}'` };
    expect(definition(plain())["x-amazon-apigateway-gateway-responses"]).toEqual({
      DEFAULT_4XX: { responseParameters },
      DEFAULT_5XX: { responseParameters },
      MISSING_AUTHENTICATION_TOKEN: {
        responseParameters,
        statusCode: "404",
        responseTemplates: { "application/json": '{"message":"Not found"}' },
      },
    });
  });

  test("are none when only the API's own pages call it", () => {
    const { paths, "x-amazon-apigateway-gateway-responses": responses } = definition(synthApi({ cors: "sameOrigin" }));
    expect(JSON.stringify([paths, responses])).not.toMatch(/Access-Control|"options"/);
    expect(Object.keys(responses)).toEqual(["MISSING_AUTHENTICATION_TOKEN"]);
  });

  test.each(["*", "http://console.example.com", "https://console.example.com/", "https://*.example.com", "null"])(
    'are refused for the origin "%s"',
    (origin) => {
      expect(() => synthApi({ cors: { origin } })).toThrow(
        `shop-test/Api: cors.origin must be an origin such as https://console.example.com, without a wildcard, got "${origin}"`,
      );
    },
  );
});

describe("the own name of a RestApi", () => {
  test("takes TLS 1.2 and up, leads to the stage, and turns AWS's address off in definition and API alike", () => {
    const synthesized = synthApi(withDomain);
    expect(synthesized.only(ApiGatewayDomainName)).toEqual({
      domain_name: "shop.example.com",
      regional_certificate_arn: "${aws_acm_certificate_validation.certificate_validation.certificate_arn}",
      security_policy: "TLS_1_2",
      endpoint_configuration: { types: ["REGIONAL"] },
    });
    expect(synthesized.only(ApiGatewayBasePathMapping)).toEqual({
      domain_name: "${aws_api_gateway_domain_name.api_domain.domain_name}",
      api_id: "${aws_api_gateway_rest_api.api.id}",
      stage_name: "${aws_api_gateway_stage.api_stage.stage_name}",
    });
    expect(synthesized.only(ApiGatewayRestApi)["disable_execute_api_endpoint"]).toBe(true);
    expect(definition(synthesized).servers).toEqual([
      { url: "https://shop.example.com", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } },
    ]);
  });

  test("tells what its alias points to", () => {
    const stack = new TestStack(scratchApp());
    const { domain } = addApi(stack, withDomain(stack));
    expect(resolved(stack, { name: domain?.name, dnsName: domain?.dnsName, zone: domain?.hostedZoneId })).toEqual({
      name: "shop.example.com",
      dnsName: "${aws_api_gateway_domain_name.api_domain.regional_domain_name}",
      zone: "${aws_api_gateway_domain_name.api_domain.regional_zone_id}",
    });
  });

  test("is none unless it is given one", () => {
    expect(addApi(new TestStack(scratchApp())).domain).toBeUndefined();
    expect(plain().all(ApiGatewayDomainName)).toEqual([]);
  });
});

describe("alarms of a RestApi", () => {
  test("ring for errors and for slow answers of the stage", () => {
    const dimensions = { ApiName: "test-ShopApi", Stage: "live" };
    const alarms = synthApi((stack) => ({ alarms: addTopic(stack) })).byName(CloudwatchMetricAlarm);
    expect(alarms).toEqual({
      api_server_errors: expect.objectContaining({
        namespace: "AWS/ApiGateway",
        metric_name: "5XXError",
        dimensions,
        statistic: "Sum",
        comparison_operator: "GreaterThanOrEqualToThreshold",
        threshold: 10,
        evaluation_periods: 5,
        datapoints_to_alarm: 3,
        treat_missing_data: "notBreaching",
      }),
      api_slow: expect.objectContaining({
        namespace: "AWS/ApiGateway",
        metric_name: "Latency",
        dimensions,
        extended_statistic: "p95",
        threshold: 2000,
        treat_missing_data: "notBreaching",
      }),
    });
  });

  test("can roll a release back, where there are any", () => {
    const stack = new TestStack(scratchApp());
    const { serverErrorsAlarm } = addApi(stack, { alarms: addTopic(stack) });
    expect(resolved(stack, serverErrorsAlarm?.name)).toBe("${aws_cloudwatch_metric_alarm.api_server_errors.alarm_name}");
    expect(addApi(new TestStack(scratchApp())).serverErrorsAlarm).toBeUndefined();
    expect(facts(plain(), "exception")).toContainEqual(exception("Api alarms", "API test-ShopApi has no alarms", "a test rings nobody"));
  });

  test("have their figures at hand for a dashboard", () => {
    const { requests, latency, serverErrors } = addApi(new TestStack(scratchApp()));
    expect([requests, latency, serverErrors].map(({ name, statistic }) => `${name} ${statistic}`)).toEqual([
      "Count Sum",
      "Latency p95",
      "5XXError Sum",
    ]);
  });
});
