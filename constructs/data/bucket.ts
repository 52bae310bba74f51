import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { type ITerraformDependable, Lazy } from "cdktf";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { type Protection, protectionTags } from "../base/protection";
import { SystemStack } from "../base/system-stack";
import { policyDocument, type Statement, wildcards } from "../security/policy-document";
import type { Grantee } from "../security/role";
import { checkBucket } from "./bucket-checks";
import { lifecycleRules } from "./bucket-lifecycle";

/** Days in which no version can be deleted. COMPLIANCE binds everybody, the account's root user and AWS's support too. */
export type ObjectLock =
  | { readonly days: number; readonly mode: "GOVERNANCE" }
  | { readonly days: number; readonly mode: "COMPLIANCE"; readonly because: string };

/** What browsers may do from pages of other origins. */
export interface BucketCors {
  /** For example `https://app.example.com`. No wildcard. */
  readonly origins: readonly string[];
  /** @default `["POST", "PUT"]`, which uploads need */
  readonly methods?: readonly ("DELETE" | "GET" | "HEAD" | "POST" | "PUT")[];
}

export interface BucketProps {
  /** Name of the bucket, unique among those of everybody. Another name replaces the bucket, without its objects. */
  readonly name: string;
  readonly why: string;
  /** Protected: Terraform refuses to destroy it. Otherwise it goes together with its objects. */
  readonly protection: Protection;
  /** Days that an overwritten or deleted object can be brought back. @default 30 */
  readonly noncurrentDays?: number;
  /** Days after which objects are deleted. @default - objects stay */
  readonly expireDays?: number;
  /** `intelligent` moves what nobody reads to cheaper tiers; all of them answer at once. @default "standard" */
  readonly tiering?: "standard" | "intelligent";
  /** Makes every version undeletable for a time. Only a new bucket can have it: for one that exists it means replacement. @default - no lock */
  readonly lock?: ObjectLock;
  /** @default - no page of another origin reaches it */
  readonly cors?: BucketCors;
}

/** Seconds that a browser remembers what it was allowed. Arbitrary. */
const CORS_MAX_AGE_SECONDS = 3000;

/**
 * A private bucket: encrypted, versioned, owned by its account alone, and deaf to requests that are not over TLS. Nobody
 * reads or writes it until a grant or {@link addToPolicy} says so, and nothing can make it public.
 */
export class Bucket extends Construct {
  readonly name: string;
  readonly arn: string;
  /** Host name, as CloudFront takes it for an origin. */
  readonly regionalDomainName: string;
  private readonly statements = new Map<string, Statement>();

