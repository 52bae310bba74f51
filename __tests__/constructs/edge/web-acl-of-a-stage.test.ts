import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import { type RegionalWaf, type RegionalWebAclRules, regionalWebAclArn, WebAcl } from "../../../constructs/edge/web-acl";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { facts, once } from "../readings";

const add = (props: Partial<RegionalWebAclRules> = {}) =>
  synthesizeTestStack((stack) => {
    new WebAcl(stack, "Waf", { requestsPerFiveMinutes: 2000, logs: { retentionDays: 30 }, ...props, guards: "stage" });
  });
const named = once(() => add({ name: "test-MonolithWebACL" }));

describe("the WebAcl of a stage", () => {
  test("stands in the root's region, with the same rules as CloudFront's", () => {
    const acl = named().only(Wafv2WebAcl);
    expect(acl).toMatchObject({ name: "test-MonolithWebACL", scope: "REGIONAL", default_action: { allow: {} } });
    expect(acl).not.toHaveProperty("provider");
    expect((acl["rule"] as Readonly<Record<string, unknown>>[]).map(({ name }) => name)).toEqual([
      "RateLimit",
      "AWSManagedRulesAmazonIpReputationList",
      "AWSManagedRulesKnownBadInputsRuleSet",
      "AWSManagedRulesCommonRuleSet",
    ]);
  });

  test("has a name of its path when it is given none", () => {
    expect(add().only(Wafv2WebAcl)["name"]).toBe("shop-test-waf");
  });

  test("logs what it refuses or counts, without tokens and query, where WAF may write", () => {
    expect(named().only(CloudwatchLogGroup)).toEqual({ name: "aws-waf-logs-test-MonolithWebACL", retention_in_days: 30 });
    expect(named().only(Wafv2WebAclLoggingConfiguration)).toEqual({
      resource_arn: "${aws_wafv2_web_acl.waf.arn}",
      log_destination_configs: ["${aws_cloudwatch_log_group.waf_logs.arn}"],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }, { query_string: {} }],
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: [
              { action_condition: { action: "BLOCK" } },
              { action_condition: { action: "COUNT" } },
              { action_condition: { action: "EXCLUDED_AS_COUNT" } },
            ],
          },
        ],
      },
    });
    expect(facts(named(), "logGroup")).toEqual([
      { kind: "logGroup", id: "aws-waf-logs-test-MonolithWebACL", name: "aws-waf-logs-test-MonolithWebACL", retentionDays: 30 },
    ]);
  });

  test.each(["", "a b", "a".repeat(129)])('refuses the name "%s"', (name) => {
    expect(() => add({ name })).toThrow(`shop-test/Waf: name must be 1 to 128 letters, digits, hyphens and underscores, got "${name}"`);
  });
});

describe("the web ACL that a stage is given", () => {
  const given = (waf: RegionalWaf): string | undefined => regionalWebAclArn(new Construct(new TestStack(scratchApp()), "Api"), waf);
  const ARN = "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shop/1a2b";

  test("may be one that exists", () => {
    expect(given({ existingArn: ARN })).toBe(ARN);
  });

  test("may be none", () => {
    expect(given({ noneBecause: "nobody knows the address" })).toBeUndefined();
  });

  test.each(["shop", ARN.replace("eu-west-1", "us-east-1"), ARN.replace("regional", "global")])(
    'is refused when it is "%s"',
    (existingArn) => {
      expect(() => given({ existingArn })).toThrow(
        `shop-test/Api: waf.existingArn must be the ARN of a web ACL of scope REGIONAL, in eu-west-1, got "${existingArn}"`,
      );
    },
  );
});
