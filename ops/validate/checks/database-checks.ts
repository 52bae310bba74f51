import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import type { DatabaseFact } from "../../../constructs/base/inventory-parts";
import type { Aws } from "../aws";
import type { Check } from "../check";
import { absent, type Finding, finding } from "../finding";
import { liveDatabase } from "../live/live-database";
import { connectionChecks } from "./database-connection";

const part = "databases";
/** Percent of the storage that must be free. RDS grows a disk that has less than a tenth left, as far as it may. */
const FREE_PERCENT = 10;
/** Minutes that are looked back at for a figure; RDS reports one a minute. */
const BACK_MINUTES = 15;
const GIB = 1024 ** 3;

/** A database: there, available, as public as stated, not full, and reachable by what its secrets say. */
export function databaseChecks(aws: Aws, root: string, fact: DatabaseFact): readonly Check[] {
  const what = `database ${fact.name}`;
  return [
    { part, heading: "database-exists", what, look: () => state(aws, root, fact, what) },
    { part, heading: "database-storage", what: `${what}: free storage`, look: () => storage(aws, fact, `${what}: free storage`) },
    ...connectionChecks(aws, root, fact),
  ];
}

async function state(aws: Aws, root: string, fact: DatabaseFact, what: string): Promise<readonly Finding[]> {
  const live = await liveDatabase(aws, fact);
  if (live === undefined) return [absent("database-exists", what, `deploy ${root}, or restore it from its last snapshot`)];
  const available = live.status === "available";
  const access = live.public ? "has a public address" : "is private";
  const stated = fact.public ? "has a public address" : "is private";
  return [
    finding("database-available", `${what}: status`, live.status, available ? undefined : "read its events in the RDS console and wait"),
    finding(
      "database-access",
      `${what}: public address`,
      access,
      live.public === fact.public ? undefined : `deploy ${root}, which states that it ${stated}`,
    ),
  ];
}

async function storage(aws: Aws, fact: DatabaseFact, what: string): Promise<readonly Finding[]> {
  const live = await liveDatabase(aws, fact);
  if (live?.storageGib === undefined) return [];
  const now = Date.now();
  const get = new GetMetricStatisticsCommand({
    Namespace: "AWS/RDS",
    MetricName: "FreeStorageSpace",
    Dimensions: [{ Name: "DBInstanceIdentifier", Value: fact.name }],
    StartTime: new Date(now - BACK_MINUTES * 60_000),
    EndTime: new Date(now),
    Period: 60,
    Statistics: ["Minimum"],
  });
  const { Datapoints = [] } = await aws.ask((options) => aws.client(CloudWatchClient).send(get, options));
  const figures = Datapoints.flatMap(({ Minimum }) => Minimum ?? []);
  if (figures.length === 0) {
    const found = `no figure in ${BACK_MINUTES} minutes`;
    return [{ verdict: "unknown", what, found, todo: "see whether the instance runs, and run again", heading: "database-storage" }];
  }
  const freeGib = Math.min(...figures) / GIB;
  const enough = freeGib * 100 >= live.storageGib * FREE_PERCENT;
  const found = `${freeGib.toFixed(1)} of ${live.storageGib} GiB are free`;
  return [finding("database-storage", what, found, enough ? undefined : "raise maxStorageGib in config/ and deploy, or delete data")];
}
