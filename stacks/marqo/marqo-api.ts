import { Construct } from "constructs";
import { type MarqoConfig, siteBucketName } from "../../config/marqo-schema";
import { ApiAccount } from "../../constructs/api/api-account";
import type { ApiRoute } from "../../constructs/api/api-route";
import { RestApi } from "../../constructs/api/rest-api";
import type { Protection } from "../../constructs/base/protection";
import { SystemStack } from "../../constructs/base/system-stack";
import { Bucket } from "../../constructs/data/bucket";
import { Certificate } from "../../constructs/edge/certificate";
import type { NetworkLoadBalancer } from "../../constructs/edge/network-load-balancer";
import { PublicName } from "../../constructs/edge/public-name";
import { Route53Zone } from "../../constructs/edge/route53-zone";
import type { AlarmTopic } from "../../constructs/observability/alarm-topic";
import type { UserPool } from "../../constructs/security/user-pool";

export interface MarqoApiProps {
  readonly config: Pick<MarqoConfig, "api" | "waf">;
  readonly protection: Protection;
  readonly alarms: AlarmTopic;
  readonly balancer: NetworkLoadBalancer<"http">;
  readonly users: UserPool;
  readonly logDays: number;
}

/** Folders of the console whose files are asked for by name; every other path is a page of the application. */
const FILE_FOLDERS = ["assets", "static"] as const;
/** Files that browsers and robots ask for by name. */
const FILES = ["favicon.ico", "manifest.json", "robots.txt"] as const;

/** The one way in: the console's files out of their bucket, and the monolith's API. */
export class MarqoApi extends Construct {
  readonly api: RestApi<"http">;
  readonly site: Bucket;

  constructor(scope: Construct, id: string, props: MarqoApiProps) {
    super(scope, id);
    const { config, protection, alarms, balancer, users, logDays } = props;
    const { api, waf } = config;
    const { environment } = SystemStack.of(this);
    this.site = new Bucket(this, "Site", {
      name: siteBucketName(environment, config),
      why: "the console's files, below html/",
      protection,
    });
    this.api = new RestApi(this, "Default", {
      name: `${environment}-ConsoleApi`,
      why: "serves the console and passes its calls on",
      stage: environment,
      routes: routes(api),
      service: { balancer, port: "http" },
      site: { bucket: this.site, folder: "html/" },
      users,
      // Console and API have one name.
      cors: "sameOrigin",
      ...this.domain(api.domain),
      throttling: { requestsPerSecond: api.requestsPerSecond, burst: api.burst },
      account: new ApiAccount(this, "Account", { source: api.logsRole }),
      accessLogs: { name: `/aws/apigateway/${environment}-ConsoleApi`, retentionDays: logDays },
      waf: {
        managedRules: {
          name: `${environment}-MonolithWebACL`,
          requestsPerFiveMinutes: waf.requestsPerFiveMinutes,
          managedGroups: waf.rules,
          logs: { retentionDays: logDays },
        },
      },
      alarms,
    });
    if (api.domain !== undefined && this.api.domain !== undefined) {
      new PublicName(this, "Name", {
        zone: this.zone(api.domain.zone),
        names: api.domain.host,
        target: this.api.domain,
        why: "the console",
      });
    }
  }

  private domain(domain: MarqoConfig["api"]["domain"]): { domain?: { host: string; certificate: Certificate } } {
    if (domain === undefined) return {};
    const { host, zone } = domain;
    return { domain: { host, certificate: new Certificate(this, "Certificate", { domain: host, proof: this.zone(zone) }) } };
  }

  private zone(domain: string): Route53Zone {
    const existing = this.node.tryFindChild("Zone");
    return existing instanceof Route53Zone ? existing : new Route53Zone(this, "Zone", { domain });
  }
}

function routes({ authorizer, publicRoutes }: MarqoConfig["api"]): ApiRoute[] {
  const file = (name: string, path: `/${string}`): ApiRoute => ({ method: "GET", path, to: { file: name }, access: "public" });
  return [
    file("index.html", "/"),
    file("index.html", "/{proxy+}"),
    ...FILES.map((name) => file(name, `/${name}`)),
    ...FILE_FOLDERS.map(
      (folder): ApiRoute => ({ method: "GET", path: `/${folder}/{proxy+}`, to: { folder: `${folder}/` }, access: "public" }),
    ),
    ...publicRoutes.map(({ method, path }): ApiRoute => ({ method, path: path as `/${string}`, to: "service", access: "public" })),
    // Without an authorizer nothing is reached but what is public by its name.
    ...(authorizer === "cognito" ? [{ method: "ANY", path: "/api/{proxy+}", to: "service", access: "authorized" } as const] : []),
  ];
}
