import { Construct } from "constructs";
import { type MarqoConfig, usersAccountsTableName } from "../../config/marqo-schema";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { Table } from "../../constructs/data/table";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";
import type { Grantee } from "../../constructs/security/role";

export interface MarqoTablesProps {
  readonly config: Pick<MarqoConfig, "usersAccountsTablePrefix">;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
}

/** What the control plane keeps. */
export class MarqoTables extends Construct {
  /** Shared with a controller outside this repository. */
  readonly usersAccounts: Table;
  readonly indexConfigs: Table;
  readonly clusterPool: Table;
  readonly clusterAssignment: Table;

  constructor(scope: Construct, id: string, { config, protection, alarms }: MarqoTablesProps) {
    super(scope, id);
    const { environment } = SystemStack.of(this);
    const table = (tableId: string, name: string, why: string): Table =>
      new Table(this, tableId, {
        name,
        why,
        key: { partition: { name: "pk", type: "S" }, sort: { name: "sk", type: "S" } },
        protection,
        alarms,
      });
    const users = usersAccountsTableName(environment, config);
    this.usersAccounts = table("UsersAccounts", users, "accounts and their users: pk is the account or user, sk the kind of record");
    this.indexConfigs = table(
      "IndexConfigs",
      `${environment}-CustomerIndexConfigTable`,
      "customers' indexes: pk is the system account, sk the index configuration",
    );
    this.clusterPool = table("ClusterPool", `${environment}-CustomerClusterPoolTable`, "clusters that wait for a customer");
    this.clusterAssignment = table(
      "ClusterAssignment",
      `${environment}-CustomerClusterAssignmentTable`,
      "which customer has which cluster",
    );
  }

  /** Lets the monolith work on items of every table, and scan none. */
  grantWork(grantee: Grantee): void {
    for (const table of [this.usersAccounts, this.indexConfigs, this.clusterPool, this.clusterAssignment]) {
      table.grantGet(grantee);
      table.grantBatchGet(grantee);
      table.grantQuery(grantee);
      table.grantPut(grantee);
      table.grantUpdate(grantee);
      table.grantDelete(grantee);
      table.grantConditionCheck(grantee);
    }
  }
}
