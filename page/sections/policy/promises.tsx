import type { PromiseRow } from '../../../estate/report/policy';
import { Figure } from '../../parts/figure';
import { DataTable } from '../../parts/table';
import { Bars } from '../../pictures/bars';
import { shownLeft } from './loss-tables';

/** What policy promises to be left whatever is lost, beside what is left in the worst case. */
export function PromisesPart({ rows }: { readonly rows: readonly PromiseRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Promises of survival</h3>
      <Figure
        title="What is left in the worst case, beside what is promised"
        narrowest={640}
        picture={
          <Bars
            label="What is left in the worst case of each promise of survival, in percent"
            unit="% left"
            shown={String}
            bars={rows.map((row) => ({
              name: `without ${row.lose}`,
              figure: `${shownLeft(row)} left, ${row.keep} promised`,
              parts: [
                {
                  value: row.leftPercent,
                  tone: 'other',
                  title: `without ${row.without.join(' and ')} ${shownLeft(row)} are left`,
                },
              ],
              limit: { value: row.keepPercent, title: `${row.keep} promised` },
            }))}
          />
        }
        legend={[
          { tone: 'other', text: 'left' },
          { tone: 'ink', text: 'promised', mark: 'line' },
        ]}
        table={
          <DataTable
            title="Promises of survival with their worst cases"
            rows={rows}
            columns={[
              { title: 'Promise', value: ({ path }) => path },
              { title: 'What is lost', value: ({ lose }) => lose },
              { title: 'What has to be left', value: ({ keep }) => keep },
              {
                title: 'What is left',
                value: ({ leftPercent }) => leftPercent,
                shown: shownLeft,
              },
              { title: 'Worst case', value: ({ without }) => without },
            ]}
          />
        }
      />
    </>
  );
}
