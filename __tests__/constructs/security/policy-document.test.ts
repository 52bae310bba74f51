import { policyDocument, wildcards } from "../../../constructs/security/policy-document";

describe("policyDocument", () => {
  test("allows by default, and writes a single action or resource as IAM gives it back: as a bare string", () => {
    expect(JSON.parse(policyDocument([{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::orders/*"] }]))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" }],
    });
  });

  test("keeps lists, principals, conditions and denials as they are given", () => {
    const condition = { StringEquals: { "aws:SourceAccount": ["111111111111", "222222222222"] } };
    expect(
      JSON.parse(
        policyDocument([
          {
            sid: "Publish",
            actions: ["sns:Publish"],
            resources: ["a", "b"],
            principal: { Service: ["x.amazonaws.com", "y.amazonaws.com"] },
            condition,
          },
          { sid: "No", effect: "Deny", actions: ["sns:Publish", "sns:Subscribe"], resources: ["a"], principal: "*" },
        ]),
      ).Statement,
    ).toEqual([
      {
        Sid: "Publish",
        Effect: "Allow",
        Principal: { Service: ["x.amazonaws.com", "y.amazonaws.com"] },
        Action: "sns:Publish",
        Resource: ["a", "b"],
        Condition: condition,
      },
      { Sid: "No", Effect: "Deny", Principal: "*", Action: ["sns:Publish", "sns:Subscribe"], Resource: "a" },
    ]);
  });

  test("has no resource in a trust policy", () => {
    const [statement] = JSON.parse(
      policyDocument([{ sid: "Assume", actions: ["sts:AssumeRole"], principal: { Service: "ec2.amazonaws.com" } }]),
    ).Statement;
    expect(Object.keys(statement)).toEqual(["Sid", "Effect", "Principal", "Action"]);
  });
});

test("denies everything but what is spared", () => {
  const [statement] = JSON.parse(policyDocument([{ sid: "No", effect: "Deny", actions: ["s3:GetObject"], notResources: ["a"] }])).Statement;
  expect(statement).toEqual({ Sid: "No", Effect: "Deny", Action: "s3:GetObject", NotResource: "a" });
});

describe("wildcards", () => {
  const found = (actions: string[], resources: string[]) => wildcards({ sid: "S", actions, resources });

  test.each([
    [["s3:*"], ["arn:aws:s3:::orders"], ["s3:*"]],
    [["s3:Get*"], ["arn:aws:s3:::orders/*"], ["s3:Get*", "arn:aws:s3:::orders/*"]],
    [["ssmmessages:OpenDataChannel"], ["*"], ["*"]],
    [["logs:PutLogEvents", "s3:GetObject"], ["arn:aws:logs:eu-west-1:1:log-group:/shop:*"], ["arn:aws:logs:eu-west-1:1:log-group:/shop:*"]],
    [["logs:PutLogEvents"], ["arn:aws:logs:eu-west-1:1:log-group:/shop/*:*"], ["arn:aws:logs:eu-west-1:1:log-group:/shop/*:*"]],
    [["logs:PutLogEvents"], ["*"], ["*"]],
    // IAM reads a question mark as any one character.
    [["s3:GetObject"], ["arn:aws:s3:::orders-?"], ["arn:aws:s3:::orders-?"]],
    // The objects of one bucket are none; those of many are.
    [["s3:GetObject"], ["arn:aws:s3:::orders-*/*"], ["arn:aws:s3:::orders-*/*"]],
    [["s3:GetObject"], ["arn:aws:s3:::orders/*/invoices/*"], ["arn:aws:s3:::orders/*/invoices/*"]],
    [["s3:GetObject"], ["arn:aws:s3:::orders*"], ["arn:aws:s3:::orders*"]],
    [["s3:GetObject", "s3:ListBucket"], ["arn:aws:s3:::orders/*"], ["arn:aws:s3:::orders/*"]],
    [["s3:GetObject", "sqs:SendMessage"], ["arn:aws:s3:::orders/*"], ["arn:aws:s3:::orders/*"]],
    [["ecs:ExecuteCommand"], ["arn:aws:ecs:eu-west-1:1:task/shop/*"], ["arn:aws:ecs:eu-west-1:1:task/shop/*"]],
    [["s3:Get?bject"], ["arn:aws:s3:::orders"], ["s3:Get?bject"]],
  ])("of %j on %j are %j", (actions, resources, expected) => {
    expect(found(actions, resources)).toEqual(expected);
  });

  test.each([
    [["s3:GetObject"], ["arn:aws:s3:::orders/newest"]],
    [["s3:GetObject"], ["arn:aws:s3:::orders/*"]],
    [
      ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
      ["arn:aws:s3:::orders/invoices/*", "arn:aws:s3:::returns/*"],
    ],
    [["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:eu-west-1:1:log-group:/shop:*"]],
  ])("are none in %j on %j", (actions, resources) => {
    expect(found(actions, resources)).toEqual([]);
  });

  test("are none where there is no resource", () => {
    expect(wildcards({ sid: "Assume", actions: ["sts:AssumeRole"] })).toEqual([]);
  });

  test("are none in a denial, which may be as wide as it likes, but for what it spares", () => {
    expect(wildcards({ sid: "No", effect: "Deny", actions: ["s3:*"], resources: ["*"] })).toEqual([]);
    expect(wildcards({ sid: "No", effect: "Deny", actions: ["s3:*"], notResources: ["a", "b/*"] })).toEqual(["b/*"]);
  });
});
