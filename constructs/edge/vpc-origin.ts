import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { Construct } from "constructs";
import { admitCloudfront, type OriginBalancer } from "./origin-balancer";

/**
 * CloudFront's private way to an internal balancer: interfaces of its own in the balancer's subnets, over TLS 1.2. The
 * balancer needs no address on the internet; its VPC needs an internet gateway, which this traffic does not use.
 *
 * CloudFront changes no private origin that a distribution uses: see docs/runbooks/cloudfront.md, "another balancer".
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
 */
export class VpcOrigin extends Construct {
  readonly originId: string;

  constructor(scope: Construct, id: string, balancer: OriginBalancer) {
    super(scope, id);
    admitCloudfront(balancer);
    this.originId = new CloudfrontVpcOrigin(this, "Default", {
      vpcOriginEndpointConfig: [
        {
          name: balancer.name,
          arn: balancer.arn,
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: [{ items: ["TLSv1.2"], quantity: 1 }],
        },
      ],
    }).id;
  }
}
