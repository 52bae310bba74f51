import { DataAwsEcrRepository } from "@cdktf/provider-aws/lib/data-aws-ecr-repository";
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import type { Grantee } from "../security/role";

export interface ImageRepositoryProps {
  /** Name in ECR. Another name replaces the repository, with its images. */
  readonly name: string;
  /** Whose repository it is: made here, or read in the region that is named. */
  readonly source: { readonly create: Protection } | { readonly readFrom: string };
}

/** Untagged images are leftovers of pushes that did not finish. */
const UNTAGGED_DAYS = 14;
/** What runs must be among them, in every environment that reads the repository. Arbitrary: months of several pushes a day. */
const KEPT_IMAGES = 500;

/**
 * Where a service's images are. Tags cannot be moved once they are pushed, images are scanned when they arrive, and old
 * ones expire.
 */
export class ImageRepository extends Construct {
  readonly url: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, source }: ImageRepositoryProps) {
    super(scope, id);
    const stack = SystemStack.of(this);
    const created = "create" in source;
    const region = created ? stack.region : source.readFrom;
    if (created) {
      const repository = new EcrRepository(this, "Default", {
        name,
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: [{ encryptionType: "AES256" }],
        forceDelete: source.create !== "protected",
        tags: protectionTags(source.create),
      });
      new EcrLifecyclePolicy(this, "Lifecycle", { repository: repository.name, policy: lifecyclePolicy() });
      this.url = repository.repositoryUrl;
      this.arn = repository.arn;
    } else {
      const repository = new DataAwsEcrRepository(this, "Default", { name, provider: stack.providerFor(region) });
      this.url = repository.repositoryUrl;
      this.arn = repository.arn;
    }
    stack.inventory.add({
      kind: "registry",
      id: name,
      name,
      why: created ? "holds the images that CI pushes" : `reads the images of ${region}`,
      size: `${KEPT_IMAGES} images`,
      stateful: created,
      fails: "running tasks go on; new tasks cannot start",
      region,
      created,
    });
  }

  /** Lets `grantee` pull images. */
  grantPull(grantee: Grantee): void {
    grantee.role.allow({
      sid: "PullImages",
      actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      resources: [this.arn],
    });
    this.grantLogIn(grantee);
  }

  /** Lets `grantee` push images, and see which layers and tags are there already. */
  grantPush(grantee: Grantee): void {
    grantee.role.allow({
      sid: "PushImages",
      actions: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      resources: [this.arn],
    });
    this.grantLogIn(grantee);
  }

  private grantLogIn(grantee: Grantee): void {
    grantee.role.allow({
      sid: "LogInToEcr",
      actions: ["ecr:GetAuthorizationToken"],
      resources: ["*"],
      wildcardBecause: "ECR gives its login token for the whole registry only",
    });
  }
}

function lifecyclePolicy(): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: `untagged images go after ${UNTAGGED_DAYS} days`,
        selection: { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: UNTAGGED_DAYS },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `the newest ${KEPT_IMAGES} images stay`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: KEPT_IMAGES },
        action: { type: "expire" },
      },
    ],
  });
}
