import { type Day, dayAfter, daysBetween, monthsFrom, nextMonth } from '../days';
import { decimalText, MONTH_HOURS, sumText } from '../money';
import type { Holding } from '../spec/holdings';
import type { Estate } from '../spec/schema';
import { type Cost, costsOf, spansOf, type Unpriced } from '../spec/spend';
import { counted } from '../spec/words';
import { compareKeys, groupBy } from '../units';
import { wrap } from './excerpt';
import { type Column, formatTable, REPORT_WIDTH } from './table';

/** What spend is told by. */
export const SPEND_KEYS = ['cloud', 'account', 'site', 'cluster', 'pool', 'month'] as const;

/** One of the things that spend is told by. */
export type SpendKey = (typeof SPEND_KEYS)[number];

/** What is asked of the spend of an estate. */
export interface SpendQuery {
  readonly by: SpendKey;
  /** What stands on this day and costs then. @default all of the estate, by its last prices */
  readonly at?: Day;
  /** The whole time from one day to another, both included. @default one moment */
  readonly time?: { readonly from: Day; readonly until: Day };
}

/** Spend of one cloud, account, site, cluster, pool or month: decimal numbers. */
export interface SpendRow {
  readonly key: string;
  /** Of a time the average, as the others are. */
  readonly perHour: string;
  readonly perDay: string;
  /** Of 730 hours. */
  readonly perMonth: string;
  /** In the whole time. @default no time was asked for */
  readonly total?: string;
}

/** What an estate costs. */
export interface SpendReport {
  /** Null where the estate has no prices. */
  readonly currency: string | null;
  readonly rows: readonly SpendRow[];
  /** What has no price. */
  readonly unpriced: readonly Unpriced[];
  readonly by: SpendKey;
  readonly from?: Day;
  readonly until?: Day;
}

/** A sum with what it is of. */
interface Spent {
  readonly key: string;
  readonly parts: bigint;
  readonly hours: bigint;
}

/** What an estate costs, by what it is asked for. */
export function spendReport(estate: Estate, query: SpendQuery): SpendReport {
  const { by, time } = query;
  const { spent, unpriced } = spentIn(estate, query);
  const currency = estate.prices?.currency ?? null;
  return {
    currency,
    rows: spent.map((row) => spendRow(row, currency ?? '', time !== undefined)),
    unpriced,
    by,
    ...(time && { from: time.from, until: time.until }),
  };
}

/** What all of an estate costs: the sum of the rows; undefined where it has no prices. */
export function spendTotal(estate: Estate, query: Omit<SpendQuery, 'by' | 'time'>): SpendRow | undefined {
  const currency = estate.prices?.currency;
  if (currency === undefined) return undefined;
  const { spent } = spentIn(estate, { ...query, by: 'cloud' });
  return spendRow({ key: 'all', parts: spent.reduce((all, { parts }) => all + parts, 0n), hours: 1n }, currency, false);
}

function spentIn(
  estate: Estate,
  { by, at, time }: SpendQuery,
): { spent: readonly Spent[]; unpriced: readonly Unpriced[] } {
  if (time === undefined) {
    const { costs, unpriced } = costsOf(estate, at);
    const sums = [...groupBy(costs, ({ holding }) => keyOf(holding, by))];
    const spent = sums.map(([key, own]) => ({ key, parts: sum(own), hours: 1n }));
    return { spent: spent.sort((one, other) => compareKeys(one.key, other.key)), unpriced };
  }
  const { from, until } = time;
  const spans = spansOf(estate, from, until, by === 'month' ? monthsFrom(from, until) : []);
  const hours = BigInt(24 * (daysBetween(from, until) + 1));
  const parts = new Map<string, bigint>();
  const monthHours = new Map<string, bigint>();
  for (const span of spans) {
    const month = span.from.slice(0, 7);
    monthHours.set(month, (monthHours.get(month) ?? 0n) + span.hours);
    for (const { holding, perHour } of span.costs) {
      const key = by === 'month' ? month : keyOf(holding, by);
      parts.set(key, (parts.get(key) ?? 0n) + perHour * span.hours);
    }
  }
  const spent = [...parts].map(([key, own]) => ({ key, parts: own, hours: monthHours.get(key) ?? hours }));
  const unpriced = new Map(spans.flatMap((span) => span.unpriced.map((each) => [each.path, each] as const)));
  return { spent: spent.sort((one, other) => compareKeys(one.key, other.key)), unpriced: [...unpriced.values()] };
}

function sum(costs: readonly Cost[]): bigint {
  return costs.reduce((all, { perHour }) => all + perHour, 0n);
}

