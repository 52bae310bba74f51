import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { KAFKA_NEEDS, KafkaBroker } from "../../support/kafka/kafka-broker";
import { TopicsFunction } from "../../support/kafka/topics-function";
import { LambdaEndpoint } from "../../support/lambda-endpoint";
import { describeWith } from "../../support/needs";
import { projectCopy, type Run } from "../../support/project";

// Each command bundles the CLI and synthesizes a root, as it does for an operator.
jest.setTimeout(180_000);

describeWith(KAFKA_NEEDS, "ops msk topics, as operators run it, against a real broker", () => {
  const project = projectCopy();
  let broker: KafkaBroker;
  let lambda: LambdaEndpoint;

  beforeAll(async () => {
    const deployed = new TopicsFunction();
    broker = await KafkaBroker.start();
    // The one broker that there is holds one replica; the root asks for two.
    const fitting = (event: unknown): unknown => JSON.parse(JSON.stringify(event).replace(/"replicas":\d+/g, '"replicas":1'));
    lambda = await LambdaEndpoint.start(async ({ event }) => {
      const { answer, errorType, errorMessage } = await deployed.invoke(fitting(event), broker.env());
      return errorType === undefined ? { result: answer } : { thrown: { errorType, errorMessage } };
    });
  });

  afterAll(async () => {
    await lambda?.stop();
    broker?.stop();
  });

  const ops = async (...words: string[]): Promise<Run> => {
    const env = { PATH: process.env["PATH"], HOME: project, ...lambda.env };
    const command = promisify(execFile)(process.execPath, [join("scripts", "ops.mjs"), "msk", "topics", ...words], { cwd: project, env });
    command.child.stdin?.end();
    return command.then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
    );
  };
  /** Names of the topics that a JSON document's plan makes. */
  const created = ({ stdout }: Run): string[] => JSON.parse(stdout).plan.steps.map(({ topic }: { topic: string }) => topic);

  test("plan shows what the root's topics are, and makes none", async () => {
    const { status, stdout, stderr } = await ops("plan", "atlas-staging");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/│ events\.raw +│ create +│/);
    expect(created(await ops("plan", "atlas-staging", "--json"))).toContain("events.raw");
  });

  test("apply makes them, and then there is nothing left to do", async () => {
    const { status, stdout } = await ops("apply", "atlas-staging");
    expect(status).toBe(0);
    expect(stdout).toContain("events.raw: created\n");
    expect(await ops("plan", "atlas-staging")).toEqual({ status: 0, stdout: "every topic is as config/ has it\n", stderr: "" });
    expect(created(await ops("apply", "atlas-staging", "--json"))).toEqual([]);
  });

  test.each([
    [["plan", "zelly-staging"], "root zelly-staging has no Kafka topics; the roots that have one are atlas-prod, atlas-staging"],
    [["plan", "atlas-nowhere"], 'no root is called "atlas-nowhere"; the roots are'],
    [["plan"], "error: missing required argument 'root'"],
    [["apply", "atlas-staging", "--force"], "error: unknown option '--force'"],
  ])("wrong use %j ends with status 2 and says why", async (words, message) => {
    const { status, stderr } = await ops(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test("a Kafka that cannot be reached ends with status 1 and the function's sentence, without a stack trace", async () => {
    broker.stop();
    const { status, stdout, stderr } = await ops("plan", "atlas-staging");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      `no broker can be reached: ${broker.bootstrap} fails with ECONNREFUSED; see that the cluster is active and lets the function's security group in, and run again\n`,
    );
  });
});
