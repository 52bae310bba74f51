import { type Cluster, type ClusterInfo, KafkaClient, ListClustersV2Command } from "@aws-sdk/client-kafka";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import type { KafkaFact, KafkaPhase } from "../../../constructs/base/inventory-parts";
import { OperatorError } from "../../../ops/cli/operator-error";
import { showPhase } from "../../../ops/msk/phase";
import type { PhaseDesk } from "../../../ops/msk/phase-live";
import { fakeContext } from "../support/fake-context";
import { inventory } from "../support/inventories";

// Mocked for every answer that there may be; the command's own test reads some of them off the wire.
const kafka = mockClient(KafkaClient);
const sts = mockClient(STSClient);

type Group = NonNullable<ClusterInfo["BrokerNodeGroupInfo"]>;

beforeEach(() => {
  kafka.reset();
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: "111111111111" });
});

afterAll(() => {
  kafka.restore();
  sts.restore();
});

/** A cluster as ListClustersV2 answers it. */
function cluster(connections: Group["ConnectivityInfo"], provisioned: Partial<Cluster["Provisioned"]> = {}, name = "events"): Cluster {
  return {
    ClusterName: name,
    State: "ACTIVE",
    Provisioned: {
      NumberOfBrokerNodes: 2,
      BrokerNodeGroupInfo: { ClientSubnets: [], InstanceType: "kafka.m7g.large", ConnectivityInfo: connections },
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } }, Unauthenticated: { Enabled: false } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: "TLS", InCluster: true } },
      ...provisioned,
    },
  };
}

const PRIVATE: Group["ConnectivityInfo"] = { PublicAccess: { Type: "DISABLED" } };
const PUBLIC: Group["ConnectivityInfo"] = { PublicAccess: { Type: "SERVICE_PROVIDED_EIPS" } };
const networks = (kinds: { readonly iam?: boolean; readonly scram?: boolean; readonly tls?: boolean }): Group["ConnectivityInfo"] => ({
  VpcConnectivity: {
    ClientAuthentication: {
      Sasl: { Iam: { Enabled: kinds.iam ?? false }, Scram: { Enabled: kinds.scram ?? false } },
      Tls: { Enabled: kinds.tls ?? false },
    },
  },
});

function desk(phase: KafkaPhase, signal = new AbortController().signal): PhaseDesk {
  const fact: KafkaFact = {
    kind: "kafka",
    id: "Msk",
    name: "events",
    why: "is needed",
    size: "small",
    stateful: true,
    fails: "never",
    phase,
    ports: [],
  };
  const region = "eu-west-1";
  return { inventory: inventory("shop-dev", fact), fact, kafka: new KafkaClient({ region }), sts: new STSClient({ region }), signal };
}

/** What the command prints for a cluster, and its exit status. */
async function shown(phase: KafkaPhase, found: readonly Cluster[], json = false) {
  kafka.on(ListClustersV2Command).resolves({ ClusterInfoList: [...found] });
  const context = fakeContext();
  await showPhase(desk(phase), context, { json });
  return { exitCode: context.exitCode, said: context.printed.join("\n") };
}

