import { CLOUDS, type Cloud } from '../catalog';
import type { BudgetPlan } from '../plan/money-types';
import type { Plan } from '../plan/types';
import type { Estate } from '../spec/schema';
import { spendReport } from './spend';

/** The budget of an account beside what is expected of it. */
export interface BudgetRow extends BudgetPlan {
  /** Key of the account. */
  readonly account: string;
  readonly cloud: Cloud;
  /** What everything in the account costs in a month, in the currency of the budget. @default nothing in it has a price in that */
  readonly expected?: string;
}

/** The budgets of accounts, in the order of clouds and keys. */
export function budgetRows(plan: Plan, estate: Estate): readonly BudgetRow[] {
  const { currency, rows } = spendReport(estate, { by: 'account' });
  const expected = new Map(rows.map(({ key, perMonth }) => [key, perMonth]));
  return CLOUDS.flatMap((cloud) =>
    plan.accounts(cloud).flatMap(({ key: account, budget }): BudgetRow[] => {
      if (budget === undefined) return [];
      const spend = budget.currency === currency ? expected.get(account) : undefined;
      return [{ account, cloud, ...budget, ...(spend !== undefined && { expected: spend }) }];
    }),
  );
}
