import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Construct } from "constructs";
import { pathInStack } from "../base/construct-path";
import { PropsError } from "../base/props-error";
import { SystemStack } from "../base/system-stack";
import type { Certificate } from "../edge/certificate";
import type { NameTarget } from "../edge/dns-zone";
import type { NetworkLoadBalancer } from "../edge/network-load-balancer";
import { type RegionalWaf, regionalWebAclArn } from "../edge/web-acl";
import type { Alarm } from "../observability/alarm";
import { type Alarms, alarmTopic } from "../observability/alarm-topic";
import type { Metric } from "../observability/metric";
import { Role } from "../security/role";
import type { ApiAccount } from "./api-account";
import { apiAlarms, apiMetric } from "./api-alarms";
import { type Cors, checkCors } from "./api-cors";
import { apiDefinition, preflightPaths } from "./api-definition";
import { ApiDomain } from "./api-domain";
import { type ApiRoute, completeRoutes } from "./api-route";
import { ApiStage, type Throttling } from "./api-stage";

/** A folder of a private bucket that holds a site. */
export interface SiteFolder {
  readonly bucket: { readonly name: string; readonly arn: string };
  /** With its last slash, for example `html/`. */
  readonly folder: `${string}/`;
}

export interface RestApiProps<Port extends string> {
  /** Name in API Gateway. */
  readonly name: string;
  readonly why: string;
  /** First segment of AWS's own address of the API. Another name replaces the stage. */
  readonly stage: string;
  /** Which requests go where. */
  readonly routes: readonly ApiRoute[];
  /** Internal balancer of the service, and its port. */
  readonly service: { readonly balancer: NetworkLoadBalancer<Port>; readonly port: Port };
  readonly site: SiteFolder;
  /** User pool whose tokens open what is authorized. */
  readonly users: { readonly arn: string };
  readonly cors: Cors;
  /** Own name. AWS's address is then off, as it takes older TLS. @default - AWS's address, with the stage in its paths */
  readonly domain?: { readonly host: string; readonly certificate: Certificate };
  readonly throttling: Throttling;
  readonly account: ApiAccount;
  /** One JSON record a request, with the caller's `sub` and without tokens. */
  readonly accessLogs: { readonly name: string; readonly retentionDays: number };
  /** What API Gateway did with each request that failed, in a group as long kept as the access logs. @default "off" */
  readonly executionLogs?: "errors" | "off";
  /** Traces in X-Ray, which cost by their number. @default false */
  readonly tracing?: boolean;
  readonly waf: RegionalWaf;
  readonly alarms: Alarms;
}

