import { valuesWith } from "../config/allthrive-values";
import { allAddresses } from "../constructs/readings";
import type { Synthesized } from "../support/synthesized";
import { type EnvironmentName, PRODUCTION, STAGING, synthesizeAllThrive } from "./allthrive-roots";

/** What Terraform reads of a root, with the environment's name taken out of its names. */
function nameless({ json }: Synthesized, environment: EnvironmentName): unknown {
  const names = [
    [`${environment}-allthrive`, "ENVIRONMENT-allthrive"],
    [`allthrive-${environment}`, "allthrive-ENVIRONMENT"],
    [`${environment}/allthrive/`, "ENVIRONMENT/allthrive/"],
    [`/allthrive/${environment}/`, "/allthrive/ENVIRONMENT/"],
    [`"Environment":"${environment}"`, '"Environment":"ENVIRONMENT"'],
  ] as const;
  return JSON.parse(names.reduce((text, [before, after]) => text.replaceAll(before, after), JSON.stringify(json)));
}

describe("staging differs from production in its configuration only", () => {
  test.each(["production", "staging"] as const)("made with %s's values, both roots are the same but for their names", (values) => {
    const config = valuesWith()[values];
    const [one, other] = [synthesizeAllThrive("production", config), synthesizeAllThrive("staging", config)];
    expect(nameless(other, "staging")).toEqual(nameless(one, "production"));
  });

  test("and the comparison sees what is not a name", () => {
    const config = valuesWith().staging;
    const changed = synthesizeAllThrive("staging", { ...config, elasticache: { nodeType: "cache.t4g.small" } });
    expect(nameless(changed, "staging")).not.toEqual(nameless(synthesizeAllThrive("production", config), "production"));
  });

  test("and that is in what is made: scaling, a web ACL, GitHub's provider", () => {
    const only = (a: Synthesized, b: Synthesized) => allAddresses(a).filter((address) => !allAddresses(b).includes(address));
    expect(only(STAGING(), PRODUCTION())).toEqual([]);
    expect(only(PRODUCTION(), STAGING())).toEqual([
      "aws_appautoscaling_policy.ecs_celery_scaling_cpu",
      "aws_appautoscaling_policy.ecs_web_scaling_cpu",
      "aws_appautoscaling_target.ecs_celery_scaling",
      "aws_appautoscaling_target.ecs_web_scaling",
      "aws_iam_openid_connect_provider.github_provider",
      "aws_wafv2_web_acl.cloudfront_web_acl",
    ]);
  });
});
