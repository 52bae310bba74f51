import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BACKENDS } from "../../../constructs/base/backend";
import { movedFrom } from "../../../constructs/base/moved";
import { SystemStack } from "../../../constructs/base/system-stack";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";

describe("SystemStack", () => {
  test("pins Terraform and the provider, refuses other accounts and tags everything", () => {
    const { json } = synthesizeTestStack(() => undefined);
    expect(json["terraform"]).toMatchObject({
      required_version: ">= 1.11.4, < 1.12.0",
      required_providers: { aws: { source: "aws", version: "6.25.0" } },
    });
    expect(json["provider"]).toEqual({
      aws: [
        {
          region: "eu-west-1",
          allowed_account_ids: ["111111111111"],
          default_tags: [{ tags: { System: "shop", Environment: "test", Root: "shop-test", ManagedBy: "cdktf" } }],
        },
      ],
    });
  });

  test("keeps state in S3 behind both locks", () => {
    expect(synthesizeTestStack(() => undefined).json["terraform"]).toMatchObject({
      backend: {
        s3: {
          bucket: "shop-state",
          key: "test/terraform.tfstate",
          region: "eu-west-1",
          dynamodb_table: "shop-locks",
          encrypt: true,
          use_lockfile: true,
        },
      },
    });
  });

  test("changes nothing but the backend with the kind of backend", () => {
    const outputs = BACKENDS.map((backend) => {
      const { json } = synthesizeTestStack((stack) => new SnsTopic(stack, "Topic", { name: "topic" }), { backend });
      const { backend: _backend, cloud: _cloud, ...terraform } = json["terraform"] as Record<string, unknown>;
      return { ...json, terraform };
    });
    expect(outputs).toHaveLength(3);
    for (const output of outputs) expect(output).toEqual(outputs[0]);
  });

  test("gives HCP Terraform a workspace of the root's name", () => {
    expect(synthesizeTestStack(() => undefined, { backend: "cloud" }).json["terraform"]).toMatchObject({
      cloud: { organization: "example", workspaces: { name: "shop-test", project: "shop" } },
    });
  });

  test("names resources as a person would, without hashes and without the primary's id", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const orders = new Construct(stack, "OrdersAPI");
      new SnsTopic(orders, "Default", { name: "a" });
      new SnsTopic(orders, "DeadLetters", { name: "b" });
      new SnsTopic(stack, "fastify-nova", { name: "c" });
    });
    expect(synthesized.addresses(SnsTopic)).toEqual([
      "aws_sns_topic.fastify_nova",
      "aws_sns_topic.orders_api",
      "aws_sns_topic.orders_api_dead_letters",
    ]);
  });

  test("refuses two constructs that come to one address, naming both", () => {
    expect(() =>
      synthesizeTestStack((stack) => {
        new SnsTopic(stack, "OrderEvents", { name: "a" });
        new SnsTopic(new Construct(stack, "Order"), "Events", { name: "b" });
      }),
    ).toThrow(
      "shop-test/Order/Events: its Terraform address aws_sns_topic.order_events belongs to shop-test/OrderEvents already; give one of the two another id",
    );
  });

  test("moves every resource of a renamed construct with one line", () => {
    const { json } = synthesizeTestStack((stack) => {
      const renamed = new Construct(stack, "Notices");
      new SnsTopic(renamed, "Default", { name: "a" });
      new SnsTopic(renamed, "Failed", { name: "b" });
      movedFrom(renamed, "Old/Alerts");
    });
    expect(json["moved"]).toEqual([
      { from: "aws_sns_topic.old_alerts", to: "aws_sns_topic.notices" },
      { from: "aws_sns_topic.old_alerts_failed", to: "aws_sns_topic.notices_failed" },
    ]);
  });

  test("makes one provider for another region, with the same account and tags", () => {
    class TwoRegions extends TestStack {
      readonly regions = ["ap-south-1", "ap-south-1"].map((region) => this.providerFor(region));
    }
    const app = scratchApp();
    const stack = new TwoRegions(app);
    const [first, second] = stack.regions;
    expect(second).toBe(first);
    const { aws } = (stack.toTerraform() as { provider: { aws: Record<string, unknown>[] } }).provider;
    const common = {
      allowed_account_ids: ["111111111111"],
      default_tags: [{ tags: { System: "shop", Environment: "test", Root: "shop-test", ManagedBy: "cdktf" } }],
    };
    expect(aws).toEqual([
      { region: "eu-west-1", ...common },
      { alias: "ap-south-1", region: "ap-south-1", ...common },
    ]);
  });

  test("refuses a construct that stands in a stack of another kind, naming it", () => {
    const other = new (class extends TerraformStack {})(scratchApp(), "other");
    expect(() => SystemStack.of(new Construct(other, "Stray"))).toThrow("other/Stray: must stand in a SystemStack");
  });

  test("refuses a reference to another root", () => {
    const app = scratchApp();
    const other = new (class extends TerraformStack {})(app, "other");
    const topic = new SnsTopic(other, "Topic", { name: "there" });
    const stack = new TestStack(app);
    new SnsTopic(stack, "Topic", { name: topic.arn });
    expect(() => stack.toTerraform()).toThrow("shop-test: must not refer to a resource of other; read it by its name instead");
  });

  test("writes what CDKTF itself would write, although it resolves each element once", () => {
    const fill = (stack: TestStack): void => {
      const topic = new SnsTopic(stack, "Topic", { name: "there", tags: { Why: "because" } });
      new SnsTopic(stack, "Second", { name: topic.arn, displayName: `after ${topic.name}` });
    };
    const ours = new TestStack(scratchApp());
    const theirs = new TestStack(scratchApp());
    fill(ours);
    fill(theirs);
    TerraformStack.prototype.prepareStack.call(theirs);
    expect(ours.toTerraform()).toEqual(TerraformStack.prototype.toTerraform.call(theirs));
  });
});
