import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { physicalName } from "../base/physical-name";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { CLOUDFRONT_REGION } from "./distribution-metrics";
import { WebAclLogs } from "./web-acl-logs";

/** Which requests are refused before anything behind sees them. */
type WafWith<Rules> =
  | { readonly managedRules: Rules }
  /** Another root's, or another team's. */
  | { readonly existingArn: string }
  | { readonly noneBecause: string };

/** What guards a distribution. */
export type Waf = WafWith<WebAclRules>;
/** What guards a stage of an API. */
export type RegionalWaf = WafWith<RegionalWebAclRules>;

export interface WebAclRules {
  /** Requests that one address may make in five minutes, 10 to 2,000,000,000. What is above is refused. */
  readonly requestsPerFiveMinutes: number;
  /** Rules of AWS's common group that only count, because real traffic breaks them. @default ["SizeRestrictions_BODY"], which refuses uploads above 8 KB */
  readonly countOnly?: readonly string[];
  /** Whether AWS's groups refuse what they find, or only count it while somebody looks at what they would refuse. @default "block" */
  readonly managedGroups?: "block" | { readonly countBecause: string };
}

export interface RegionalWebAclRules extends WebAclRules {
  /** Name in WAF. Another name replaces the web ACL. @default - from its path */
  readonly name?: string;
  readonly logs: { readonly retentionDays: number };
}

/** CloudFront's stand in us-east-1, those of an API's stage in the root's own region. */
export type WebAclProps = (WebAclRules & { readonly guards: "cloudfront" }) | (RegionalWebAclRules & { readonly guards: "stage" });

/** @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const RATE_LIMIT = { min: 10, max: 2_000_000_000 } as const;
const WINDOW_SECONDS = 300;
const NAME_LIMIT = 128;
const NAME = new RegExp(`^[A-Za-z0-9_-]{1,${NAME_LIMIT}}$`);

const COMMON = "AWSManagedRulesCommonRuleSet";
/** In the order in which they are asked: the cheapest to tell first. Together with the rate limit 927 of the 1,500 units that a web ACL has at its base price. */
const MANAGED_GROUPS = ["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet", COMMON] as const;

/**
 * A web ACL: a rate limit for each address, then AWS's groups for addresses of bad repute, for known bad inputs and for common
 * attacks. It counts and samples what it refuses; one for a stage logs it too.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export class WebAcl extends Construct {
  readonly arn: string;

  /** @throws {PropsError} when the rate is out of WAF's range, or WAF does not take the name. */
  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { requestsPerFiveMinutes, countOnly = ["SizeRestrictions_BODY"], managedGroups = "block" } = props;
    const { min, max } = RATE_LIMIT;
    if (!Number.isInteger(requestsPerFiveMinutes) || requestsPerFiveMinutes < min || requestsPerFiveMinutes > max)
      throw new PropsError(this, "requestsPerFiveMinutes", `must be a whole number from ${min} to ${max}`, requestsPerFiveMinutes);
    const name = (props.guards === "stage" ? props.name : undefined) ?? physicalName(this, NAME_LIMIT);
    if (!NAME.test(name)) throw new PropsError(this, "name", `must be 1 to ${NAME_LIMIT} letters, digits, hyphens and underscores`, name);
    const override = managedGroups === "block" ? { none: {} } : { count: {} };
    if (managedGroups !== "block") stateException(this, "managed rules", "only counts what AWS's groups find", managedGroups.countBecause);
    this.arn = new Wafv2WebAcl(this, "Default", {
      ...PLACES[props.guards],
      provider: props.guards === "cloudfront" ? SystemStack.of(this).providerFor(CLOUDFRONT_REGION) : undefined,
      name,
      defaultAction: { allow: {} },
      rule: [
        rateLimit(name, requestsPerFiveMinutes),
        ...MANAGED_GROUPS.map((group, index) => ({
          ...managedGroup(name, group, index + 1, group === COMMON ? countOnly : []),
          overrideAction: override,
        })),
      ],
      visibilityConfig: visibility(name),
    }).arn;
    if (props.guards === "stage") new WebAclLogs(this, "Logs", { name, webAclArn: this.arn, ...props.logs });
  }
}

/** What the kinds of web ACL differ in. */
const PLACES = {
  cloudfront: { scope: "CLOUDFRONT", description: "what CloudFront refuses before the site and its backend see it" },
  stage: { scope: "REGIONAL", description: "what the API refuses before the service sees it" },
} as const;

/**
 * The web ACL that a distribution has; none where the reason stands in the inventory instead.
 *
 * @throws {PropsError} for an ARN that is not one of CloudFront's web ACLs.
 */
export function webAclArn(scope: Construct, waf: Waf): string | undefined {
  if ("managedRules" in waf) return new WebAcl(scope, "WebAcl", { ...waf.managedRules, guards: "cloudfront" }).arn;
  const rule = "must be the ARN of a web ACL of scope CLOUDFRONT, in us-east-1";
  return otherArn(scope, waf, /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[^/]+$/, rule);
}

/**
 * The web ACL that a stage of an API has; none where the reason stands in the inventory instead.
 *
 * @throws {PropsError} for an ARN that is not one of a web ACL in the root's region.
 */
export function regionalWebAclArn(scope: Construct, waf: RegionalWaf): string | undefined {
  if ("managedRules" in waf) return new WebAcl(scope, "WebAcl", { ...waf.managedRules, guards: "stage" }).arn;
  const { region } = SystemStack.of(scope);
  const pattern = new RegExp(`^arn:aws:wafv2:${region}:\\d{12}:regional/webacl/[^/]+/[^/]+$`);
  return otherArn(scope, waf, pattern, `must be the ARN of a web ACL of scope REGIONAL, in ${region}`);
}

function otherArn(scope: Construct, waf: Exclude<Waf, { managedRules: WebAclRules }>, pattern: RegExp, rule: string): string | undefined {
  if ("existingArn" in waf) {
    if (!Token.isUnresolved(waf.existingArn) && !pattern.test(waf.existingArn))
      throw new PropsError(scope, "waf.existingArn", rule, waf.existingArn);
    return waf.existingArn;
  }
  stateException(scope, "waf", "has no web ACL", waf.noneBecause);
  return undefined;
}

function stateException(scope: Construct, part: string, fact: string, because: string): void {
  const path = pathInStack(scope);
  SystemStack.of(scope).inventory.add({ kind: "exception", id: `${path} ${part}`, what: `${path} ${fact}`, because });
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
