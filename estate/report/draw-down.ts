import type { Cloud } from '../catalog';
import { type Day, dayAfter, daysBetween } from '../days';
import { decimalText } from '../money';
import { type Commitment, countsOf, termOf } from '../spec/commitments';
import type { Holding } from '../spec/holdings';
import { inPrices } from '../spec/limits';
import type { Estate } from '../spec/schema';
import { type Span, spansOf } from '../spec/spend';
import { sortedEntries } from '../units';

/** A sum by the end of a day: a decimal number in the currency of the prices. */
export interface SumOnDay {
  readonly date: Day;
  readonly sum: string;
}

/** A commitment over its term: what is expected to be spent of it, and what is promised. */
export interface DrawDownRow {
  readonly key: string;
  readonly cloud: Cloud;
  /** As in the estate file. */
  readonly amount: string;
  readonly start: Day;
  readonly end: Day;
  /** Whenever what is spent in a day changes, and at the end; between two of these it grows evenly. */
  readonly expected: readonly SumOnDay[];
  /** The steps of its ramp, and all of it at the end; empty where no sum is known. */
  readonly promised: readonly SumOnDay[];
}

/** The commitments whose term is known, over that term; none where the estate has no prices. */
export function drawDownRows(estate: Estate): readonly DrawDownRow[] {
  const { prices, commitments } = estate;
  if (prices === undefined) return [];
  return sortedEntries(commitments).flatMap(([key, commitment]): DrawDownRow[] => {
    const { cloud, amount, ramp = [] } = commitment;
    const drawn = drawDown(estate, commitment);
    if (drawn === undefined) return [];
    const { start, end, days, by } = drawn;
    const sumOf = (date: Day, parts: bigint): SumOnDay => ({
      date,
      sum: decimalText({ currency: prices.currency, parts }),
    });
    const promises = [...ramp, { by: end, amount }];
    const promised = promises.flatMap((step) => {
      const parts = inPrices(estate, step.amount);
      return parts === undefined ? [] : [sumOf(step.by, parts)];
    });
    return [{ key, cloud, amount, start, end, expected: days.map((date) => sumOf(date, by(date))), promised }];
  });
}

/** How a commitment is drawn down over its term. */
export interface DrawDown {
  readonly start: Day;
  readonly end: Day;
  /** The last days of the times in which as much is spent each day. */
  readonly days: readonly Day[];
  /** What is spent by the end of a day. */
  readonly by: (day: Day) => bigint;
  /** The day on which a sum is spent; undefined where that is after the term. */
  readonly reaches: (parts: bigint) => Day | undefined;
}

/** How a commitment is drawn down by what the estate costs; undefined where its term is not known. */
export function drawDown(estate: Estate, commitment: Commitment): DrawDown | undefined {
  const term = termOf(commitment);
  if (term === undefined) return undefined;
  const spans = spansOf(estate, term.start, term.end).map((span) => ({ ...span, perDay: perDay(span, commitment) }));
  return {
    ...term,
    days: spans.map(({ until }) => until),
    by: (day) =>
      spans.reduce((sum, { from, until, perDay: each }) => {
        const [last = until] = [day, until].sort();
        return last < from ? sum : sum + each * BigInt(daysBetween(from, last) + 1);
      }, 0n),
    reaches: (parts) => {
      let left = parts;
      for (const { from, until, perDay: each } of spans) {
        const whole = each * BigInt(daysBetween(from, until) + 1);
        if (whole >= left && each > 0n) return dayAfter(from, Number((left + each - 1n) / each) - 1);
        left -= whole;
      }
      return undefined;
    },
  };
}

function perDay({ costs }: Span, commitment: Commitment): bigint {
  return costs.reduce((sum, { holding, perHour }) => (draws(holding, commitment) ? sum + perHour * 24n : sum), 0n);
}

/** Whether what a thing costs draws a commitment down. */
export function draws({ kind, cloud, account }: Holding, commitment: Commitment): boolean {
  const isNamed = commitment.accounts === undefined || commitment.accounts.includes(account);
  return cloud === commitment.cloud && isNamed && countsOf(commitment).includes(kind);
}
