import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { ImageRepository } from "../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../constructs/delivery/released-image";

/** One repository and one release parameter for each container that AllThrive builds. */
export class AllThriveImages extends Construct {
  readonly web: ReleasedImage;
  readonly celery: ReleasedImage;
  readonly celeryBeat: ReleasedImage;

  constructor(scope: Construct, id: string, protection: Protection) {
    super(scope, id);
    const { namePrefix, environment } = SystemStack.of(this);
    const image = (imageId: string, name: string): ReleasedImage => {
      const repository = new ImageRepository(this, `${imageId}Repository`, {
        name: `${namePrefix}-${name}`,
        source: { create: protection },
      });
      return new ReleasedImage(this, imageId, { repository, parameter: `/allthrive/${environment}/${name}/image` });
    };
    this.web = image("Web", "web");
    this.celery = image("Celery", "celery");
    this.celeryBeat = image("CeleryBeat", "celery-beat");
  }

  get all(): readonly ReleasedImage[] {
    return [this.web, this.celery, this.celeryBeat];
  }
}
