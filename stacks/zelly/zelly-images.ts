import { Construct } from "constructs";
import type { ZellyConfig } from "../../config/zelly-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { ImageRepository } from "../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../constructs/delivery/released-image";

export interface ZellyImagesProps {
  readonly registry: ZellyConfig["registry"];
  readonly protection: Protection;
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

  /** Adds the image of that name: production makes its repository, staging reads production's. */
  add(id: string, name: string): ReleasedImage {
    const { registry, protection } = this.props;
    const { environment } = SystemStack.of(this);
    const source = registry === "create" ? { create: protection } : { readFrom: registry.readFrom };
    const repository = new ImageRepository(this, `${id}Repository`, { name: `zelly/${name}`, source });
    return new ReleasedImage(this, id, { repository, parameter: `/zelly/${environment}/${name}/image` });
  }
}
