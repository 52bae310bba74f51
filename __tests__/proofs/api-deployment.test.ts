import type { RestApiProps } from "../../constructs/api/rest-api";
import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { addApi, ROUTES } from "../constructs/api/api-parts";
import { synthesizeTestStack } from "../support/synthesized";
import type { Plan } from "./support/plan";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies a root with an API here, on machines of any speed.
jest.setTimeout(120_000);

const DEPLOYMENT = "aws_api_gateway_deployment.api_stage_deployment";

function api(props: Partial<RestApiProps<"http">> = {}, edit: (config: string) => string = (config) => config): TerraformJson {
  const { json } = synthesizeTestStack((stack) => void addApi(stack, props));
  return JSON.parse(edit(JSON.stringify(json))) as TerraformJson;
}

const BEFORE = api();

/** Changes that callers would notice: each must come to a deployment. */
const NOTICED: Readonly<Record<string, TerraformJson>> = {
  "a public route more": api({ routes: [...ROUTES, { method: "GET", path: "/api/v1/plans", to: "service", access: "public" }] }),
  "a public route that asks for a token from now on": api({
    routes: ROUTES.map((route) => (route.path === "/api/v1/health" ? { ...route, to: "service", access: "authorized" } : route)),
  }),
  "another file for a path": api({
    routes: ROUTES.map((route) => (route.path === "/" ? { method: "GET", path: "/", to: { file: "home.html" }, access: "public" } : route)),
  }),
  "another origin": api({ cors: { origin: "https://other.example.com" } }),
  "another user pool": api({ users: { arn: "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Z9y8X7w6v" } }),
  "another balancer, whose name is known only when it is there": api({}, (config) => config.replaceAll("nlb-shop", "nlb-other")),
  "another role, whose ARN is known only when it is there": api({}, (config) => config.replaceAll("shop-test-api-site-role", "other-role")),
};

/** Changes around the definition: none of them may come to a deployment. */
const UNNOTICED: Readonly<Record<string, TerraformJson>> = {
  nothing: BEFORE,
  "the routes in another order": api({ routes: [...ROUTES].reverse() }),
  "other throttling": api({ throttling: { requestsPerSecond: 5, burst: 10 } }),
  "another retention of logs": api({ accessLogs: { name: "/shop/api", retentionDays: 90 } }),
  "traces and logs of execution": api({ tracing: true, executionLogs: "errors" }),
  "a web ACL": api({ waf: { managedRules: { requestsPerFiveMinutes: 2000, logs: { retentionDays: 30 } } } }),
};

let root: RehearsedRoot;

beforeAll(async () => {
  root = await RehearsedRoot.start([BEFORE, ...Object.values(NOTICED), ...Object.values(UNNOTICED)]);
  await root.apply({ config: BEFORE });
});

afterAll(() => root.close());

const deploys = (plan: Plan): boolean => plan.changed.includes(DEPLOYMENT);

describe("the deployment of an API", () => {
  test.each(Object.entries(NOTICED))("changes with %s", async (_what, config) => {
    expect(deploys(await root.plan({ config }))).toBe(true);
  });

  test.each(Object.entries(UNNOTICED))("does not change with %s", async (_what, config) => {
    const plan = await root.plan({ config });
    expect(plan.find(DEPLOYMENT)).toEqual({ actions: "no-op", because: [] });
  });

  test("is one more when a change is applied, and then rests", async () => {
    const config = NOTICED["another balancer, whose name is known only when it is there"] ?? BEFORE;
    await root.apply({ config });
    expect((await root.plan({ config })).changed).toEqual([]);
  });
});
