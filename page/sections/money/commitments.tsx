import type { CommitmentRow, commitmentRows } from '../../../estate/report/commitments';
import { type DrawDownRow, drawDownRows } from '../../../estate/report/draw-down';
import { formatPromised } from '../../../estate/report/views';
import { counted } from '../../../estate/spec/words';
import type { EstatePage } from '../../model';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure } from '../../parts/figure';
import { shownSum } from '../../parts/money';
import { DataTable, type PageColumn } from '../../parts/table';
import { DrawDowns } from '../../pictures/draw-down';

/** What is told of commitments. */
export interface CommitmentsProps {
  readonly page: EstatePage;
  readonly rows: ReturnType<typeof commitmentRows>;
}

/** What is promised to whom, and how far it will have been spent. */
export function Commitments({ page, rows }: CommitmentsProps) {
  const drawn = drawDownRows(page.estate).filter(({ expected, promised }) => {
    return [...expected, ...promised].some(({ sum }) => Number(sum) > 0);
  });
  const currency = page.estate.prices?.currency ?? '';
  return (
    <>
      <h3>Commitments</h3>
      <p>{`${counted(rows.length, 'commitment')}: ${formatPromised(page.plan)}.`}</p>
      <DataTable
        title={
          currency === ''
            ? 'Commitments'
            : `Commitments, with what is spent before ${page.day} and expected of their terms`
        }
        view="commitments"
        rows={rows}
        facets={({ cloud }) => ({ cloud })}
        columns={columnsOf(rows)}
      />
      {drawn.length > 0 && <DrawnDown rows={drawn} currency={currency} today={page.day} />}
      <Steps rows={rows} />
      <BreakEvens page={page} rows={rows} />
    </>
  );
}

