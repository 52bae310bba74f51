import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { Role } from "../../../constructs/security/role";
import { pushesImages } from "../../support/expected-statements";
import { synthesizeTestStack } from "../../support/synthesized";
import { statements } from "../readings";

test("images are pushed to the granted repositories only, after one login", () => {
  const synthesized = synthesizeTestStack((stack) => {
    const role = new Role(stack, "Pusher", { service: "codebuild.amazonaws.com" });
    for (const id of ["Api", "Site"])
      new ImageRepository(stack, id, { name: `shop/${id.toLowerCase()}`, source: { create: "protected" } }).grantPush({ role });
    new ImageRepository(stack, "Other", { name: "shop/other", source: { create: "protected" } });
  });
  expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual(
    pushesImages(["${aws_ecr_repository.api.arn}", "${aws_ecr_repository.site.arn}"]),
  );
});
