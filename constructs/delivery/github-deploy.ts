import { SystemStack } from "../base/system-stack";
import type { Grantee } from "../security/role";
import type { ReleasedImage } from "./released-image";

/** What a release needs to know of a service; a `FargateService` is one. */
export interface ReleasedService {
  /** Name in ECS, and of its task family. */
  readonly name: string;
  readonly cluster: { readonly name: string; readonly arn: string };
  readonly role: { readonly arn: string };
  readonly executionRole: { readonly arn: string };
}

export interface DeployProps {
  readonly services: readonly ReleasedService[];
  /** Images whose releases are made: those of the services' containers. */
  readonly images: readonly ReleasedImage[];
  /** Service whose task also runs once before a release, to migrate the database. @default - nothing runs once */
  readonly migrations?: ReleasedService;
  /** Where the front end's files go, and what serves them. @default - there is none */
  readonly frontEnd?: { readonly bucket: { readonly arn: string }; readonly distribution: { readonly arn: string } };
}

/**
 * Lets `grantee` release: write the parameters of the images, register revisions of the task definitions, put them into
 * these services, run the migrations, replace the front end's files. It can start nothing with roles other than theirs,
 * and change nothing else of the root: a release is no `terraform apply`.
 */
export function grantDeploy(grantee: Grantee, { services, images, migrations, frontEnd }: DeployProps): void {
  for (const image of images) image.grantRelease(grantee);
  const started = migrations === undefined ? services : [...services, migrations];
  if (services.length > 0) grantUpdate(grantee, services);
  if (started.length > 0) {
    grantRegister(grantee, started);
    grantLook(grantee, started);
  }
  if (migrations !== undefined) grantRunOnce(grantee, migrations);
  if (frontEnd !== undefined) grantFrontEnd(grantee, frontEnd);
}

/** A new revision of a task: with these roles only, and for ECS only. */
function grantRegister({ role }: Grantee, services: readonly ReleasedService[]): void {
  role.allow({
    sid: "RegisterTasks",
    actions: ["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"],
    resources: ["*"],
    wildcardBecause: "ECS checks no ARN before it registers or describes a task definition; the roles that one may have are listed",
  });
  role.allow({
    sid: "TagTasks",
    actions: ["ecs:TagResource"],
    resources: services.map((service) => familyArn(role, service)),
    condition: { StringEquals: { "ecs:CreateAction": "RegisterTaskDefinition" } },
    wildcardBecause: "a revision has no number before it is registered",
  });
  role.allow({
    sid: "PassTaskRoles",
    actions: ["iam:PassRole"],
    resources: services.flatMap((service) => [service.role.arn, service.executionRole.arn]),
    condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
  });
}

/** A revision into one of the services. */
function grantUpdate({ role }: Grantee, services: readonly ReleasedService[]): void {
  role.allow({
    sid: "UpdateServices",
    actions: ["ecs:UpdateService", "ecs:DescribeServices"],
    resources: services.map(({ name, cluster }) => ecsArn(role, `service/${cluster.name}/${name}`)),
  });
}

/** Any task of the migrating service, in its own cluster. What it runs may differ: `manage.py migrate`. */
function grantRunOnce({ role }: Grantee, service: ReleasedService): void {
  role.allow({
    sid: "RunMigrations",
    actions: ["ecs:RunTask"],
    resources: [familyArn(role, service)],
    condition: { ArnEquals: { "ecs:cluster": service.cluster.arn } },
    wildcardBecause: "every release makes a new revision of the task that migrates",
  });
}

/** A look at what runs in the services' clusters. */
function grantLook({ role }: Grantee, services: readonly ReleasedService[]): void {
  role.allow({
    sid: "DescribeTasks",
    actions: ["ecs:DescribeTasks"],
    resources: services.map(({ cluster }) => ecsArn(role, `task/${cluster.name}/*`)),
    wildcardBecause: "a task's id is not known before it runs",
  });
  role.allow({
    sid: "ListTasks",
    actions: ["ecs:ListTasks"],
    resources: ["*"],
    condition: { ArnEquals: { "ecs:cluster": [...new Set(services.map(({ cluster }) => cluster.arn))] } },
    wildcardBecause: "ECS lists Fargate tasks under no ARN; the condition names the clusters",
  });
}

function grantFrontEnd({ role }: Grantee, { bucket, distribution }: NonNullable<DeployProps["frontEnd"]>): void {
  role.allow({ sid: "ListFrontEnd", actions: ["s3:ListBucket"], resources: [bucket.arn] });
  role.allow({
    sid: "WriteFrontEnd",
    actions: ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
    resources: [`${bucket.arn}/*`],
  });
  role.allow({
    sid: "InvalidateFrontEnd",
    actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
    resources: [distribution.arn],
  });
}

/** Every revision of a service's task. */
function familyArn(role: Grantee["role"], { name }: ReleasedService): string {
  return ecsArn(role, `task-definition/${name}:*`);
}

function ecsArn(role: Grantee["role"], resource: string): string {
  const { region, accountId } = SystemStack.of(role);
  return `arn:aws:ecs:${region}:${accountId}:${resource}`;
}