function columnsOf(rows: readonly CommitmentRow[]): readonly PageColumn<CommitmentRow>[] {
  const columns: readonly PageColumn<CommitmentRow>[] = [
    { title: 'Commitment', key: 'key', value: (row) => row.key },
    { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
    { title: 'Amount', key: 'amount', value: (row) => row.amount, isNumeric: true },
    { title: 'Years', key: 'years', value: (row) => row.years },
    { title: 'Start', key: 'start', value: (row) => row.start },
    { title: 'End', key: 'end', value: (row) => row.end },
    { title: 'Counts', key: 'counts', value: (row) => row.counts },
    { title: 'Accounts', key: 'accounts', value: (row) => row.accounts },
    sumColumn('Spent', 'spent'),
    sumColumn('Remaining', 'remaining'),
    { title: 'Runs dry', key: 'runsDry', value: (row) => row.runsDry, shown: runsDryText },
    sumColumn('Shortfall at the end', 'shortfall'),
    { title: 'Currency', key: 'currency', value: (row) => row.currency },
  ];
  return columns.filter(({ value }) => rows.some((row) => value(row) !== undefined));
}

function sumColumn(title: string, key: 'spent' | 'remaining' | 'shortfall'): PageColumn<CommitmentRow> {
  const shown = (row: CommitmentRow) => {
    const text = row[key];
    return text === null || text === undefined ? 'unknown' : shownSum(text, row.currency ?? '');
  };
  return { title, key, value: (row) => row[key], shown, isNumeric: true };
}

function runsDryText({ runsDry, remaining }: CommitmentRow): string {
  return runsDry ?? (remaining === null ? 'unknown' : 'not in its term');
}

interface DrawnDownProps {
  readonly rows: readonly DrawDownRow[];
  readonly currency: string;
  readonly today: string;
}

function DrawnDown({ rows, currency, today }: DrawnDownProps) {
  const points = rows.flatMap(({ key, cloud, expected, promised }) => [
    ...expected.map((point) => ({ key, cloud, what: 'expected', ...point })),
    ...promised.map((point) => ({ key, cloud, what: 'promised', ...point })),
  ]);
  const clouds = [...new Set(rows.map(({ cloud }) => cloud))];
  return (
    <Figure
      title="What is expected to be spent of commitments, beside what is promised"
      picture={
        <DrawDowns label="Draw-down of each commitment over its term" rows={rows} currency={currency} today={today} />
      }
      narrowest={640}
      legend={[
        ...clouds.map((cloud) => ({ tone: cloud, text: `expected on ${cloudTitle(cloud)}` })),
        { tone: 'ink', text: 'promised', mark: 'dashed' },
        { tone: 'ink', text: 'a day to have spent it by', mark: 'diamond' },
      ]}
      table={
        <DataTable
          title={`Draw-down by days, in ${currency}`}
          rows={points}
          facets={({ cloud }) => ({ cloud })}
          columns={[
            { title: 'Commitment', value: ({ key }) => key },
            { title: 'By the end of', value: ({ date }) => date },
            { title: 'What', value: ({ what }) => what },
            { title: 'Sum', value: ({ sum }) => sum, shown: ({ sum }) => shownSum(sum, currency), isNumeric: true },
          ]}
        />
      }
    />
  );
}

interface RowsProps {
  readonly rows: readonly CommitmentRow[];
}

/** The steps of ramps beside what is expected by then. */
function Steps({ rows }: RowsProps) {
  const steps = rows.flatMap(({ key, cloud, currency = '', ramp = [], steps: reckoned }) =>
    (reckoned ?? ramp).map((step) => ({ key, cloud, currency, expected: undefined, shortfall: undefined, ...step })),
  );
  if (steps.length === 0) return null;
  const isReckoned = steps.some(({ expected }) => expected !== undefined);
  return (
    <DataTable
      title="What has to be spent by which day"
      rows={steps}
      facets={({ cloud }) => ({ cloud })}
      columns={[
        { title: 'Commitment', value: ({ key }) => key },
        { title: 'By', value: ({ by }) => by },
        { title: 'Promised', value: ({ amount }) => amount, isNumeric: true },
        ...(isReckoned ? STEP_SUMS : []),
      ]}
    />
  );
}

interface StepRow {
  readonly currency: string;
  readonly expected: string | undefined;
  readonly shortfall: string | undefined;
}

const STEP_SUMS: readonly PageColumn<StepRow>[] = (['expected', 'shortfall'] as const).map((key) => ({
  title: key === 'expected' ? 'Expected' : 'Shortfall',
  value: (row) => row[key],
  shown: (row) => {
    const sum = shownSum(row[key] ?? '', row.currency);
    return key === 'shortfall' && Number(row[key]) > 0 ? <strong class="bad">{sum}</strong> : sum;
  },
  isNumeric: true,
}));

/** Pools of held capacity beside what their machines cost on demand. */
function BreakEvens({ page, rows }: CommitmentsProps) {
  const even = rows.flatMap(({ key, currency = '', breakEven = [] }) =>
    breakEven.map((row) => ({ key, currency, ...row })),
  );
  if (even.length === 0) return null;
  const [{ currency } = { currency: '' }] = even;
  return (
    <DataTable
      title={`Where holding machines is cheaper than paying them on demand, in ${currency} an hour`}
      rows={even}
      facets={({ path }) => page.facets(path)}
      columns={[
        { title: 'Pool', value: ({ path }) => path },
        { title: 'Commitment', value: ({ key }) => key },
        { title: 'Held', value: ({ held }) => held, shown: ({ held }) => shownSum(held, currency), isNumeric: true },
        {
          title: 'On demand',
          value: ({ onDemand }) => onDemand,
          shown: ({ onDemand }) => shownSum(onDemand, currency),
          isNumeric: true,
        },
        {
          title: 'Cheaper above',
          value: ({ percent }) => percent,
          shown: ({ percent }) => `${percent}% of hours`,
          isNumeric: true,
        },
      ]}
    />
  );
}
