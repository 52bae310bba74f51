import { Construct } from "constructs";
import { type ApiRoute, completeRoutes } from "../../../constructs/api/api-route";
import { scratchApp, TestStack } from "../../support/synthesized";

function complete(...routes: ApiRoute[]): string[] {
  return completeRoutes(new Construct(new TestStack(scratchApp()), "Api"), routes).map(({ method, path, to, access }) => {
    const goal = to === "service" ? to : JSON.stringify(Object.values(to)[0]);
    return `${method} ${path} -> ${goal} ${access}`;
  });
}

const service = (method: ApiRoute["method"], path: `/${string}`, access: "authorized" | "public" = "authorized"): ApiRoute => ({
  method,
  path,
  to: "service",
  access,
});
const file = (path: `/${string}`, name: string): ApiRoute => ({ method: "GET", path, to: { file: name }, access: "public" });
const folder = (path: `/${string}`, name: `${string}/`): ApiRoute => ({ method: "GET", path, to: { folder: name }, access: "public" });

describe("the routes of an API", () => {
  test("are in the order of their paths, whatever order they are written in", () => {
    const routes = [file("/", "index.html"), service("POST", "/b"), service("GET", "/b")];
    expect(complete(...routes)).toEqual(complete(...routes.reverse()));
    expect(complete(...routes)).toEqual(['GET / -> "index.html" public', "GET /b -> service authorized", "POST /b -> service authorized"]);
  });

  test("take no method away from the wider routes that they stand below", () => {
    expect(complete(service("ANY", "/api/{proxy+}"), service("POST", "/api/login", "public"))).toEqual([
      "ANY /api/login -> service authorized",
      "POST /api/login -> service public",
      "ANY /api/{proxy+} -> service authorized",
    ]);
  });

  test("get from the nearest wider route, and from the next one what it lacks", () => {
    const routes = [service("GET", "/{proxy+}"), service("POST", "/{proxy+}"), service("POST", "/a/{proxy+}"), service("PUT", "/a/b")];
    expect(complete(...routes).filter((line) => line.includes("/a/b "))).toEqual([
      "GET /a/b -> service authorized",
      "POST /a/b -> service authorized",
      "PUT /a/b -> service authorized",
    ]);
  });

  test("get a method of the wider route before its ANY, which is for the rest", () => {
    expect(complete(service("ANY", "/{proxy+}"), file("/{proxy+}", "index.html"), service("POST", "/login", "public"))).toEqual([
      "ANY /login -> service authorized",
      'GET /login -> "index.html" public',
      "POST /login -> service public",
      "ANY /{proxy+} -> service authorized",
      'GET /{proxy+} -> "index.html" public',
    ]);
  });

  test("name the same file as the wider route would", () => {
    const routes = [folder("/assets/{proxy+}", "static/"), service("POST", "/assets/a/b.js"), service("POST", "/assets/img/{proxy+}")];
    expect(complete(...routes)).toEqual([
      'GET /assets/a/b.js -> "static/a/b.js" public',
      "POST /assets/a/b.js -> service authorized",
      'GET /assets/img/{proxy+} -> "static/img/" public',
      "POST /assets/img/{proxy+} -> service authorized",
      'GET /assets/{proxy+} -> "static/" public',
    ]);
  });

  test("get nothing from a route that only starts alike, nor at the folder itself", () => {
    const routes = [service("ANY", "/api/{proxy+}"), service("GET", "/apis"), service("GET", "/api")];
    expect(complete(...routes)).toEqual([
      "GET /api -> service authorized",
      "ANY /api/{proxy+} -> service authorized",
      "GET /apis -> service authorized",
    ]);
  });

  test("are refused when they say one thing twice", () => {
    expect(() => complete(service("GET", "/a"), service("GET", "/a", "public"))).toThrow(
      'shop-test/Api: routes must hold a method of a path once, got "/a GET"',
    );
  });

  test("are refused when a public one would open more than one path of the service", () => {
    expect(() => complete(service("GET", "/api/{proxy+}", "public"))).toThrow(
      'shop-test/Api: routes must be exact where the service is public, as {proxy+} opens all below it, got "/api/{proxy+}"',
    );
  });

  test.each(["/a/", "//", "/a//b", "/{id}", "/a/{proxy+}/b", "/a b", "/..", "/a/./b", "/a?b", "/%61", "/{proxy}"] as const)(
    "are refused for the path %s",
    (path) => {
      expect(() => complete(service("GET", path))).toThrow(
        `shop-test/Api: routes must have paths of letters, digits and . _ : -, with {proxy+} at the end if at all, got "${path}"`,
      );
    },
  );

  test.each(["/", "/{proxy+}", "/a.b/c_d-e:f/{proxy+}", "/..a"] as const)("are taken for the path %s", (path) => {
    expect(complete(service("GET", path))).toEqual([`GET ${path} -> service authorized`]);
  });

  test.each(["", "/index.html", "a b.html", "a//b", "{proxy}"])('are refused for the file "%s"', (name) => {
    expect(() => complete(file("/", name))).toThrow(
      `shop-test/Api: routes must name files and folders in letters, digits and . _ -, got {"file":"${name}"}`,
    );
  });

  test("are refused when a folder does not say which file", () => {
    expect(() => complete(folder("/assets", "assets/"))).toThrow(
      'shop-test/Api: routes must end in {proxy+} where it names a folder, to say which file, got "/assets"',
    );
  });
});
