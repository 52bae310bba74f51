import type { Definition, Operation } from "./api-parts";

/** What API Gateway makes of a request: the operation that takes it, and what the path's rest is there. */
export interface Taken {
  readonly path: string;
  readonly operation: Operation;
  readonly rest: string | undefined;
}

/** How the paths of a definition are searched. The documentation leaves open which: what must hold, must hold for both. */
export type Search = "every path" | "down the tree";

const GREEDY = "{proxy+}";

/**
 * API Gateway's choice for a REST API: the most specific path that fits, where plain text goes before a greedy variable; then, on
 * that path alone, the method or else the one for any method.
 *
 * `every path` compares all paths of the definition. `down the tree` goes down segment by segment and never back up, so that a path
 * below a known folder is lost when the folder has no greedy child.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html
 */
export function take(definition: Definition, method: string, url: string, search: Search = "every path"): Taken | undefined {
  const segments = split(url.split("?")[0] ?? "");
  const path = search === "every path" ? mostSpecific(definition, segments) : deepest(definition, segments);
  const operations = path === undefined ? undefined : definition.paths[path];
  const operation = operations?.[method.toLowerCase()] ?? operations?.["x-amazon-apigateway-any-method"];
  if (path === undefined || operation === undefined) return undefined;
  return { path, operation, rest: path.endsWith(GREEDY) ? segments.slice(split(path).length - 1).join("/") : undefined };
}

/** Where the integration sends a request that was taken. */
export function target({ operation, rest }: Taken): string | undefined {
  const { uri, requestParameters = {} } = operation["x-amazon-apigateway-integration"];
  const source = requestParameters["integration.request.path.proxy"];
  return source === "method.request.path.proxy" && rest !== undefined ? uri?.replace("{proxy}", rest) : uri;
}

function mostSpecific(definition: Definition, segments: readonly string[]): string | undefined {
  const fitting = Object.keys(definition.paths).filter((path) => fits(split(path), segments));
  return fitting.sort((a, b) => weight(b) - weight(a))[0];
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  const greedy = pattern.at(-1) === GREEDY;
  const fixed = greedy ? pattern.slice(0, -1) : pattern;
  const isLongEnough = greedy ? segments.length > fixed.length : segments.length === fixed.length;
  return isLongEnough && fixed.every((segment, index) => segment === segments[index]);
}

/** Plain segments count most; of two with as many, the one without a greedy variable goes first. */
function weight(path: string): number {
  const segments = split(path);
  return segments.at(-1) === GREEDY ? (segments.length - 1) * 2 : segments.length * 2 + 1;
}

function deepest(definition: Definition, segments: readonly string[]): string | undefined {
  const known = Object.keys(definition.paths);
  let at = "";
  for (const segment of segments) {
    const next = `${at}/${segment}`;
    if (known.some((path) => path === next || path.startsWith(`${next}/`))) at = next;
    else return known.includes(`${at}/${GREEDY}`) ? `${at}/${GREEDY}` : undefined;
  }
  const path = at === "" ? "/" : at;
  return known.includes(path) ? path : undefined;
}

function split(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}
