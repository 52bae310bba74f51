import { Construct } from "constructs";
import { PropsError } from "../../../constructs/base/props-error";
import { scratchApp, TestStack } from "../../support/synthesized";

describe("PropsError", () => {
  test("says where, which prop, which rule and what was given, in one line", () => {
    const database = new Construct(new Construct(new TestStack(scratchApp()), "Shop"), "Database");
    const error = new PropsError(database, "backupDays", "must be 1 to 35", 36);
    expect(error.message).toBe("shop-test/Shop/Database: backupDays must be 1 to 35, got 36");
    expect(error.name).toBe("PropsError");
  });

  test("shows text in quotes and lists as lists", () => {
    const stack = new TestStack(scratchApp());
    expect(new PropsError(stack, "name", "must be short", "a b").message).toBe('shop-test: name must be short, got "a b"');
    expect(new PropsError(stack, "zones", "must not be empty", ["a", "b"]).message).toBe(
      'shop-test: zones must not be empty, got ["a","b"]',
    );
  });
});
