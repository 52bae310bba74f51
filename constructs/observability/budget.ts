import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import { SystemStack } from "../base/system-stack";

export interface BudgetProps {
  /** What the root is expected to cost, in USD a month. */
  readonly monthlyUsd: number;
  /** Address that is told at 80 % spent, and when the forecast passes 100 %. */
  readonly email: string;
}

/**
 * Compares what a root costs with what it should. It counts by the tag `Root`, which must be switched on once as a cost
 * allocation tag in the account's billing console.
 */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, { monthlyUsd, email }: BudgetProps) {
    super(scope, id);
    const root = SystemStack.of(this).node.id;
    const tell = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE", subscriberEmailAddresses: [email] };
    new BudgetsBudget(this, "Default", {
      name: root,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(monthlyUsd),
      limitUnit: "USD",
      costFilter: [{ name: "TagKeyValue", values: [`user:Root$${root}`] }],
      notification: [
        { ...tell, notificationType: "ACTUAL", threshold: 80 },
        { ...tell, notificationType: "FORECASTED", threshold: 100 },
      ],
    });
  }
}
