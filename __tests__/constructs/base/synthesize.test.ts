import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { type MakeRoot, synthesize } from "../../../constructs/base/synthesize";
import { SystemStack } from "../../../constructs/base/system-stack";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synthesize-"));
  process.env["CDKTF_OUTDIR"] = folder;
});

afterEach(() => {
  delete process.env["CDKTF_OUTDIR"];
  rmSync(folder, { recursive: true, force: true });
});

class RootStack extends SystemStack {}

/** A root with one topic and one fact. It notes in `made` that it was made. */
function root(made: string[], stateKey?: string): MakeRoot {
  return (app, id, backend) => {
    made.push(`${id} on ${backend}`);
    const state = {
      bucket: "shop-state",
      key: stateKey ?? `${id}.tfstate`,
      region: "eu-west-1",
      lockTable: "locks",
      organization: "example",
      project: "shop",
    };
    const stack = new RootStack(app, id, {
      system: "shop",
      environment: id,
      accountId: "111111111111",
      region: "eu-west-1",
      state,
      backend,
    });
    new SnsTopic(stack, "Topic", { name: id });
    stack.inventory.add({ kind: "exception", id: "Topic", what: `${id} tells nobody`, because: "a test" });
    return stack;
  };
}

function roots(made: string[], ...ids: string[]): ReadonlyMap<string, MakeRoot> {
  return new Map(ids.map((id) => [id, root(made)]));
}

describe("synthesize", () => {
  test("writes each root for Terraform and its inventory for operations", () => {
    const made: string[] = [];
    synthesize(roots(made, "shop-staging", "shop-production"), { only: [] });
    expect(made).toEqual(["shop-staging on s3", "shop-production on s3"]);
    const terraform = JSON.parse(readFileSync(join(folder, "stacks", "shop-staging", "cdk.tf.json"), "utf8"));
    expect(terraform.resource.aws_sns_topic.topic.name).toBe("shop-staging");
    const text = readFileSync(join(folder, "inventory", "shop-production.json"), "utf8");
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text).facts).toEqual([{ kind: "exception", id: "Topic", what: "shop-production tells nobody", because: "a test" }]);
  });

  test("makes only the roots that are named, and leaves the output of the others", () => {
    const made: string[] = [];
    synthesize(roots(made, "a", "b", "c"), { only: [] });
    made.length = 0;
    synthesize(roots(made, "a", "b", "c"), { only: ["c", "a"], backend: "local" });
    expect(made).toEqual(["a on local", "c on local"]);
    expect(readdirSync(join(folder, "inventory")).sort()).toEqual(["a.json", "b.json", "c.json"]);
  });

  test("removes the output of a root that exists no more, and not the state beside it", () => {
    synthesize(roots([], "kept", "gone"), { only: [] });
    mkdirSync(join(folder, "stacks", "gone", ".terraform"), { recursive: true });
    writeFileSync(join(folder, "stacks", "gone", "terraform.tfstate"), "{}");
    synthesize(roots([], "kept"), { only: [] });
    expect(readdirSync(join(folder, "stacks", "gone")).sort()).toEqual([".terraform", "terraform.tfstate"]);
    expect(readdirSync(join(folder, "inventory"))).toEqual(["kept.json"]);
    expect(existsSync(join(folder, "stacks", "kept", "cdk.tf.json"))).toBe(true);
  });

  test.each([
    [["c"], 'no root is called "c"; the roots are a, b'],
    [["a", "x", "y"], 'no root is called "x" or "y"; the roots are a, b'],
  ])("refuses to make %j when there are a and b", (only, message) => {
    const made: string[] = [];
    expect(() => synthesize(roots(made, "a", "b"), { only })).toThrow(expect.objectContaining({ name: "UnknownChoice", message }));
    expect(made).toEqual([]);
  });

  test("refuses two roots that would keep their state in one place, and writes neither", () => {
    const both = new Map([
      ["shop-production", root([], "production.tfstate")],
      ["forum-production", root([], "production.tfstate")],
    ]);
    expect(() => synthesize(both, { only: [] })).toThrow(
      'forum-production: state.key must differ from that of shop-production in one bucket, got "production.tfstate"',
    );
    expect(existsSync(join(folder, "inventory"))).toBe(false);
    expect(existsSync(join(folder, "stacks", "shop-production", "cdk.tf.json"))).toBe(false);
  });

  test("refuses a backend that does not exist, naming those that do", () => {
    expect(() => synthesize(roots([], "a"), { only: [], backend: "gcs" })).toThrow(
      expect.objectContaining({ name: "UnknownChoice", message: 'BACKEND must be one of s3, cloud, local, got "gcs"' }),
    );
  });
});
