import { type CloudFrontClient, type DistributionSummary, paginateListDistributions } from "@aws-sdk/client-cloudfront";
import type { InventoryDocument } from "../../constructs/base/inventory-facts";
import type { DistributionFact } from "../../constructs/base/inventory-parts";
import { awsAnswer, refuseOtherAccount } from "../aws/aws-answer";
import { EXIT, OperatorError } from "../cli/operator-error";

/** CloudFront is asked there, whatever a root's own region. */
export const CLOUDFRONT_REGION = "us-east-1";

/** A distribution that is there. */
export type LiveDistribution = DistributionSummary & { readonly Id: string };

/**
 * What a root says of its distribution.
 *
 * @throws {OperatorError} when it has none, or more than one.
 */
export function distributionOf({ root, facts }: InventoryDocument): DistributionFact {
  const found = facts.filter((fact): fact is DistributionFact => fact.kind === "distribution");
  const [fact, ...others] = found;
  if (fact === undefined) throw new OperatorError(`root ${root} has no CloudFront distribution; name a root that has one`, EXIT.refused);
  if (others.length > 0) {
    const names = found.map(({ name }) => name).join(", ");
    throw new OperatorError(
      `root ${root} has ${found.length} CloudFront distributions (${names}), and this command works on one`,
      EXIT.refused,
    );
  }
  return fact;
}

/**
 * The distribution in AWS. Its id is known only after an apply, so it is found by its comment.
 *
 * @throws {OperatorError} when there is none of that name in the account, when there are several, and for another account's.
 */
export async function liveDistribution(
  client: CloudFrontClient,
  { name }: DistributionFact,
  { root, accountId }: InventoryDocument,
): Promise<LiveDistribution> {
  const [found, ...others] = (await awsAnswer("listing CloudFront's distributions", named(client, name))) ?? [];
  if (found === undefined) {
    throw new OperatorError(
      `no CloudFront distribution of this account is called ${name}; check the AWS credentials, or deploy ${root} first`,
      EXIT.refused,
    );
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ Id }) => Id).join(", ");
    throw new OperatorError(
      `several CloudFront distributions are called ${name} (${ids}); change the comment of those that ${root} did not make`,
      EXIT.refused,
    );
  }
  refuseOtherAccount(`distribution ${name}`, found.ARN, accountId);
  return found;
}

async function named(client: CloudFrontClient, name: string): Promise<LiveDistribution[]> {
  const found: LiveDistribution[] = [];
  for await (const { DistributionList } of paginateListDistributions({ client }, {})) {
    for (const item of DistributionList?.Items ?? [])
      if (item.Comment === name && item.Id !== undefined) found.push({ ...item, Id: item.Id });
  }
  return found;
}
