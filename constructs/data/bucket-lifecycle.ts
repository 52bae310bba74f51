import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";

export interface BucketLifecycle {
  readonly noncurrentDays: number;
  readonly expireDays: number | undefined;
  readonly tiering: "standard" | "intelligent";
}

/** Days after which the parts of an upload that nobody finished go: what AWS itself advises. */
const ABANDONED_UPLOAD_DAYS = 7;

/** Lifecycle rules of a bucket, for all its objects. */
export function lifecycleRules({ noncurrentDays, expireDays, tiering }: BucketLifecycle): S3BucketLifecycleConfigurationRule[] {
  return [
    rule("end-abandoned-uploads", { abortIncompleteMultipartUpload: [{ daysAfterInitiation: ABANDONED_UPLOAD_DAYS }] }),
    rule("expire-old-versions", {
      noncurrentVersionExpiration: [{ noncurrentDays }],
      // A delete marker without versions below it says nothing any more, and slows listings down.
      expiration: [{ expiredObjectDeleteMarker: true }],
    }),
    ...(expireDays === undefined ? [] : [rule("expire-objects", { expiration: [{ days: expireDays }] })]),
    // On the first day: the class moves objects between its tiers by itself, and all of them answer at once.
    ...(tiering === "intelligent" ? [rule("tier-objects", { transition: [{ days: 0, storageClass: "INTELLIGENT_TIERING" }] })] : []),
  ];
}

function rule(id: string, does: Omit<S3BucketLifecycleConfigurationRule, "id" | "status" | "filter">): S3BucketLifecycleConfigurationRule {
  return { id, status: "Enabled", filter: [{ prefix: "" }], ...does };
}
