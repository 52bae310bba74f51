import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Bucket } from "../../../constructs/data/bucket";
import { Role } from "../../../constructs/security/role";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { exception, facts, statements } from "../readings";

const ARN = "${aws_s3_bucket.media.arn}";

function synthBucket(use: (bucket: Bucket, stack: TestStack) => void): Synthesized {
  return synthesizeTestStack((stack) =>
    use(new Bucket(stack, "Media", { name: "shop-test-media", why: "pictures of goods", protection: "protected" }), stack),
  );
}

/** Statements of the one role that a grant was made to. */
function granted(grant: (bucket: Bucket, role: Role) => void): unknown {
  const synthesized = synthBucket((bucket, stack) => grant(bucket, new Role(stack, "Api", { service: "ecs-tasks.amazonaws.com" })));
  return statements(synthesized.only(IamRolePolicy)["policy"]);
}

describe("Bucket", () => {
  test("lets a role read and list", () => {
    expect(granted((bucket, role) => bucket.grantRead({ role }))).toEqual([
      { Sid: "ReadObjects", Effect: "Allow", Action: "s3:GetObject", Resource: `${ARN}/*` },
      { Sid: "ListBuckets", Effect: "Allow", Action: "s3:ListBucket", Resource: ARN },
    ]);
  });

  test("lets a role read and list some folders, and nothing beside them", () => {
    expect(
      granted((bucket, role) => {
        bucket.grantRead({ role }, "goods/");
        bucket.grantRead({ role }, "shops/logos/");
      }),
    ).toEqual([
      { Sid: "ReadObjects", Effect: "Allow", Action: "s3:GetObject", Resource: [`${ARN}/goods/*`, `${ARN}/shops/logos/*`] },
      {
        Sid: "ListMediagoods",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: ARN,
        Condition: { StringLike: { "s3:prefix": "goods/*" } },
      },
      {
        Sid: "ListMediashopslogos",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: ARN,
        Condition: { StringLike: { "s3:prefix": "shops/logos/*" } },
      },
    ]);
  });

  test("lets a role write, and neither read nor delete", () => {
    expect(granted((bucket, role) => bucket.grantPut({ role }, "incoming/"))).toEqual([
      { Sid: "WriteObjects", Effect: "Allow", Action: ["s3:AbortMultipartUpload", "s3:PutObject"], Resource: `${ARN}/incoming/*` },
    ]);
  });

  test("lets a role do everything with objects, but delete no old version", () => {
    expect(granted((bucket, role) => bucket.grantReadWrite({ role }))).toEqual([
      { Sid: "ReadObjects", Effect: "Allow", Action: "s3:GetObject", Resource: `${ARN}/*` },
      { Sid: "ListBuckets", Effect: "Allow", Action: "s3:ListBucket", Resource: ARN },
      { Sid: "WriteObjects", Effect: "Allow", Action: ["s3:AbortMultipartUpload", "s3:PutObject"], Resource: `${ARN}/*` },
      { Sid: "DeleteObjects", Effect: "Allow", Action: "s3:DeleteObject", Resource: `${ARN}/*` },
    ]);
  });

  test("asks no reason for the objects of one bucket, since there is no other way to name them", () => {
    const synthesized = synthBucket((bucket, stack) =>
      bucket.grantReadWrite({ role: new Role(stack, "Api", { service: "ecs-tasks.amazonaws.com" }) }),
    );
    expect(facts(synthesized, "exception")).toEqual([]);
  });

  test.each(["uploads", "/uploads/", "uploads/*/", "up?oads/", "/"])("refuses the prefix %s, which is no folder", (prefix) => {
    expect(() => granted((bucket, role) => bucket.grantPut({ role }, prefix))).toThrow(
      `shop-test/Media: prefix must be a folder such as uploads/, without wildcards, got "${prefix}"`,
    );
  });

  test("adds to its own policy what a service of AWS may do", () => {
    const condition = { StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/E1" } };
    const synthesized = synthBucket((bucket) =>
      bucket.addToPolicy({
        sid: "CloudFrontReads",
        actions: ["s3:GetObject"],
        resources: [`${bucket.arn}/*`],
        principal: { Service: "cloudfront.amazonaws.com" },
        condition,
      }),
    );
    expect(statements(synthesized.only(S3BucketPolicy)["policy"])).toMatchObject([
      { Sid: "NothingInTheClear", Effect: "Deny" },
      {
        Sid: "CloudFrontReads",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: `${ARN}/*`,
        Condition: condition,
      },
    ]);
    expect(facts(synthesized, "exception")).toEqual([]);
  });

  test("states the reason for a wildcard in its policy", () => {
    const synthesized = synthBucket((bucket) =>
      bucket.addToPolicy({
        sid: "Auditors",
        actions: ["s3:Get*"],
        resources: [bucket.arn],
        principal: { AWS: "arn:aws:iam::222222222222:root" },
        wildcardBecause: "auditors read every setting",
      }),
    );
    expect(facts(synthesized, "exception")).toEqual([
      exception("Media statement Auditors", "statement Auditors of bucket shop-test-media has wildcards", "auditors read every setting"),
    ]);
  });

  test.each([
    ["no principal", {}, 'must name a principal, got ["s3:ListBucket"]'],
    ["everybody", { principal: "*" as const }, 'must not allow everybody, got "*"'],
    ["every account", { principal: { AWS: ["*"] } }, 'must not allow everybody, got {"AWS":["*"]}'],
    [
      "a wildcard without a reason",
      { principal: { AWS: "1" }, actions: ["s3:*"] },
      'must give wildcardBecause for a wildcard, got ["s3:*"]',
    ],
  ])("refuses a statement with %s", (_what, part, message) => {
    const add = () => synthBucket((bucket) => bucket.addToPolicy({ sid: "Read", actions: ["s3:ListBucket"], resources: ["a"], ...part }));
    expect(add).toThrow(`shop-test/Media: statement Read ${message}`);
  });

  test("refuses a statement under a name that is taken, its own among them", () => {
    const deny = { sid: "NothingInTheClear", effect: "Deny", actions: ["s3:*"], resources: ["a"], principal: "*" } as const;
    expect(() => synthBucket((bucket) => bucket.addToPolicy(deny))).toThrow(
      'shop-test/Media: statement NothingInTheClear must have a sid that no other statement has, got "NothingInTheClear"',
    );
  });

  test("takes a denial for everybody, wildcards and all", () => {
    const synthesized = synthBucket((bucket) =>
      bucket.addToPolicy({ sid: "NoAcls", effect: "Deny", actions: ["s3:Put*Acl"], resources: [`${bucket.arn}/*`], principal: "*" }),
    );
    expect(statements(synthesized.only(S3BucketPolicy)["policy"])).toMatchObject([{}, { Sid: "NoAcls", Effect: "Deny", Principal: "*" }]);
    expect(facts(synthesized, "exception")).toEqual([]);
  });
});
