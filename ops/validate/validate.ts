import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import { EXIT, OperatorError } from "../cli/operator-error";
import { allChecks } from "./all-checks";
import { Aws, type AwsOptions } from "./aws";
import { runChecks } from "./check";
import { type GroupedFinding, PARTS } from "./finding";
import { ignoranceOf } from "./no-answer";

/** Checks at a time. Arbitrary: each service of AWS answers that many without throttling, and a root takes seconds. */
const AT_ONCE = 8;
/** Seconds for one check, which asks up to twenty questions. Arbitrary. */
const CHECK_SECONDS = 60;

export type ValidateOptions = Omit<AwsOptions, "region">;

/**
 * Compares what a root states with what is in AWS, and changes nothing.
 *
 * @returns findings by part.
 * @throws {OperatorError} with exit status 2, before anything else is asked, when the credentials are another account's or none.
 */
export async function validate(inventory: InventoryDocument, options: ValidateOptions): Promise<readonly GroupedFinding[]> {
  const aws = new Aws({ ...options, region: inventory.region });
  try {
    await refuseOtherAccount(aws, inventory);
    const limits = { atOnce: AT_ONCE, seconds: CHECK_SECONDS, signal: options.signal };
    const findings = await runChecks(allChecks(aws, inventory), limits);
    return PARTS.flatMap((part) => findings.filter((finding) => finding.part === part));
  } finally {
    aws.close();
  }
}

/** Whether nothing at all of a root is there: it was never deployed, or somewhere else. */
export function nothingIsThere(findings: readonly GroupedFinding[]): boolean {
  return findings.length > 0 && findings.every((finding) => finding.absent === true);
}

async function refuseOtherAccount(aws: Aws, { root, accountId }: InventoryDocument): Promise<void> {
  const account = await callersAccount(aws);
  if (account === accountId) return;
  throw new OperatorError(
    `these AWS credentials are of account ${account}, and ${root} is in account ${accountId} as config/ says; use credentials of that account`,
    EXIT.refused,
  );
}

async function callersAccount(aws: Aws): Promise<string | undefined> {
  try {
    return (await aws.ask((options) => aws.client(STSClient).send(new GetCallerIdentityCommand({}), options))).Account;
  } catch (error) {
    const { found } = ignoranceOf(error);
    throw new OperatorError(
      `AWS did not say whose credentials these are (${found}); log in, for example with "aws sso login", and run again`,
      EXIT.refused,
      { cause: error },
    );
  }
}
