import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type DeployProps, grantDeploy, type ReleasedService } from "../../../constructs/delivery/github-deploy";
import { ImageRepository } from "../../../constructs/delivery/image-repository";
import { ReleasedImage } from "../../../constructs/delivery/released-image";
import { Role } from "../../../constructs/security/role";
import { DEPLOYS_SERVICES } from "../../support/expected-statements";
import { synthesizeTestStack } from "../../support/synthesized";
import { statements } from "../readings";

const OIDC = { providerArn: "arn:aws:iam::111111111111:oidc-provider/ci", issuer: "ci", audience: "sts", subject: "repo:shop/site" };
const CLUSTER = { name: "shop", arn: "arn:aws:ecs:eu-west-1:111111111111:cluster/shop" };
const ECS = "arn:aws:ecs:eu-west-1:111111111111";

function service(name: string, cluster = CLUSTER): ReleasedService {
  return {
    name,
    cluster,
    role: { arn: `arn:aws:iam::111111111111:role/${name}-task` },
    executionRole: { arn: "arn:aws:iam::111111111111:role/start" },
  };
}

interface WrittenStatement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
}

/** Statements that a role of GitHub's gets, by their sid. */
function granted(props: Partial<DeployProps>, imageNames: readonly string[] = []): Readonly<Record<string, WrittenStatement>> {
  const synthesized = synthesizeTestStack((stack) => {
    const images = imageNames.map((name) => {
      const repository = new ImageRepository(stack, `${name}Repository`, { name, source: { create: "protected" } });
      return new ReleasedImage(stack, name, { repository, parameter: `/shop/${name}` });
    });
    grantDeploy({ role: new Role(stack, "Deploy", { oidc: OIDC }) }, { services: [], images, ...props });
  });
  const [policy] = synthesized.all(IamRolePolicy);
  const written = policy === undefined ? [] : (statements(policy["policy"]) as readonly WrittenStatement[]);
  return Object.fromEntries(written.map((statement) => [statement.Sid, statement]));
}

const EVERYTHING = {
  services: [service("web"), service("worker")],
  migrations: service("web"),
  frontEnd: { bucket: { arn: "arn:aws:s3:::shop-site" }, distribution: { arn: "arn:aws:cloudfront::111111111111:distribution/E1" } },
};

describe("the role that deploys", () => {
  test("may do these things, and nothing else", () => {
    expect(
      Object.values(granted(EVERYTHING, ["web"]))
        .flatMap(({ Action }) => Action)
        .sort(),
    ).toEqual([
      "cloudfront:CreateInvalidation",
      "cloudfront:GetInvalidation",
      "ecs:DescribeServices",
      "ecs:DescribeTaskDefinition",
      "ecs:DescribeTasks",
      "ecs:ListTasks",
      "ecs:RegisterTaskDefinition",
      "ecs:RunTask",
      "ecs:TagResource",
      "ecs:UpdateService",
      "iam:PassRole",
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:ListBucket",
      "s3:PutObject",
      "ssm:GetParameter",
      "ssm:PutParameter",
    ]);
  });

  test("names the images that run", () => {
    expect(granted({}, ["web", "worker"])).toEqual({
      ReleaseImages: {
        Sid: "ReleaseImages",
        Effect: "Allow",
        Action: ["ssm:GetParameter", "ssm:PutParameter"],
        Resource: ["${aws_ssm_parameter.web.arn}", "${aws_ssm_parameter.worker.arn}"],
      },
    });
  });

  test("updates the given services and no others of the cluster", () => {
    expect(granted(EVERYTHING)["UpdateServices"]).toEqual({
      Sid: "UpdateServices",
      Effect: "Allow",
      Action: ["ecs:UpdateService", "ecs:DescribeServices"],
      Resource: [`${ECS}:service/shop/web`, `${ECS}:service/shop/worker`],
    });
  });

  test("passes the services' own roles, to ECS tasks only", () => {
    expect(granted(EVERYTHING)["PassTaskRoles"]).toEqual({
      Sid: "PassTaskRoles",
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [
        "arn:aws:iam::111111111111:role/web-task",
        "arn:aws:iam::111111111111:role/start",
        "arn:aws:iam::111111111111:role/worker-task",
      ],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    });
  });

  test("tags a task definition of the services, while it registers it", () => {
    expect(granted(EVERYTHING)["TagTasks"]).toMatchObject({
      Resource: [`${ECS}:task-definition/web:*`, `${ECS}:task-definition/worker:*`],
      Condition: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } },
    });
  });

  test("runs the migrating service's task, in its own cluster", () => {
    expect(granted(EVERYTHING)["RunMigrations"]).toEqual({
      Sid: "RunMigrations",
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: `${ECS}:task-definition/web:*`,
      Condition: { ArnEquals: { "ecs:cluster": CLUSTER.arn } },
    });
  });

  test("runs no task by itself where nothing migrates", () => {
    expect(Object.keys(granted({ services: [service("web")] }))).toEqual(DEPLOYS_SERVICES);
  });

  test("looks at the tasks of the services' clusters only", () => {
    const other = { name: "other", arn: "arn:aws:ecs:eu-west-1:111111111111:cluster/other" };
    const both = granted({ services: [service("web"), service("jobs", other)] });
    expect(both["DescribeTasks"]).toMatchObject({ Resource: [`${ECS}:task/shop/*`, `${ECS}:task/other/*`] });
    expect(both["ListTasks"]).toMatchObject({ Resource: "*", Condition: { ArnEquals: { "ecs:cluster": [CLUSTER.arn, other.arn] } } });
  });

  test("replaces the files of one bucket and empties the cache of one distribution", () => {
    const { ListFrontEnd, WriteFrontEnd, InvalidateFrontEnd } = granted(EVERYTHING);
    expect(ListFrontEnd).toMatchObject({ Action: "s3:ListBucket", Resource: "arn:aws:s3:::shop-site" });
    expect(WriteFrontEnd).toMatchObject({ Resource: "arn:aws:s3:::shop-site/*" });
    expect(InvalidateFrontEnd).toMatchObject({ Resource: "arn:aws:cloudfront::111111111111:distribution/E1" });
  });

  test("is granted nothing when there is nothing to release", () => {
    expect(granted({})).toEqual({});
  });
});
