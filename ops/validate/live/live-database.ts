import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from "@aws-sdk/client-rds";
import type { DatabaseFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";

/** What a database is in RDS, whether it is one instance or Aurora's cluster. */
export interface LiveDatabase {
  readonly status: string;
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** Whether an instance has a public address. */
  readonly public: boolean;
  readonly groupIds: readonly string[];
  /** None where Aurora sees to it. */
  readonly storageGib?: number;
}

/** @returns undefined when it does not exist. */
export function liveDatabase(aws: Aws, fact: DatabaseFact): Promise<LiveDatabase | undefined> {
  return aws.once(`database ${fact.name}`, () => (fact.engine.startsWith("aurora") ? cluster(aws, fact.name) : instance(aws, fact.name)));
}

async function instance(aws: Aws, DBInstanceIdentifier: string): Promise<LiveDatabase | undefined> {
  const describe = new DescribeDBInstancesCommand({ DBInstanceIdentifier });
  const answer = await aws.find(
    (options) => aws.client(RDSClient).send(describe, options),
    "DBInstanceNotFoundFault",
    "DBInstanceNotFound",
  );
  const found = answer?.DBInstances?.[0];
  if (found === undefined) return undefined;
  const { DBInstanceStatus = "unknown", Endpoint, PubliclyAccessible = false, VpcSecurityGroups = [], AllocatedStorage } = found;
  return {
    status: DBInstanceStatus,
    host: Endpoint?.Address,
    port: Endpoint?.Port,
    public: PubliclyAccessible,
    groupIds: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    ...(AllocatedStorage === undefined ? {} : { storageGib: AllocatedStorage }),
  };
}

async function cluster(aws: Aws, name: string): Promise<LiveDatabase | undefined> {
  const rds = aws.client(RDSClient);
  const describe = new DescribeDBClustersCommand({ DBClusterIdentifier: name });
  const answer = await aws.find((options) => rds.send(describe, options), "DBClusterNotFoundFault", "DBClusterNotFound");
  const found = answer?.DBClusters?.[0];
  if (found === undefined) return undefined;
  const members = new DescribeDBInstancesCommand({ Filters: [{ Name: "db-cluster-id", Values: [name] }] });
  const { DBInstances = [] } = await aws.ask((options) => rds.send(members, options));
  const ailing = DBInstances.find(({ DBInstanceStatus }) => DBInstanceStatus !== "available");
  const { Status = "unknown", Endpoint, Port, VpcSecurityGroups = [] } = found;
  return {
    status: Status === "available" ? clusterStatus(DBInstances.length, ailing?.DBInstanceStatus) : Status,
    host: Endpoint,
    port: Port,
    public: DBInstances.some(({ PubliclyAccessible }) => PubliclyAccessible),
    groupIds: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
  };
}

function clusterStatus(instances: number, ailing: string | undefined): string {
  return instances === 0 ? "without instances" : (ailing ?? "available");
}
