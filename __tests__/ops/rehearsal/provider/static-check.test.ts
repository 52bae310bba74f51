import { checkConfiguration } from "../../../../ops/rehearsal/provider/static-check";
import type { JsonObject } from "../../../../ops/rehearsal/provider/terraform-json";
import { usedTypes } from "../../../../ops/rehearsal/provider/used-types";

function faults(resource: JsonObject): string[] {
  const config = {
    terraform: { required_providers: { aws: { source: "aws" }, cloudflare: { source: "cloudflare/cloudflare" } } },
    resource,
  };
  return checkConfiguration(config, usedTypes([config])).map(({ address, path }) => `${address} ${path}`);
}

describe("what Terraform drops without a word", () => {
  test("is a name that an object type does not have", () => {
    const config = {
      terraform: { required_providers: { cloudflare: { source: "cloudflare/cloudflare" } } },
      resource: { cloudflare_dns_record: { www: { settings: { ipv4_olny: true } } } },
    };
    expect(checkConfiguration(config, usedTypes([config]))).toEqual([
      {
        address: "cloudflare_dns_record.www",
        path: "settings.ipv4_olny",
        message:
          "cloudflare_dns_record.www: settings.ipv4_olny does not exist, and Terraform would leave it out without a word; write one of flatten_cname, ipv4_only, ipv6_only",
      },
    ]);
  });

  test("is found at any depth, in lists, in blocks and in what dynamic blocks generate", () => {
    expect(
      faults({
        aws_security_group: { a: { ingress: [{ from_prot: 80 }, { from_port: 80 }] } },
        cloudflare_ruleset: { b: { rules: [{ action_parameters: { headers: { "X-A": { operation: "set", vale: "1" } } } }] } },
        aws_s3tables_table: { c: { encryption_configuration: { kms_key: "k" } } },
        aws_route_table: { d: { route: "${local.routes}" } },
      }),
    ).toEqual([
      "aws_security_group.a ingress[0].from_prot",
      'cloudflare_ruleset.b rules[0].action_parameters.headers["X-A"].vale',
      "aws_s3tables_table.c encryption_configuration.kms_key",
    ]);
  });

  test("is a kind of statement that web ACLs do not have, at any depth", () => {
    const rule = (statement: JsonObject): JsonObject => ({ rule: [{ name: "a", priority: 1, statement: [statement] }] });
    expect(
      faults({
        aws_wafv2_web_acl: {
          right: rule({ rate_based_statement: { limit: 100, scope_down_statement: { geo_match_statement: { country_codes: ["IN"] } } } }),
          wrong: rule({ and_statement: { statement: [{ geo_match: { country_codes: ["IN"] } }] } }),
        },
      }),
    ).toEqual(["aws_wafv2_web_acl.wrong rule[0].statement[0].and_statement.statement[0].geo_match"]);
  });

  test("is not what Terraform reports itself, nor a map's own keys, nor what only an expression knows", () => {
    expect(
      faults({
        aws_vpc: { a: { cidr_blok: "10.0.0.0/16", tags: { anything: "goes" }, "//": { metadata: { path: "x" } } } },
        aws_lb: { b: { dynamic: { subnet_mapping: { for_each: "${local.ids}", content: [{ subnet_id: "${subnet_mapping.value}" }] } } } },
        aws_not_a_type: { c: { anything: { goes: 1 } } },
      }),
    ).toEqual([]);
  });
});
