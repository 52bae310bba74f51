import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Inventory } from "../../../constructs/base/inventory";
import type { Fact } from "../../../constructs/base/inventory-facts";
import { scratchApp, TestStack } from "../../support/synthesized";

const head = {
  root: "shop-test",
  system: "shop",
  environment: "test",
  accountId: "111111111111",
  region: "eu-west-1",
  namePrefix: "shop-test",
} as const;

function secret(id: string): Fact {
  return { kind: "secret", id, name: id, keys: ["A"], setBy: "operator" };
}
function logGroup(id: string): Fact {
  return { kind: "logGroup", id, name: id, retentionDays: 30 };
}

describe("Inventory", () => {
  test("says whose facts they are, and which version of the format it is", () => {
    expect(new Inventory(head).toDocument()).toEqual({ version: 1, ...head, facts: [] });
  });

  test("lists facts by kind and then id, whatever order they were stated in", () => {
    const stated = [secret("shop/b"), logGroup("/shop/z"), secret("shop/a"), logGroup("/shop/a")];
    const expected = [logGroup("/shop/a"), logGroup("/shop/z"), secret("shop/a"), secret("shop/b")];
    for (const order of [stated, [...stated].reverse(), [...stated.slice(2), ...stated.slice(0, 2)]]) {
      const inventory = new Inventory(head);
      for (const fact of order) inventory.add(fact);
      expect(inventory.toDocument().facts).toEqual(expected);
    }
  });

  test("refuses a second fact of one kind and id", () => {
    const inventory = new Inventory(head);
    inventory.add(secret("shop/a"));
    expect(() => inventory.add(secret("shop/a"))).toThrow('shop-test/shop/a: states the inventory fact "secret" twice');
  });

  test("takes one id for two kinds", () => {
    const inventory = new Inventory(head);
    inventory.add(secret("shop/a"));
    inventory.add(logGroup("shop/a"));
    expect(inventory.toDocument().facts).toEqual([logGroup("shop/a"), secret("shop/a")]);
  });

  test("refuses a value that is known only after apply, naming the field", () => {
    const topic = new SnsTopic(new TestStack(scratchApp()), "Topic", { name: "orders" });
    expect(() => new Inventory(head).add({ ...secret("shop/a"), name: topic.arn } as Fact)).toThrow(
      'shop-test/shop/a: the inventory fact "secret" has name, which is known only after apply',
    );
    expect(() => new Inventory(head).add({ kind: "exception", id: "x", what: `tells ${topic.arn}`, because: "y" })).toThrow(
      'shop-test/x: the inventory fact "exception" has what, which is known only after apply',
    );
  });
});