describe("ops msk phase", () => {
  test("says in one table what is there, what config/ asks for and what comes next", async () => {
    const { exitCode, said } = await shown("public", [cluster(PRIVATE)]);
    expect(exitCode).toBe(0);
    const rows = [...said.matchAll(/^│ (.*?) +│ (.*?) +│$/gm)].map(([, name, value]) => [name, value]);
    expect(rows).toEqual([
      ["cluster", "events"],
      ["state", "ACTIVE"],
      ["has", "no connections from outside"],
      ["config/ asks for", "public access"],
      ["next", "deploy shop-dev: it gives the brokers public addresses, half an hour or more, one broker after the other"],
    ]);
  });

  test("prints one document for scripts", async () => {
    const { exitCode, said } = await shown("multiVpc", [cluster(PUBLIC)], true);
    expect(exitCode).toBe(2);
    expect(JSON.parse(said)).toEqual({
      version: 1,
      root: "shop-dev",
      cluster: "events",
      wanted: "multiVpc",
      live: { state: "ACTIVE", isPublic: true, isMultiVpc: false, brokerType: "kafka.m7g.large", weakWays: [] },
      verdict: "refused",
      next: 'set phase to "create" and deploy shop-dev first: the cluster has public access, and MSK takes one change at a time',
    });
    expect(JSON.parse((await shown("create", [], true)).said)).toMatchObject({ live: null, verdict: "apply" });
  });

  test.each<[number, string, KafkaPhase, readonly Cluster[]]>([
    [0, "there is nothing to do", "create", [cluster(PRIVATE)]],
    [0, "config/ may be applied", "public", [cluster(PRIVATE)]],
    [0, "there is no cluster yet", "create", []],
    [1, "AWS is at work", "public", [{ ...cluster(PRIVATE), State: "UPDATING" }]],
    [1, "the cluster failed", "create", [{ ...cluster(PRIVATE), State: "FAILED" }]],
    [2, "AWS would refuse it", "public", []],
  ])("ends with %i when %s", async (exitCode, _when, phase, found) => {
    expect(await shown(phase, found)).toMatchObject({ exitCode });
  });

  test.each<[string, Group["ConnectivityInfo"], string]>([
    ["nothing said of connections", undefined, "no connections from outside"],
    ["public access off", PRIVATE, "no connections from outside"],
    ["public addresses", PUBLIC, "public access"],
    ["other networks by IAM", networks({ iam: true }), "multi-VPC connectivity"],
    ["other networks by a password", networks({ scram: true }), "multi-VPC connectivity"],
    ["other networks by certificates", networks({ tls: true }), "multi-VPC connectivity"],
    ["other networks off", networks({}), "no connections from outside"],
    ["both", { ...PUBLIC, ...networks({ iam: true }) }, "public access and multi-VPC connectivity"],
  ])("reads %s from what MSK says", async (_what, connections, words) => {
    expect((await shown("create", [cluster(connections)])).said).toMatch(new RegExp(`│ has +│ ${words} +│`));
  });

  test("sees what else than IAM over TLS a cluster takes", async () => {
    const weak = cluster(PRIVATE, {
      ClientAuthentication: { Unauthenticated: { Enabled: true } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: "TLS_PLAINTEXT", InCluster: false } },
    });
    expect(await shown("public", [weak])).toMatchObject({
      exitCode: 2,
      said: expect.stringContaining(
        "the cluster takes clients that nobody has identified and plaintext from clients and plaintext between brokers",
      ),
    });
  });

  test("finds the cluster of exactly this name, on whatever page it is", async () => {
    kafka
      .on(ListClustersV2Command, { ClusterNameFilter: "events" })
      .resolves({ ClusterInfoList: [cluster(PUBLIC, {}, "events-2")], NextToken: "more" })
      .on(ListClustersV2Command, { ClusterNameFilter: "events", NextToken: "more" })
      .resolves({ ClusterInfoList: [cluster(PRIVATE)] });
    const context = fakeContext();
    await showPhase(desk("create"), context, { json: false });
    expect(context.printed.join()).toContain("nothing to do");
  });

  test("refuses the credentials of another account, where the cluster would seem not to be made yet", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "222222222222" });
    const asked = shown("create", []);
    await expect(asked).rejects.toThrow(OperatorError);
    await expect(asked).rejects.toMatchObject({
      exitCode: 2,
      message:
        "these AWS credentials are of account 222222222222, and shop-dev is in account 111111111111 as config/ says; use credentials of that account",
    });
    expect(kafka.calls()).toEqual([]);
  });

  test("says in one sentence what AWS has against it", async () => {
    sts.on(GetCallerIdentityCommand).rejects(new Error("The security token included in the request is expired."));
    await expect(shown("create", [])).rejects.toMatchObject({
      exitCode: 1,
      message:
        "asking AWS whose credentials these are failed: The security token included in the request is expired; check the AWS credentials and run again",
    });
    sts.on(GetCallerIdentityCommand).resolves({ Account: "111111111111" });
    kafka.on(ListClustersV2Command).rejects(new Error("not authorized to perform: kafka:ListClustersV2."));
    await expect(showPhase(desk("create"), fakeContext(), { json: false })).rejects.toMatchObject({
      message:
        "looking for Kafka cluster events in eu-west-1 failed: not authorized to perform: kafka:ListClustersV2; check the AWS credentials and run again",
    });
  });

  test("ends when the operator interrupts, and does not call it a failure of AWS's", async () => {
    const operator = new AbortController();
    const interrupted = new Error("interrupted");
    kafka.on(ListClustersV2Command).callsFake(() => {
      operator.abort(interrupted);
      throw new Error("Request aborted");
    });
    await expect(showPhase(desk("create", operator.signal), fakeContext(), { json: false })).rejects.toBe(interrupted);
  });
});
