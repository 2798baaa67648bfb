import { CLOUDS } from '../../../estate/catalog';
import { dayAfter, yearsAfter } from '../../../estate/days';
import { SPEND_SCOPE, type SpendReport, type SpendRow, spendReport, spendTotal } from '../../../estate/report/spend';
import { type SpendLimit, spendLimitOf } from '../../../estate/report/spend-limit';
import { counted } from '../../../estate/spec/words';
import type { EstatePage, Facets } from '../../model';
import type { ToneName } from '../../palette';
import { cloudTitle } from '../../parts/cloud-title';
import { Figure } from '../../parts/figure';
import { Fold } from '../../parts/fold';
import { aboutSum, shownSum } from '../../parts/money';
import { DataTable, type PageColumn } from '../../parts/table';
import { type Bar, Bars } from '../../pictures/bars';

/** What is told of spend. */
export interface SpendProps {
  readonly page: EstatePage;
  /** By cloud, when everything stands. */
  readonly spend: SpendReport;
}

/** What the estate costs, by cloud, by what costs it, and by month. */
export function Spend({ page, spend }: SpendProps) {
  const currency = spend.currency ?? '';
  const limit = spendLimitOf(page.estate);
  return (
    <>
      <p>{leadOf(page, spend, limit)}</p>
      <ByCloud page={page} spend={spend} limit={limit} />
      <ByPool page={page} currency={currency} />
      <ByMonth page={page} currency={currency} />
      <Unpriced page={page} spend={spend} />
      <p class="soft">{`In ${currency}: ${SPEND_SCOPE}.`}</p>
    </>
  );
}

function leadOf(
  { estate, day }: EstatePage,
  { currency, unpriced }: SpendReport,
  limit: SpendLimit | undefined,
): string {
  const { perDay = '', perMonth = '' } = spendTotal(estate, {}) ?? {};
  const sum = (text: string) => `${shownSum(text, currency ?? '')} ${currency}`;
  const whole = `When everything stands, by its last prices, the estate costs ${sum(perDay)} a day, ${sum(perMonth)} a month`;
  const now = spendTotal(estate, { at: day })?.perDay ?? perDay;
  const standing = now === perDay ? '' : ` On ${day} it costs ${sum(now)} a day.`;
  const most = limit && `It may cost ${sum(limit.limitPerDay)} a day, and costs ${sum(limit.mostPerDay)} at most`;
  const since = limit?.from === undefined ? '' : `, from ${limit.from} on`;
  const rest =
    unpriced.length === 0 ? '' : `; ${counted(unpriced.length, 'entry', 'entries')} without a price left out`;
  return `${whole}${rest}.${standing}${most === undefined ? '' : ` ${most}${since}.`}`;
}

interface ByCloudProps extends SpendProps {
  readonly limit: SpendLimit | undefined;
}

function ByCloud({ page: { estate }, spend: { rows, currency }, limit }: ByCloudProps) {
  const clouds = rows.flatMap((row) => CLOUDS.flatMap((cloud) => (row.key === cloud ? [{ cloud, row }] : [])));
  const bars = clouds.map(({ cloud, row }) => barOf(row, cloud, { cloud }));
  const perDay = aboutSum(Number(spendTotal(estate, {})?.perDay));
  const all: Bar = {
    name: 'all',
    parts: bars.flatMap(({ parts }) => parts),
    figure: limit === undefined ? perDay : `${perDay}, ${aboutSum(Number(limit.limitPerDay))} at most`,
    ...(limit && { limit: { value: Number(limit.limitPerDay), title: `limit of policy: ${limit.limitPerDay} a day` } }),
  };
  return (
    <Figure
      title="Spend by cloud, when everything stands"
      picture={
        <Bars
          label="What each cloud costs in a day"
          unit={`${currency} a day`}
          bars={[...bars, all]}
          shown={aboutSum}
        />
      }
      narrowest={NARROWEST}
      legend={[
        ...clouds.map(({ cloud }) => ({ tone: cloud, text: cloudTitle(cloud) })),
        ...(limit === undefined ? [] : [{ tone: 'ink', text: 'limit of policy', mark: 'line' } as const]),
      ]}
      table={
        <DataTable
          title={`Spend by cloud, in ${currency}`}
          view="spend"
          rows={rows}
          facets={({ key }) => ({ cloud: CLOUDS.find((cloud) => cloud === key) })}
          columns={columnsOf('Cloud', currency ?? '')}
        />
      }
    />
  );
}

