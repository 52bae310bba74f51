import { Construct } from "constructs";
import { idsInStack, pathInStack, spokenIds } from "../../../constructs/base/construct-path";
import { scratchApp, TestStack } from "../../support/synthesized";

describe("pathInStack", () => {
  test("begins below the stack, wherever the stack stands", () => {
    const database = new Construct(new Construct(new TestStack(scratchApp()), "Shop"), "Database");
    expect(idsInStack(database)).toEqual(["Shop", "Database"]);
    expect(pathInStack(database)).toBe("Shop/Database");
  });

  test("leaves out the ids that add nothing: a primary child's, and that of what holds a security group", () => {
    const aurora = new Construct(new TestStack(scratchApp()), "Aurora");
    expect(pathInStack(new Construct(aurora, "Default"))).toBe("Aurora");
    expect(pathInStack(new Construct(new Construct(aurora, "Connections"), "FromApi"))).toBe("Aurora/FromApi");
  });

  test("is empty for the stack itself", () => {
    const stack = new TestStack(scratchApp());
    expect(idsInStack(stack)).toEqual([]);
    expect(pathInStack(stack)).toBe("");
  });
});

describe("spokenIds", () => {
  test.each([
    [["Aurora", "Default"], ["Aurora"]],
    [["Aurora", "Connections", "Default"], ["Aurora"]],
    [["Default"], ["Default"]],
    [
      ["Connections", "Default"],
      ["Connections", "Default"],
    ],
    [[], []],
  ])("of %j are %j", (ids, spoken) => {
    expect(spokenIds(ids)).toEqual(spoken);
  });
});
