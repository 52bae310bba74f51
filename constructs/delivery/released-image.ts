import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { Grantee } from "../security/role";
import type { ImageRepository } from "./image-repository";

export interface ReleasedImageProps {
  readonly repository: ImageRepository;
  /** Name of the parameter, for example `/shop/production/api/image`. */
  readonly parameter: string;
}

/** Tag that a repository must have before the first release. It says what it is. */
const FIRST_TAG = "first";

/**
 * The image that a container runs: one SSM parameter that both Terraform and releases read.
 *
 * Terraform makes the parameter and then leaves its value alone; a release writes the value. So neither takes back what
 * the other did, and a plan after a release is empty.
 */
export class ReleasedImage extends Construct {
  readonly repository: ImageRepository;
  readonly parameter: string;
  /** The image as it is now, with its tag or digest. */
  readonly image: string;
  private readonly arn: string;

  constructor(scope: Construct, id: string, { repository, parameter }: ReleasedImageProps) {
    super(scope, id);
    this.repository = repository;
    this.parameter = parameter;
    const released = new SsmParameter(this, "Default", {
      name: parameter,
      description: "Image that runs; written by releases",
      type: "String",
      // The plain form: an image is no secret, and a sensitive value would hide the whole task definition in plans.
      insecureValue: `${repository.url}:${FIRST_TAG}`,
      lifecycle: { ignoreChanges: ["insecure_value"] },
    });
    this.image = released.insecureValue;
    this.arn = released.arn;
  }

  /** Lets `grantee` read which image runs, and name another. */
  grantRelease(grantee: Grantee): void {
    grantee.role.allow({ sid: "ReleaseImages", actions: ["ssm:GetParameter", "ssm:PutParameter"], resources: [this.arn] });
  }
}
