import { ACMClient } from "@aws-sdk/client-acm";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { RDSClient } from "@aws-sdk/client-rds";
import { Route53Client } from "@aws-sdk/client-route-53";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Credentials that open nothing. */
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** Clients of the services that a test sets up, all of one region. */
export type Clients = ReturnType<typeof clientsOf>;

export function clientsOf(endpoint: string, region: string) {
  const settings = { endpoint, region, credentials: CREDENTIALS };
  return {
    acm: new ACMClient(settings),
    cloudfront: new CloudFrontClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    ec2: new EC2Client(settings),
    ecs: new ECSClient(settings),
    elasticache: new ElastiCacheClient(settings),
    elb: new ElasticLoadBalancingV2Client(settings),
    logs: new CloudWatchLogsClient(settings),
    rds: new RDSClient(settings),
    route53: new Route53Client(settings),
    s3: new S3Client(settings),
    secrets: new SecretsManagerClient(settings),
  };
}
