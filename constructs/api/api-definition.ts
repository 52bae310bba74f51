import { type Cors, gatewayResponses, preflight } from "./api-cors";
import { type ServiceTarget, type SiteTarget, serviceIntegration, siteIntegration, siteResponses } from "./api-integration";
import { type ApiRoute, REST } from "./api-route";

export interface ApiDefinitionProps {
  readonly name: string;
  /** Complete: see {@link completeRoutes}. */
  readonly routes: readonly ApiRoute[];
  readonly service: ServiceTarget;
  readonly site: SiteTarget;
  /** User pool whose tokens open what is authorized. */
  readonly userPoolArn: string;
  readonly cors: Cors;
  /** Name that the API answers to in place of AWS's. @default - it answers to AWS's */
  readonly domain?: string;
}

/** How the definition calls the authorizer. */
const AUTHORIZER = "Users";

/**
 * The whole API as one OpenAPI document, which API Gateway imports. A deployment follows its text, so everything that takes effect
 * with a deployment stands in it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function apiDefinition(props: ApiDefinitionProps): string {
  const { name, userPoolArn, cors, domain } = props;
  return JSON.stringify({
    openapi: "3.0.1",
    info: { title: name, version: "1" },
    ...(domain === undefined ? {} : { servers: [onlyUnder(domain)] }),
    paths: paths(props),
    components: { securitySchemes: { [AUTHORIZER]: authorizer(userPoolArn) } },
    "x-amazon-apigateway-gateway-responses": gatewayResponses(cors),
    // Browsers ask for images and fonts with types that no list would hold: everything passes as it is.
    "x-amazon-apigateway-binary-media-types": ["*/*"],
  });
}

/** Methods that a browser's preflight is answered for, by path: those that lead to the service. */
export function preflightPaths(routes: readonly ApiRoute[], cors: Cors): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  if (cors === "sameOrigin") return methods;
  for (const { to, path, method } of routes) if (to === "service") methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

function paths({ routes, service, site, cors }: ApiDefinitionProps): object {
  const found: Record<string, Record<string, object>> = {};
  for (const route of routes) found[route.path] = { ...found[route.path], [verb(route.method)]: operation(route, service, site) };
  if (cors !== "sameOrigin") {
    for (const [path, methods] of preflightPaths(routes, cors))
      found[path] = { ...found[path], options: { ...parameters(path), ...preflight(cors.origin, methods) } };
  }
  return found;
}

function verb(method: string): string {
  return method === "ANY" ? "x-amazon-apigateway-any-method" : method.toLowerCase();
}

function operation(route: ApiRoute, service: ServiceTarget, site: SiteTarget): object {
  const security = route.access === "authorized" ? { security: [{ [AUTHORIZER]: [] }] } : {};
  if (route.to === "service") {
    return {
      ...security,
      ...parameters(route.path),
      responses: {},
      "x-amazon-apigateway-integration": serviceIntegration(route, service),
    };
  }
  return {
    ...parameters(route.path, [{ name: "If-None-Match", in: "header", schema: { type: "string" } }]),
    responses: siteResponses(),
    "x-amazon-apigateway-integration": siteIntegration(route, site),
  };
}

function parameters(path: string, others: readonly object[] = []): object {
  const rest = path.endsWith(REST) ? [{ name: "proxy", in: "path", required: true, schema: { type: "string" } }] : [];
  return rest.length + others.length === 0 ? {} : { parameters: [...rest, ...others] };
}

/** A token of any client of the pool, in the header itself: the ID token, as no scope is asked for. */
function authorizer(userPoolArn: string): object {
  return {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "cognito_user_pools",
    "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: [userPoolArn] },
  };
}

function onlyUnder(domain: string): object {
  return { url: `https://${domain}`, "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } };
}
