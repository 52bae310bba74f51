import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot, scratchFolder } from "../support/project";
import { IN_PLACE } from "./changes/in-place";
import { LEFT_ALONE } from "./changes/left-alone";
import { NETWORK_BLOCK } from "./changes/network-block";
import { REPLACED } from "./changes/replaced";
import { type Change, edited } from "./support/change";
import type { Plan } from "./support/plan";
import { RehearsedRoot, type Variant } from "./support/rehearsed-root";
import { synthesizeStaging } from "./support/staging";

// The real Terraform applies a whole root here, on machines of any speed.
jest.setTimeout(120_000);

/** Changes that go into one plan: none of them touches what another one is about. */
const PLANS = {
  "another block for the network": NETWORK_BLOCK,
  "other sizes, numbers and texts": IN_PLACE,
  "other names and places": REPLACED,
  "every day's work": LEFT_ALONE,
} as const;

const EXAMPLE = readFileSync(join(projectRoot, "terraform.tfvars.example"), "utf8");

/** The root with all changes of one plan in it. */
function variantOf(changes: readonly Change[]): Variant {
  const names = Object.assign({}, ...changes.map((change) => change.names ?? {}));
  const config = synthesizeStaging((values) => {
    for (const change of changes) change.config?.(values);
  }, names);
  const edits = changes.flatMap((change) => change.edits ?? []);
  const values = changes.flatMap(({ variables = [] }) => variables).reduce(withValue, EXAMPLE);
  const varFile = join(scratchFolder(), "terraform.tfvars");
  writeFileSync(varFile, values);
  return { config: edited(config, edits), varFile };
}

function withValue(text: string, [before, after]: readonly [string, string]): string {
  if (!text.includes(before)) throw new Error(`terraform.tfvars.example has no ${before} to change`);
  return text.replace(before, after);
}

const variants = new Map(Object.values(PLANS).map((changes) => [changes, variantOf(changes)]));
let root: RehearsedRoot;

beforeAll(async () => {
  const start = variantOf([]);
  root = await RehearsedRoot.start([start, ...variants.values()].map(({ config }) => config));
  await root.apply(start);
});

afterAll(() => root.close());

test("there are more than fifty changes", () => {
  expect(Object.values(PLANS).flat().length).toBeGreaterThan(50);
});

describe.each(Object.entries(PLANS))("a plan with %s", (_name, changes) => {
  let plan: Plan;
  const named = new Set(changes.flatMap(({ outcomes }) => Object.keys(outcomes)));
  /** What a pattern stands for here: not what some change names alone. */
  const meant = (pattern: string): readonly string[] =>
    plan.addresses(pattern).filter((address) => address === pattern || !named.has(address));

  beforeAll(async () => {
    const variant = variants.get(changes);
    if (variant === undefined) throw new Error("every plan has its variant");
    plan = await root.plan(variant);
  });

  test.each(changes.map(({ what, outcomes }) => [what, outcomes] as const))("is right about %s", (_what, outcomes) => {
    const expected = Object.entries(outcomes).flatMap(([pattern, outcome]) => {
      const addresses = meant(pattern);
      return (addresses.length === 0 ? [pattern] : addresses).map((address) => [address, outcome] as const);
    });
    const found = expected.map(([address]) => [address, plan.find(address)] as const);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  test("changes nothing else", () => {
    const told = new Set([...named].flatMap(meant));
    expect(plan.changed.filter((address) => !told.has(address))).toEqual([]);
  });
});
