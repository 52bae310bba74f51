import { ChangeResourceRecordSetsCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import { aliasOf } from "../support/deployed-edge";
import { answering, type Fault } from "./fault";

const NAME = "distribution staging-allthrive";
const LISTED = /^GET \/2020-05-31\/distribution(\?.*)?$/;
const CONFIGURED = /^GET \/2020-05-31\/distribution\/[^/]+\/config/;

/** What CloudFront says of the distribution's settings, otherwise. */
function configured(change: (config: string) => string): Fault["strike"] {
  return answering(({ command }, answer) => (CONFIGURED.test(command) ? change(answer) : answer));
}

function listed(change: (list: string) => string): Fault["strike"] {
  return answering(({ command }, answer) => (LISTED.test(command) ? change(answer) : answer));
}

/** Names of two paths, changed for one another: CloudFront then tries them in another order. */
function swapped(config: string): string {
  return config.replace("/api/*", "/x/*").replace("/ws/*", "/api/*").replace("/x/*", "/ws/*");
}

/** The API's path, with code before it. */
function withAssociation(config: string, kind: string, arn: string): string {
  const association = `<EventType>viewer-request</EventType><${arn}>arn:aws:elsewhere</${arn}>`;
  const one = `<Quantity>1</Quantity><Items><${kind.slice(0, -1)}>${association}</${kind.slice(0, -1)}></Items>`;
  return config.replace(new RegExp(`(/api/\\*<[\\s\\S]*?<${kind}>)[\\s\\S]*?(</${kind}>)`), `$1${one}$2`);
}

export const DISTRIBUTION_FAULTS: readonly Fault[] = [
  {
    title: "a distribution that is gone",
    heading: "distribution-exists",
    what: NAME,
    found: "does not exist",
    strike: listed((list) => list.replace("<Comment>staging-allthrive<", "<Comment>another<")),
  },
  {
    title: "two distributions of one name",
    heading: "distribution-exists",
    what: NAME,
    found: "there are several: ",
    strike: listed((list) => list.replace(/<DistributionSummary>[\s\S]*?<\/DistributionSummary>/, "$&$&")),
  },
  {
    title: "a distribution that takes a change",
    heading: "distribution-deployed",
    what: NAME,
    found: "InProgress",
    strike: listed((list) => list.replace("<Status>Deployed<", "<Status>InProgress<")),
  },
  {
    title: "a distribution that is switched off",
    heading: "distribution-deployed",
    what: NAME,
    found: "is switched off",
    strike: listed((list) => list.replace(/<Enabled>true<\/Enabled>(?![\s\S]*<Enabled>true)/, "<Enabled>false</Enabled>")),
  },
  {
    title: "behaviours in another order",
    heading: "distribution-behaviours",
    what: NAME,
    found: "/ws/* to staging-allthrive-origin, /api/* to staging-allthrive-origin, * to",
    strike: configured(swapped),
  },
  {
    title: "a path of the backend without a behaviour of its own",
    heading: "distribution-behaviours",
    what: NAME,
    found: "/api/* to staging-allthrive-origin, * to staging-allthrive-frontend-222222222222; stated is",
    strike: configured((config) => config.replace(/<CacheBehavior><PathPattern>\/ws\/\*<[\s\S]*?<\/CacheBehavior>/, "")),
  },
  {
    title: "websockets that end in the bucket",
    heading: "distribution-behaviours",
    what: NAME,
    found: "/ws/* to staging-allthrive-frontend-222222222222",
    strike: configured((config) =>
      config.replace(/(<PathPattern>\/ws\/\*<\/PathPattern>\s*<TargetOriginId>)[^<]*/, "$1staging-allthrive-frontend-222222222222"),
    ),
  },
  {
    title: "websockets without the viewer's headers",
    heading: "distribution-backend",
    what: `${NAME}: /ws/*`,
    found: "does not pass on every header of the viewer",
    strike: configured((config) => config.replace(/(\/ws\/\*<[\s\S]*?<OriginRequestPolicyId>)[^<]*/, "$1")),
  },
  {
    title: "an API that is cached",
    heading: "distribution-backend",
    what: `${NAME}: /api/*`,
    found: "is cached",
    strike: configured((config) => config.replace(/(\/api\/\*<[\s\S]*?<CachePolicyId>)[^<]*/, "$1658327ea-f89d-4fab-a63d-7e88639e58f6")),
  },
  {
    title: "an API that takes no writes",
    heading: "distribution-backend",
    what: `${NAME}: /api/*`,
    found: "refuses PUT, POST, PATCH, DELETE",
    strike: configured((config) => config.replace(/(\/api\/\*<[\s\S]*?)(<Method>(PUT|POST|PATCH|DELETE)<\/Method>\s*)+/, "$1")),
  },
  {
    title: "an API behind the site's function",
    heading: "distribution-backend",
    what: `${NAME}: /api/*`,
    found: "runs a function, which may turn its errors into pages",
    strike: configured((config) => withAssociation(config, "FunctionAssociations", "FunctionARN")),
  },
  {
    title: "an API behind a Lambda function at the edge",
    heading: "distribution-backend",
    what: `${NAME}: /api/*`,
    found: "runs a function, which may turn its errors into pages",
    strike: configured((config) => withAssociation(config, "LambdaFunctionAssociations", "LambdaFunctionARN")),
  },
  {
    title: "a site's origin without its access control",
    heading: "distribution-origin",
    what: NAME,
    found: "requests are not signed",
    strike: configured((config) => config.replace(/<OriginAccessControlId>[^<]*<\/OriginAccessControlId>/, "")),
  },
  {
    title: "error pages for everything",
    heading: "distribution-error-responses",
    what: NAME,
    found: "there are some for 404",
    strike: configured((config) =>
      config.replace(
        /<CustomErrorResponses>[\s\S]*?<\/CustomErrorResponses>/,
        "<CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>404</ErrorCode></CustomErrorResponse></Items></CustomErrorResponses>",
      ),
    ),
  },
  {
    title: "a name that was taken from it",
    heading: "distribution-names",
    what: NAME,
    found: "does not answer to api.staging.allthrive.ai",
    strike: configured((config) => config.replace("<CNAME>api.staging.allthrive.ai</CNAME>", "")),
  },
  {
    title: "CloudFront's own certificate",
    heading: "distribution-certificate",
    what: NAME,
    found: "is CloudFront's own",
    strike: configured((config) => config.replace(/<ACMCertificateArn>[^<]*<\/ACMCertificateArn>/, "")),
  },
];

/** The websocket's name, without some of its records. */
function without(types: readonly string[]): Fault["strike"] {
  return async ({ clients: { route53 }, edge }) => {
    const { ResourceRecordSets = [] } = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: edge.zoneId }));
    const records = ResourceRecordSets.filter(({ Name, Type = "" }) => Name === "ws.staging.allthrive.ai." && types.includes(Type));
    const change = (Action: "CREATE" | "DELETE") =>
      route53.send(
        new ChangeResourceRecordSetsCommand({
          HostedZoneId: edge.zoneId,
          ChangeBatch: { Changes: records.map((ResourceRecordSet) => ({ Action, ResourceRecordSet })) },
        }),
      );
    await change("DELETE");
    return () => change("CREATE");
  };
}

export const NAME_FAULTS: readonly Fault[] = [
  {
    title: "a name that is gone",
    heading: "name-exists",
    what: "ws.staging.allthrive.ai",
    found: "does not exist",
    strike: without(["A", "AAAA"]),
  },
  {
    title: "a name without IPv6",
    heading: "name-exists",
    what: "ws.staging.allthrive.ai",
    found: "has no AAAA record",
    strike: without(["AAAA"]),
  },
  {
    title: "a name that leads elsewhere",
    heading: "name-target",
    what: "ws.staging.allthrive.ai",
    found: "its A and AAAA leads elsewhere than to staging-allthrive-alb",
    strike: async ({ clients: { route53, elb }, edge }) => {
      const { DescribeLoadBalancersCommand } = await import("@aws-sdk/client-elastic-load-balancing-v2");
      const { LoadBalancers = [] } = await elb.send(new DescribeLoadBalancersCommand({ Names: ["staging-allthrive-alb"] }));
      await route53.send(aliasOf(edge.zoneId, "ws.staging.allthrive.ai", "elsewhere.example.com"));
      return () => route53.send(aliasOf(edge.zoneId, "ws.staging.allthrive.ai", LoadBalancers[0]?.DNSName ?? ""));
    },
  },
];
