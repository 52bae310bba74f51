import { atlasEnvironments } from "../../config/atlas";
import { schemaFaults } from "../../config/config-error";
import { mskCluster } from "../../config/kafka-schema";

const { prod } = atlasEnvironments;
const GROUP = "must be a consumer group of 1 to 255 letters, digits, dots, underscores and hyphens";
const TOPIC = "must be one of the cluster's topics";

/** Faults of clients, below `clients`. */
function clientFaults(...clients: object[]): string[] {
  const named = clients.map((client) => ({ account: "222222222222", ...client }));
  return schemaFaults([], mskCluster, { ...prod.msk, phase: { multiVpc: { clients: named } } }).map((fault) =>
    fault.replace(/^phase\.multiVpc\.clients\./, ""),
  );
}

describe("accounts that connect from other networks", () => {
  test("may be several, and may each have topics and a group", () => {
    const consume = { topics: ["events.raw"], group: "billing.v2" };
    expect(clientFaults({ consume, produce: { topics: ["events.dead-letter"] } }, { account: "333333333333", consume })).toEqual([]);
  });

  // In a policy a pattern would let the account at every topic, or take over every group.
  test.each<[object, string]>([
    [{ consume: { topics: ["*"], group: "billing" } }, `0.consume.topics.0: ${TOPIC}, got "*"`],
    [{ produce: { topics: ["events.raw", "events.*"] } }, `0.produce.topics.1: ${TOPIC}, got "events.*"`],
    [{ produce: { topics: ["events.lost"] } }, `0.produce.topics.0: ${TOPIC}, got "events.lost"`],
    [{ consume: { topics: ["events.raw"], group: "*" } }, `0.consume.group: ${GROUP}, got "*"`],
    [{ consume: { topics: ["events.raw"], group: " " } }, `0.consume.group: ${GROUP}, got " "`],
  ])("%j is one fault, found by its path", (client, fault) => {
    expect(clientFaults(client)).toEqual([fault]);
  });

  test("are named once each, since the cluster's policy cannot say a thing twice", () => {
    expect(clientFaults({}, {})).toEqual(['1.account: must be named once, got "222222222222"']);
  });
});
