import { DataQuery } from "../../../../../ops/rehearsal/provider/data-sources/data-source";
import { dataSourceOf } from "../../../../../ops/rehearsal/provider/data-sources/data-sources";
import type { ValueMap } from "../../../../../ops/rehearsal/provider/protocol/value";
import { placeOf } from "../../../../../ops/rehearsal/provider/world/place";
import { newWorld } from "../support/schemas";

const ACCOUNT = "111111111111";

function read(type: string, config: ValueMap, region = "eu-west-1", world = newWorld()): ValueMap {
  const source = dataSourceOf(type);
  if (source === undefined) throw new Error(`${type} is not answered`);
  return source(new DataQuery(type, config, placeOf(ACCOUNT, region), world, world.report));
}

describe("a data source", () => {
  test("of the account is one account for everything", () => {
    expect(read("aws_caller_identity", {})).toMatchObject({
      id: ACCOUNT,
      account_id: ACCOUNT,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/rehearsal/rehearsal`,
    });
    expect(read("aws_partition", {}, "cn-north-1")).toMatchObject({
      partition: "aws-cn",
      dns_suffix: "amazonaws.com.cn",
      reverse_dns_prefix: "cn.com.amazonaws",
    });
  });

  test("of an issuer's tokens is the account's one provider, by its URL or its ARN", () => {
    const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
    const found = { id: arn, arn, url: "token.actions.githubusercontent.com", client_id_list: ["sts.amazonaws.com"] };
    const type = "aws_iam_openid_connect_provider";
    expect(read(type, { url: "https://token.actions.githubusercontent.com" })).toMatchObject(found);
    expect(read(type, { arn })).toMatchObject(found);
    expect(() => read(type, {})).toThrow("url: must name an issuer, or arn its provider");
    const world = newWorld();
    read(type, { url: "https://issuer.example.com" }, "eu-west-1", world);
    expect(world.report.build().assumedToExist).toEqual([`${type} issuer.example.com`]);
  });

  test("of a region knows its name, and refuses one that does not exist", () => {
    expect(read("aws_region", {})).toMatchObject({
      id: "eu-west-1",
      name: "eu-west-1",
      description: "Europe (Ireland)",
      endpoint: "ec2.eu-west-1.amazonaws.com",
    });
    expect(read("aws_region", { endpoint: "ec2.us-east-1.amazonaws.com" })).toMatchObject({ region: "us-east-1" });
    expect(() => read("aws_region", { region: "eu-west-9" })).toThrow('region: must be a region of AWS, got "eu-west-9"');
    expect(() => read("aws_region", { region: "eu-west-1", endpoint: "ec2.us-east-1.amazonaws.com" })).toThrow(
      "endpoint: is of region us-east-1 and not of eu-west-1; leave one of them out",
    );
  });

  test("of zones lists names and ids in one order, without those that are excluded", () => {
    expect(read("aws_availability_zones", {}, "ap-south-1")).toMatchObject({
      names: ["ap-south-1a", "ap-south-1b", "ap-south-1c"],
      zone_ids: ["aps1-az1", "aps1-az2", "aps1-az3"],
    });
    expect(read("aws_availability_zones", { exclude_zone_ids: ["use1-az1"], exclude_names: ["us-east-1f"] }, "us-east-1")["names"]).toEqual(
      ["us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e"],
    );
  });

  test("of the load balancers' account knows where there is one", () => {
    expect(read("aws_elb_service_account", {}, "ap-south-1")).toMatchObject({ id: "718504428378", arn: "arn:aws:iam::718504428378:root" });
    expect(() => read("aws_elb_service_account", {}, "ap-south-2")).toThrow(
      'region: has no account for load balancer logs, got "ap-south-2"; use the service logdelivery.elasticloadbalancing.amazonaws.com',
    );
  });

  test("of an image gives the same one for the same question, and another for another", () => {
    const filter = (name: string): ValueMap => ({ owners: ["amazon"], most_recent: true, filter: [{ name: "name", values: [name] }] });
    const [arm, again, intel] = [filter("al2023-ami-*-arm64"), filter("al2023-ami-*-arm64"), filter("al2023-ami-*-x86_64")].map((config) =>
      read("aws_ami", config),
    );
    expect(arm).toEqual(again);
    expect(arm).toMatchObject({ architecture: "arm64", root_device_name: "/dev/xvda", state_reason: { code: "UNSET", message: "UNSET" } });
    expect(intel?.["architecture"]).toBe("x86_64");
    expect(intel?.["id"]).not.toBe(arm?.["id"]);
    expect(read("aws_ami", { owners: ["099720109477"] })["root_device_name"]).toBe("/dev/sda1");
    expect(() => read("aws_ami", { most_recent: true })).toThrow(
      "most_recent: needs owners, or a filter on image-id or owner-id, so that nobody else's image is chosen; set owners",
    );
  });

  test("of a policy of CloudFront's knows it by id or name, and no others", () => {
    expect(read("aws_cloudfront_cache_policy", { name: "Managed-CachingOptimized" })).toMatchObject({
      id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
      min_ttl: 1,
      default_ttl: 86_400,
      max_ttl: 31_536_000,
    });
    expect(read("aws_cloudfront_origin_request_policy", { id: "b689b0a8-53d0-40ab-baf2-68738e2966ac" })).toMatchObject({
      name: "Managed-AllViewerExceptHostHeader",
      headers_config: [{ header_behavior: "allExcept", headers: [{ items: ["Host"] }] }],
    });
    expect(() => read("aws_cloudfront_cache_policy", { name: "CachingOptimized" })).toThrow(
      /^name: must be a policy that AWS manages \(.*\), got "CachingOptimized"; one of your own is a resource$/,
    );
  });

  test("of a public parameter is an image, or a description of one", () => {
    const name = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended";
    expect(read("aws_ssm_parameter", { name: `${name}/image_id` })).toMatchObject({
      value: expect.stringMatching(/^ami-0fa4e/),
      arn: `arn:aws:ssm:eu-west-1::parameter${name}/image_id`,
    });
    expect(JSON.parse(String(read("aws_ssm_parameter", { name })["value"]))).toMatchObject({
      image_id: expect.stringMatching(/^ami-0fa4e/),
    });
  });

  test("answers with what the rehearsal created, and says what it assumed", () => {
    const world = newWorld();
    world.objects.put("aws_vpc", ACCOUNT, {
      id: "vpc-1",
      region: "eu-west-1",
      cidr_block: "10.7.0.0/16",
      tags_all: { Name: "main", System: "shop" },
    });
    world.objects.put("aws_msk_cluster", ACCOUNT, {
      id: "arn",
      arn: "arn",
      region: "eu-west-1",
      bootstrap_brokers_tls: "b-1:9094",
      bootstrap_brokers_sasl_iam: "",
    });
    expect(read("aws_vpc", { tags: { Name: "main" } }, "eu-west-1", world)).toMatchObject({ id: "vpc-1", cidr_block: "10.7.0.0/16" });
    expect(read("aws_msk_bootstrap_brokers", { cluster_arn: "arn" }, "eu-west-1", world)).toMatchObject({
      bootstrap_brokers_tls: "b-1:9094",
      bootstrap_brokers_sasl_iam: "",
    });
    expect(world.report.build().assumedToExist).toEqual([]);
    expect(read("aws_vpc", { default: true }, "eu-west-1", world)).toMatchObject({ cidr_block: "172.31.0.0/16", default: true });
    expect(read("aws_route53_zone", { name: "Shop.example." }, "eu-west-1", world)).toMatchObject({
      name: "shop.example",
      id: expect.stringMatching(/^ZFAKE/),
    });
    expect(world.report.build().assumedToExist).toEqual(
      [expect.stringMatching(/^aws_route53_zone shop.example/), expect.stringMatching(/^aws_vpc vpc-0fa4e/)].sort(),
    );
  });

  test("of a secret that nobody here wrote has the keys that databases have", () => {
    const { secret_string: text, arn } = read("aws_secretsmanager_secret_version", { secret_id: "shop/database" });
    expect(Object.keys(JSON.parse(String(text)))).toEqual(["username", "password", "engine", "host", "port", "dbname"]);
    expect(arn).toMatch(/^arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop\/database-Fa[0-9a-f]{4}$/);
    expect(read("aws_secretsmanager_secret", { arn: String(arn) })).toMatchObject({ name: "shop/database" });
  });
});