/** Width below which texts of bars are too small to be read. */
const NARROWEST = 640;
/** Bars that can be read at a glance. */
const MOST = 16;

interface PartProps {
  readonly page: EstatePage;
  readonly currency: string;
}

function ByPool({ page, currency }: PartProps) {
  const { rows } = spendReport(page.estate, { by: 'pool' });
  const sorted = [...rows].sort((one, other) => Number(other.perDay) - Number(one.perDay));
  const facets = ({ key }: SpendRow) => page.facets(key);
  const bars = sorted.slice(0, MOST).map((row) => barOf(row, facets(row).cloud ?? 'other', facets(row)));
  return (
    <Figure
      title={rows.length > MOST ? `The ${MOST} pools and stores that cost most` : 'Spend by pool and store'}
      picture={
        <Bars
          label="What pools and stores cost in a day"
          unit={`${currency} a day`}
          bars={bars}
          names={270}
          shown={aboutSum}
        />
      }
      narrowest={NARROWEST}
      table={
        <DataTable
          title={`Spend by pool and store, in ${currency}`}
          rows={rows}
          facets={facets}
          columns={columnsOf('Entry', currency).map(({ key: _key, ...column }) => column)}
        />
      }
    />
  );
}

function ByMonth({ page: { estate, day }, currency }: PartProps) {
  const until = dayAfter(yearsAfter(day, 1), -1);
  // No year follows the last day that can be written.
  if (until < day) return null;
  const { rows } = spendReport(estate, { by: 'month', time: { from: day, until } });
  if (rows.length === 0) return null;
  const bars = rows.map(({ key, total = '0' }): Bar => {
    const title = `${key}: ${total} ${currency}`;
    return { name: key, parts: [{ value: Number(total), tone: 'other', title }], figure: aboutSum(Number(total)) };
  });
  return (
    <Figure
      title={`Spend by month, from ${day} to ${until}`}
      picture={
        <Bars
          label="What the estate costs in each month"
          unit={`${currency} in the month`}
          bars={bars}
          shown={aboutSum}
        />
      }
      narrowest={NARROWEST}
      table={
        <DataTable
          title={`Spend by month, in ${currency}`}
          rows={rows}
          columns={[
            { title: 'Month', value: ({ key }) => key },
            sumColumn('In the month', 'total', currency),
            sumColumn('An hour', 'perHour', currency),
          ]}
        />
      }
    />
  );
}

function Unpriced({ page, spend: { unpriced } }: SpendProps) {
  if (unpriced.length === 0) return null;
  const title = `${counted(unpriced.length, 'entry', 'entries')} without a price`;
  return (
    <Fold title={title} count={unpriced.length}>
      <DataTable
        title={title}
        rows={unpriced}
        facets={({ path }) => page.facets(path)}
        columns={[
          { title: 'Entry', value: ({ path }) => path },
          { title: 'Why', value: ({ why }) => why },
        ]}
      />
    </Fold>
  );
}

function barOf({ key, perDay }: SpendRow, color: ToneName, facets: Facets): Bar {
  const value = Number(perDay);
  return {
    name: key,
    facets,
    parts: [{ value, tone: color, title: `${key}: ${perDay} a day` }],
    figure: aboutSum(value),
  };
}

function columnsOf(title: string, currency: string): readonly PageColumn<SpendRow>[] {
  return [
    { title, key: 'key', value: ({ key }) => key },
    sumColumn('An hour', 'perHour', currency),
    sumColumn('A day', 'perDay', currency),
    sumColumn('A month of 730 hours', 'perMonth', currency),
  ];
}

function sumColumn(title: string, key: Exclude<keyof SpendRow, 'key'>, currency: string): PageColumn<SpendRow> {
  return { title, key, value: (row) => row[key], shown: (row) => shownSum(row[key] ?? '', currency), isNumeric: true };
}
