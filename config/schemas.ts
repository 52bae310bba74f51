import * as z from "zod";
import { parseCidr } from "./cidr";
import { CPU_CHOICES, fargateChoices, isFargateCpu, isFargateSize } from "./fargate";
import { refuse } from "./refuse";

/**
 * AWS regions of the commercial partition.
 *
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const REGIONS: ReadonlySet<string> = new Set(
  `us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
   ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ap-northeast-1 ap-northeast-2 ap-northeast-3 ca-central-1 ca-west-1
   eu-central-1 eu-central-2 eu-west-1 eu-west-2 eu-west-3 eu-south-1 eu-south-2 eu-north-1 il-central-1 me-central-1 me-south-1
   mx-central-1 sa-east-1`.split(/\s+/),
);

export const region = z.string().refine((name) => REGIONS.has(name), "must be an AWS region such as us-east-1");

export const accountId = z.string().regex(/^\d{12}$/, "must be an AWS account id, twelve digits");

/** An IPv4 block without host bits. */
const cidr = z
  .string()
  .refine((text) => parseCidr(text) !== undefined, "must be an IPv4 block with no bits behind its mask, such as 10.0.0.0/16");

/** A VPC's block: AWS takes /16 to /28. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const vpcCidr = cidr.refine(isVpcSize, "must be a block of /16 to /28, which is what a VPC takes");

/** A subnet's block: AWS takes /16 to /28. @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const subnetCidr = cidr.refine(isVpcSize, "must be a block of /16 to /28, which is what a subnet takes");

/** What is no block at all has its own fault. */
function isVpcSize(text: string): boolean {
  const length = Number(text.split("/")[1]);
  return parseCidr(text) === undefined || (length >= 16 && length <= 28);
}

/** Addresses of people: /8 at most, so that nobody writes the whole internet. */
export const peopleCidr = cidr.refine(
  (text) => parseCidr(text) === undefined || Number(text.split("/")[1]) >= 8,
  "must be a block of /8 or smaller: the whole internet is nobody's address",
);

/** Cost that the system's owners expect, in USD a month. The budget alarm compares with it. */
export const monthlyBudgetUsd = z.number().min(1, "must be 1 or more").max(1_000_000_000, "must be 1000000000 or less");

/** A written reason, long enough to be one. */
export const reason = z.string().trim().min(15, "must be a sentence that says why");

export const protection = z.union([z.literal("protected"), z.strictObject({ unprotectedBecause: reason })], {
  error: 'must be "protected" or { unprotectedBecause: "why" }',
});

/** Days of retention that CloudWatch Logs takes. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const logRetentionDays = z
  .number()
  .refine(
    (days) => [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653].includes(days),
    "must be a retention that CloudWatch Logs takes, such as 30",
  );

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketName = z
  .string()
  .regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens");

/** Where Terraform keeps a root's state. */
export const state = z.strictObject({
  bucket: bucketName,
  key: z.string().regex(/^[^/].*\.tfstate$/, "must be an object key that ends in .tfstate"),
  region,
  lockTable: z.string().regex(/^[A-Za-z0-9_.-]{3,255}$/, "must be a DynamoDB table name"),
  organization: z.string().min(1, "must name an HCP Terraform organization"),
  project: z.string().min(1, "must name an HCP Terraform project"),
});

/** Size of a Fargate task: CPU in units of 1/1024 vCPU, memory in MiB. */
const fargateSize = {
  cpu: z.number(),
  memoryMib: z.number(),
};

/** Number of tasks. Scaling follows CPU when `cpuPercent` is given; without it the number stays at `min`. */
const tasks = z
  .strictObject({
    min: z.number().int().min(1, "must be 1 or more"),
    max: z.number().int().min(1, "must be 1 or more"),
    cpuPercent: z.number().min(10, "must be 10 to 90").max(90, "must be 10 to 90").optional(),
  })
  .refine(({ min, max }) => min <= max, { error: "must not be over max", path: ["min"] })
  .refine(({ min, max, cpuPercent }) => cpuPercent !== undefined || min === max, {
    error: "must equal min when there is no cpuPercent to scale by",
    path: ["max"],
  });

/** How many tasks of what size a service runs. */
export const service = z.strictObject({ ...fargateSize, tasks }).check((context) => {
  const { cpu, memoryMib } = context.value;
  if (isFargateSize(cpu, memoryMib)) return;
  const [field, message] = isFargateCpu(cpu)
    ? ["memoryMib", `must make a size that Fargate has: ${fargateChoices(cpu)}`]
    : ["cpu", `must be a CPU size that Fargate has: ${CPU_CHOICES}`];
  refuse(context.issues, [field], message);
});

/** One subnet of each tier, in one availability zone. */
const zone = z.strictObject({ publicCidr: subnetCidr, privateCidr: subnetCidr });

/** A VPC: subnets are keyed by the letter of their zone, so that adding a zone moves no other. */
export const network = z.strictObject({
  cidr: vpcCidr,
  zones: z
    .record(z.string().regex(/^[a-f]$/, "must be the letter of an availability zone"), zone)
    .refine((zones) => Object.keys(zones).length >= 2, "must be at least two, which databases and public balancers need"),
  nat: z.union([z.literal("perZone"), z.literal("none"), z.strictObject({ single: z.string() })], {
    error: 'must be "perZone", "none" or { single: "a" }',
  }),
  flowLogDays: logRetentionDays,
});

export type NetworkConfig = z.infer<typeof network>;

/** An instance type of one family, for example `t3.small` or `cache.t4g.micro`. */
export function instanceType(prefix: "" | "cache." | "db.") {
  const pattern = new RegExp(`^${prefix.replace(".", "\\.")}[a-z][a-z0-9-]*\\.(nano|micro|small|medium|large|\\d*xlarge|metal(-\\d+xl)?)$`);
  return z.string().regex(pattern, `must be an instance type such as ${prefix}t4g.micro`);
}

/** A host name, or the domain of a zone, in lower case and without a final dot. */
export const hostName = z
  .string()
  .max(253, "must have at most 253 characters")
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, "must be a host name such as api.example.com");

/** Whether a zone can hold a host's records. */
export function isInZone(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}

/** A standby in another zone, or the reason why there is none. */
export const multiAz = z.union([z.literal(true), z.strictObject({ singleZoneBecause: reason })], {
  error: 'must be true or { singleZoneBecause: "why" }',
});

/** Raise it by one to rotate a password with the next apply. */
export const passwordVersion = z.number().int().min(1, "must be 1 or more");

/** Storage of an RDS instance, in GiB: it grows by itself, and never shrinks. */
const storageGib = z.number().int().min(20, "must be 20 to 65536").max(65_536, "must be 20 to 65536");
export const storage = { storageGib, maxStorageGib: storageGib };
