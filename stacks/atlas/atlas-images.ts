import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { ImageRepository } from "../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../constructs/delivery/released-image";

/** Where the images are that other repositories build, and which of them run. */
export class AtlasImages extends Construct {
  readonly eventsIngestion: ReleasedImage;
  readonly dashboardBackend: ReleasedImage;

  constructor(scope: Construct, id: string, protection: Protection) {
    super(scope, id);
    const { namePrefix } = SystemStack.of(this);
    const image = (imageId: string, name: string): ReleasedImage => {
      const repository = new ImageRepository(this, `${imageId}Repository`, {
        name: `${namePrefix}-${name}`,
        source: { create: protection },
      });
      return new ReleasedImage(this, imageId, { repository, parameter: `/${namePrefix}/${name}/image` });
    };
    this.eventsIngestion = image("EventsIngestion", "events-ingestion");
    this.dashboardBackend = image("DashboardBackend", "dashboard-backend");
  }
}
