import { ModifyDBInstanceCommand } from "@aws-sdk/client-rds";
import { CreateBucketCommand, DeleteBucketCommand, DeleteBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { bucketPolicy, databaseUrl, publicAccessBlock, SEEDED } from "../support/deployed-data";
import type { DeployedRoot } from "../support/deployed-root";
import { answeringTo, type Fault, factOf, xmlError } from "./fault";
import { withSecret } from "./secret-faults";

const DATABASE = "staging-allthrive-rds";
const CACHE = "staging-allthrive-elasticache";
const FRONTEND = "staging-allthrive-frontend-222222222222";
const MEDIA = "staging-allthrive-media-222222222222";
const URL_SECRET = "staging/allthrive/database";
const MASTER_SECRET = "staging/allthrive/rds/master";

/** A secret that holds another URL than the one that leads to the database. */
function withUrl(url: (root: DeployedRoot, right: string) => string): Fault["strike"] {
  return withSecret(URL_SECRET, (fields, root) => ({ DATABASE_URL: url(root, fields["DATABASE_URL"] ?? "") }));
}

/** The frontend bucket's policy, as it is deployed. */
function rightPolicy(root: DeployedRoot): PutBucketPolicyCommand {
  return bucketPolicy(factOf(root, "bucket", FRONTEND), root.edge.distributionArn(FRONTEND));
}

/** A frontend bucket with another policy. */
function withPolicy(change: (policy: string) => string): Fault["strike"] {
  return async (root) => {
    const { input } = rightPolicy(root);
    await root.clients.s3.send(new PutBucketPolicyCommand({ ...input, Policy: change(input.Policy ?? "") }));
    return () => root.clients.s3.send(rightPolicy(root));
  };
}

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    title: "a database that is gone",
    heading: "database-exists",
    what: DATABASE,
    found: "does not exist",
    strike: answeringTo("DescribeDBInstances", () => xmlError("DBInstanceNotFound"), DATABASE),
  },
  {
    title: "a database that is full",
    heading: "database-available",
    what: DATABASE,
    found: "storage-full",
    strike: answeringTo("DescribeDBInstances", (answer) => answer.replace(">available<", ">storage-full<")),
  },
  {
    title: "a database with a public address",
    heading: "database-access",
    what: DATABASE,
    found: "has a public address",
    strike: async ({ clients }) => {
      const set = (PubliclyAccessible: boolean) =>
        clients.rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: DATABASE, PubliclyAccessible }));
      await set(true);
      return () => set(false);
    },
  },
  {
    title: "credentials of another host",
    heading: "database-credentials",
    what: MASTER_SECRET,
    found: "DB_HOST is not the endpoint",
    strike: withSecret(MASTER_SECRET, (fields) => ({ ...fields, DB_HOST: `${SEEDED}.example.com` })),
  },
  {
    title: "credentials of another database",
    heading: "database-credentials",
    what: MASTER_SECRET,
    found: "DB_NAME is not allthrive",
    strike: withSecret(MASTER_SECRET, (fields) => ({ ...fields, DB_NAME: "postgres" })),
  },
  { title: "a DATABASE_URL that is none", heading: "database-url", what: URL_SECRET, found: "is no URL", strike: withUrl(() => SEEDED) },
  {
    title: "a DATABASE_URL of another engine",
    heading: "database-url",
    what: URL_SECRET,
    found: "does not begin with postgres://",
    strike: withUrl((_, right) => right.replace("postgres:", "mysql:")),
  },
  {
    title: "a DATABASE_URL that leads elsewhere",
    heading: "database-url",
    what: URL_SECRET,
    found: "a host that is not the endpoint",
    strike: withUrl((root) => databaseUrl("elsewhere.example.com", factOf(root, "database"))),
  },
  {
    title: "a DATABASE_URL of another port",
    heading: "database-url",
    what: URL_SECRET,
    found: "a port that is not the one",
    strike: withUrl((_, right) => right.replace(":5432/", ":6432/")),
  },
  {
    title: "a DATABASE_URL without a password",
    heading: "database-url",
    what: URL_SECRET,
    found: "no password",
    strike: withUrl((_, right) => right.replace(`:${SEEDED}@`, "@")),
  },
  {
    title: "a DATABASE_URL without a database",
    heading: "database-url",
    what: URL_SECRET,
    found: "does not name the database allthrive",
    strike: withUrl((_, right) => right.replace("/allthrive?", "/?")),
  },
  {
    title: "a cache that is gone",
    heading: "cache-exists",
    what: CACHE,
    found: "does not exist",
    strike: answeringTo("DescribeReplicationGroups", () => xmlError("ReplicationGroupNotFoundFault")),
  },
  {
    title: "a cache that is being changed",
    heading: "cache-available",
    what: CACHE,
    found: "modifying",
    strike: answeringTo("DescribeReplicationGroups", (answer) => answer.replace("<Status>available", "<Status>modifying")),
  },
];

