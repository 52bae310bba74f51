import { PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CreateReplicationGroupCommand } from "@aws-sdk/client-elasticache";
import { CreateDBInstanceCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { CreateBucketCommand, PutBucketPolicyCommand, PutPublicAccessBlockCommand } from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import type { InventoryDocument, SecretFact } from "../../../../constructs/base/inventory-facts";
import type { BucketFact, DatabaseFact } from "../../../../constructs/base/inventory-parts";
import type { Clients } from "./clients";
import type { DeployedNetwork } from "./deployed-network";

/** Part of every value of every secret that tests set. No report may hold it. */
export const SEEDED = "Seeded7Value";

/** Makes a root's databases, with a figure of their free storage, and its caches. */
export async function deployDatabases(
  { rds, cloudwatch, elasticache }: Clients,
  { facts }: InventoryDocument,
  network: DeployedNetwork,
): Promise<void> {
  for (const fact of facts) {
    if (fact.kind === "database") {
      await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: fact.name,
          DBInstanceClass: "db.t3.micro",
          Engine: "postgres",
          AllocatedStorage: 20,
          MasterUsername: "master",
          MasterUserPassword: SEEDED,
          Port: fact.port,
          PubliclyAccessible: fact.public,
          VpcSecurityGroupIds: [network.groupId(fact.id)],
        }),
      );
      await cloudwatch.send(freeStorage(fact, 15));
    }
    if (fact.kind === "cache") {
      const make = { ReplicationGroupId: fact.name, ReplicationGroupDescription: fact.why, Engine: "redis", NumCacheClusters: 1 };
      await elasticache.send(new CreateReplicationGroupCommand(make));
    }
  }
}

/** What RDS has reported of an instance's disk a minute ago. */
export function freeStorage({ name }: DatabaseFact, gib: number): PutMetricDataCommand {
  const Dimensions = [{ Name: "DBInstanceIdentifier", Value: name }];
  const MetricData = [{ MetricName: "FreeStorageSpace", Dimensions, Value: gib * 1024 ** 3, Timestamp: new Date(Date.now() - 60_000) }];
  return new PutMetricDataCommand({ Namespace: "AWS/RDS", MetricData });
}

/** Makes a root's secrets, each with all its keys, and those of a database as they lead to it. */
export async function deploySecrets({ rds, secrets }: Clients, { facts }: InventoryDocument): Promise<void> {
  const database = facts.find((fact): fact is DatabaseFact => fact.kind === "database");
  const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: database?.name }));
  const host = DBInstances[0]?.Endpoint?.Address ?? "";
  for (const fact of facts) {
    if (fact.kind !== "secret") continue;
    await secrets.send(new CreateSecretCommand({ Name: fact.name, SecretString: secretText(fact, database, host) }));
  }
}

/** A connection URL as PostgresDatabase writes it. */
export function databaseUrl(host: string, database: DatabaseFact | undefined): string {
  return `postgres://master:${SEEDED}@${host}:${database?.port}/${database?.databaseName}?sslmode=require`;
}

/** A value with every key of a secret. */
export function secretText({ name, keys }: SecretFact, database: DatabaseFact | undefined, host: string): string {
  if (keys.length === 0) return SEEDED;
  const known: Record<string, string> = { DB_HOST: host, DB_PORT: String(database?.port), DB_NAME: String(database?.databaseName) };
  const url = database?.urls?.find(({ secret }) => secret === name);
  if (url !== undefined) known[url.key] = databaseUrl(host, database);
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, known[key] ?? `${SEEDED}${key}`])));
}

/** Makes a root's buckets, private, with policies that admit the distribution which reads them. */
export async function deployBuckets(
  { s3 }: Clients,
  { facts }: InventoryDocument,
  distributionArn: (bucket: string) => string | undefined,
): Promise<void> {
  for (const fact of facts) {
    if (fact.kind !== "bucket") continue;
    await s3.send(new CreateBucketCommand({ Bucket: fact.name }));
    await s3.send(publicAccessBlock(fact, true));
    await s3.send(bucketPolicy(fact, distributionArn(fact.name)));
  }
}

export function publicAccessBlock({ name }: BucketFact, on: boolean): PutPublicAccessBlockCommand {
  const all = { BlockPublicAcls: on, BlockPublicPolicy: on, IgnorePublicAcls: on, RestrictPublicBuckets: on };
  return new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: all });
}

/** A policy that refuses requests without TLS, and lets one distribution read and list. */
export function bucketPolicy({ name }: BucketFact, distributionArn: string | undefined): PutBucketPolicyCommand {
  const arn = `arn:aws:s3:::${name}`;
  const onlyThis = {
    Principal: { Service: "cloudfront.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
  };
  const Statement = [
    {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    ...(distributionArn === undefined
      ? []
      : [
          { Effect: "Allow", Action: "s3:GetObject", Resource: `${arn}/*`, ...onlyThis },
          { Effect: "Allow", Action: "s3:ListBucket", Resource: arn, ...onlyThis },
        ]),
  ];
  return new PutBucketPolicyCommand({ Bucket: name, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
}
