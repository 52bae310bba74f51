import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { LogGroup } from "../observability/log-group";
import type { ApiAccount } from "./api-account";

/** What callers together may send. What is above gets a 429. */
export interface Throttling {
  /** Requests a second, over time. */
  readonly requestsPerSecond: number;
  /** Requests at one moment. */
  readonly burst: number;
}

export interface ApiStageProps {
  readonly apiId: string;
  /** The API's whole definition. */
  readonly definition: string;
  /** First segment of AWS's own address of the API. Another name replaces the stage. */
  readonly name: string;
  readonly account: ApiAccount;
  readonly accessLogs: { readonly name: string; readonly retentionDays: number };
  readonly executionLogs: "errors" | "off";
  readonly throttling: Throttling;
  readonly tracing: boolean;
  readonly webAclArn: string | undefined;
}

/** What an account may have without a raised quota. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const ACCOUNT_LIMIT = { requestsPerSecond: 10_000, burst: 5000 } as const;

/**
 * What runs of an API: the deployment of its definition, with throttling, a web ACL and one log record a request.
 *
 * Terraform takes the hash of the definition after it has put the references in. So it changes with whatever changes in the text,
 * a new VPC link's id too, and with nothing else; while a reference is not known yet, so is the hash, and a deployment is planned.
 */
export class ApiStage extends Construct {
  /** The name as a reference: what uses it waits for the stage. */
  readonly nameOnceMade: string;

  /** @throws {PropsError} for a name that API Gateway does not take, and for more requests than an account may have. */
  constructor(scope: Construct, id: string, props: ApiStageProps) {
    super(scope, id);
    const { apiId, definition, name, account, accessLogs, executionLogs, throttling, tracing, webAclArn } = props;
    check(this, props);
    const deployment = new ApiGatewayDeployment(this, "Deployment", {
      restApiId: apiId,
      triggers: { definition: Fn.sha256(definition) },
      // A stage has its deployment until it has the next.
      lifecycle: { createBeforeDestroy: true },
    });
    const logs = new LogGroup(this, "AccessLogs", accessLogs);
    const awaited = [...account.made, ...(executionLogs === "off" ? [] : [this.executionLogs(props)])];
    const stage = new ApiGatewayStage(this, "Default", {
      restApiId: apiId,
      stageName: name,
      deploymentId: deployment.id,
      accessLogSettings: { destinationArn: logs.arn, format: JSON.stringify(ACCESS_LOG) },
      xrayTracingEnabled: tracing,
      dependsOn: awaited.length > 0 ? awaited : undefined,
    });
    new ApiGatewayMethodSettings(this, "Settings", {
      restApiId: apiId,
      stageName: stage.stageName,
      methodPath: "*/*",
      settings: {
        // Figures of each route, which cost by their number; those of the stage are there without.
        metricsEnabled: false,
        loggingLevel: executionLogs === "off" ? "OFF" : "ERROR",
        // Bodies and headers, tokens among them.
        dataTraceEnabled: false,
        throttlingRateLimit: throttling.requestsPerSecond,
        throttlingBurstLimit: throttling.burst,
      },
    });
    if (webAclArn !== undefined) new Wafv2WebAclAssociation(this, "WebAcl", { resourceArn: stage.arn, webAclArn });
    this.nameOnceMade = stage.stageName;
  }

  /** API Gateway would make the group itself, and keep its records for ever. */
  private executionLogs({ apiId, name, accessLogs }: ApiStageProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, "ExecutionLogs", {
      name: `API-Gateway-Execution-Logs_${apiId}/${name}`,
      retentionInDays: accessLogs.retentionDays,
    });
  }
}

function check(scope: Construct, { name, throttling }: ApiStageProps): void {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(name))
    throw new PropsError(scope, "name", "must be 1 to 128 letters, digits, hyphens and underscores", name);
  for (const key of ["requestsPerSecond", "burst"] as const) {
    const most = ACCOUNT_LIMIT[key];
    if (!Number.isInteger(throttling[key]) || throttling[key] < 1 || throttling[key] > most)
      throw new PropsError(scope, `throttling.${key}`, `must be a whole number from 1 to ${most}`, throttling[key]);
  }
}

/**
 * One record a request, without its query, its headers and its body, any of which may hold a token. What has no value is `-`, so
 * every value is text. What others word freely, as user agents and messages of backends, is left out: a quote would break the record.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  sub: "$context.authorizer.claims.sub",
  method: "$context.httpMethod",
  path: "$context.path",
  route: "$context.resourcePath",
  status: "$context.status",
  bytes: "$context.responseLength",
  milliseconds: "$context.responseLatency",
  integrationStatus: "$context.integration.status",
  integrationMilliseconds: "$context.integration.latency",
  refusal: "$context.error.responseType",
  waf: "$context.wafResponseCode",
} as const;
