import { budgetRows } from '../../estate/report/budgets';
import { commitmentRows } from '../../estate/report/commitments';
import { spendReport } from '../../estate/report/spend';
import type { Section } from '../parts/section';
import { Budgets } from './money/budgets';
import { Commitments } from './money/commitments';
import { shortfallText } from './money/shortfall';
import { Spend } from './money/spend';

/** Commitments, what they are drawn down to, what is spent, and budgets. */
export const MONEY: Section = {
  id: 'money',
  title: 'Spend and commitments',
  body: (page) => {
    const { estate, plan, day } = page;
    const commitments = commitmentRows(estate, day);
    const spend = spendReport(estate, { by: 'cloud' });
    const budgets = budgetRows(plan, estate);
    const short = shortfallText(commitments);
    const hasPrices = spend.currency !== null;
    if (commitments.length === 0 && budgets.length === 0 && !hasPrices) return undefined;
    return (
      <>
        {short !== '' && <p>{short}</p>}
        {hasPrices ? (
          <Spend page={page} spend={spend} />
        ) : (
          <p>The estate has no prices, so that nobody knows what it costs.</p>
        )}
        {commitments.length > 0 && <Commitments page={page} rows={commitments} />}
        {budgets.length > 0 && <Budgets rows={budgets} />}
      </>
    );
  },
};
