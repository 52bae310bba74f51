import { usedTypes } from "../../../../ops/rehearsal/provider/used-types";

const AWS = "registry.terraform.io/hashicorp/aws";

describe("the types that roots use", () => {
  const types = usedTypes([
    {
      terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" }, cf: { source: "cloudflare/cloudflare" } } },
      resource: {
        aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
        cloudflare_dns_record: { www: { provider: "cf.main", name: "www" } },
        terraform_data: { x: {} },
      },
      data: { aws_region: { here: {} }, terraform_remote_state: { net: {} } },
      ephemeral: { aws_ssm_parameter: { token: { arn: "a" } } },
      output: {
        id: { value: "${aws_vpc.main.id}${data.aws_region.here.name}" },
        first: { value: '${aws_vpc.main["a"].main_route_table_id}' },
      },
    },
    { resource: { aws_vpc: { other: {} }, aws_subnet: { a: { vpc_id: "${aws_vpc.other.arn}" } } } },
  ]);

  test("stand by the address of their provider, whatever the root calls it", () => {
    expect([...types.keys()]).toEqual([AWS, "registry.terraform.io/cloudflare/cloudflare"]);
    expect([...(types.get("registry.terraform.io/cloudflare/cloudflare")?.resources.keys() ?? [])]).toEqual(["cloudflare_dns_record"]);
  });

  test("are collected over all roots, by kind, without Terraform's own", () => {
    const aws = types.get(AWS);
    expect([...(aws?.resources.keys() ?? [])]).toEqual(["aws_vpc", "aws_subnet"]);
    expect([...(aws?.dataSources.keys() ?? [])]).toEqual(["aws_region"]);
    expect([...(aws?.ephemerals.keys() ?? [])]).toEqual(["aws_ssm_parameter"]);
    expect(aws?.resources.get("aws_vpc")?.declared.map(({ address }) => address)).toEqual(["aws_vpc.main", "aws_vpc.other"]);
  });

  test("know what expressions read of them", () => {
    const aws = types.get(AWS);
    expect([...(aws?.resources.get("aws_vpc")?.reads ?? [])].sort()).toEqual(["arn", "id", "main_route_table_id"]);
    expect([...(aws?.dataSources.get("aws_region")?.reads ?? [])]).toEqual(["name"]);
  });
});
