import { loadSystems } from "../../../config/systems";
import { runOps } from "../../../ops/cli/run-ops";
import { registerMsk } from "../../../ops/commands/msk";
import { MskEndpoint } from "../../support/msk-endpoint";
import type { Run } from "../../support/project";
import { fakeContext } from "../support/fake-context";

// Each command synthesizes a root in a process of its own, as it does for an operator.
jest.setTimeout(180_000);

/** A cluster as MSK writes it. */
const cluster = (clusterName: string, state: string, type = "DISABLED") => ({
  clusterName,
  state,
  clusterType: "PROVISIONED",
  creationTime: "2026-11-01T09:00:00.000Z",
  provisioned: {
    brokerNodeGroupInfo: {
      clientSubnets: ["subnet-1", "subnet-2"],
      instanceType: "kafka.t3.small",
      connectivityInfo: { publicAccess: { type } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true }, scram: { enabled: false } }, unauthenticated: { enabled: false } },
    encryptionInfo: { encryptionInTransit: { clientBroker: "TLS", inCluster: true } },
    numberOfBrokerNodes: 2,
  },
});

describe("ops msk phase", () => {
  const before = { ...process.env };
  const accountId = loadSystems().atlas["staging"]?.accountId ?? "";
  let msk: MskEndpoint;

  beforeAll(async () => {
    msk = await MskEndpoint.start(accountId);
    // The command makes its clients as it does for an operator: from the environment.
    Object.assign(process.env, msk.env);
  });
  afterAll(async () => {
    for (const name of Object.keys(msk?.env ?? {})) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await msk?.stop();
  });

  const ops = async (...words: string[]): Promise<Run> => {
    const context = fakeContext();
    await runOps(["msk", "phase", ...words], context, [registerMsk]);
    return { status: context.exitCode, stdout: context.printed.join("\n"), stderr: context.errors.join("\n") };
  };

  test("a cluster that is not there is made by the next deployment, whatever one with a longer name is like", async () => {
    msk.clusters = [cluster("poc-atlas-dev-trial", "CREATING")];
    const { status, stdout, stderr } = await ops("atlas-staging");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/│ state +│ not there +│/);
    expect(stdout).toMatch(/│ next +│ deploy atlas-staging: it makes the cluster, with no connections from outside +│/);
  });

  test.each([
    [1, "wait", "CREATING", "DISABLED"],
    [0, "matches", "ACTIVE", "DISABLED"],
    [0, "apply", "ACTIVE", "SERVICE_PROVIDED_EIPS"],
  ])("ends with %i and says %s for a cluster that is %s with public access %s", async (exitCode, verdict, state, access) => {
    msk.clusters = [cluster("poc-atlas-dev", state, access)];
    const { status, stdout, stderr } = await ops("atlas-staging", "--json");
    expect({ status, stderr }).toEqual({ status: exitCode, stderr: "" });
    const isPublic = access === "SERVICE_PROVIDED_EIPS";
    const live = { state, isPublic, isMultiVpc: false, brokerType: "kafka.t3.small", weakWays: [] };
    expect(JSON.parse(stdout)).toMatchObject({ root: "atlas-staging", cluster: "poc-atlas-dev", wanted: "create", live, verdict });
  });

  test.each([
    [["zelly-staging"], "root zelly-staging has no Kafka cluster; the roots that have one are atlas-prod, atlas-staging"],
    [["atlas-prod"], `these AWS credentials are of account ${accountId}, and atlas-prod is in account 555555555555 as config/ says`],
    [[], "error: missing required argument 'root'"],
    [["atlas-staging", "--apply"], "error: unknown option '--apply'"],
  ])("wrong use %j ends with status 2 and says why", async (words, message) => {
    const { status, stdout, stderr } = await ops(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});
