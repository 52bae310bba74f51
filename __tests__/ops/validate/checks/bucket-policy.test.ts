import { type DistributionAccess, distributionAccess, policyStatements } from "../../../../ops/validate/checks/bucket-policy";

const BUCKET = "shop-site";
const ARN = "arn:aws:cloudfront::111111111111:distribution/E1";

function allow(Action: string | readonly string[], change: object = {}): object {
  return {
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action,
    Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
    Condition: { StringEquals: { "aws:SourceArn": ARN } },
    ...change,
  };
}

const READ = allow("s3:GetObject");
const LIST = allow("s3:ListBucket");

describe("what a bucket's policy lets a distribution do", () => {
  test.each<[string, readonly object[], DistributionAccess]>([
    ["both, in a statement each", [READ, LIST], { reads: true, lists: true }],
    ["both, in one statement", [allow(["s3:GetObject", "s3:ListBucket"])], { reads: true, lists: true }],
    ["reading only", [READ], { reads: true, lists: false }],
    ["listing only", [LIST], { reads: false, lists: true }],
    ["nothing, without a statement", [], { reads: false, lists: false }],
    ["nothing of another bucket", [allow("s3:GetObject", { Resource: "arn:aws:s3:::another/*" })], { reads: false, lists: false }],
    [
      "nothing for another distribution",
      [allow("s3:GetObject", { Condition: { StringEquals: { "aws:SourceArn": `${ARN}2` } } })],
      { reads: false, lists: false },
    ],
    ["nothing for whatever distribution", [allow("s3:GetObject", { Condition: undefined })], { reads: false, lists: false }],
    ["nothing that is denied", [allow("s3:GetObject", { Effect: "Deny" })], { reads: false, lists: false }],
    ["nothing that everybody may", [allow("s3:GetObject", { Principal: "*" })], { reads: false, lists: false }],
  ])("is %s", (_what, statements, access) => {
    expect(distributionAccess(policyStatements(JSON.stringify({ Statement: statements })), BUCKET, ARN)).toEqual(access);
  });

  test.each(["aws:SourceArn", "AWS:SourceArn"])("is found whichever way the key is written: %s", (key) => {
    const statement = allow("s3:GetObject", { Condition: { ArnLike: { [key]: [ARN] } } });
    expect(distributionAccess(policyStatements(JSON.stringify({ Statement: statement })), BUCKET, ARN)).toEqual({
      reads: true,
      lists: false,
    });
  });

  test("is nothing where there is no policy", () => {
    expect(distributionAccess(policyStatements(undefined), BUCKET, ARN)).toEqual({ reads: false, lists: false });
  });
});
