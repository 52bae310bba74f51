import { EXPORTS, faultsOf, MULTI_VPC, valuesWith } from "./atlas-values";

const [TOPIC] = valuesWith().prod.msk.topics;
const READER = "arn:aws:iam::555555555555:role/analysts";
const ALIKE = "must differ from exports.topics.0 in more than signs and case, which no stream's name keeps";

/** Faults of prod's exports, below `atlas.prod.exports`, when the topics that they name are there. */
function exportFaults(change: Partial<typeof EXPORTS>): string[] {
  const exports = { ...EXPORTS, ...change };
  const topics = [...new Set(exports.topics)].map((name) => ({ ...TOPIC, name }));
  return faultsOf({ "prod.msk.phase": MULTI_VPC, "prod.msk.topics": topics, "prod.exports": exports }).map((fault) =>
    fault.replace(/^atlas\.prod\.exports\./, ""),
  );
}

describe("exports", () => {
  test.each([["bucket", "role", "log-group"], ["1st"], ["a".repeat(249)]])("may copy topics called %s", (...topics) => {
    expect(exportFaults({ topics: topics.filter((topic) => typeof topic === "string") })).toEqual([]);
  });

  test("may be read by a role with a path", () => {
    expect(exportFaults({ readers: ["arn:aws:iam::222222222222:role/teams/data/auditors"] })).toEqual([]);
  });

  test.each<[Partial<typeof EXPORTS>, string]>([
    // One stream's name in AWS, and one address in Terraform.
    [{ topics: ["a.b", "a-b"] }, `topics.1: ${ALIKE}, got "a-b"`],
    [{ topics: ["a.b", "ab"] }, `topics.1: ${ALIKE}, got "ab"`],
    [{ topics: ["orders", "Orders"] }, `topics.1: ${ALIKE}, got "Orders"`],
    [{ topics: ["-.-"] }, 'topics.0: must have a letter or a digit, of which its stream\'s name is made, got "-.-"'],
    [{ readers: [READER, READER] }, `readers.1: must be named once, got "${READER}"`],
    [{ readers: [`${READER}//`] }, `readers.0: must be the ARN of a role, got "${READER}//"`],
    [{ keepDays: 36_501 }, "keepDays: must be 36500 or less, got 36501"],
  ])("%j are one fault, found by its path", (change, fault) => {
    expect(exportFaults(change)).toEqual([fault]);
  });
});