/** What a thing is counted under; stores lie in no cluster and are no pool, so that they stand for themselves. */
function keyOf(holding: Holding, by: SpendKey): string {
  if (by === 'cloud' || by === 'account' || by === 'site') return holding[by];
  return by === 'cluster' && holding.kind === 'machines' ? holding.cluster : holding.path;
}

function spendRow({ key, parts, hours }: Spent, currency: string, hasTotal: boolean): SpendRow {
  const text = (times: bigint) => decimalText({ currency, parts: (parts * times) / hours });
  return {
    key,
    perHour: text(1n),
    perDay: text(24n),
    perMonth: text(MONTH_HOURS),
    ...(hasTotal && { total: decimalText({ currency, parts }) }),
  };
}

/** What the numbers are of. */
export const SPEND_SCOPE =
  'pools with their spares, and stores; nodes of system pools, control planes and traffic are left out; a month has 730 hours';

/** The spend of an estate as a table, with what has no price. */
export function formatSpend(estate: Estate, query: SpendQuery): string {
  const { by, time, at } = query;
  const { spent, unpriced } = spentIn(estate, query);
  const currency = estate.prices?.currency;
  const all = spent.reduce((total, { parts }) => total + parts, 0n);
  const last = time === undefined ? 1n : BigInt(24 * (daysBetween(time.from, time.until) + 1));
  const rows = [...spent, { key: 'all', parts: all, hours: last }];
  const money = (parts: bigint) => sumText({ currency: currency ?? '', parts }).replace(/ \S*$/, '');
  const columns: readonly Column<Spent>[] = [
    { title: by, value: ({ key }) => key },
    { title: 'per hour', value: ({ parts, hours }) => money(parts / hours), align: 'right' },
    { title: 'per day', value: ({ parts, hours }) => money((parts * 24n) / hours), align: 'right' },
    { title: 'per month', value: ({ parts, hours }) => money((parts * MONTH_HOURS) / hours), align: 'right' },
    ...(time === undefined
      ? []
      : [{ title: 'in all', value: ({ parts }: Spent) => money(parts), align: 'right' as const }]),
    { title: 'share', value: ({ parts }) => (all === 0n ? '' : `${tenths(parts, all)}%`), align: 'right' },
  ];
  const when =
    time !== undefined
      ? `from ${time.from} to ${time.until}; rates are averages`
      : at === undefined
        ? 'when everything stands'
        : `on ${at}`;
  return [
    currency === undefined ? 'the estate has no prices' : formatTable(rows, columns),
    ...(currency === undefined ? [] : [wrap(`${currency}, ${when}; ${SPEND_SCOPE}`, REPORT_WIDTH).join('\n')]),
    ...formatUnpriced(unpriced),
  ].join('\n\n');
}

/** A share in percent with one decimal. */
function tenths(parts: bigint, all: bigint): string {
  const value = (parts * 2000n + all) / (2n * all);
  return `${value / 10n}.${value % 10n}`;
}

function formatUnpriced(unpriced: readonly Unpriced[]): readonly string[] {
  if (unpriced.length === 0) return [];
  const title = `${counted(unpriced.length, 'entry', 'entries')} without a price`;
  const table = formatTable(unpriced, [
    { title, value: ({ path }) => path },
    { title: 'why', value: ({ why }) => why },
  ]);
  return [table];
}

/** Columns of FOCUS, the common form of bills, that hold what spend is told by; others of ours begin with x_. */
const FOCUS_KEYS: Readonly<Record<SpendKey, string>> = {
  cloud: 'ProviderName',
  account: 'SubAccountName',
  site: 'x_Site',
  cluster: 'x_Cluster',
  pool: 'ResourceName',
  month: 'x_Month',
};

/** The rows of a report under the names of columns that FOCUS 1.2 gives them, where it does. */
export function focusRows({ rows, by, currency, from, until }: SpendReport): readonly object[] {
  return rows.map(({ key, perHour, perDay, perMonth, total }) => {
    const start = by === 'month' && from !== undefined && !from.startsWith(key) ? `${key}-01` : from;
    const last = until && dayAfter(until, 1);
    const end = start && last && by === 'month' && nextMonth(start) < last ? nextMonth(start) : last;
    return {
      [FOCUS_KEYS[by]]: key,
      BillingCurrency: currency,
      ...(start && end && { ChargePeriodStart: `${start}T00:00:00Z`, ChargePeriodEnd: `${end}T00:00:00Z` }),
      EffectiveCost: total ?? perMonth,
      x_PerHour: perHour,
      x_PerDay: perDay,
      x_PerMonth: perMonth,
    };
  });
}
