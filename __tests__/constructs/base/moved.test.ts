import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Construct } from "constructs";
import { movedFrom } from "../../../constructs/base/moved";
import { synthesizeTestStack } from "../../support/synthesized";

describe("movedFrom", () => {
  test("moves what lies deeper, and no data source", () => {
    const { json } = synthesizeTestStack((stack) => {
      const renamed = new Construct(new Construct(stack, "Shop"), "Notices");
      new SnsTopic(new Construct(renamed, "Mail"), "Default", { name: "a" });
      new DataAwsRegion(renamed, "Region");
      movedFrom(renamed, "Alerts");
    });
    expect(json["moved"]).toEqual([{ from: "aws_sns_topic.alerts_mail", to: "aws_sns_topic.shop_notices_mail" }]);
  });

  test("moves nothing that keeps its address", () => {
    const { json } = synthesizeTestStack((stack) => {
      const wrapped = new Construct(new Construct(stack, "Notices"), "Connections");
      new SnsTopic(wrapped, "Default", { name: "a" });
      movedFrom(wrapped, "Notices");
    });
    expect(json["moved"]).toBeUndefined();
  });
});
