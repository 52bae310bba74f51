import { randomBytes } from "node:crypto";
import { type CloudFrontClient, GetDistributionConfigCommand } from "@aws-sdk/client-cloudfront";
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { DistributionFact, OriginSecretFact } from "../../constructs/base/inventory-parts";
import { awsAnswer, refuseOtherAccount } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";
import { distributionOf, liveDistribution } from "./live-distribution";

/** What a rotation works with. Tests pass fakes. */
export interface OriginSecretRotation {
  readonly cloudfront: CloudFrontClient;
  readonly secrets: SecretsManagerClient;
  readonly inventory: InventoryDocument;
}

/** What was done, and what is left to do. It never holds a value. */
export interface RotatedOriginSecret {
  /** Secret that has a new value. */
  readonly secret: string;
  /** Which of the two to send next. */
  readonly next: "blue" | "green";
}

const ABSENT = "ResourceNotFoundException";
/** 240 bits, as 40 letters, digits, hyphens and underscores: the balancer takes them as they are. */
const VALUE_BYTES = 30;
/**
 * Stage that keeps the version which Terraform made. Secrets Manager may delete a version without a stage; Terraform would
 * then make another, and so change a value that is being sent.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version
 */
const KEPT = "TERRAFORM";

/**
 * Puts a new value into the one of a root's two origin secrets that CloudFront does not send. Nothing is refused by it: the
 * balancer learns the value with the next deployment, and CloudFront sends it only after the one that follows.
 *
 * @throws {OperatorError} where the backend is private, and when CloudFront does not send, everywhere, what config/ says.
 */
export async function rotateOriginSecret(rotation: OriginSecretRotation): Promise<RotatedOriginSecret> {
  const { inventory } = rotation;
  const fact = distributionOf(inventory);
  const { originSecret } = fact;
  if (originSecret === undefined) {
    throw new OperatorError(
      `root ${inventory.root} reaches its backend over a private origin and sends no secret; there is nothing to rotate`,
      EXIT.refused,
    );
  }
  await assertSent(rotation, fact, originSecret);
  const next = originSecret.sends === "blue" ? "green" : "blue";
  const secret = originSecret.secrets[next];
  await keepFirstVersion(rotation, secret);
  const put = new PutSecretValueCommand({ SecretId: secret, SecretString: randomBytes(VALUE_BYTES).toString("base64url") });
  await awsAnswer(`writing secret ${secret}`, rotation.secrets.send(put));
  return { secret, next };
}

/** A value that is still being sent somewhere must not change. */
async function assertSent(
  { cloudfront, secrets, inventory }: OriginSecretRotation,
  fact: DistributionFact,
  { header, sends, secrets: names }: OriginSecretFact,
): Promise<void> {
  const { root, accountId } = inventory;
  const { name } = fact;
  const { Id, Status } = await liveDistribution(cloudfront, fact, inventory);
  if (Status !== "Deployed") {
    throw new OperatorError(
      `distribution ${name} is still taking its last change to every place; wait some minutes and run again`,
      EXIT.refused,
    );
  }
  const answer = await awsAnswer(`reading distribution ${name}`, cloudfront.send(new GetDistributionConfigCommand({ Id })));
  const headers = (answer?.DistributionConfig?.Origins?.Items ?? []).flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []);
  const sent = headers.find(({ HeaderName }) => HeaderName?.toLowerCase() === header.toLowerCase())?.HeaderValue;
  const get = new GetSecretValueCommand({ SecretId: names[sends] });
  const current = await awsAnswer(`reading secret ${names[sends]}`, secrets.send(get), ABSENT);
  if (current !== undefined) refuseOtherAccount(`secret ${names[sends]}`, current.ARN, accountId);
  if (sent === undefined || sent !== current?.SecretString) {
    throw new OperatorError(
      `distribution ${name} does not send what ${names[sends]} holds, as config/ says; deploy ${root} first`,
      EXIT.refused,
    );
  }
}

async function keepFirstVersion({ secrets, inventory }: OriginSecretRotation, secret: string): Promise<void> {
  const described = await awsAnswer(`looking for secret ${secret}`, secrets.send(new DescribeSecretCommand({ SecretId: secret })), ABSENT);
  if (described === undefined) throw new OperatorError(`there is no secret ${secret}; deploy ${inventory.root} first`, EXIT.refused);
  refuseOtherAccount(`secret ${secret}`, described.ARN, inventory.accountId);
  const versions = Object.entries(described.VersionIdsToStages ?? {});
  if (versions.some(([, stages]) => stages.includes(KEPT))) return;
  const [first] = versions.find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
  if (first === undefined) throw new OperatorError(`secret ${secret} has no value; deploy ${inventory.root} first`, EXIT.refused);
  const keep = new UpdateSecretVersionStageCommand({ SecretId: secret, VersionStage: KEPT, MoveToVersionId: first });
  await awsAnswer(`keeping the first version of secret ${secret}`, secrets.send(keep));
}
