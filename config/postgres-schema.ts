import * as z from "zod";
import { refuse } from "./refuse";

/** Families from t3, m5 and r5 on, whose sizes are known: see constructs/data/postgres-class.ts. */
export const databaseClass = z
  .string()
  .regex(
    /^db\.((t3|t4g)\.(micro|small|medium|large|2?xlarge)|[mr][5-9][a-z]{0,3}\.(large|(2|4|8|12|16|24|32|48)?xlarge))$/,
    "must be a class from db.t3, db.m5 or db.r5 on, such as db.t4g.medium",
  );

interface GrowingStorage {
  readonly storageGib: number;
  readonly maxStorageGib: number;
}

/**
 * Checks that storage has room to grow: RDS takes no less than a tenth.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
 */
export function roomToGrow({ value: { storageGib, maxStorageGib }, issues }: z.core.ParsePayload<GrowingStorage>): void {
  const least = Math.ceil((storageGib * 11) / 10);
  if (maxStorageGib >= least) return;
  refuse(issues, ["maxStorageGib"], `must be ${least} or more with storageGib ${storageGib}, because RDS asks for a tenth more`);
}
