import { type Day, dayAfter } from '../days';
import { decimalText, parseSum, sumText } from '../money';
import type { CommitmentPlan } from '../plan/money-types';
import type { Commitment } from '../spec/commitments';
import { machinesOf } from '../spec/holdings';
import { inPrices } from '../spec/limits';
import type { Estate } from '../spec/schema';
import { priceOn } from '../spec/spend';
import { sortedEntries } from '../units';
import { drawDown, draws } from './draw-down';
import { wrap } from './excerpt';
import { type Column, formatTable, REPORT_WIDTH } from './table';

/** A step of a commitment beside what is expected to be spent by then. */
export interface RampRow {
  readonly by: Day;
  readonly amount: string;
  readonly expected: string;
  readonly shortfall: string;
}

/** A pool of held capacity beside what its machines cost on demand. */
export interface BreakEven {
  readonly path: string;
  /** What it costs in an hour. */
  readonly held: string;
  readonly onDemand: string;
  /** Share of hours from which on that holding it is cheaper, in percent. */
  readonly percent: string;
}

/** A commitment with its expected draw-down: decimal numbers in the currency of the prices. */
export interface CommitmentRow extends CommitmentPlan {
  /** Currency of the following sums. @default the estate has no prices, and the following keys are left out */
  readonly currency?: string;
  /** Spent by the day that is asked for; null where the term is not known. */
  readonly spent?: string | null;
  /** Null where the amount or the term is not known. */
  readonly remaining?: string | null;
  /** Day on which all of it is spent; null where none is in the term. */
  readonly runsDry?: Day | null;
  /** What is left of it at its end; null where the amount or the term is not known. */
  readonly shortfall?: string | null;
  readonly steps?: readonly RampRow[];
  readonly breakEven?: readonly BreakEven[];
}

/** The commitments of an estate with what is expected of them, as of a day. */
export function commitmentRows(estate: Estate, at: Day): readonly CommitmentRow[] {
  return sortedEntries(estate.commitments).map(([key, commitment]): CommitmentRow => {
    const { prices } = estate;
    if (prices === undefined) return { key, ...commitment };
    const { currency } = prices;
    const text = (parts: bigint) => decimalText({ currency, parts });
    const drawn = drawDown(estate, commitment);
    const whole = inPrices(estate, commitment.amount);
    const breakEven = breakEvensOf(estate, commitment, at);
    const shared = { key, ...commitment, currency, ...(breakEven.length > 0 && { breakEven }) };
    if (drawn === undefined) return { ...shared, spent: null, remaining: null, runsDry: null, shortfall: null };
    const spent = drawn.by(dayAfter(at, -1));
    const total = drawn.by(drawn.end);
    const steps = (commitment.ramp ?? []).map(({ by, amount }): RampRow => {
      const [asked, expected] = [inPrices(estate, amount) ?? 0n, drawn.by(by)];
      return { by, amount, expected: text(expected), shortfall: text(positive(asked - expected)) };
    });
    return {
      ...shared,
      spent: text(spent),
      remaining: whole === undefined ? null : text(positive(whole - spent)),
      runsDry: whole === undefined ? null : (drawn.reaches(whole) ?? null),
      shortfall: whole === undefined ? null : text(positive(whole - total)),
      ...(steps.length > 0 && { steps }),
    };
  });
}

/** How much of commitments is not expected to be spent by the ends of their terms. */
export interface ShortfallTotal {
  /** Currency of the prices. */
  readonly currency: string;
  /** A decimal number. */
  readonly shortfall: string;
  /** Commitments that it is reckoned of. */
  readonly known: number;
  /** Commitments whose sum or term is not known. */
  readonly unknown: number;
}

