import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { valuesWith } from "../config/marqo-values";
import type { Changes } from "../config/with-changes";
import { synthesizeMarqo, synthesizeWith } from "../stacks/marqo-roots";
import { packHandlers } from "../support/packed-handlers";
import type { Synthesized } from "../support/synthesized";
import { edited, replacedFirst, UPDATED } from "./support/change";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies the whole root here, on machines of any speed.
jest.setTimeout(240_000);

/** What an operator gives. */
const VARIABLES = { TF_VAR_alert_email: "operators@example.com" };

const API = "aws_api_gateway_rest_api.api";
const DEPLOYMENT = "aws_api_gateway_deployment.api_stage_deployment";
const STAGE = "aws_api_gateway_stage.api_stage";

const plain = ({ json }: Synthesized): TerraformJson => JSON.parse(JSON.stringify(json)) as TerraformJson;
const dev = (changes: Changes): TerraformJson => plain(synthesizeWith("dev", changes));
const { publicRoutes } = valuesWith().dev.api;

let root: RehearsedRoot;
let before: TerraformJson;

beforeAll(async () => {
  packHandlers();
  before = plain(synthesizeMarqo("dev"));
  root = await RehearsedRoot.start([before], VARIABLES);
  await root.apply({ config: before });
});

afterAll(() => root.close());

describe("Marqo's API, applied", () => {
  test("rests when nothing has changed", async () => {
    expect((await root.plan({ config: before })).changed).toEqual([]);
  });

  test("is deployed with a public route more, the new deployment before the old one goes, and nothing else changes", async () => {
    const plan = await root.plan({ config: dev({ "api.publicRoutes": [...publicRoutes, { method: "GET", path: "/api/v1/plans" }] }) });
    expect(plan.changed).toEqual(expect.arrayContaining([API, DEPLOYMENT, STAGE]));
    expect(plan.changed).toHaveLength(3);
    expect(plan.find(API)).toEqual(UPDATED);
    expect(plan.find(DEPLOYMENT)).toEqual(replacedFirst("triggers"));
    expect(plan.find(STAGE)).toEqual(UPDATED);
  });

  test("is deployed when a public route asks for a token from now on", async () => {
    const plan = await root.plan({ config: dev({ "api.publicRoutes": publicRoutes.slice(0, 1) }) });
    expect(plan.find(DEPLOYMENT)).toEqual(replacedFirst("triggers"));
  });

  const access = "aws_cloudwatch_log_group.api_stage_access_logs";
  test.each<[string, () => TerraformJson, readonly string[]]>([
    ["logs are kept longer", () => edited(before, [[access, "retention_in_days", 90]]), [access]],
    [
      "it is throttled sooner",
      () => dev({ "api.requestsPerSecond": 5, "api.burst": 10 }),
      ["aws_api_gateway_method_settings.api_stage_settings"],
    ],
    ["the web ACL blocks", () => dev({ "waf.rules": "block" }), ["aws_wafv2_web_acl.api_web_acl"]],
    ["a function's rules change", () => dev({ "users.plusAddresses": "refused" }), ["aws_lambda_function.users_pre_sign_up"]],
    [
      "the service is larger",
      () => dev({ "monolith.cpu": 1024, "monolith.memoryMib": 2048 }),
      ["aws_ecs_task_definition.monolith_task_definition"],
    ],
    ["the public routes stand in another order", () => dev({ "api.publicRoutes": [...publicRoutes].reverse() }), []],
  ])("is not deployed when %s", async (_what, change, changed) => {
    const plan = await root.plan({ config: change() });
    expect(plan.find(DEPLOYMENT)).toEqual({ actions: "no-op", because: [] });
    expect(plan.changed).toEqual(changed.length === 0 ? [] : expect.arrayContaining(changed));
  });
});
