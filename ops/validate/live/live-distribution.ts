import {
  CloudFrontClient,
  type DistributionConfig,
  type DistributionSummary,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
} from "@aws-sdk/client-cloudfront";
import type { Aws } from "../aws";

/** Where CloudFront is asked, wherever the root stands. */
const CLOUDFRONT_REGION = "us-east-1";

/** The distribution whose comment is a name; undefined when there is none. */
export async function liveDistribution(aws: Aws, name: string): Promise<DistributionSummary | undefined> {
  return (await allDistributions(aws)).find(({ Comment }) => Comment === name);
}

export function distributionConfig(aws: Aws, Id: string): Promise<DistributionConfig | undefined> {
  return aws.once(`distribution ${Id}`, async () => {
    const get = new GetDistributionConfigCommand({ Id });
    return (await aws.ask((options) => cloudfront(aws).send(get, options))).DistributionConfig;
  });
}

function allDistributions(aws: Aws): Promise<readonly DistributionSummary[]> {
  return aws.once("distributions", async () => {
    const found: DistributionSummary[] = [];
    let Marker: string | undefined;
    do {
      const list = new ListDistributionsCommand({ Marker });
      const { DistributionList } = await aws.ask((options) => cloudfront(aws).send(list, options));
      found.push(...(DistributionList?.Items ?? []));
      Marker = DistributionList?.NextMarker;
    } while (Marker !== undefined && Marker !== "");
    return found;
  });
}

function cloudfront(aws: Aws): CloudFrontClient {
  return aws.client(CloudFrontClient, CLOUDFRONT_REGION);
}
