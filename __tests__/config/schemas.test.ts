import { instanceType, logRetentionDays, region } from "../../config/schemas";

test("log retention is what CloudWatch Logs takes, and nothing between", () => {
  const taken = Array.from({ length: 4000 }, (_, days) => days).filter((days) => logRetentionDays.safeParse(days).success);
  expect(taken).toEqual([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]);
});

test.each(["us-east-1", "ap-south-1", "ap-southeast-1", "eu-west-1", "sa-east-1"])("%s is a region", (name) => {
  expect(region.safeParse(name).success).toBe(true);
});

test.each(["", "us-east", "us-east-1a", "US-EAST-1", "global", "us-gov-west-1", "cn-north-1"])(
  "%j is no region of the commercial partition",
  (name) => {
    expect(region.safeParse(name).success).toBe(false);
  },
);

describe("an instance type", () => {
  test.each([
    ["", "t3.micro"],
    ["", "t4g.2xlarge"],
    ["", "c7gn.16xlarge"],
    ["", "u-6tb1.metal"],
    ["", "m7i.metal-24xl"],
    ["cache.", "cache.t4g.micro"],
    ["cache.", "cache.r7g.12xlarge"],
    ["db.", "db.r6g.large"],
  ] as const)("of the family %j may be %s", (prefix, type) => {
    expect(instanceType(prefix).safeParse(type).success).toBe(true);
  });

  test.each([
    ["", "cache.t4g.micro"],
    ["", "t3"],
    ["", "t3.huge"],
    ["", "T3.micro"],
    ["", "t3.micro "],
    ["cache.", "t4g.micro"],
    ["cache.", "cacheXt4g.micro"],
    ["db.", "cache.t4g.micro"],
  ] as const)("of the family %j may not be %j", (prefix, type) => {
    expect(instanceType(prefix).safeParse(type).success).toBe(false);
  });
});