/** What commitments fall short by in all; undefined where nothing is known of any of them. */
export function shortfallTotal(rows: readonly CommitmentRow[]): ShortfallTotal | undefined {
  const sums = rows.flatMap(({ shortfall, currency }) => {
    const sum = typeof shortfall === 'string' ? parseSum(`${shortfall} ${currency}`) : undefined;
    return sum === undefined ? [] : [sum];
  });
  const [first] = sums;
  if (first === undefined) return undefined;
  const parts = sums.reduce((all, sum) => all + sum.parts, 0n);
  const { currency } = first;
  return {
    currency,
    shortfall: decimalText({ currency, parts }),
    known: sums.length,
    unknown: rows.length - sums.length,
  };
}

function positive(parts: bigint): bigint {
  return parts > 0n ? parts : 0n;
}

/** Pools of held capacity whose machines have a price on demand too. */
function breakEvensOf(estate: Estate, commitment: Commitment, at: Day): readonly BreakEven[] {
  return machinesOf(estate).flatMap((pool): BreakEven[] => {
    if (!draws(pool, commitment) || pool.capacity === 'on-demand' || pool.capacity === 'spot') return [];
    const { standing: _always, ...whole } = pool;
    const held = priceOn(estate, whole, at);
    const onDemand = priceOn(estate, { ...whole, capacity: 'on-demand' }, at);
    if (held === undefined || onDemand === undefined || onDemand === 0n || held === onDemand) return [];
    const tenths = (held * 2000n + onDemand) / (2n * onDemand);
    const text = (parts: bigint) => decimalText({ currency: estate.prices?.currency ?? '', parts });
    return [
      { path: pool.path, held: text(held), onDemand: text(onDemand), percent: `${tenths / 10n}.${tenths % 10n}` },
    ];
  });
}

const NOTE =
  'expected by prices, windows and phases; what has no price draws nothing down (npx estate show spend), and an undisclosed sum stays out of all';

/** The commitments with their expected draw-down as tables; empty where the estate has no prices. */
export function formatDrawDown(estate: Estate, at: Day): string {
  const { prices } = estate;
  if (prices === undefined) return '';
  const rows = commitmentRows(estate, at);
  const { currency } = prices;
  const money = (text: string | null | undefined, unknown = 'unknown') => {
    if (text === null || text === undefined) return unknown;
    const { parts } = parseSum(`${text} ${currency}`) ?? { parts: 0n };
    return sumText({ currency, parts }).replace(/ \S*$/, '');
  };
  const columns: readonly Column<CommitmentRow>[] = [
    { title: `draw-down, ${currency}`, value: ({ key }) => key },
    { title: `spent by ${at}`, value: ({ spent }) => money(spent), align: 'right' },
    { title: 'remaining', value: ({ remaining }) => money(remaining), align: 'right' },
    { title: 'runs dry', value: ({ runsDry }) => runsDry ?? '' },
    { title: 'shortfall at the end', value: ({ shortfall }) => money(shortfall), align: 'right' },
  ];
  const steps = rows.flatMap(({ key, steps: own = [] }) => own.map((step) => ({ key, ...step })));
  const even = rows.flatMap(({ breakEven = [] }) => breakEven);
  const stepsTable = formatTable(steps, [
    { title: 'step', value: ({ key }) => key },
    { title: 'by', value: ({ by }) => by },
    { title: 'promised', value: ({ amount }) => amount, align: 'right' },
    { title: 'expected', value: ({ expected }) => money(expected), align: 'right' },
    { title: 'shortfall', value: ({ shortfall }) => money(shortfall), align: 'right' },
  ]);
  const evenTable = formatTable(even, [
    { title: 'held', value: ({ path }) => path },
    { title: 'held per hour', value: ({ held }) => money(held), align: 'right' },
    { title: 'on demand per hour', value: ({ onDemand }) => money(onDemand), align: 'right' },
    { title: 'cheaper above', value: ({ percent }) => `${percent}% of hours`, align: 'right' },
  ]);
  return [
    formatTable(rows, columns),
    ...(steps.length > 0 ? [stepsTable] : []),
    ...(even.length > 0 ? [evenTable] : []),
    wrap(NOTE, REPORT_WIDTH).join('\n'),
  ].join('\n\n');
}
