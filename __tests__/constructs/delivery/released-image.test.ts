import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../../constructs/delivery/released-image";
import { scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { resolved } from "../readings";

function addImage(stack: TestStack): ReleasedImage {
  const repository = new ImageRepository(stack, "Repository", { name: "shop/api", source: { create: "protected" } });
  return new ReleasedImage(stack, "Image", { repository, parameter: "/shop/test/api/image" });
}

describe("ReleasedImage", () => {
  test("makes its parameter with the first image, and leaves the value to releases from then on", () => {
    expect(synthesizeTestStack(addImage).only(SsmParameter)).toEqual({
      name: "/shop/test/api/image",
      description: "Image that runs; written by releases",
      type: "String",
      insecure_value: "${aws_ecr_repository.repository.repository_url}:first",
      lifecycle: { ignore_changes: ["insecure_value"] },
    });
  });

  test("is what the parameter holds, in plain sight of plans", () => {
    const stack = new TestStack(scratchApp());
    const image = addImage(stack);
    expect(resolved(stack, image.image)).toBe("${aws_ssm_parameter.image.insecure_value}");
    expect(image.parameter).toBe("/shop/test/api/image");
  });

  test("keeps its address, and with it the release that runs", () => {
    expect(synthesizeTestStack(addImage).addresses(SsmParameter)).toEqual(["aws_ssm_parameter.image"]);
  });
});
