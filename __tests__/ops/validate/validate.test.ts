import { motoIsMissing } from "../../support/moto";
import { describeWith } from "../../support/needs";
import { BUCKET_FAULTS, DATABASE_FAULTS } from "./faults/data-faults";
import { DISTRIBUTION_FAULTS, NAME_FAULTS } from "./faults/distribution-faults";
import { BALANCER_FAULTS, CERTIFICATE_FAULTS } from "./faults/edge-faults";
import type { Fault } from "./faults/fault";
import { factOf } from "./faults/fault";
import { NETWORK_FAULTS } from "./faults/network-faults";
import { OBSERVABILITY_FAULTS } from "./faults/observability-faults";
import { HONEST_VALUES, SECRET_FAULTS } from "./faults/secret-faults";
import { ORDERLY_STOPS, SERVICE_FAULTS } from "./faults/service-faults";
import { freeStorage, SEEDED } from "./support/deployed-data";
import { DeployedRoot } from "./support/deployed-root";
import { inventoryOfRoot } from "./support/inventory-of-root";

const FAULTS: readonly Fault[] = [
  ...DATABASE_FAULTS,
  ...BUCKET_FAULTS,
  ...SECRET_FAULTS,
  ...SERVICE_FAULTS,
  ...BALANCER_FAULTS,
  ...CERTIFICATE_FAULTS,
  ...DISTRIBUTION_FAULTS,
  ...NAME_FAULTS,
  ...NETWORK_FAULTS,
  ...OBSERVABILITY_FAULTS,
];

// Each looks at the whole root.
jest.setTimeout(120_000);

describeWith({ other: motoIsMissing }, "validation of allthrive-staging, as its inventory states it, in an emulator of AWS", () => {
  let root: DeployedRoot;

  beforeAll(async () => {
    root = await DeployedRoot.of(inventoryOfRoot("allthrive-staging"));
  });

  afterAll(() => root?.stop());

  const faulty = async () => {
    const findings = await root.validate();
    expect(JSON.stringify(findings)).not.toContain(SEEDED);
    return findings.filter(({ verdict }) => verdict !== "ok");
  };

  test("finds nothing wrong with what is as stated", async () => {
    expect(await faulty()).toEqual([]);
  });

  test.each(FAULTS.map((fault) => [fault.title, fault] as const))(
    "finds %s, and nothing else",
    async (_, { heading, what, found, strike }) => {
      const putRight = await strike(root);
      try {
        expect(await faulty()).toEqual([
          expect.objectContaining({
            verdict: "wrong",
            heading,
            what: expect.stringContaining(what),
            found: expect.stringContaining(found),
            todo: expect.stringMatching(/\w/),
          }),
        ]);
      } finally {
        await putRight();
      }
    },
  );

  test.each([
    ...ORDERLY_STOPS.map(([stop, strike]) => [`a task that ${stop}`, strike] as const),
    ...HONEST_VALUES.map(([value, strike]) => [`a secret whose key is ${value}`, strike] as const),
  ])("finds nothing wrong with %s", async (_, strike) => {
    const putRight = await strike(root);
    try {
      expect(await faulty()).toEqual([]);
    } finally {
      await putRight();
    }
  });

  test("asks nothing that could change anything", async () => {
    await root.validate();
    const changing = root.stage.asked.filter((command) => !/^(Describe|List|Get|Filter|GET |HEAD )/.test(command));
    expect(root.stage.asked.length).toBeGreaterThan(0);
    expect(changing).toEqual([]);
  });

  test("what it may not ask is unknown, and hides nothing of the rest", async () => {
    root.stage.prompt("fault", ({ command }, answer) =>
      command === "DescribeReplicationGroups"
        ? {
            status: 403,
            body: "<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:sts::222222222222:assumed-role/x is not authorized to perform: elasticache:DescribeReplicationGroups on resource: *</Message></Error></ErrorResponse>",
          }
        : answer,
    );
    const findings = await root.validate();
    root.stage.silence("fault");
    expect(findings.filter(({ verdict }) => verdict !== "ok")).toEqual([
      {
        part: "caches",
        verdict: "unknown",
        heading: "cache-exists",
        what: "cache staging-allthrive-elasticache",
        found: "these credentials may not elasticache:DescribeReplicationGroups",
        todo: "allow elasticache:DescribeReplicationGroups, or use other credentials",
      },
    ]);
    expect(findings.length).toBeGreaterThan(100);
  });

  // Last, because a figure cannot be taken back.
  test("finds a disk that is nearly full, and nothing else", async () => {
    await root.clients.cloudwatch.send(freeStorage(factOf(root, "database"), 1));
    expect(await faulty()).toEqual([expect.objectContaining({ heading: "database-storage", found: "1.0 of 20 GiB are free" })]);
  });
});
