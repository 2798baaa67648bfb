import { type Day, dayAfter, yearsAfter } from '../days';
import type { Estate } from './schema';
import { SPEND_KINDS } from './schema-money';

/** A commitment of an estate. */
export type Commitment = Estate['commitments'][string];

/** The term of a commitment, with its last day; undefined where its first or its last is not known. */
export function termOf({
  start,
  end,
  years,
}: Pick<Commitment, 'start' | 'end' | 'years'>): { readonly start: Day; readonly end: Day } | undefined {
  const last = end ?? (start !== undefined && years !== undefined ? dayAfter(yearsAfter(start, years), -1) : undefined);
  return start === undefined || last === undefined ? undefined : { start, end: last };
}

/** What spend draws a commitment down. */
export function countsOf({ counts }: Pick<Commitment, 'counts'>): readonly string[] {
  return counts ?? SPEND_KINDS;
}

/** A sum as it is read in sentences: `38B USD`, or that it is not disclosed. */
export function amountText(amount: string): string {
  return amount === 'undisclosed' ? 'an undisclosed sum' : amount;
}
