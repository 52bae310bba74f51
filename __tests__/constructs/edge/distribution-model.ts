import { createContext, runInContext } from "node:vm";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import type { Synthesized } from "../../support/synthesized";

/** A request as an origin gets it. */
export interface Seen {
  /** Pattern of the behaviour that took the request; `*` for the default. */
  readonly behaviour: string;
  readonly origin: string;
  readonly path: string;
}

interface Behaviour {
  readonly path_pattern?: string;
  readonly target_origin_id: string;
  readonly function_association?: readonly { readonly function_arn: string }[];
}

interface Attributes {
  readonly default_cache_behavior: Behaviour;
  readonly ordered_cache_behavior?: readonly Behaviour[];
  readonly default_root_object?: string;
}

/** A request as CloudFront hands it to a function. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html */
export interface ViewerRequest {
  uri: string;
  readonly method: string;
  readonly querystring: Readonly<Record<string, { readonly value: string }>>;
  readonly headers: Readonly<Record<string, { readonly value: string }>>;
  readonly cookies: Readonly<Record<string, { readonly value: string }>>;
}

/**
 * Runs a viewer function as CloudFront does: with the language's own objects and nothing else, and no code made from text.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function runViewerFunction(code: string, request: ViewerRequest): ViewerRequest {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const event = { version: "1.0", context: { eventType: "viewer-request" }, viewer: { ip: "198.51.100.1" }, request };
  const answer = runInContext(`${code}\nJSON.stringify(handler(JSON.parse(${JSON.stringify(JSON.stringify(event))})))`, context, {
    timeout: 1000,
  });
  return JSON.parse(answer);
}

/** A visitor's GET of a path. */
export function get(uri: string): ViewerRequest {
  return {
    uri,
    method: "GET",
    querystring: { next: { value: "https%3A%2F%2Fevil.example%2F" } },
    headers: { host: { value: "shop.example.com" } },
    cookies: { session: { value: "s" } },
  };
}

/**
 * A distribution as far as routing goes, out of what Terraform would be given: the first behaviour whose pattern matches,
 * then its function, then its origin. CloudFront matches the normalized path and hands on the raw one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export class DistributionModel {
  private readonly attributes: Attributes;
  private readonly codes: ReadonlyMap<string, string>;

  constructor(synthesized: Synthesized) {
    this.attributes = synthesized.only(CloudfrontDistribution) as unknown as Attributes;
    this.codes = new Map(
      Object.entries(synthesized.byName(CloudfrontFunction)).map(([name, { code }]) => [
        `\${aws_cloudfront_function.${name}.arn}`,
        String(code),
      ]),
    );
  }

  /** @param decodes whether normalizing also decodes letters, digits and dots: the documentation leaves it open. */
  request(path: string, decodes: boolean): Seen {
    const { default_cache_behavior, ordered_cache_behavior = [], default_root_object } = this.attributes;
    const normal = normalized(path, decodes);
    const behaviour = ordered_cache_behavior.find(({ path_pattern = "" }) => matches(path_pattern, normal)) ?? default_cache_behavior;
    const wanted = path === "/" && default_root_object !== undefined ? `/${default_root_object}` : path;
    return {
      behaviour: behaviour.path_pattern ?? "*",
      origin: behaviour.target_origin_id,
      path: (behaviour.function_association ?? []).reduce((uri, { function_arn }) => this.run(function_arn, uri), wanted),
    };
  }

  private run(arn: string, uri: string): string {
    const code = this.codes.get(arn);
    if (code === undefined) throw new Error(`no function has the ARN ${arn}`);
    return runViewerFunction(code, get(uri)).uri;
  }
}

function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(path);
}

function normalized(path: string, decodes: boolean): string {
  const text = decodes ? path.replace(/%(2d|2e|5f|7e|3[0-9]|[46][1-9a-f]|[57][0-9a])/gi, (escaped) => decodeURIComponent(escaped)) : path;
  const kept: string[] = [];
  const segments = text.split("/");
  for (const segment of segments) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const isFolder = ["", ".", ".."].includes(segments.at(-1) ?? "") && kept.length > 0;
  return `/${kept.join("/")}${isFolder ? "/" : ""}`;
}
