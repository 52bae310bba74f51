import { Construct } from "constructs";
import type { DnsZone, PointingNames } from "./dns-zone";

export interface PublicNameProps extends PointingNames {
  readonly zone: DnsZone;
}

/** Public names that stand for a balancer or a distribution. */
export class PublicName extends Construct {
  constructor(scope: Construct, id: string, { zone, ...names }: PublicNameProps) {
    super(scope, id);
    zone.point(this, names);
  }
}
