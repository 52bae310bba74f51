import { isSameContainers, isSameJson } from "../../../../../ops/rehearsal/provider/planning/json-equivalence";

test("JSON is the same when only white space and the order of keys differ", () => {
  expect(isSameJson('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toBe(true);
  expect(isSameJson("[1,2]", "[2,1]")).toBe(false);
  expect(isSameJson("not json", "not json ")).toBe(false);
});

describe("container definitions", () => {
  const container = (changes: object) =>
    JSON.stringify([
      {
        name: "api",
        image: "a:1",
        environment: [
          { name: "A", value: "1" },
          { name: "B", value: "2" },
        ],
        ...changes,
      },
    ]);

  test.each([
    [
      "the order of variables",
      {
        environment: [
          { name: "B", value: "2" },
          { name: "A", value: "1" },
        ],
      },
    ],
    ["an empty list", { mountPoints: [] }],
    ["a null", { command: null }],
  ])("are the same when they differ in %s", (_what, changes) => {
    expect(isSameContainers(container({}), container(changes))).toBe(true);
  });

  test.each([
    ["an image", { image: "a:2" }],
    [
      "a variable's value",
      {
        environment: [
          { name: "A", value: "1" },
          { name: "B", value: "3" },
        ],
      },
    ],
    ["the order of a command", { command: ["b", "a"] }],
  ])("are not the same when they differ in %s", (_what, changes) => {
    expect(isSameContainers(container({ command: ["a", "b"] }), container({ command: ["a", "b"], ...changes }))).toBe(false);
  });
});
