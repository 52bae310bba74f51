import type { Construct } from "constructs";
import type { AllThriveConfig } from "../../config/allthrive-schema";
import type { BackendKind } from "../../constructs/base/backend";
import { alertEmail } from "../../constructs/base/operator-variable";
import { SystemStack } from "../../constructs/base/system-stack";
import { PostgresDatabase } from "../../constructs/data/postgres-database";
import { Redis } from "../../constructs/data/redis";
import { grantDeploy } from "../../constructs/delivery/github-deploy";
import { GithubProvider } from "../../constructs/delivery/github-provider";
import { GithubRoles } from "../../constructs/delivery/github-roles";
import { PublicName } from "../../constructs/edge/public-name";
import { Route53Zone } from "../../constructs/edge/route53-zone";
import { InterfaceEndpoints } from "../../constructs/network/interface-endpoints";
import { Network } from "../../constructs/network/network";
import { AlarmTopic } from "../../constructs/observability/alarm-topic";
import { Budget } from "../../constructs/observability/budget";
import { AllThriveBalancers } from "./allthrive-balancers";
import { AllThriveBuckets } from "./allthrive-buckets";
import { AllThriveCloudfront } from "./allthrive-cloudfront";
import { AllThriveDashboard } from "./allthrive-dashboard";
import { AllThriveImages } from "./allthrive-images";
import { AllThriveSecrets } from "./allthrive-secrets";
import { AllThriveServices } from "./allthrive-services";

export interface AllThriveStackProps {
  readonly environment: string;
  readonly config: AllThriveConfig;
  readonly backend: BackendKind;
}

/**
 * AllThrive: Django with websockets, Celery and Weaviate, behind CloudFront, in the eleven pieces that its owners know.
 * docs/architecture.md#allthrive is written from what this stack states.
 */
export class AllThriveStack extends SystemStack {
  constructor(scope: Construct, id: string, { environment, config, backend }: AllThriveStackProps) {
    const { accountId, region, state, protection, dns } = config;
    super(scope, id, { system: "allthrive", environment, backend, accountId, region, state, namePrefix: `${environment}-allthrive` });
    const email = alertEmail(this);
    const alarms = new AlarmTopic(this, "Alarms", { email });
    const zone = new Route53Zone(this, "Zone", { domain: dns.zone });

    // 01 VPC
    const network = new Network(this, "Vpc", config.vpc);
    const endpoints = new InterfaceEndpoints(this, "Endpoints", { network, services: config.endpoints });
    const shared = { network, protection, alarms };

    // 03 RDS
    const rds = new PostgresDatabase(this, "Rds", {
      ...shared,
      ...config.rds,
      why: "everything that Django keeps",
      databaseName: "allthrive",
      access: "private",
      secretName: `${environment}/allthrive/rds/master`,
    });

    // 04 ElastiCache
    const redis = new Redis(this, "Elasticache", {
      ...shared,
      ...config.elasticache,
      why: "Celery's queue and Django's cache",
      secretName: `${environment}/allthrive/redis`,
      whenFull: "noeviction",
    });

    // 05 S3, 06 ECR, 08 secrets
    const buckets = new AllThriveBuckets(this, "S3", { protection, site: dns.site, backupLockDays: config.backupLockDays });
    const images = new AllThriveImages(this, "Ecr", protection);
    const secrets = new AllThriveSecrets(this, "Secrets", { protection, rds });

    // 10 ECS
    const ecs = new AllThriveServices(this, "Ecs", { ...shared, sizes: config.services, dns, redis, buckets, images, secrets });
    const { web, celery, weaviate } = ecs;

    // 09 ALB
    const balancers = new AllThriveBalancers(this, "Alb", { ...shared, web, zone, dns, origin: config.cloudfront.origin });
    new PublicName(this, "WsName", { zone, names: dns.ws, target: balancers.public, why: "websockets" });

    // 11 CloudFront
    const cloudfront = { config: config.cloudfront, dns, zone, buckets, balancers, alertEmail: email };
    const { distribution } = new AllThriveCloudfront(this, "Cloudfront", cloudfront);

    // 02 security groups: who reaches whom. The balancers' and the file system's rules come with them.
    for (const process of ecs.django) {
      rds.connections.allowFrom(process, "what Django keeps");
      redis.connections.allowFrom(process, "queue and cache");
      weaviate.connections.allowFrom(process, "vector search");
    }
    for (const service of ecs.cluster.services) endpoints.connections?.allowFrom(service, "AWS without the NAT gateway");

    // 07 IAM: who may do what. Task and execution roles come with their services.
    buckets.media.grantReadWrite(web);
    buckets.media.grantReadWrite(celery);
    buckets.backups.grantPut(celery);

    new AllThriveDashboard(this, "Dashboard", { cluster: ecs.cluster, balancers: balancers.all, distribution, rds, redis });
    new Budget(this, "Budget", { monthlyUsd: config.monthlyBudgetUsd, email });

    const { repository, environments, provider } = config.github;
    const github = new GithubRoles(this, "Github", {
      provider: new GithubProvider(this, "GithubProvider", { source: provider }),
      repository,
      environments,
    });
    for (const image of images.all) image.repository.grantPush(github.push);
    grantDeploy(github.deploy, {
      services: ecs.django,
      images: images.all,
      migrations: web,
      frontEnd: { bucket: buckets.frontend, distribution },
    });

    this.output("SiteUrl", `https://${dns.site}/`, "The front end");
    this.output("HealthUrl", `https://${dns.api}/api/health/`, "Answers 200 while Django and its data stores are well");
    this.output("WebsocketUrl", `wss://${dns.ws}/ws/`, "Real time, straight to the balancer, which refuses other paths");
    this.output("DistributionName", distribution.dnsName, "CloudFront's own name of the distribution");
    this.output("FrontendBucket", buckets.frontend.name, "aws s3 sync dist/ s3://<this>/");
    this.output("RdsEndpoint", rds.endpoint, "Reached by the tasks alone; use a shell in a task");
    this.output("RedisEndpoint", redis.endpoint, "Reached by the tasks alone");
    for (const [name, { role }] of Object.entries({ Plan: github.plan, Push: github.push, Deploy: github.deploy })) {
      this.output(
        `Github${name}Role`,
        role.arn,
        `role-to-assume of the workflows in the environment ${environments[name.toLowerCase() as keyof typeof environments]}`,
      );
    }
  }
}
