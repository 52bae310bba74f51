import * as z from "zod";
import { OperatorError } from "../cli/operator-error";
import document from "./prices.json";

/** One unit price, before tax, and where and when it was read. */
const price = z.strictObject({
  /** US dollars for one unit. Nothing that is priced here is free, so zero is a mistake. */
  usd: z.number().positive(),
  /** Month in which the source had it, `YYYY-MM`. */
  asOf: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, "must be a month such as 2026-10"),
  source: z.string().min(1),
});

/** What is priced. Each name ends in its unit: an hour, or a gigabyte that passes. */
const region = z.strictObject({
  natGatewayHour: price,
  natGatewayGb: price,
  publicIpv4Hour: price,
  /** One interface endpoint in one zone. */
  endpointZoneHour: price,
  /** The first petabyte a month. */
  endpointGb: price,
});

const schema = z.strictObject({
  currency: z.literal("USD"),
  /** Hours that a month is reckoned with: 8,760 a year, in twelve. */
  hoursPerMonth: z.literal(730),
  regions: z.record(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "must be a region such as eu-west-1"), region),
});

/** The price file. Prices are as of their own dates, and never today's: AWS's bill is the truth. */
export type Prices = z.output<typeof schema>;
export type RegionPrices = z.output<typeof region>;

const FILE = "ops/prices/prices.json";

/** @throws {OperatorError} naming the first price that is missing or cannot be one. */
export function parsePrices(value: unknown): Prices {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new OperatorError(`${FILE}: ${issue?.path.join(".") || "file"}: ${issue?.message}; correct the file`);
}

/** The prices that the project ships. */
export function readPrices(): Prices {
  return parsePrices(document);
}
