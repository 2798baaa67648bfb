import { FORECAST_THRESHOLDS } from '../constructs/budgets';
import type { GuardrailMode } from '../constructs/guardrails';
import { BUDGETS } from '../estate/catalog/budgets';
import type { Cloud } from '../estate/catalog/types';
import { names } from '../estate/plan/ids';
import type { BudgetPlan, GuardrailsPlan } from '../estate/plan/money-types';

/** What the budget of an account is made from on every cloud, beside where it lies. */
export function budgetProps(cloud: Cloud, account: { readonly name: string }, budget: BudgetPlan) {
  const { amount, thresholds, email } = budget;
  const { thresholds: most = Number.POSITIVE_INFINITY } = BUDGETS[cloud];
  return {
    name: names.budget(account),
    amount,
    thresholds,
    // What is written comes first where a cloud takes few of them.
    forecastThresholds: FORECAST_THRESHOLDS.slice(0, Math.max(most - thresholds.length, 0)),
    emails: [email],
  };
}

/** Whether limits deny what breaks them. */
export function guardrailMode({ dryRun }: GuardrailsPlan): GuardrailMode {
  return dryRun === true ? 'dry-run' : 'deny';
}

/** Machine types as constructs take them. */
export function typesOf({ machines }: GuardrailsPlan): { readonly type: string }[] | undefined {
  return machines?.map((type) => ({ type }));
}
