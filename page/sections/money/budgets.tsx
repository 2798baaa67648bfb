import type { BudgetRow } from '../../../estate/report/budgets';
import { Figure } from '../../parts/figure';
import { aboutSum, shownSum } from '../../parts/money';
import { DataTable } from '../../parts/table';
import { type Bar, Bars } from '../../pictures/bars';

/** What accounts may cost in a month, beside what they are expected to. */
export function Budgets({ rows }: { readonly rows: readonly BudgetRow[] }) {
  const drawn = rows.filter(({ expected }) => expected !== undefined);
  const currencies = new Set(drawn.map(({ currency }) => currency));
  const table = <BudgetTable rows={rows} />;
  return (
    <>
      <h3>Budgets</h3>
      {currencies.size === 1 ? <Picture rows={drawn} table={table} /> : table}
    </>
  );
}

interface PictureProps {
  readonly rows: readonly BudgetRow[];
  readonly table: ReturnType<typeof BudgetTable>;
}

function Picture({ rows, table }: PictureProps) {
  const [{ currency } = { currency: '' }] = rows;
  const bars = rows.map(({ account, cloud, expected = '0', amount }): Bar => {
    return {
      name: account,
      facets: { cloud },
      parts: [
        { value: Number(expected), tone: cloud, title: `${account}: ${expected} ${currency} expected in a month` },
      ],
      figure: `${aboutSum(Number(expected))} of ${aboutSum(Number(amount))}`,
      limit: { value: Number(amount), title: `budget of ${account}: ${amount} ${currency} a month` },
    };
  });
  return (
    <Figure
      title="What accounts cost in a month when everything stands, against their budgets"
      picture={
        <Bars
          label="Spend of accounts against their budgets"
          unit={`${currency} a month`}
          bars={bars}
          shown={aboutSum}
        />
      }
      narrowest={640}
      legend={[{ tone: 'ink', text: 'budget', mark: 'line' }]}
      table={table}
      isOpen
    />
  );
}

function BudgetTable({ rows }: { readonly rows: readonly BudgetRow[] }) {
  return (
    <DataTable
      title="Budgets of accounts, for a month"
      rows={rows}
      facets={({ cloud }) => ({ cloud })}
      columns={[
        { title: 'Account', value: (row) => row.account },
        { title: 'Cloud', value: (row) => row.cloud },
        {
          title: 'Budget',
          value: (row) => row.amount,
          shown: (row) => shownSum(row.amount, row.currency),
          isNumeric: true,
        },
        {
          title: 'Expected',
          value: (row) => row.expected,
          shown: ({ expected, currency }) => (expected === undefined ? 'unknown' : shownSum(expected, currency)),
          isNumeric: true,
        },
        { title: 'Currency', value: (row) => row.currency },
        { title: 'Told at', value: ({ thresholds }) => thresholds.map((threshold) => `${threshold}%`) },
        { title: 'Who is told', value: (row) => row.email },
        { title: 'Counts', value: ({ counts = 'account' }) => counts },
        { title: 'Stops capacity', value: ({ stopsCapacity = false }) => stopsCapacity, shown: yesNo },
      ]}
    />
  );
}

function yesNo({ stopsCapacity }: BudgetRow): string {
  return stopsCapacity ? 'yes' : 'no';
}
