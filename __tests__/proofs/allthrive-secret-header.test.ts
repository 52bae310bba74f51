import type { TerraformJson } from "../../ops/rehearsal/provider/terraform-json";
import { synthesizeWith } from "../stacks/allthrive-roots";
import { UPDATED } from "./support/change";
import { RehearsedRoot } from "./support/rehearsed-root";

// The real Terraform applies a whole root here, on machines of any speed.
jest.setTimeout(180_000);

/** Staging behind a public balancer that knows CloudFront by one of two values. */
function sending(sends: "blue" | "green"): TerraformJson {
  const origin = { secretHeader: { accepts: ["blue", "green"], sends } };
  return synthesizeWith("staging", { "cloudfront.origin": origin }).json as TerraformJson;
}

const DISTRIBUTION = "aws_cloudfront_distribution.cloudfront";
const BLUE = sending("blue");
const GREEN = sending("green");

interface StateResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

let root: RehearsedRoot;
let state: ReadonlyMap<string, StateResource["values"]>;

beforeAll(async () => {
  root = await RehearsedRoot.start([BLUE, GREEN], { TF_VAR_alert_email: "operators@example.com" });
  await root.apply({ config: BLUE });
  const shown = JSON.parse(await root.must("show", "-json")) as { values: { root_module: { resources: StateResource[] } } };
  state = new Map(shown.values.root_module.resources.map(({ address, values }) => [address, values]));
});

afterAll(() => root.close());

function value(colour: "blue" | "green"): unknown {
  return state.get(`data.aws_secretsmanager_secret_version.alb_origin_secret_${colour}_current`)?.["secret_string"];
}

test("makes two values of forty characters that differ, with nobody's help", () => {
  for (const colour of ["blue", "green"] as const) expect(value(colour)).toMatch(/^[A-Za-z0-9]{40}$/);
  expect(value("blue")).not.toBe(value("green"));
});

test("CloudFront sends the one that was chosen, and the balancer takes both, for the names behind CloudFront alone", () => {
  const origins = state.get(DISTRIBUTION)?.["origin"] as { origin_id: string; custom_header: unknown[] }[];
  expect(origins.flatMap(({ origin_id, custom_header }) => custom_header.map((header) => [origin_id, header]))).toEqual([
    ["backend", { name: "X-Origin-Secret", value: value("blue") }],
  ]);
  const conditions = state.get("aws_lb_listener_rule.alb_cloudfront")?.["condition"] as Record<string, object[]>[];
  const asked = Object.fromEntries(conditions.flatMap((condition) => Object.entries(condition)).filter(([, items]) => items.length > 0));
  expect(asked).toEqual({
    host_header: [expect.objectContaining({ values: ["api.staging.allthrive.ai", "staging.allthrive.ai"] })],
    http_header: [expect.objectContaining({ http_header_name: "X-Origin-Secret", values: [value("blue"), value("green")].sort() })],
  });
});

test("a second plan, which reads everything anew, is empty", async () => {
  root.write(BLUE);
  const { exitCode, stdout } = await root.run("plan", "-no-color", "-detailed-exitcode");
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
});

test("sending the other value changes the distribution in place, and nothing else", async () => {
  const plan = await root.plan({ config: GREEN });
  expect(plan.changed).toEqual([DISTRIBUTION]);
  expect(plan.find(DISTRIBUTION)).toEqual(UPDATED);
});
