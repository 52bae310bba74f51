import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { ZellyConfig } from "../../config/zelly-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { ImageRepository } from "../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../constructs/delivery/released-image";

export interface ZellyImagesProps {
  readonly registry: ZellyConfig["registry"];
  readonly protection: Protection;
  readonly providerFor: (region: string) => AwsProvider;
}

/** One repository and one release parameter for each image that Zelly's own pipelines build. */
export class ZellyImages extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ZellyImagesProps,
  ) {
    super(scope, id);
  }

  /** The image of that name. Production makes its repository, staging reads production's. */
  of(name: string): ReleasedImage {
    const { registry, protection, providerFor } = this.props;
    const { environment } = SystemStack.of(this);
    const source = registry === "create" ? { create: protection } : { readFrom: providerFor(registry.readFrom), region: registry.readFrom };
    const repository = new ImageRepository(this, `${name}-repository`, { name: `zelly/${name}`, source });
    return new ReleasedImage(this, name, { repository, parameter: `/zelly/${environment}/${name}/image` });
  }
}
