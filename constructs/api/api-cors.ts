import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";
import { declared, quoted, responseHeaders } from "./api-integration";

/** Pages of which origin may call the service from a browser. The site of the API itself always may. */
export type Cors =
  | "sameOrigin"
  | {
      /** One origin, such as `https://console.example.com`. Gateway responses cannot choose among several. */
      readonly origin: string;
    };

/** Headers that callers send beyond those that browsers always allow. */
const REQUEST_HEADERS = "authorization,content-type";
const METHODS = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];
/** Seconds that a browser remembers what it was allowed: an hour. Chromium takes no more than two. */
const MAX_AGE_SECONDS = 3600;

/** An origin as browsers send it. A developer's own machine has no certificate. */
const ORIGIN = /^(https:\/\/[a-z0-9.-]+(:\d+)?|http:\/\/localhost(:\d+)?)$/;

/** @throws {PropsError} for what is no origin. */
export function checkCors(scope: Construct, cors: Cors): void {
  if (cors !== "sameOrigin" && !ORIGIN.test(cors.origin))
    throw new PropsError(scope, "cors.origin", "must be an origin such as https://console.example.com, without a wildcard", cors.origin);
}

/** The answer to a browser that asks whether it may call a path, given by the API itself and without a token. */
export function preflight(origin: string, methods: readonly string[]): object {
  const allowed = {
    "Access-Control-Allow-Headers": REQUEST_HEADERS,
    "Access-Control-Allow-Methods": (methods.includes("ANY") ? METHODS : methods).join(","),
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Max-Age": String(MAX_AGE_SECONDS),
  };
  return {
    responses: { "204": declared("what a page of the origin may do", Object.keys(allowed)) },
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "never",
      // With every type taken for binary, an answer is made from a template only when it is told to be text.
      contentHandling: "CONVERT_TO_TEXT",
      requestTemplates: { "application/json": '{"statusCode":204}' },
      responses: { default: { statusCode: "204", responseParameters: responseHeaders(quoted(allowed)) } },
    },
  };
}

/**
 * Answers that API Gateway gives without asking anybody: no token, too many requests, no such path. A page of the origin may read
 * them too, or it would see a network error in place of a 401.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayResponses(cors: Cors): object {
  const shared =
    cors === "sameOrigin" ? {} : { responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": `'${cors.origin}'` } };
  return {
    ...(cors === "sameOrigin" ? {} : { DEFAULT_4XX: shared, DEFAULT_5XX: shared }),
    // API Gateway calls a path that it does not have "forbidden".
    MISSING_AUTHENTICATION_TOKEN: { ...shared, statusCode: "404", responseTemplates: { "application/json": '{"message":"Not found"}' } },
  };
}
