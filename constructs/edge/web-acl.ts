import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { CLOUDFRONT_REGION } from "./distribution-metrics";

/** Which requests a distribution refuses before anything behind it sees them. */
export type Waf =
  | { readonly managedRules: WebAclProps }
  /** Another root's, or another team's. */
  | { readonly existingArn: string }
  | { readonly noneBecause: string };

export interface WebAclProps {
  /** Requests that one address may make in five minutes, 10 to 2,000,000,000. What is above is refused. */
  readonly requestsPerFiveMinutes: number;
  /** Rules of AWS's common group that only count, because real traffic breaks them. @default ["SizeRestrictions_BODY"], which refuses uploads above 8 KB */
  readonly countOnly?: readonly string[];
}

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const RATE_LIMIT = { min: 10, max: 2_000_000_000 } as const;
const WINDOW_SECONDS = 300;
const NAME_LIMIT = 128;

const COMMON = "AWSManagedRulesCommonRuleSet";
/** In the order in which they are asked: the cheapest to tell first. Together with the rate limit 927 of the 1,500 units that a web ACL has at its base price. */
const MANAGED_GROUPS = ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", COMMON] as const;

/**
 * A web ACL for CloudFront: a rate limit for each address, then AWS's groups for addresses of bad repute, for known bad
 * inputs and for common attacks. It counts and samples what it refuses.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class WebAcl extends Construct {
  readonly arn: string;

  /** @throws {PropsError} when the rate is out of WAF's range. */
  constructor(scope: Construct, id: string, { requestsPerFiveMinutes, countOnly = ["SizeRestrictions_BODY"] }: WebAclProps) {
    super(scope, id);
    const { min, max } = RATE_LIMIT;
    if (!Number.isInteger(requestsPerFiveMinutes) || requestsPerFiveMinutes < min || requestsPerFiveMinutes > max)
      throw new PropsError(this, "requestsPerFiveMinutes", `must be a whole number from ${min} to ${max}`, requestsPerFiveMinutes);
    const name = physicalName(this, NAME_LIMIT);
    this.arn = new Wafv2WebAcl(this, "Default", {
      provider: SystemStack.of(this).providerFor(CLOUDFRONT_REGION),
      name,
      description: "what CloudFront refuses before the site and its backend see it",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rule: [
        rateLimit(name, requestsPerFiveMinutes),
        ...MANAGED_GROUPS.map((group, index) => managedGroup(name, group, index + 1, group === COMMON ? countOnly : [])),
      ],
      visibilityConfig: visibility(name),
    }).arn;
  }
}

/**
 * The web ACL that a distribution has; none where the reason stands in the inventory instead.
 *
 * @throws {PropsError} for an ARN that is not one of CloudFront's web ACLs.
 */
export function webAclArn(scope: Construct, waf: Waf): string | undefined {
  if ("managedRules" in waf) return new WebAcl(scope, "WebAcl", waf.managedRules).arn;
  if ("existingArn" in waf) {
    if (!Token.isUnresolved(waf.existingArn) && !/^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[^/]+$/.test(waf.existingArn))
      throw new PropsError(scope, "waf.existingArn", "must be the ARN of a web ACL of scope CLOUDFRONT, in us-east-1", waf.existingArn);
    return waf.existingArn;
  }
  const path = pathInStack(scope);
  SystemStack.of(scope).inventory.add({ kind: "exception", id: `${path} waf`, what: `${path} has no web ACL`, because: waf.noneBecause });
  return undefined;
}

function rateLimit(acl: string, limit: number): Wafv2WebAclRule {
  return {
    name: "RateLimit",
    priority: 0,
    action: { block: {} },
    // The bindings pass statements on as they are, in the provider's own spelling.
    statement: { rate_based_statement: { limit, aggregate_key_type: "IP", evaluation_window_sec: WINDOW_SECONDS } },
    visibilityConfig: visibility(`${acl}-rate-limit`),
  };
}

function managedGroup(acl: string, group: string, priority: number, countOnly: readonly string[]): Wafv2WebAclRule {
  return {
    name: group,
    priority,
    overrideAction: { none: {} },
    statement: {
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: group,
        ...(countOnly.length === 0 ? {} : { rule_action_override: countOnly.map((name) => ({ name, action_to_use: { count: {} } })) }),
      },
    },
    visibilityConfig: visibility(`${acl}-${group}`),
  };
}

function visibility(metricName: string): Wafv2WebAclRule["visibilityConfig"] {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}
