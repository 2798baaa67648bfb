import type { Day } from '../days';
import { decimalText } from '../money';
import { inPrices, MEASURES, sumOf } from '../spec/limits';
import type { Estate } from '../spec/schema';
import { mostAtOnce } from './most-at-once';

/** What an estate may cost in a day beside the most that it costs at once: decimal numbers in the currency of the prices. */
export interface SpendLimit {
  readonly limitPerDay: string;
  readonly mostPerDay: string;
  /** First day on which it costs so much. @default it does from the beginning */
  readonly from?: Day;
}

/** The limit that policy sets to spend; undefined where it sets none, or none that can be told in the currency of the prices. */
export function spendLimitOf(estate: Estate): SpendLimit | undefined {
  const { prices, policy } = estate;
  const limit = policy.maxSpendPerDay === undefined ? undefined : inPrices(estate, policy.maxSpendPerDay);
  if (prices === undefined || limit === undefined) return undefined;
  const { size, ...since } = mostAtOnce(estate, (stock) => sumOf(MEASURES.spend.parts(stock)));
  const text = (parts: bigint) => decimalText({ currency: prices.currency, parts });
  return { limitPerDay: text(limit), mostPerDay: text(size), ...since };
}
