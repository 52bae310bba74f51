import { parseTopicsRequest } from "../../../handlers/msk-topics/topics-request";

const topic = { name: "orders", partitions: 1, replicas: 1, settings: { "retention.ms": "1" } };
const request = { action: "plan", topics: [topic] };

describe("a request for topics", () => {
  test("is read as it is, and deletes nothing unless it says so", () => {
    expect(parseTopicsRequest(request)).toEqual({ action: "plan", allowDelete: false, topics: [topic] });
    expect(parseTopicsRequest({ ...request, action: "apply", allowDelete: true, plan: "1" })).toMatchObject({
      allowDelete: true,
      plan: "1",
    });
  });

  test.each([
    [{ ...request, action: "destroy" }, "request.action: "],
    [
      { ...request, topics: [{ ...topic, name: "a b" }] },
      "request.topics.0.name: must be 1 to 249 letters, digits, dots, underscores and hyphens; ",
    ],
    [{ ...request, topics: [{ ...topic, name: "a".repeat(250) }] }, "request.topics.0.name: must be 1 to 249 letters"],
    [{ ...request, topics: [{ ...topic, name: "__consumer_offsets" }] }, "request.topics.0.name: must not be one of Kafka's own; "],
    [{ ...request, topics: [topic, topic] }, "request.topics: must not have one name twice; "],
    [{ ...request, topics: [{ ...topic, partitions: 0 }] }, "request.topics.0.partitions: must be 1 or more; "],
    [{ ...request, topics: [{ ...topic, replicas: 1.5 }] }, "request.topics.0.replicas: must be a whole number; "],
    [{ ...request, topics: [{ ...topic, settings: { "retention.ms": 1 } }] }, "request.topics.0.settings.retention.ms: "],
    [{ ...request, topics: [{ ...topic, colour: "red" }] }, "request.topics.0: "],
    [{ ...request, force: true }, "request: "],
    [undefined, "request: "],
  ])("%j is refused in one sentence that names the place", (event, start) => {
    expect(() => parseTopicsRequest(event)).toThrow(
      expect.objectContaining({
        name: "TopicsError",
        message: expect.stringMatching(/^[^\n]+; call the function through "ops msk topics"$/),
      }),
    );
    expect(() => parseTopicsRequest(event)).toThrow(start);
  });
});
