import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { ImageRepository, type ImageRepositoryProps } from "../../../constructs/delivery/image-repository";
import { Role } from "../../../constructs/security/role";
import { type Synthesized, synthesizeTestStack } from "../../support/synthesized";
import { UNPROTECTED } from "../parts";
import { facts, statements } from "../readings";

type Source = ImageRepositoryProps["source"];

const ELSEWHERE: Source = { readFrom: "ap-south-1" };

function synthRepository(source: Source = { create: "protected" }): Synthesized {
  return synthesizeTestStack((stack) => {
    new ImageRepository(stack, "Repository", { name: "shop/api", source });
  });
}

describe("ImageRepository", () => {
  test("moves no tag, scans what arrives and keeps its images when it is to go", () => {
    expect(synthRepository().only(EcrRepository)).toEqual({
      name: "shop/api",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
      tags: {},
    });
  });

  test("goes with its images when unprotected, and says why", () => {
    expect(synthRepository({ create: UNPROTECTED }).only(EcrRepository)).toMatchObject({
      force_delete: true,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
    });
  });

  test("lets untagged and old images go, in an order that ECR takes", () => {
    const policy = synthRepository().only(EcrLifecyclePolicy);
    expect(policy["repository"]).toBe("${aws_ecr_repository.repository.name}");
    const { rules } = JSON.parse(String(policy["policy"])) as { rules: { rulePriority: number; selection: unknown; action: unknown }[] };
    expect(rules.map(({ rulePriority, selection, action }) => ({ rulePriority, selection, action }))).toEqual([
      {
        rulePriority: 1,
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 14 },
        action: { type: "expire" },
      },
      // A rule for any tag must have the last priority.
      { rulePriority: 2, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 500 }, action: { type: "expire" } },
    ]);
  });

  test("is only read where another region makes it", () => {
    const synthesized = synthRepository(ELSEWHERE);
    expect(synthesized.all(EcrRepository)).toEqual([]);
    expect(synthesized.all(EcrLifecyclePolicy)).toEqual([]);
    expect(synthesized.json["data"]).toEqual({ aws_ecr_repository: { repository: { name: "shop/api", provider: "aws.ap-south-1" } } });
  });

  test.each([
    ["made here", { create: "protected" } as Source, "${aws_ecr_repository.repository.arn}"],
    ["read elsewhere", ELSEWHERE, "${data.aws_ecr_repository.repository.arn}"],
  ])("lets images be pulled when %s, from itself only", (_what, source, arn) => {
    const synthesized = synthesizeTestStack((stack) => {
      const repository = new ImageRepository(stack, "Repository", { name: "shop/api", source });
      repository.grantPull({ role: new Role(stack, "Puller", { service: "ecs-tasks.amazonaws.com" }) });
    });
    expect(statements(synthesized.only(IamRolePolicy)["policy"])).toEqual([
      {
        Sid: "PullImages",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: arn,
      },
      { Sid: "LogInToEcr", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    ]);
    expect(facts(synthesized, "exception")).toMatchObject([{ because: "ECR gives its login token for the whole registry only" }]);
  });

  test("keeps the address that its images are stored under", () => {
    expect(synthRepository().addresses(EcrRepository, EcrLifecyclePolicy)).toEqual([
      "aws_ecr_lifecycle_policy.repository_lifecycle",
      "aws_ecr_repository.repository",
    ]);
  });

  test("states whose it is", () => {
    expect(facts(synthRepository(), "registry")).toMatchObject([
      { name: "shop/api", why: "holds the images that CI pushes", stateful: true, region: "eu-west-1", created: true },
    ]);
    expect(facts(synthRepository(ELSEWHERE), "registry")).toMatchObject([
      { name: "shop/api", why: "reads the images of ap-south-1", stateful: false, region: "ap-south-1", created: false },
    ]);
  });
});
