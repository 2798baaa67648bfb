import { type BudgetTag, FORECAST_THRESHOLDS } from '../constructs/budgets';
import type { GuardrailMode } from '../constructs/guardrails';
import { BUDGETS } from '../estate/catalog/budgets';
import type { Cloud } from '../estate/catalog/types';
import { names } from '../estate/plan/ids';
import type { BudgetPlan, GuardrailsPlan } from '../estate/plan/money-types';
import type { Tags } from '../estate/units';

/** Tags by which spend of an estate is counted: Oracle Cloud counts by few, of a namespace that is the account's own. */
const COUNTED_BY: Readonly<Record<Cloud, string>> = {
  aws: 'estate',
  azure: 'estate',
  google: 'estate',
  oracle: 'account',
};

/** What is known of an account that has a budget. */
interface Account {
  readonly name: string;
  readonly tags: Tags;
}

/** The tag whose spend counts; none where everything in the account does. */
export function countedTag(cloud: Cloud, { tags }: Account, { counts }: BudgetPlan): BudgetTag | undefined {
  const key = COUNTED_BY[cloud];
  const value = tags[key];
  return counts === undefined || value === undefined ? undefined : { key, value };
}

/** What the budget of an account is made from on every cloud, beside where it lies. */
export function budgetProps(cloud: Cloud, account: Account, budget: BudgetPlan) {
  const { amount, thresholds, email } = budget;
  const { thresholds: most = Number.POSITIVE_INFINITY } = BUDGETS[cloud];
  return {
    name: names.budget(account),
    amount,
    thresholds,
    // What is written comes first where a cloud takes few of them.
    forecastThresholds: FORECAST_THRESHOLDS.slice(0, Math.max(most - thresholds.length, 0)),
    emails: [email],
    tag: countedTag(cloud, account, budget),
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
