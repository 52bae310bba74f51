import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { singlePageFallback, ViewerFunction } from "../../../constructs/edge/viewer-function";
import { projectRoot } from "../../support/project";
import { synthesizeTestStack } from "../../support/synthesized";
import { once } from "../readings";
import { DistributionModel, get, runViewerFunction } from "./distribution-model";
import { addDistribution } from "./distribution-parts";

const CODE = singlePageFallback(["/api/*", "/ws/*"]);
const PAGE = "/index.html";

/** Paths and what the bucket is asked for, when a request comes to the site. */
const PAGES = [
  "/",
  "/about",
  "/about/",
  "/users/42/settings",
  "/v1.2/page",
  "/v1.2/",
  "/search/a%20b",
  "/users/J%C3%BCrgen",
  "/projects/foo%2Fbar",
  "/tags/c%23",
  "/apiary",
  "/api-docs",
  "/wsdl",
  "/shop/api/x",
  "/shop/ws/x",
  "/About",
  "//about",
  "/a//b",
  "/a/./b",
  "/a/b/.",
  "/a/b/..",
  "/broken%",
  "/broken%zz",
  "/%ff",
  "/%2561pi/x",
  "//evil.example/%2e%2e",
  "/\\evil",
  "/<script>alert(1)</script>",
  "/a?b",
];
const UNTOUCHED = [
  "/index.html",
  "/favicon.ico",
  "/assets/app.3f2a.js",
  "/assets/app.3f2a.css.map",
  "/v1.2/logo.svg",
  "/missing.png",
  "/users/jane.doe",
  "/robots%2etxt",
  "/.well-known/acme-challenge/token",
  "/.well-known/apple-app-site-association",
  "/.env",
  "/.git/config",
  "/%2egit/config",
  "//evil.example",
  "/https://evil.example",
  "/api",
  "/api/",
  "/api/x",
  "/api/v1/things/42",
  "/API",
  "/Api/x",
  "/%61pi/x",
  "/api%2fx",
  "//api/x",
  "/./api/x",
  "/x/../api/x",
  "/x/%2e%2e/api/x",
  "/ws",
  "/ws/",
  "/ws/chat",
  "/WS/chat",
  "/%77s/chat",
];

describe("the single-page fallback, as CloudFront runs it", () => {
  test.each(PAGES)("%s is a page", (path) => {
    expect(runViewerFunction(CODE, get(path))).toEqual(get(PAGE));
  });

  test.each(UNTOUCHED)("%s stays as it came", (path) => {
    expect(runViewerFunction(CODE, get(path))).toEqual(get(path));
  });

  test("never answers by itself, so that it can redirect nobody", () => {
    for (const path of [...PAGES, ...UNTOUCHED]) expect(runViewerFunction(CODE, get(path))).not.toHaveProperty("statusCode");
  });

  test("needs nothing that is newer than what the runtime has", () => {
    const esbuild = join(projectRoot, "node_modules", `@esbuild/${process.platform}-${process.arch}`, "bin", "esbuild");
    const as = (...flags: string[]): string => execFileSync(esbuild, flags, { input: CODE, encoding: "utf8" });
    expect(as("--target=es5", "--supported:const-and-let=true", "--supported:arrow=true")).toBe(as("--target=esnext"));
  });

  test("decides a path of 8 KB, which is the longest that CloudFront takes, in one pass", () => {
    const long = `/${"..%2f".repeat(800)}${"a/".repeat(1600)}page`;
    expect(runViewerFunction(CODE, get(long)).uri).toBe(PAGE);
  });
});

describe("a distribution with that function", () => {
  const model = once(() => new DistributionModel(synthesizeTestStack((stack) => void addDistribution(stack))));

  describe.each([
    ["decodes", true],
    ["does not decode", false],
  ])("where CloudFront %s escaped letters before it matches", (_how, decodes) => {
    test.each(["/api/", "/api/x", "/api/v1/missing", "/api/page.html", "/ws/", "/ws/chat", "//api/x", "/x/../api/x"])(
      "%s reaches the backend as it was sent, so that its 404 stays a 404",
      (path) => {
        expect(model().request(path, decodes)).toEqual({ behaviour: path.includes("ws") ? "/ws/*" : "/api/*", origin: "backend", path });
      },
    );

    test.each(["/api", "/ws", "/API/x", "/Ws/chat", "/%61pi/x", "/api%2fx", "/x/%2e%2e/api/x"])(
      "%s, a backend's path misspelled, never ends in a page",
      (path) => {
        expect(model().request(path, decodes).path).toBe(path);
      },
    );

    test.each(["/", "/about", "/users/42/settings", "/apiary", "/shop/api/x", "/api/../about"])("%s is a page of the site", (path) => {
      expect(model().request(path, decodes)).toEqual({ behaviour: "*", origin: "site", path: PAGE });
    });

    test.each(["/assets/app.3f2a.js", "/missing.png", "/.well-known/security.txt"])("%s is asked of the bucket", (path) => {
      expect(model().request(path, decodes)).toEqual({ behaviour: "*", origin: "site", path });
    });
  });
});

describe("ViewerFunction", () => {
  const add = (code: string) => synthesizeTestStack((stack) => void new ViewerFunction(stack, "Rewrite", { why: "rewrites", code }));

  test("is live as soon as it is applied, in the runtime that it is written for", () => {
    expect(add(CODE).byName(CloudfrontFunction)).toEqual({
      rewrite: { name: "shop-test-rewrite", runtime: "cloudfront-js-2.0", comment: "rewrites", code: CODE, publish: true },
    });
  });

  test("takes 10 KB of code and refuses a byte more", () => {
    expect(add("x".repeat(10_240)).only(CloudfrontFunction)["code"]).toHaveLength(10_240);
    expect(() => add("x".repeat(10_241))).toThrow(
      "shop-test/Rewrite: code must be at most 10240 bytes, which is what CloudFront takes, got 10241",
    );
  });

  test("refuses what Terraform would replace", () => {
    expect(() => add("`${uri}`")).toThrow(
      'shop-test/Rewrite: code must not have what Terraform takes for an expression; write it with +, got "${"',
    );
  });

  test("knows the backend's paths by their first segment", () => {
    expect(runViewerFunction(singlePageFallback(["/graphql/*"]), get("/graphql")).uri).toBe("/graphql");
    expect(runViewerFunction(singlePageFallback(["/graphql/*"]), get("/api")).uri).toBe(PAGE);
  });
});
