import { REST, type ServiceRoute, type SiteRoute } from "./api-route";

/** Where calls of the service go. */
export interface ServiceTarget {
  readonly vpcLinkId: string;
  /** Host name of the balancer. */
  readonly host: string;
  readonly port: number;
}

/** Where the site's files are. */
export interface SiteTarget {
  readonly region: string;
  readonly bucket: string;
  /** Folder in the bucket, with its last slash. */
  readonly folder: string;
  /** Role that reads the files. */
  readonly roleArn: string;
}

/**
 * Milliseconds that API Gateway waits for an answer: as long as it does without a raised quota. The caller then gets a 504.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const TIMEOUT_MS = 29_000;

/** The caller's address, as API Gateway saw it. A caller cannot set this header; the front of X-Forwarded-For it can. */
const CLIENT_IP_HEADER = "X-Client-Ip";

/** A call passed on through the VPC link: path, query, headers and body stay, and so does the answer. */
export function serviceIntegration({ method, path }: ServiceRoute, { vpcLinkId, host, port }: ServiceTarget): object {
  return {
    type: "http_proxy",
    httpMethod: method,
    uri: `http://${host}:${port}${path.replace("{proxy+}", "{proxy}")}`,
    connectionType: "VPC_LINK",
    connectionId: vpcLinkId,
    passthroughBehavior: "when_no_match",
    timeoutInMillis: TIMEOUT_MS,
    requestParameters: {
      [`integration.request.header.${CLIENT_IP_HEADER}`]: "context.identity.sourceIp",
      ...pathRest(path),
    },
  };
}

/** Headers that the file has in the bucket. */
const FILE_HEADERS = ["Cache-Control", "Content-Type", "ETag", "Last-Modified"] as const;

/**
 * Headers that every file gets. A content security policy is none of them: a fixed value stands in single quotes, and so cannot
 * hold the policy's own. The page has it in a `meta` element.
 */
const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "Referrer-Policy": "strict-origin-when-cross-origin",
  // Two years: what browsers' preload lists ask for is one.
  "Strict-Transport-Security": "max-age=63072000",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/** A file read from the bucket, with its type and its tag. A missing one is a 404, and never a page. */
export function siteIntegration({ path, to }: SiteRoute, { region, bucket, folder, roleArn }: SiteTarget): object {
  const key = "file" in to ? to.file : `${to.folder}{proxy}`;
  const found = {
    ...Object.fromEntries(FILE_HEADERS.map((name) => [name, `integration.response.header.${name}`])),
    ...quoted(SAFE_HEADERS),
    // A page that is kept would ask for the files of an earlier release. With its tag it costs one short answer to ask again.
    ...("file" in to ? quoted({ "Cache-Control": "no-cache" }) : {}),
  };
  return {
    type: "aws",
    httpMethod: "GET",
    uri: `arn:aws:apigateway:${region}:s3:path/${bucket}/${folder}${key}`,
    credentials: roleArn,
    passthroughBehavior: "when_no_match",
    timeoutInMillis: TIMEOUT_MS,
    requestParameters: {
      "integration.request.header.If-None-Match": "method.request.header.If-None-Match",
      ...("folder" in to ? pathRest(path) : {}),
    },
    responses: {
      "200": { statusCode: "200", responseParameters: responseHeaders(found) },
      "304": { statusCode: "304", responseParameters: responseHeaders(found) },
      // S3 says "forbidden" of what is not there to somebody who may not list.
      "4[0-9][0-9]": failure("404", "Not found"),
      default: failure("502", "Not available"),
    },
  };
}

/** Answers that a file's method may give, with the headers that integrations set. */
export function siteResponses(): object {
  const headers = [...FILE_HEADERS, ...Object.keys(SAFE_HEADERS)];
  return {
    "200": declared("the file", headers),
    "304": declared("the file has not changed", headers),
    "404": declared("there is no such file", ["Content-Type"]),
    "502": declared("the bucket does not answer", ["Content-Type"]),
  };
}

/** Headers of an answer as a definition declares them. */
export function declared(description: string, headers: readonly string[]): object {
  return { description, headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: "string" } }])) };
}

/** Headers of an answer as an integration sets them. */
export function responseHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]));
}

/** Fixed values, as API Gateway wants them written. */
export function quoted(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}

function pathRest(path: string): Readonly<Record<string, string>> {
  return path.endsWith(REST) ? { "integration.request.path.proxy": "method.request.path.proxy" } : {};
}

/** An answer in our own words: S3's would name the bucket and the request. */
function failure(statusCode: string, text: string): object {
  return {
    statusCode,
    responseParameters: responseHeaders(quoted({ "Content-Type": "text/plain" })),
    // What is binary passes a template by.
    contentHandling: "CONVERT_TO_TEXT",
    responseTemplates: { "application/json": text, "application/xml": text },
  };
}
