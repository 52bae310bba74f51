import {
  CloudFrontClient,
  type DistributionConfig,
  type DistributionSummary,
  GetDistributionConfigCommand,
  paginateListDistributions,
} from "@aws-sdk/client-cloudfront";
import { CLOUDFRONT_REGION } from "../../cloudfront/live-distribution";
import type { Aws } from "../aws";

/** Distributions whose comment is a name. CloudFront lets several have one. */
export async function distributionsNamed(aws: Aws, name: string): Promise<readonly DistributionSummary[]> {
  return (await allDistributions(aws)).filter(({ Comment }) => Comment === name);
}

/** The distribution whose comment is a name; undefined when there is none, and when nobody can tell which of several it is. */
export async function liveDistribution(aws: Aws, name: string): Promise<DistributionSummary | undefined> {
  const [found, ...others] = await distributionsNamed(aws, name);
  return others.length === 0 ? found : undefined;
}

export function distributionConfig(aws: Aws, Id: string): Promise<DistributionConfig | undefined> {
  return aws.once(`distribution ${Id}`, async () => {
    const get = new GetDistributionConfigCommand({ Id });
    return (await aws.ask((options) => cloudfront(aws).send(get, options))).DistributionConfig;
  });
}

function allDistributions(aws: Aws): Promise<readonly DistributionSummary[]> {
  return aws.once("distributions", async () => {
    const pages = await aws.pages((options) => paginateListDistributions({ client: cloudfront(aws) }, {}, options));
    return pages.flatMap(({ DistributionList }) => DistributionList?.Items ?? []);
  });
}

function cloudfront(aws: Aws): CloudFrontClient {
  return aws.client(CloudFrontClient, CLOUDFRONT_REGION);
}
