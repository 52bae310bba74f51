import { isComputedOnly } from "../../../../../ops/rehearsal/provider/schema/schema";
import { toWireSchema } from "../../../../../ops/rehearsal/provider/schema/wire-schema";
import type { JsonObject } from "../../../../../ops/rehearsal/provider/terraform-json";
import { schemaOf } from "../support/schemas";

describe("facts over a schema", () => {
  test("say what the bindings do not: computed, sensitive, write-only, how many", () => {
    const cluster = schemaOf("aws_rds_cluster").block.attributes;
    expect(cluster.get("kms_key_id")).toMatchObject({ optional: true, computed: true });
    expect(cluster.get("master_password")).toMatchObject({ sensitive: true, writeOnly: false });
    expect(cluster.get("master_password_wo")).toMatchObject({ sensitive: true, writeOnly: true, computed: false });
    expect(schemaOf("aws_ecs_service").block.blocks.get("placement_constraints")?.maxItems).toBe(10);
  });

  test("ask for no least number of an optional block, which the plugin SDK forgets", () => {
    const pool = schemaOf("aws_cognito_user_pool").block.blocks;
    expect(pool.get("software_token_mfa_configuration")).toMatchObject({ minItems: 0, maxItems: 1, facts: { minItems: 1 } });
    expect(schemaOf("aws_cloudfront_vpc_origin").block.blocks.get("vpc_origin_endpoint_config")?.minItems).toBe(0);
    expect(schemaOf("aws_cloudwatch_log_metric_filter").block.blocks.get("metric_transformation")?.minItems).toBe(1);
  });

  test("leave alone what only the provider sets", () => {
    const arn = schemaOf("aws_ssm_parameter").block.attributes.get("version");
    expect(arn !== undefined && isComputedOnly(arn)).toBe(true);
  });

  test("give a default the type of its attribute", () => {
    expect(schemaOf("aws_lb_target_group").block.attributes.get("deregistration_delay")).toMatchObject({
      type: "string",
      facts: { default: "300" },
    });
  });

  test("that the table lacks are replaced by what names and use tell", () => {
    const user = schemaOf("aws_iam_user", { name: "somebody" }).block.attributes;
    expect(user.get("path")).toMatchObject({ optional: true, computed: false });
    expect(schemaOf("aws_iam_access_key").block.attributes.get("secret")).toMatchObject({ sensitive: true });
  });

  test("do not exist inside a block that holds itself: its shape is what the configuration writes", () => {
    const inside: JsonObject[] = [
      { geo_match_statement: { country_codes: ["IN"] } },
      { label_match_statement: { key: "k", scope: "LABEL" } },
    ];
    const rule = { name: "a", statement: { and_statement: { statement: inside } } };
    const statement = schemaOf("aws_wafv2_web_acl", { rule: [rule] })
      .block.blocks.get("rule")
      ?.block.blocks.get("statement");
    const inner = statement?.block.blocks.get("and_statement")?.block.blocks.get("statement")?.block;
    expect([...(inner?.blocks.keys() ?? [])]).toEqual(["geo_match_statement", "label_match_statement"]);
    expect(inner?.blocks.get("geo_match_statement")?.block.attributes.get("country_codes")?.type).toEqual({ list: "string" });
  });
});

test("a schema is sent with a version above that of any real state", () => {
  expect(toWireSchema(schemaOf("aws_vpc").block).version).toBe(1000);
});
