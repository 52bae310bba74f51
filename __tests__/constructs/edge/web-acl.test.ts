import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { Wafv2WebAcl } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { TerraformVariable } from "cdktf";
import { type Waf, WebAcl, type WebAclRules } from "../../../constructs/edge/web-acl";
import { synthesizeTestStack } from "../../support/synthesized";
import { exception, facts } from "../readings";
import { addDistribution } from "./distribution-parts";

const add = (props: Partial<WebAclRules> = {}) =>
  synthesizeTestStack((stack) => void new WebAcl(stack, "Waf", { requestsPerFiveMinutes: 2000, ...props, guards: "cloudfront" }));
const withWaf = (waf: Waf) => synthesizeTestStack((stack) => void addDistribution(stack, { waf }));

const seen = (metric_name: string) => ({ cloudwatch_metrics_enabled: true, metric_name, sampled_requests_enabled: true });
const group = (name: string, priority: number, more: object = {}) => ({
  name,
  priority,
  override_action: { none: {} },
  statement: { managed_rule_group_statement: { vendor_name: "AWS", name, ...more } },
  visibility_config: seen(`shop-test-waf-${name}`),
});

describe("WebAcl", () => {
  test("limits each address, then asks AWS's rules, and shows what it refuses", () => {
    expect(add().only(Wafv2WebAcl)).toEqual({
      provider: "aws.us-east-1",
      name: "shop-test-waf",
      description: "what CloudFront refuses before the site and its backend see it",
      scope: "CLOUDFRONT",
      default_action: { allow: {} },
      rule: [
        {
          name: "RateLimit",
          priority: 0,
          action: { block: {} },
          statement: { rate_based_statement: { limit: 2000, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
          visibility_config: seen("shop-test-waf-rate-limit"),
        },
        group("AWSManagedRulesAmazonIpReputationList", 1),
        group("AWSManagedRulesKnownBadInputsRuleSet", 2),
        group("AWSManagedRulesCommonRuleSet", 3, {
          rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }],
        }),
      ],
      visibility_config: seen("shop-test-waf"),
    });
  });

  test("lets every rule refuse when told so", () => {
    const rules = add({ countOnly: [] }).only(Wafv2WebAcl)["rule"] as unknown[];
    expect(rules[3]).toEqual(group("AWSManagedRulesCommonRuleSet", 3));
  });

  test("only counts what AWS's groups find while somebody looks at it, and still limits each address", () => {
    const synthesized = add({ managedGroups: { countBecause: "a week of real traffic comes first" } });
    const rules = synthesized.only(Wafv2WebAcl)["rule"] as Readonly<Record<string, unknown>>[];
    expect(rules.map(({ action, override_action }) => action ?? override_action)).toEqual([
      { block: {} },
      { count: {} },
      { count: {} },
      { count: {} },
    ]);
    expect(facts(synthesized, "exception")).toEqual([
      exception("Waf managed rules", "Waf only counts what AWS's groups find", "a week of real traffic comes first"),
    ]);
  });

  test("has no logs in CloudFront's region", () => {
    expect(add().all(Wafv2WebAclLoggingConfiguration)).toEqual([]);
  });

  test.each([10, 2_000_000_000])("takes a limit of %d requests", (requestsPerFiveMinutes) => {
    const rules = add({ requestsPerFiveMinutes }).only(Wafv2WebAcl)["rule"];
    expect(rules).toMatchObject([{ statement: { rate_based_statement: { limit: requestsPerFiveMinutes } } }, {}, {}, {}]);
  });

  test.each([9, 2_000_000_001, 10.5])("refuses a limit of %d requests", (requestsPerFiveMinutes) => {
    expect(() => add({ requestsPerFiveMinutes })).toThrow(
      `shop-test/Waf: requestsPerFiveMinutes must be a whole number from 10 to 2000000000, got ${requestsPerFiveMinutes}`,
    );
  });
});

describe("the web ACL of a distribution", () => {
  const ARN = "arn:aws:wafv2:us-east-1:111111111111:global/webacl/shop/1a2b";

  test("is its own", () => {
    const synthesized = withWaf({ managedRules: { requestsPerFiveMinutes: 500 } });
    expect(synthesized.addresses(Wafv2WebAcl)).toEqual(["aws_wafv2_web_acl.site_web_acl"]);
    expect(synthesized.only(CloudfrontDistribution)["web_acl_id"]).toBe("${aws_wafv2_web_acl.site_web_acl.arn}");
  });

  test("is one that exists", () => {
    const synthesized = withWaf({ existingArn: ARN });
    expect(synthesized.all(Wafv2WebAcl)).toEqual([]);
    expect(synthesized.only(CloudfrontDistribution)["web_acl_id"]).toBe(ARN);
  });

  test("is one that only Terraform knows", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const existingArn = new TerraformVariable(stack, "web_acl", { type: "string" }).stringValue;
      addDistribution(stack, { waf: { existingArn } });
    });
    expect(synthesized.only(CloudfrontDistribution)["web_acl_id"]).toBe("${var.web_acl}");
  });

  test("is none where the reason stands in the inventory", () => {
    const synthesized = withWaf({ noneBecause: "nobody knows the address" });
    expect(synthesized.only(CloudfrontDistribution)).not.toHaveProperty("web_acl_id");
    expect(facts(synthesized, "exception")).toContainEqual(exception("Site waf", "Site has no web ACL", "nobody knows the address"));
  });

  test.each(["shop", ARN.replace("us-east-1", "eu-west-1"), ARN.replace("global", "regional")])('refuses "%s"', (existingArn) => {
    expect(() => withWaf({ existingArn })).toThrow(
      `shop-test/Site: waf.existingArn must be the ARN of a web ACL of scope CLOUDFRONT, in us-east-1, got "${existingArn}"`,
    );
  });
});
