import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformVariable } from "cdktf";
import { Bucket, type BucketProps } from "../../../constructs/data/bucket";
import { type Synthesized, scratchApp, synthesizeTestStack, TestStack } from "../../support/synthesized";
import { UNPROTECTED } from "../parts";
import { exception, facts, once, resolved, statements } from "../readings";

const FIXED = { name: "shop-test-media", why: "pictures of goods", protection: "protected" } as const;
const ARN = "${aws_s3_bucket.media.arn}";

function addBucket(stack: TestStack, props: Partial<BucketProps> = {}): Bucket {
  return new Bucket(stack, "Media", { ...FIXED, ...props });
}

function synthBucket(props: Partial<BucketProps> = {}): Synthesized {
  return synthesizeTestStack((stack) => addBucket(stack, props));
}

const plain = once(() => synthBucket());

describe("Bucket", () => {
  test("is protected, encrypted and versioned, and has one owner, when only the required props are given", () => {
    const synthesized = plain();
    expect(synthesized.only(S3Bucket)).toEqual({
      bucket: "shop-test-media",
      force_destroy: false,
      tags: {},
      lifecycle: { prevent_destroy: true },
    });
    const bucket = "${aws_s3_bucket.media.id}";
    expect(synthesized.only(S3BucketOwnershipControls)).toEqual({ bucket, rule: { object_ownership: "BucketOwnerEnforced" } });
    expect(synthesized.only(S3BucketVersioningA)).toEqual({ bucket, versioning_configuration: { status: "Enabled" } });
    expect(synthesized.only(S3BucketServerSideEncryptionConfigurationA)).toEqual({
      bucket,
      rule: [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: "AES256" },
          bucket_key_enabled: true,
          blocked_encryption_types: ["SSE-C"],
        },
      ],
    });
    expect(synthesized.all(S3BucketObjectLockConfigurationA)).toEqual([]);
    expect(synthesized.all(S3BucketCorsConfiguration)).toEqual([]);
  });

  test("can be made public in none of the four ways", () => {
    expect(plain().only(S3BucketPublicAccessBlock)).toEqual({
      bucket: "${aws_s3_bucket.media.id}",
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("refuses whoever does not come over TLS, and lets nobody in", () => {
    const policy = plain().only(S3BucketPolicy);
    expect(statements(policy["policy"])).toEqual([
      {
        Sid: "NothingInTheClear",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [ARN, `${ARN}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    expect(policy["depends_on"]).toEqual(["aws_s3_bucket_public_access_block.media_public_access"]);
  });

  test("ends abandoned uploads, and keeps old versions for thirty days", () => {
    expect(plain().only(S3BucketLifecycleConfiguration)).toEqual({
      bucket: "${aws_s3_bucket.media.id}",
      rule: [
        {
          id: "end-abandoned-uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
        },
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrent_version_expiration: [{ noncurrent_days: 30 }],
          expiration: [{ expired_object_delete_marker: true }],
        },
      ],
      depends_on: ["aws_s3_bucket_versioning.media_versioning"],
    });
  });

  test("keeps old versions for longer, lets objects go and moves them to cheaper tiers when told to", () => {
    const rules = synthBucket({ noncurrentDays: 90, expireDays: 400, tiering: "intelligent" }).only(S3BucketLifecycleConfiguration)["rule"];
    expect(rules).toMatchObject([
      { id: "end-abandoned-uploads" },
      { id: "expire-old-versions", noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
      { id: "expire-objects", expiration: [{ days: 400 }] },
      { id: "tier-objects", transition: [{ days: 0, storage_class: "INTELLIGENT_TIERING" }] },
    ]);
  });

  test("locks every version for some days when told to", () => {
    const synthesized = synthBucket({ lock: { days: 35, mode: "GOVERNANCE" } });
    expect(synthesized.only(S3Bucket)["object_lock_enabled"]).toBe(true);
    expect(synthesized.only(S3BucketObjectLockConfigurationA)).toEqual({
      bucket: "${aws_s3_bucket.media.id}",
      rule: { default_retention: { mode: "GOVERNANCE", days: 35 } },
      depends_on: ["aws_s3_bucket_versioning.media_versioning"],
    });
    expect(facts(synthesized, "exception")).toEqual([]);
  });

  test("says why a lock binds everybody", () => {
    const synthesized = synthBucket({ lock: { days: 35, mode: "COMPLIANCE", because: "the regulator asks for it" } });
    expect(synthesized.only(S3BucketObjectLockConfigurationA)["rule"]).toEqual({ default_retention: { mode: "COMPLIANCE", days: 35 } });
    expect(facts(synthesized, "exception")).toEqual([
      exception("Media lock", "lock of bucket shop-test-media lets nobody delete an object for 35 days", "the regulator asks for it"),
    ]);
  });

  test("takes uploads from the pages of the given origins, and of no others", () => {
    expect(
      synthBucket({ cors: { origins: ["https://shop.example.com", "http://localhost:5173"] } }).only(S3BucketCorsConfiguration),
    ).toEqual({
      bucket: "${aws_s3_bucket.media.id}",
      cors_rule: [
        {
          allowed_origins: ["https://shop.example.com", "http://localhost:5173"],
          allowed_methods: ["POST", "PUT"],
          allowed_headers: ["content-type", "x-amz-*"],
          expose_headers: ["ETag"],
          max_age_seconds: 3000,
        },
      ],
    });
  });

  test("takes other methods, and origins that are known only when it is deployed", () => {
    const synthesized = synthesizeTestStack((stack) => {
      const host = new TerraformVariable(stack, "Host", { type: "string" });
      addBucket(stack, { cors: { origins: [`https://${host.stringValue}`], methods: ["GET"] } });
    });
    expect(synthesized.only(S3BucketCorsConfiguration)["cors_rule"]).toMatchObject([
      { allowed_origins: ["https://${var.host}"], allowed_methods: ["GET"] },
    ]);
  });

  test("says why protection is off, and then goes with its objects", () => {
    expect(synthBucket({ protection: UNPROTECTED }).only(S3Bucket)).toMatchObject({
      force_destroy: true,
      tags: { UnprotectedBecause: "a tests data is thrown away" },
      lifecycle: { prevent_destroy: false },
    });
  });

  test("keeps its addresses, and hands out its name and host name", () => {
    expect(plain().addresses(S3Bucket, S3BucketPolicy)).toEqual(["aws_s3_bucket.media", "aws_s3_bucket_policy.media_policy"]);
    const stack = new TestStack(scratchApp());
    const bucket = addBucket(stack);
    expect(bucket.name).toBe("shop-test-media");
    expect(resolved(stack, bucket.arn)).toBe(ARN);
    expect(resolved(stack, bucket.regionalDomainName)).toBe("${aws_s3_bucket.media.bucket_regional_domain_name}");
  });

  test("states itself", () => {
    const synthesized = synthBucket({ tiering: "intelligent", expireDays: 400, lock: { days: 35, mode: "GOVERNANCE" } });
    const fact = {
      kind: "bucket",
      id: "Media",
      name: "shop-test-media",
      why: "pictures of goods",
      stateful: true,
      fails: "S3 keeps objects in three zones; what was overwritten or deleted comes back from its old version for 30 days",
      versioned: true,
    };
    expect(facts(plain(), "bucket")).toEqual([{ ...fact, size: "Standard, old versions 30 days" }]);
    expect(facts(synthesized, "bucket")).toEqual([
      { ...fact, size: "Intelligent-Tiering, old versions 30 days, objects 400 days, locked 35 days" },
    ]);
  });
});