export const BUCKET_FAULTS: readonly Fault[] = [
  {
    title: "a bucket that is gone",
    heading: "bucket-exists",
    what: MEDIA,
    found: "does not exist",
    strike: async (root) => {
      const bucket = factOf(root, "bucket", MEDIA);
      const { s3 } = root.clients;
      await s3.send(new DeleteBucketCommand({ Bucket: bucket.name }));
      return async () => {
        await s3.send(new CreateBucketCommand({ Bucket: bucket.name }));
        await s3.send(publicAccessBlock(bucket, true));
        await s3.send(bucketPolicy(bucket, undefined));
      };
    },
  },
  {
    title: "a bucket that may be made public",
    heading: "bucket-public-access",
    what: FRONTEND,
    found: "not all of it is blocked",
    strike: async (root) => {
      await root.clients.s3.send(publicAccessBlock(factOf(root, "bucket", FRONTEND), false));
      return () => root.clients.s3.send(publicAccessBlock(factOf(root, "bucket", FRONTEND), true));
    },
  },
  {
    title: "a site's bucket without its policy",
    heading: "bucket-distribution",
    what: FRONTEND,
    found: "the bucket has no policy",
    strike: async (root) => {
      await root.clients.s3.send(new DeleteBucketPolicyCommand({ Bucket: FRONTEND }));
      return () => root.clients.s3.send(rightPolicy(root));
    },
  },
  {
    title: "another bucket without its policy",
    heading: "bucket-tls",
    what: MEDIA,
    found: "there is none",
    strike: async (root) => {
      const { s3 } = root.clients;
      await s3.send(new DeleteBucketPolicyCommand({ Bucket: MEDIA }));
      return () => s3.send(bucketPolicy(factOf(root, "bucket", MEDIA), undefined));
    },
  },
  {
    title: "a bucket that takes requests without TLS",
    heading: "bucket-tls",
    what: FRONTEND,
    found: "takes requests without TLS",
    strike: withPolicy((policy) => policy.replace('"aws:SecureTransport":"false"', '"aws:SecureTransport":"true"')),
  },
  {
    title: "a bucket that does not admit CloudFront",
    heading: "bucket-distribution",
    what: FRONTEND,
    found: "does not admit it",
    strike: withPolicy((policy) => policy.replaceAll("cloudfront.amazonaws.com", "logging.s3.amazonaws.com")),
  },
  {
    title: "a bucket that admits the distribution before this one",
    heading: "bucket-distribution",
    what: FRONTEND,
    found: "does not admit it",
    strike: withPolicy((policy) => policy.replaceAll(/(:distribution\/)\w+/g, "$1E0BEFORE")),
  },
  {
    title: "a bucket that does not tell CloudFront what is missing",
    heading: "bucket-distribution",
    what: FRONTEND,
    found: "does not let it list: a missing asset is a 403 and not a 404",
    strike: withPolicy((policy) => policy.replace("s3:ListBucket", "s3:ListBucketVersions")),
  },
];