/**
 * A regional REST API: a single-page site out of a private bucket, and a service behind a VPC link. What is authorized takes an ID
 * token of the user pool. An answer takes at most 29 seconds, and a body at most 10 MB; a file of the site too.
 *
 * It is one definition, in place of some sixty resources: a change is read in one place and comes whole or not at all. Terraform does
 * not read it back; what was changed by hand goes with the next change.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
export class RestApi<Port extends string = string> extends Construct {
  readonly name: string;
  readonly id: string;
  /** What an alias for its own name points to; none without one. */
  readonly domain: NameTarget | undefined;
  /** Alarm for errors, which a release of the service may watch; none without alarms. */
  readonly serverErrorsAlarm: Alarm | undefined;
  private readonly stage: string;

  /** @throws {PropsError} for routes that API Gateway would not take, or would take and open more than they say; see {@link completeRoutes}. */
  constructor(scope: Construct, id: string, props: RestApiProps<Port>) {
    super(scope, id);
    const { name, stage, cors, domain, executionLogs = "off", tracing = false } = props;
    checkCors(this, cors);
    if (!/^([A-Za-z0-9._-]+\/)+$/.test(props.site.folder))
      throw new PropsError(this, "site.folder", "must be a folder such as html/", props.site.folder);
    const routes = completeRoutes(this, props.routes);
    this.name = name;
    this.stage = stage;
    const api = new ApiGatewayRestApi(this, "Default", {
      name,
      endpointConfiguration: { types: ["REGIONAL"] },
      // It stands in the definition too, as it takes effect with a deployment; here Terraform sees when it was changed by hand.
      disableExecuteApiEndpoint: domain !== undefined,
      body: this.definition(props, routes),
      // A route that API Gateway leaves out with a warning would answer 404 for good.
      failOnWarnings: true,
    });
    this.id = api.id;
    const running = new ApiStage(this, "Stage", {
      apiId: api.id,
      definition: api.body,
      name: stage,
      account: props.account,
      accessLogs: props.accessLogs,
      executionLogs,
      throttling: props.throttling,
      tracing,
      webAclArn: regionalWebAclArn(this, props.waf),
    });
    this.domain = domain && new ApiDomain(this, "Domain", { ...domain, apiId: api.id, stage: running.nameOnceMade });
    const topic = alarmTopic(this, props.alarms, `API ${name}`);
    this.serverErrorsAlarm = topic && apiAlarms(this, topic, { name, stage });
    this.stateFact(props, routes);
  }

  get requests(): Metric {
    return this.metric("Count", "Sum");
  }

  /** Milliseconds from a request's arrival to its answer, of the slowest in twenty. */
  get latency(): Metric {
    return this.metric("Latency", "p95");
  }

  /** Answers of 500 and up. */
  get serverErrors(): Metric {
    return this.metric("5XXError", "Sum");
  }

  private metric(metric: string, statistic: string): Metric {
    return apiMetric({ name: this.name, stage: this.stage }, metric, statistic);
  }

  private definition({ name, service, site, users, cors, domain }: RestApiProps<Port>, routes: readonly ApiRoute[]): string {
    const { balancer, port } = service;
    const link = new ApiGatewayVpcLink(this, "VpcLink", {
      name,
      description: `${name} reaches ${balancer.name}`,
      targetArns: [balancer.arn],
      // API Gateway deletes no link that a deployment uses.
      lifecycle: { createBeforeDestroy: true },
    });
    return apiDefinition({
      name,
      routes,
      cors,
      userPoolArn: users.arn,
      domain: domain?.host,
      service: { vpcLinkId: link.id, host: balancer.dnsName, port: balancer.portNumber(port) },
      site: { region: SystemStack.of(this).region, bucket: site.bucket.name, folder: site.folder, roleArn: this.siteReader(site).arn },
    });
  }

  /** Reads files and lists none. */
  private siteReader({ bucket, folder }: SiteFolder): Role {
    const role = new Role(this, "SiteRole", { service: "apigateway.amazonaws.com" });
    role.allow({
      sid: "ReadSite",
      actions: ["s3:GetObject"],
      resources: [`${bucket.arn}/${folder}*`],
      // An ARN of S3's has no account: once our bucket is gone, anybody can make one of its name, and the site would be theirs.
      condition: { StringEquals: { "aws:ResourceAccount": SystemStack.of(this).accountId } },
    });
    return role;
  }

  private stateFact({ name, why, stage, service, site, cors, throttling }: RestApiProps<Port>, routes: readonly ApiRoute[]): void {
    const backend = `${service.balancer.name}:${service.balancer.portNumber(service.port)}`;
    const to = (route: ApiRoute): string => {
      if (route.to === "service") return backend;
      return `${site.bucket.name}/${site.folder}${"file" in route.to ? route.to.file : `${route.to.folder}{proxy}`}`;
    };
    const preflights = [...preflightPaths(routes, cors).keys()].map((path) => {
      return { method: "OPTIONS", path, to: "preflight", access: "public" };
    });
    SystemStack.of(this).inventory.add({
      kind: "api",
      id: pathInStack(this),
      name,
      why,
      size: `${throttling.requestsPerSecond} requests a second, ${throttling.burst} at once, answers within 29 s`,
      stateful: false,
      fails: "API Gateway stands in several zones; without the service pages still load, and their calls fail",
      stage,
      routes: [...routes.map((route) => ({ method: route.method, path: route.path, to: to(route), access: route.access })), ...preflights],
    });
  }
}
