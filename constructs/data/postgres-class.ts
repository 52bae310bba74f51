import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";

/** What a construct must know of an RDS instance class. */
export interface PostgresClass {
  readonly memoryGib: number;
  /** Connections that the database takes, as its parameter group says. */
  readonly maxConnections: number;
}

/** GiB of the sizes that are no multiple of a `large`. */
const SMALL_SIZES: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4 };
/** GiB of a `large`, by the first letter of the family; an `xlarge` has twice that, an `8xlarge` eight times an `xlarge`. */
const LARGE: Readonly<Record<string, number>> = { t: 8, m: 8, r: 16 };
/** Families from t3, m5 and r5 on; the ones before have other sizes. */
const CLASS = /^db\.(t(?=[34])|[mr](?=[5-9]))\d[a-z]*\.(?:(micro|small|medium)|(large)|(\d*)xlarge)$/;

/**
 * RDS's own default comes to 112 connections a GiB, after its processes took their share of the memory, which nothing
 * states. A fixed number is one that alarms can count on; this one, below the default, is arbitrary.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
const CONNECTIONS_PER_GIB = 80;
/** RDS's own bound on its default. */
const MOST_CONNECTIONS = 5000;

/**
 * The class of that name, for the families t, m and r in their present generations.
 *
 * @throws {PropsError} for a name that is none of these.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 */
export function postgresClass(scope: Construct, name: string): PostgresClass {
  const memoryGib = memoryOf(name);
  if (memoryGib === undefined) {
    throw new PropsError(scope, "instanceClass", "must be a class from db.t3, db.m5 or db.r5 on, for example db.t4g.medium", name);
  }
  return { memoryGib, maxConnections: Math.min(memoryGib * CONNECTIONS_PER_GIB, MOST_CONNECTIONS) };
}

function memoryOf(name: string): number | undefined {
  const [, letter = "", small, large, times = ""] = CLASS.exec(name) ?? [];
  const largeGib = LARGE[letter];
  if (largeGib === undefined) return undefined;
  if (small !== undefined) return letter === "t" ? SMALL_SIZES[small] : undefined;
  return large !== undefined ? largeGib : largeGib * 2 * (times === "" ? 1 : Number(times));
}
