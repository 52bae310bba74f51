import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformOutput, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { logicalName, pascalCase, snakeCase } from "../../../constructs/base/address";
import { synthesizeTestStack, type TestStack } from "../../support/synthesized";

describe("pascalCase", () => {
  test.each([
    ["us-east-1", "UsEast1"],
    ["orders.paid", "OrdersPaid"],
    ["http", "Http"],
    ["fastifyNova", "FastifyNova"],
    ["-edge..of_things-", "EdgeOfThings"],
  ])("writes %s as %s", (words, expected) => {
    expect(pascalCase(words)).toBe(expected);
  });
});

describe("snakeCase", () => {
  test.each([
    ["Orders", "orders"],
    ["FastifyNova", "fastify_nova"],
    ["fastifyNova", "fastify_nova"],
    ["fastify-nova", "fastify_nova"],
    ["internal_tools", "internal_tools"],
    ["HTTPSListener", "https_listener"],
    ["OrdersAPI", "orders_api"],
    ["S3Endpoint", "s3_endpoint"],
    ["EC2Instance", "ec2_instance"],
    ["PublicA", "public_a"],
    ["OrdersV2", "orders_v2"],
    ["X", "x"],
    ["a..b  c", "a_b_c"],
    ["-Edge-", "edge"],
    ["Aws-eu-west-1", "aws_eu_west_1"],
  ])("writes %s as %s", (id, expected) => {
    expect(snakeCase(id)).toBe(expected);
  });

  test("leaves what it has written as it is", () => {
    for (const id of ["FastifyNova", "HTTPSListener", "S3Endpoint", "a..b", "OrdersV2"])
      expect(snakeCase(snakeCase(id))).toBe(snakeCase(id));
  });
});

describe("logicalName", () => {
  test.each([
    [["Aurora", "Default"], "aurora"],
    [["Aurora", "Connections", "Default"], "aurora"],
    [["Aurora", "Connections", "FromApi"], "aurora_from_api"],
    [["Default"], "default"],
    [["Connections", "Default"], "connections_default"],
    [["2ndTopic"], "_2nd_topic"],
  ])("names %j %s", (ids, expected) => {
    expect(logicalName(ids)).toBe(expected);
  });
});

describe("AddressBook", () => {
  test("lets one name stand in each of Terraform's address spaces", () => {
    const { json } = synthesizeTestStack((stack) => {
      new SnsTopic(new Construct(stack, "Orders"), "Default", { name: "orders" });
      new DataAwsRegion(new Construct(stack, "orders"), "Default");
      new TerraformVariable(new Construct(stack, "ORDERS"), "Default", { type: "string" });
      new TerraformOutput(new Construct(stack, "-Orders"), "Default", { value: "x" });
    });
    const { resource, data, variable, output } = json;
    expect({ resource, data, variable, output }).toEqual({
      resource: { aws_sns_topic: { orders: { name: "orders" } } },
      data: { aws_region: { orders: {} } },
      variable: { orders: { type: "string" } },
      output: { orders: { value: "x" } },
    });
  });

  // CDKTF takes an overridden id without asking the stack, so one of two would vanish.
  test.each([
    [
      "resources",
      (stack: TestStack) => [new SnsTopic(stack, "First", { name: "a" }), new SnsTopic(stack, "Second", { name: "b" })],
      "aws_sns_topic.same",
    ],
    [
      "variables",
      (stack: TestStack) => [new TerraformVariable(stack, "First", {}), new TerraformVariable(stack, "Second", {})],
      "var.same",
    ],
  ])("refuses two %s that were given one address by hand, naming both", (_what, make, address) => {
    expect(() =>
      synthesizeTestStack((stack) => {
        for (const element of make(stack)) element.overrideLogicalId("same");
      }),
    ).toThrow(`shop-test/Second: its Terraform address ${address} belongs to shop-test/First already; give one of the two another id`);
  });
});
