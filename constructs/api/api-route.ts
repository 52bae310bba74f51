import type { Construct } from "constructs";
import { PropsError } from "../base/props-error";

/** Methods that a route may have; `ANY` is every one that no other route of the path has. Preflights are answered by the API itself. */
export type RouteMethod = "ANY" | "DELETE" | "GET" | "HEAD" | "PATCH" | "POST" | "PUT";

/** A call of the service behind the balancer. The service sees the path, the query and the body as the caller wrote them. */
export interface ServiceRoute {
  readonly method: RouteMethod;
  /** Exact, such as `/api/v1/health`, or with a rest, such as `/api/{proxy+}`. A public one is exact: what it opens is what it says. */
  readonly path: `/${string}`;
  readonly to: "service";
  /** `authorized` asks for a token of the user pool; `public` for nothing. */
  readonly access: "authorized" | "public";
}

/** A file of the site. Everybody may read it: browsers ask for pages without a token. */
export interface SiteRoute {
  readonly method: "GET";
  readonly path: `/${string}`;
  /** One file, whatever the path, such as `index.html`; or the folder in which the path's rest names the file, such as `assets/`. */
  readonly to: { readonly file: string } | { readonly folder: `${string}/` };
  readonly access: "public";
}

/** Which requests go where, and who may send them. */
export type ApiRoute = ServiceRoute | SiteRoute;

/** How a path ends that takes whatever comes below it: one segment or more. */
export const REST = "/{proxy+}";

/** Letters that API Gateway takes in a path. @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html */
const PATH = /^(\/|(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._:-]+)*(\/\{proxy\+\})?)$/;
/** Keys that need no escaping in a URL. */
const KEY = /^(?!\/)([A-Za-z0-9._-]+\/)*[A-Za-z0-9._-]+$/;

/**
 * The routes as API Gateway needs them: sorted by path, and complete.
 *
 * API Gateway first chooses the most specific path, and only then looks for the method. A route for `POST /api/login` would so
 * take every other method of that path away from `ANY /api/{proxy+}`. Here it takes none: a path also gets the methods of the
 * routes that it stands below, with their access.
 *
 * @throws {PropsError} for a path that API Gateway does not take, two routes for the same, a public route to the service that is
 * not exact, and a site's folder on a path without a rest.
 */
export function completeRoutes(scope: Construct, routes: readonly ApiRoute[]): ApiRoute[] {
  const byPath = new Map<ApiRoute["path"], Map<string, ApiRoute>>();
  for (const route of routes) {
    checkRoute(scope, route);
    const methods = byPath.get(route.path) ?? new Map<string, ApiRoute>();
    if (methods.has(route.method)) throw new PropsError(scope, "routes", "must hold a method of a path once", titleOf(route));
    byPath.set(route.path, methods.set(route.method, route));
  }
  // The nearest first, as its methods hide those of the wider ones; and of one path ANY last, as it is what the others leave.
  const wide = routes
    .filter(({ path }) => path.endsWith(REST))
    .sort((a, b) => b.path.length - a.path.length || Number(a.method === "ANY") - Number(b.method === "ANY"));
  for (const [path, methods] of byPath) {
    for (const route of wide) {
      if (isBelow(path, route.path) && !methods.has("ANY") && !methods.has(route.method)) methods.set(route.method, narrowed(route, path));
    }
  }
  return [...byPath.values()].flatMap((methods) => [...methods.values()]).sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
}

function titleOf({ path, method }: ApiRoute): string {
  return `${path} ${method}`;
}

function checkRoute(scope: Construct, route: ApiRoute): void {
  const { path, to, access } = route;
  if (path.length === 0 || !PATH.test(path)) {
    throw new PropsError(scope, "routes", "must have paths of letters, digits and . _ : -, with {proxy+} at the end if at all", path);
  }
  if (to === "service") {
    if (access === "public" && path.endsWith(REST))
      throw new PropsError(scope, "routes", "must be exact where the service is public, as {proxy+} opens all below it", path);
    return;
  }
  const key = "file" in to ? to.file : to.folder.replace(/\/$/, "");
  if (!KEY.test(key)) throw new PropsError(scope, "routes", "must name files and folders in letters, digits and . _ -", to);
  if ("folder" in to && !path.endsWith(REST))
    throw new PropsError(scope, "routes", "must end in {proxy+} where it names a folder, to say which file", path);
}

/** Whether every request for `path` would match `wide` as well, if `path` were not there. */
function isBelow(path: string, wide: string): boolean {
  const folder = wide.slice(0, -REST.length);
  return path !== wide && path.startsWith(`${folder}/`) && path.length > folder.length + 1;
}

/** A wide route as it is for one path below it. */
function narrowed(route: ApiRoute, path: ApiRoute["path"]): ApiRoute {
  if (route.to === "service" || "file" in route.to) return { ...route, path };
  const rest = path.slice(route.path.length - REST.length + 1);
  const { folder } = route.to;
  return path.endsWith(REST)
    ? { ...route, path, to: { folder: `${folder}${rest.slice(0, -REST.length)}/` } }
    : { ...route, path, to: { file: `${folder}${rest}` } };
}
