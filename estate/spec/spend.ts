import { type Day, dayAfter, daysBetween } from '../days';
import { MONTH_HOURS, parseSum, type Sum, TIB, timesDecimal } from '../money';
import { changeDays, type Holding, holdingsOf, nodesOn } from './holdings';
import { lookup } from './lookup';
import type { Estate, Price, PriceBook } from './schema';

/** What something costs in an hour. */
export interface Cost {
  readonly holding: Holding;
  /** Parts of the currency of the price book. */
  readonly perHour: bigint;
}

/** Something without a price. */
export interface Unpriced {
  readonly path: string;
  readonly why: string;
}

/** What an estate costs at one time. */
export interface Costs {
  readonly costs: readonly Cost[];
  readonly unpriced: readonly Unpriced[];
}

/** The currency in which spend is told. */
export function currencyOf({ prices }: Estate): string | undefined {
  return prices?.currency;
}

/** What everything in an estate costs in an hour on a day; without a day, when all of it stands, by its last prices. */
export function costsOf(estate: Estate, day?: Day): Costs {
  const { prices } = estate;
  const holdings = holdingsOf(estate);
  if (prices === undefined) {
    return { costs: [], unpriced: holdings.map(({ path }) => ({ path, why: 'the estate has no prices' })) };
  }
  const find = priceFinder(prices);
  const costs: Cost[] = [];
  const unpriced: Unpriced[] = [];
  for (const holding of holdings) {
    const found = find(holding, day);
    if (typeof found === 'string') unpriced.push({ path: holding.path, why: found });
    else costs.push({ holding, perHour: perHour(holding, found, prices, day) });
  }
  return { costs, unpriced };
}

/** What one thing costs in an hour on a day; undefined where it has no price then. */
export function priceOn({ prices }: Estate, holding: Holding, day: Day): bigint | undefined {
  const found = prices && priceFinder(prices)(holding, day);
  return prices === undefined || found === undefined || typeof found === 'string'
    ? undefined
    : perHour(holding, found, prices, day);
}

/** The price of a thing when everything stands, with its index in the book; undefined where it has none. */
export function priceRowOf(
  { prices }: Estate,
  holding: Holding,
): { readonly row: Price; readonly index: number } | undefined {
  const found = prices && priceFinder(prices)(holding);
  if (prices === undefined || found === undefined || typeof found === 'string') return undefined;
  return { row: found, index: prices.rows.indexOf(found) };
}

/** A time in which nothing changes: neither what stands nor what it costs. */
export interface Span extends Costs {
  readonly from: Day;
  /** The last day that belongs to it. */
  readonly until: Day;
  readonly hours: bigint;
}

/** What an estate costs from a day to another one, both included, in the spans in which nothing changes. */
export function spansOf(estate: Estate, from: Day, until: Day, further: readonly Day[] = []): readonly Span[] {
  const days = [...changeDays(holdingsOf(estate)), ...priceDays(estate.prices), ...further];
  const starts = [...new Set([from, ...days.filter((day) => day > from && day <= until)])].sort();
  return starts.map((start, index): Span => {
    const next = starts[index + 1];
    const last = next === undefined ? until : dayAfter(next, -1);
    return { from: start, until: last, hours: BigInt(24 * (daysBetween(start, last) + 1)), ...costsOf(estate, start) };
  });
}

/** Days on which prices begin or end to hold. */
export function priceDays(prices: PriceBook | undefined): readonly Day[] {
  return (prices?.rows ?? []).flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [from]),
    ...(until === undefined ? [] : [dayAfter(until, 1)]),
  ]);
}

/** What narrows a price to some of what it could be of, the strongest first. */
export const NARROWERS = ['account', 'region', 'capacity', 'cloud'] as const;

/** What a price is of: `machine p6-b300.48xlarge, region us-east-2`. */
export function subjectOf(row: Price): string {
  const keys = ['machine', 'store', 'storeKind', 'link', ...NARROWERS] as const;
  return keys.flatMap((key) => (row[key] === undefined ? [] : [`${key} ${row[key]}`])).join(', ');
}

