import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiAccount } from "../../../constructs/api/api-account";
import type { ApiRoute } from "../../../constructs/api/api-route";
import { RestApi, type RestApiProps } from "../../../constructs/api/rest-api";
import { Bucket } from "../../../constructs/data/bucket";
import { NetworkLoadBalancer } from "../../../constructs/edge/network-load-balancer";
import { type Synthesized, synthesizeTestStack, type TestStack } from "../../support/synthesized";
import { addNetwork, addService, UNMONITORED } from "../parts";

/** Routes of a console: pages, assets, an API of which two calls are public. */
export const ROUTES: readonly ApiRoute[] = [
  { method: "GET", path: "/", to: { file: "index.html" }, access: "public" },
  { method: "GET", path: "/{proxy+}", to: { file: "index.html" }, access: "public" },
  { method: "GET", path: "/assets/{proxy+}", to: { folder: "assets/" }, access: "public" },
  { method: "ANY", path: "/api/{proxy+}", to: "service", access: "authorized" },
  { method: "GET", path: "/api/v1/health", to: "service", access: "public" },
  { method: "POST", path: "/api/v1/sign-up", to: "service", access: "public" },
];

/** An API called `Api`, in front of a service, a bucket and a user pool. */
export function addApi(stack: TestStack, props: Partial<RestApiProps<"http">> = {}): RestApi<"http"> {
  const network = addNetwork(stack);
  const service = addService(stack, "Monolith", network);
  const balancer = new NetworkLoadBalancer(stack, "Balancer", {
    network,
    name: "nlb-shop",
    why: "brings calls to the service",
    service,
    passthrough: ["http"],
    exposure: "internal",
    healthCheck: { path: "/health" },
    protection: "protected",
    alarms: UNMONITORED,
  });
  const bucket = new Bucket(stack, "Console", { name: "shop-console", why: "holds the console", protection: "protected" });
  return new RestApi<"http">(stack, "Api", {
    name: "test-ShopApi",
    why: "serves the console and its calls",
    stage: "live",
    routes: ROUTES,
    service: { balancer, port: "http" },
    site: { bucket, folder: "html/" },
    users: { arn: USER_POOL },
    cors: { origin: "https://console.example.com" },
    throttling: { requestsPerSecond: 50, burst: 100 },
    account: new ApiAccount(stack, "ApiAccount", { source: "exists" }),
    accessLogs: { name: "/shop/api", retentionDays: 30 },
    waf: { noneBecause: "a test has no attackers" },
    alarms: UNMONITORED,
    ...props,
  });
}

export const USER_POOL = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_a1B2c3D4e";

/** @param props also as a function of the stack, for what stands in it. */
export function synthApi(props: Partial<RestApiProps<"http">> | ((stack: TestStack) => Partial<RestApiProps<"http">>) = {}): Synthesized {
  return synthesizeTestStack((stack) => void addApi(stack, typeof props === "function" ? props(stack) : props));
}

/** One operation of an OpenAPI document, with the parts that these tests read. */
export interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<Record<string, { readonly headers?: Readonly<Record<string, unknown>> }>>;
  readonly "x-amazon-apigateway-integration": {
    readonly type: string;
    readonly uri?: string;
    readonly httpMethod?: string;
    readonly requestParameters?: Readonly<Record<string, string>>;
    readonly responses?: Readonly<
      Record<string, { readonly statusCode: string; readonly responseParameters?: Readonly<Record<string, string>> }>
    >;
  };
}

/** The document that API Gateway imports. */
export interface Definition {
  readonly info: { readonly title: string };
  readonly servers?: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, unknown>> };
  readonly "x-amazon-apigateway-gateway-responses": Readonly<Record<string, unknown>>;
  readonly "x-amazon-apigateway-binary-media-types": readonly string[];
}

export function definition(synthesized: Synthesized): Definition {
  return JSON.parse(String(synthesized.only(ApiGatewayRestApi)["body"]));
}
