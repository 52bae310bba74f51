/** What lets a role push images into repositories, given by their ARNs: one statement, and the login before it. */
export function pushesImages(repositories: readonly string[]): object[] {
  return [
    {
      Sid: "PushImages",
      Effect: "Allow",
      Action: [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      Resource: repositories,
    },
    { Sid: "LogInToEcr", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
  ];
}

/** Names of the statements that let a role deploy services, none of which migrates. */
export const DEPLOYS_SERVICES: readonly string[] = [
  "UpdateServices",
  "RegisterTasks",
  "TagTasks",
  "PassTaskRoles",
  "DescribeTasks",
  "ListTasks",
];

/**
 * What lets Firehose connect to a cluster, in the form that AWS documents.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#access-to-msk
 */
export function firehoseConnects(clusterArn: string): object {
  return {
    Sid: "FirehoseConnects",
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "kafka:CreateVpcConnection",
    Resource: clusterArn,
  };
}