/** How strongly a price is of what it is of: contracts before lists, then what is narrowed most. */
function rank(row: Price): number {
  const narrow = NARROWERS.map((key) => Number(row[key] !== undefined)).join('');
  return Number.parseInt(`${Number(row.rate === 'contract')}${Number(row.store !== undefined)}${narrow}`, 2);
}

/** Finds the price of something, or says why there is none. */
function priceFinder({ currency, exchange, rows }: PriceBook): (holding: Holding, day?: Day) => Price | string {
  const sorted = rows.map((row) => ({ row, rank: rank(row) })).sort((one, other) => other.rank - one.rank);
  return (holding, day) => {
    const fitting = sorted.filter(({ row }) => isOf(row, holding));
    const [best] = fitting.filter(({ row }) => day === undefined || isHeld(row, day));
    if (best === undefined) {
      const when = fitting.length > 0 ? `no price of it holds on ${day}` : 'it has no price';
      return `${when}: ${describe(holding)}`;
    }
    // Without a day the price counts that holds last.
    const last = fitting
      .filter(({ rank: own }) => day === undefined && own === best.rank)
      .reduce((one, other) => ((other.row.from ?? '') > (one.row.from ?? '') ? other : one), best);
    const { row } = last;
    const [, unit = ''] = /([A-Z]{3})$/.exec(row.price) ?? [];
    if (unit !== currency && lookup(exchange, unit) === undefined) return `its price is in ${unit}, without exchange`;
    if (row.per === 'accelerator-hour' && holding.kind === 'machines' && holding.machine.accelerators === 0) {
      return 'its price is for accelerators, and it has none';
    }
    if (row.per.startsWith('TiB') || row.per.startsWith('GiB')) {
      if (holding.kind === 'stores' && holding.bytes === undefined) return 'it has no size that its price counts';
    }
    return row;
  };
}

function describe(holding: Holding): string {
  const what =
    holding.kind === 'machines'
      ? `${holding.machine.type}, ${holding.capacity}`
      : holding.storeKind === 'lustre'
        ? 'a file system'
        : 'an object store';
  return `${what} in ${holding.region}, account ${holding.account}`;
}

function isHeld({ from, until }: Price, day: Day): boolean {
  return (from === undefined || from <= day) && (until === undefined || day <= until);
}

function isOf(row: Price, holding: Holding): boolean {
  const isSubject =
    holding.kind === 'machines'
      ? row.machine === holding.machine.type && (row.capacity === undefined || row.capacity === holding.capacity)
      : row.store === holding.store || row.storeKind === holding.storeKind;
  return (
    isSubject && (['account', 'region', 'cloud'] as const).every((key) => (row[key] ?? holding[key]) === holding[key])
  );
}

/** What one unit of a price costs, in parts of the currency of the price book. */
export function unitPrice(row: Price, { currency, exchange }: PriceBook): bigint {
  const sum: Sum | undefined = parseSum(row.price);
  if (sum === undefined) return 0n;
  const rate = sum.currency === currency ? undefined : lookup(exchange, sum.currency)?.rate;
  return rate === undefined ? sum.parts : timesDecimal(sum.parts, rate);
}

function perHour(holding: Holding, row: Price, prices: PriceBook, day?: Day): bigint {
  const price = unitPrice(row, prices);
  if (holding.kind === 'machines') {
    const nodes = BigInt(nodesOn(holding, day));
    if (row.per === 'accelerator-hour') return price * nodes * BigInt(holding.machine.accelerators);
    return row.per === 'node-month' ? (price * nodes) / MONTH_HOURS : price * nodes;
  }
  const { bytes = 0n } = holding;
  if (row.per === 'TiB-month') return (price * bytes) / TIB / MONTH_HOURS;
  if (row.per === 'GiB-month') return (price * bytes) / (TIB / 1024n) / MONTH_HOURS;
  return row.per === 'month' ? price / MONTH_HOURS : price;
}