  /** @throws {PropsError} for a name that S3 does not take, days below 1, origins that are none, and a lock that outlives an unprotected bucket. */
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { name, why, protection, noncurrentDays = 30, expireDays, tiering = "standard", lock, cors } = props;
    const isProtected = protection === "protected";
    checkBucket(this, props);
    this.name = name;
    const bucket = new S3Bucket(this, "Default", {
      bucket: name,
      forceDestroy: !isProtected,
      objectLockEnabled: lock === undefined ? undefined : true,
      tags: protectionTags(protection),
      lifecycle: { preventDestroy: isProtected },
    });
    this.arn = bucket.arn;
    this.regionalDomainName = bucket.bucketRegionalDomainName;
    const closed = this.close(bucket);
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket: bucket.id,
      rule: lifecycleRules({ noncurrentDays, expireDays, tiering }),
      dependsOn: [versioning],
    });
    if (lock !== undefined) this.lock(bucket, lock, versioning);
    if (cors !== undefined) this.allowOrigins(bucket, cors);
    this.policy(bucket, closed);
    SystemStack.of(this).inventory.add({
      kind: "bucket",
      id: pathInStack(this),
      name,
      why,
      size: [
        tiering === "intelligent" ? "Intelligent-Tiering" : "Standard",
        `old versions ${noncurrentDays} days`,
        ...(expireDays === undefined ? [] : [`objects ${expireDays} days`]),
        ...(lock === undefined ? [] : [`locked ${lock.days} days`]),
      ].join(", "),
      stateful: true,
      fails: `S3 keeps objects in three zones; what was overwritten or deleted comes back from its old version for ${noncurrentDays} days`,
      versioned: true,
    });
  }

  /**
   * Adds a statement to the bucket's own policy, for those who have no role here: AWS's services, other accounts.
   *
   * @throws {PropsError} for no principal, for everybody, for a known sid, and for a wildcard without `wildcardBecause`.
   */
  addToPolicy(statement: Statement): void {
    const { sid, effect = "Allow", principal, wildcardBecause } = statement;
    const where = `statement ${sid}`;
    if (principal === undefined) throw new PropsError(this, where, "must name a principal", statement.actions);
    if (this.statements.has(sid)) throw new PropsError(this, where, "must have a sid that no other statement has", sid);
    if (effect === "Allow" && namesEverybody(principal)) throw new PropsError(this, where, "must not allow everybody", principal);
    const found = wildcards(statement);
    if (found.length > 0) {
      if (wildcardBecause === undefined) throw new PropsError(this, where, "must give wildcardBecause for a wildcard", found);
      this.stateException(where, "has wildcards", wildcardBecause);
    }
    this.statements.set(sid, statement);
  }

  /**
   * Lets `grantee` read objects and list them; what is not there is then "not found" and not "forbidden".
   *
   * @param prefix folder, with its last slash. @default - the whole bucket
   * @throws {PropsError} for a prefix that is no folder.
   */
  grantRead(grantee: Grantee, prefix = ""): void {
    const resources = this.objects(prefix);
    grantee.role.allow({ sid: "ReadObjects", actions: ["s3:GetObject"], resources });
    const list = { actions: ["s3:ListBucket"], resources: [this.arn] };
    if (prefix === "") {
      grantee.role.allow({ sid: "ListBuckets", ...list });
      return;
    }
    const condition = { StringLike: { "s3:prefix": `${prefix}*` } };
    grantee.role.allow({ sid: `List${oneWord(pathInStack(this))}${oneWord(prefix)}`, ...list, condition });
  }

  /** Lets `grantee` write objects, and neither read nor delete them. Parameters and errors as in {@link grantRead}. */
  grantPut(grantee: Grantee, prefix = ""): void {
    grantee.role.allow({ sid: "WriteObjects", actions: ["s3:AbortMultipartUpload", "s3:PutObject"], resources: this.objects(prefix) });
  }

  /** Lets `grantee` list, read, write and delete objects, old versions apart. Parameters and errors as in {@link grantRead}. */
  grantReadWrite(grantee: Grantee, prefix = ""): void {
    this.grantRead(grantee, prefix);
    this.grantPut(grantee, prefix);
    grantee.role.allow({ sid: "DeleteObjects", actions: ["s3:DeleteObject"], resources: this.objects(prefix) });
  }

  /** Everything that keeps strangers out, but for the policy. */
  private close(bucket: S3Bucket): ITerraformDependable {
    new S3BucketOwnershipControls(this, "Ownership", { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } });
    new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" },
          bucketKeyEnabled: true,
          // With SSE-C a thief of credentials can lock everybody out, by a key that AWS does not have.
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
    return new S3BucketPublicAccessBlock(this, "PublicAccess", {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  private lock(bucket: S3Bucket, lock: ObjectLock, versioning: ITerraformDependable): void {
    new S3BucketObjectLockConfigurationA(this, "Lock", {
      bucket: bucket.id,
      rule: { defaultRetention: { mode: lock.mode, days: lock.days } },
      dependsOn: [versioning],
    });
    if (lock.mode === "COMPLIANCE") this.stateException("lock", `lets nobody delete an object for ${lock.days} days`, lock.because);
  }

  private allowOrigins(bucket: S3Bucket, { origins, methods = ["POST", "PUT"] }: BucketCors): void {
    new S3BucketCorsConfiguration(this, "Cors", {
      bucket: bucket.id,
      corsRule: [
        {
          allowedOrigins: [...origins],
          allowedMethods: [...methods],
          // What signed uploads send. An upload in parts needs the ETag of each part.
          allowedHeaders: ["content-type", "x-amz-*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: CORS_MAX_AGE_SECONDS,
        },
      ],
    });
  }

  private policy(bucket: S3Bucket, closed: ITerraformDependable): void {
    this.statements.set("NothingInTheClear", {
      sid: "NothingInTheClear",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [this.arn, `${this.arn}/*`],
      principal: "*",
      condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    new S3BucketPolicy(this, "Policy", {
      bucket: bucket.id,
      policy: Lazy.stringValue({ produce: () => policyDocument([...this.statements.values()]) }),
      // S3 refuses two changes of a bucket's access at one time.
      dependsOn: [closed],
    });
  }

  private objects(prefix: string): string[] {
    if (prefix !== "" && !/^[^/*?][^*?]*\/$/.test(prefix)) {
      throw new PropsError(this, "prefix", "must be a folder such as uploads/, without wildcards", prefix);
    }
    return [`${this.arn}/${prefix}*`];
  }

  private stateException(part: string, fact: string, because: string): void {
    SystemStack.of(this).inventory.add({
      kind: "exception",
      id: `${pathInStack(this)} ${part}`,
      what: `${part} of bucket ${this.name} ${fact}`,
      because,
    });
  }
}

function namesEverybody(principal: NonNullable<Statement["principal"]>): boolean {
  return principal === "*" || Object.values(principal).flat().includes("*");
}

function oneWord(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, "");
}
