import { DataAwsSecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version";
import type { IConstruct } from "constructs";
import { EphemeralResource } from "../base/ephemeral-resource";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import { OriginSecret } from "../edge/origin-secret";
import type { Grantee } from "../security/role";

/** Reads the settings of everything, and changes nothing. */
const READ_ONLY = "ReadOnlyAccess";

/** Data that {@link READ_ONLY} reads and a plan does not need: messages, records, logs, images, people. */
const DATA_READS = [
  "athena:GetQueryResults",
  "cloudtrail:LookupEvents",
  "cognito-idp:AdminGetUser",
  "cognito-idp:ListUsers",
  "cognito-idp:ListUsersInGroup",
  "dynamodb:BatchGetItem",
  "dynamodb:GetRecords",
  "dynamodb:PartiQLSelect",
  "dynamodb:Query",
  "dynamodb:Scan",
  "ec2:GetConsoleOutput",
  "ec2:GetConsoleScreenshot",
  "ec2:GetPasswordData",
  "ecr:BatchGetImage",
  "ecr:GetDownloadUrlForLayer",
  "kinesis:GetRecords",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:GetLogRecord",
  "logs:GetQueryResults",
  "logs:StartLiveTail",
  "logs:StartQuery",
  "rds:DownloadCompleteDBLogFile",
  "rds:DownloadDBLogFilePortion",
  "sqs:ReceiveMessage",
  "states:GetExecutionHistory",
];

/**
 * Lets `grantee` plan the root that it stands in, and change nothing but the lock: it reads the settings of what there is,
 * the root's state, and the secrets that the root's ephemeral resources open. Other data stays shut.
 *
 * @throws {PropsError} for an ephemeral resource whose needs are not known here, and, when the stack is validated, for one
 * that was made later.
 */
export function grantPlan(grantee: Grantee): void {
  const { role } = grantee;
  const stack = SystemStack.of(role);
  role.attachManaged(READ_ONLY);
  stack.inventory.add({
    kind: "exception",
    id: `${role.name} ${READ_ONLY}`,
    what: `${READ_ONLY} for role ${role.name}`,
    because: "a plan compares every resource of the root with its settings; reads of data are denied on top",
  });
  grantState(grantee);
  grantOpening(grantee, whatPlansOpen(stack));
  role.allow({ sid: "DenyData", effect: "Deny", actions: DATA_READS, resources: ["*"] });
  role.allow({
    sid: "DenyEncryptedParameters",
    effect: "Deny",
    actions: ["kms:Decrypt"],
    resources: ["*"],
    // Reading a parameter is enough to have SSM decrypt it with AWS's own key.
    condition: { StringLike: { "kms:ViaService": "ssm.*.amazonaws.com" } },
  });
}

/** The state to read, the lock to take: in the bucket and in the table. Nobody plans from half a state, so both are needed. */
function grantState({ role }: Grantee): void {
  const { state, accountId } = SystemStack.of(role);
  const stored = `arn:aws:s3:::${state.bucket}/${state.key}`;
  const lockFile = `${stored}.tflock`;
  const table = `arn:aws:dynamodb:${state.region}:${accountId}:table/${state.lockTable}`;
  const lock = `${state.bucket}/${state.key}`;
  // Terraform keeps the state's digest beside its lock.
  const items = [lock, `${lock}-md5`];

  role.allow({ sid: "ReadState", actions: ["s3:GetObject"], resources: [stored, lockFile] });
  role.allow({ sid: "TakeLockFile", actions: ["s3:PutObject", "s3:DeleteObject"], resources: [lockFile] });
  role.allow({
    sid: "ReadLock",
    actions: ["dynamodb:GetItem"],
    resources: [table],
    condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": items } },
  });
  role.allow({
    sid: "TakeLock",
    actions: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    resources: [table],
    condition: { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [lock] } },
  });
  role.allow({
    sid: "DenyObjects",
    effect: "Deny",
    actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTorrent"],
    notResources: [stored, lockFile],
  });
  role.allow({ sid: "DenyTables", effect: "Deny", actions: ["dynamodb:GetItem"], notResources: [table] });
  role.allow({
    sid: "DenyOtherLocks",
    effect: "Deny",
    actions: ["dynamodb:GetItem"],
    resources: [table],
    condition: { "ForAnyValue:StringNotEquals": { "dynamodb:LeadingKeys": items } },
  });
}

/**
 * Whose values a plan reads: Terraform opens ephemeral resources in a plan too, not only in an apply, and reads what an
 * origin's secret is compared by. Another data source for a secret stays shut, because it would put the value into the state.
 */
type Opened = EphemeralResource | DataAwsSecretsmanagerSecretVersion;

function grantOpening({ role }: Grantee, known: readonly Opened[]): void {
  const secrets = new Set<string>();
  for (const resource of known) {
    if (resource instanceof DataAwsSecretsmanagerSecretVersion || resource.type === "aws_secretsmanager_secret_version") {
      secrets.add(secretOf(resource));
    } else if (resource.type === "aws_secretsmanager_random_password") {
      role.allow({
        sid: "MakePasswords",
        actions: ["secretsmanager:GetRandomPassword"],
        resources: ["*"],
        wildcardBecause: "a password that is just being made has no ARN",
      });
    } else throw new PropsError(role, "ephemeral resource", "must be of a type whose permissions are known to grantPlan", resource.type);
  }
  const opened = [...secrets];
  const reads = ["secretsmanager:GetSecretValue"];
  if (opened.length > 0) role.allow({ sid: "OpenSecrets", actions: reads, resources: opened });
  const others = opened.length > 0 ? { notResources: opened } : { resources: ["*"] };
  role.allow({ sid: "DenySecrets", effect: "Deny", actions: [...reads, "secretsmanager:BatchGetSecretValue"], ...others });

  role.node.addValidation({
    validate: () =>
      whatPlansOpen(SystemStack.of(role))
        .filter((resource) => !known.includes(resource))
        .map((resource) => `${role.node.path}: must be made after what a plan opens, got ${resource.node.path} made later`),
  });
}

function whatPlansOpen(stack: SystemStack): Opened[] {
  return stack.node.findAll().filter(isOpened);
}

function isOpened(construct: IConstruct): construct is Opened {
  if (construct instanceof EphemeralResource) return true;
  return construct instanceof DataAwsSecretsmanagerSecretVersion && construct.node.scope instanceof OriginSecret;
}

interface EphemeralJson {
  readonly ephemeral: Readonly<Record<string, Readonly<Record<string, { readonly secret_id?: string }>>>>;
}

/** ARN of the secret that is opened; for an ephemeral resource, out of what Terraform will read. */
function secretOf(resource: Opened): string {
  const secret = resource instanceof EphemeralResource ? ephemeralSecret(resource) : resource.secretIdInput;
  if (secret === undefined) throw new PropsError(resource, "secret_id", "must name the secret to open", secret);
  return secret;
}

function ephemeralSecret(resource: EphemeralResource): string | undefined {
  const { ephemeral } = resource.toTerraform() as EphemeralJson;
  return ephemeral[resource.type]?.[resource.friendlyUniqueId]?.secret_id;
}
