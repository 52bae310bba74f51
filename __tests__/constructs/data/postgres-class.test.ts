import { postgresClass } from "../../../constructs/data/postgres-class";
import { scratchApp, TestStack } from "../../support/synthesized";

const classOf = (name: string) => postgresClass(new TestStack(scratchApp()), name);

describe("postgresClass", () => {
  // Memory as AWS lists it: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
  test.each([
    ["db.t3.micro", 1, 80],
    ["db.t4g.small", 2, 160],
    ["db.t3.medium", 4, 320],
    ["db.t4g.large", 8, 640],
    ["db.t3.2xlarge", 32, 2560],
    ["db.m5.large", 8, 640],
    ["db.m6i.xlarge", 16, 1280],
    ["db.m7g.4xlarge", 64, 5000],
    ["db.r6g.large", 16, 1280],
    ["db.r5.24xlarge", 768, 5000],
  ])("gives %s %d GiB and %d connections", (name, memoryGib, maxConnections) => {
    expect(classOf(name)).toEqual({ memoryGib, maxConnections });
  });

  test.each(["t3.micro", "db.t2.micro", "db.m4.large", "db.r6g.micro", "db.x2g.large", "db.t3.tiny", "db.serverless", ""])(
    "refuses %s, which it knows nothing of",
    (name) => {
      expect(() => classOf(name)).toThrow(
        `shop-test: instanceClass must be a class from db.t3, db.m5 or db.r5 on, for example db.t4g.medium, got "${name}"`,
      );
    },
  );
});
