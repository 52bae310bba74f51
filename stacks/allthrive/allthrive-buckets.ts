import { Construct } from "constructs";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { Bucket } from "../../constructs/data/bucket";

export interface AllThriveBucketsProps {
  readonly protection: Protection;
  /** Host name of the pages that upload media. */
  readonly site: string;
  /** Days in which nobody deletes a backup. */
  readonly backupLockDays: number;
}

/** The three buckets: what visitors load, what they upload, what must not be lost. */
export class AllThriveBuckets extends Construct {
  readonly frontend: Bucket;
  readonly media: Bucket;
  readonly backups: Bucket;

  constructor(scope: Construct, id: string, { protection, site, backupLockDays }: AllThriveBucketsProps) {
    super(scope, id);
    const { namePrefix, accountId } = SystemStack.of(this);
    // Names of buckets are everybody's: the account's id keeps ours apart.
    const name = (what: string): string => `${namePrefix}-${what}-${accountId}`;
    this.frontend = new Bucket(this, "Frontend", {
      protection,
      name: name("frontend"),
      why: "the React application, as CloudFront serves it",
    });
    this.media = new Bucket(this, "Media", {
      protection,
      name: name("media"),
      why: "what users upload, through URLs that Django signs",
      tiering: "intelligent",
      cors: { origins: [`https://${site}`] },
    });
    this.backups = new Bucket(this, "Backups", {
      protection,
      name: name("backups"),
      why: "dumps that nobody can delete for a while, whatever their role",
      lock: { days: backupLockDays, mode: "GOVERNANCE" },
    });
  }
}
