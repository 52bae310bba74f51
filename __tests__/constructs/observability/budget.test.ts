import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Budget } from "../../../constructs/observability/budget";
import { synthesizeTestStack } from "../../support/synthesized";

describe("Budget", () => {
  const synthesized = synthesizeTestStack((stack) => new Budget(stack, "Budget", { monthlyUsd: 320, email: "alerts@example.com" }));

  test("counts what carries the root's tag, by the month", () => {
    expect(synthesized.only(BudgetsBudget)).toMatchObject({
      name: "shop-test",
      budget_type: "COST",
      time_unit: "MONTHLY",
      limit_amount: "320",
      limit_unit: "USD",
      // Budgets writes a tag as user:KEY$VALUE.
      cost_filter: [{ name: "TagKeyValue", values: ["user:Root$shop-test"] }],
    });
  });

  test("tells one address at four fifths spent, and when the month is going to cost more than it may", () => {
    const tell = { comparison_operator: "GREATER_THAN", threshold_type: "PERCENTAGE", subscriber_email_addresses: ["alerts@example.com"] };
    expect(synthesized.only(BudgetsBudget)["notification"]).toEqual([
      { ...tell, notification_type: "ACTUAL", threshold: 80 },
      { ...tell, notification_type: "FORECASTED", threshold: 100 },
    ]);
  });

  test("keeps its address", () => {
    expect(synthesized.addresses(BudgetsBudget)).toEqual(["aws_budgets_budget.budget"]);
  });
});
