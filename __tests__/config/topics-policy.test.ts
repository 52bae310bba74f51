import { faultsOf, valuesWith } from "./atlas-values";

const [TOPIC] = valuesWith().prod.msk.topics;
const RULE = "must not bring the topics' ARNs over 8840 characters, which is what the policy of their function has room for";

/** Faults of topics whose ARNs have 110 characters each in prod's policies, with what stands around them. */
const faultsOfTopics = (count: number): readonly string[] =>
  faultsOf({
    "prod.msk.topics": Array.from({ length: count }, (_, index) => ({ ...TOPIC, name: `topic.${100 + index}` })),
    "prod.msk.brokersPerZone": 4,
  });

describe("the policy of the topics' function", () => {
  test("has room for eighty topics with short names", () => {
    expect(faultsOfTopics(80)).toEqual([]);
  });

  test("has none for more, and the first that does not fit is named", () => {
    expect(faultsOfTopics(90)).toEqual([`atlas.prod.msk.topics.80.name: ${RULE}, got "topic.180"`]);
  });
});
