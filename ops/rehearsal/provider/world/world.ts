import type { ReportBuilder } from "../provider-report";
import { NameRegistry } from "./name-registry";
import { ObjectStore } from "./object-store";
import { SecretStore } from "./secret-store";
import { Serials } from "./serials";

/** Everything that stands in for AWS and Cloudflare during one rehearsal. All roots of a host share it. */
export class World {
  readonly serials = new Serials();
  readonly names = new NameRegistry();
  readonly objects = new ObjectStore();
  readonly secrets = new SecretStore();

  constructor(readonly report: ReportBuilder) {}

  clear(): void {
    this.names.clear();
    this.objects.clear();
    this.secrets.clear();
  }
}
