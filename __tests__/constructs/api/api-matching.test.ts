import type { ApiRoute } from "../../../constructs/api/api-route";
import { once } from "../readings";
import { type Search, take, target } from "./api-model";
import { type Definition, definition, ROUTES, synthApi } from "./api-parts";

const api = once(() => definition(synthApi()));
const SITE = "arn:aws:apigateway:eu-west-1:s3:path/shop-console/html";
const SERVICE = "http://${aws_lb.balancer.dns_name}:8080";

/** What becomes of a request, as one line. */
function outcome(definition: Definition, method: string, url: string, search?: Search): string {
  const taken = take(definition, method, url, search);
  if (taken === undefined) return "not found";
  if (taken.operation["x-amazon-apigateway-integration"].type === "mock") return "preflight";
  const place = (target(taken) ?? "").replace(SITE, "site").replace(SERVICE, "service");
  return `${taken.operation.security === undefined ? "public" : "authorized"} ${place}`;
}

describe("requests to a RestApi", () => {
  test.each([
    ["GET", "/", "public site/index.html"],
    ["GET", "/indexes/mine?tab=2", "public site/index.html"],
    ["GET", "/assets/app-1a2b.js", "public site/assets/app-1a2b.js"],
    ["GET", "/assets/fonts/sans.woff2", "public site/assets/fonts/sans.woff2"],
    ["GET", "/assets", "public site/index.html"],
    ["POST", "/", "not found"],
    ["POST", "/indexes/mine", "not found"],
    ["PUT", "/assets/app-1a2b.js", "not found"],
    ["GET", "/api/v1/indexes", "authorized service/api/v1/indexes"],
    ["DELETE", "/api/v1/indexes/a%20b?force=1", "authorized service/api/v1/indexes/a%20b"],
    ["GET", "/api/v1/health", "public service/api/v1/health"],
    ["POST", "/api/v1/health", "authorized service/api/v1/health"],
    ["POST", "/api/v1/sign-up", "public service/api/v1/sign-up"],
    ["GET", "/api/v1/sign-up", "authorized service/api/v1/sign-up"],
    ["POST", "/api/v1/sign-up/more", "authorized service/api/v1/sign-up/more"],
    ["POST", "/api/v1/sign-ups", "authorized service/api/v1/sign-ups"],
    ["POST", "/api/v1", "authorized service/api/v1"],
    ["OPTIONS", "/api/v1/indexes", "preflight"],
    ["OPTIONS", "/api/v1/sign-up", "preflight"],
    ["OPTIONS", "/", "not found"],
  ])("%s %s: %s", (method, url, expected) => {
    expect(outcome(api(), method, url)).toBe(expected);
  });

  const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
  const PUBLIC = new Set(["GET /api/v1/health", "POST /api/v1/sign-up"]);
  const segments = ["api", "v1", "health", "sign-up", "API", "Health", "assets", "%2e%2e", "..", "v1%2fhealth", "x"];
  const below = (depth: number): string[] =>
    depth === 0 ? [""] : below(depth - 1).flatMap((path) => ["", ...segments.map((segment) => `/${segment}`)].map((end) => path + end));
  const urls = once(() => [...new Set(below(4))]);

  test.each<Search>(["every path", "down the tree"])(
    "reach the service without a token on the public paths alone, searched %s",
    (search) => {
      const open = new Set<string>();
      for (const url of urls()) {
        for (const method of METHODS) {
          const found = outcome(api(), method, url, search);
          if (found.startsWith("public service")) open.add(`${method} ${url}`);
        }
      }
      expect(open).toEqual(PUBLIC);
      expect(urls().length).toBeGreaterThan(10_000);
    },
  );

  test("are never answered with a page when they ask for a file in a folder", () => {
    const pages = urls().filter((url) => /^\/assets\/./.test(url) && outcome(api(), "GET", url) === "public site/index.html");
    expect(pages).toEqual([]);
  });

  test("never leave the site's folder", () => {
    const uris = Object.values(api().paths).flatMap((operations) =>
      Object.values(operations).flatMap((operation) => operation["x-amazon-apigateway-integration"].uri ?? []),
    );
    const files = uris.filter((uri) => uri.startsWith("arn:"));
    expect(files.length).toBe(3);
    for (const uri of files) expect(uri.startsWith(`${SITE}/`)).toBe(true);
  });

  test("would lose the other methods of a public path if the routes were taken as they are written", () => {
    const asWritten = Object.fromEntries(
      Object.entries(api().paths).map(([path, operations]) => {
        const written = ROUTES.filter((route: ApiRoute) => route.path === path).map(({ method }) => method.toLowerCase());
        return [
          path,
          Object.fromEntries(Object.entries(operations).filter(([verb]) => written.includes(verb) || path.endsWith("{proxy+}"))),
        ];
      }),
    );
    expect(outcome({ ...api(), paths: asWritten }, "GET", "/api/v1/sign-up")).toBe("not found");
  });
});
