import type { Day } from '../days';
import { type Stock, stocksOf } from '../spec/limits';
import type { Estate } from '../spec/schema';

/** The largest sum of any day. */
export interface MostAtOnce {
  readonly size: bigint;
  /** First day on which it is so much. @default it is from the beginning */
  readonly from?: Day;
}

/** The most that a sum of an estate comes to on any day, as limits of policy look at it. */
export function mostAtOnce(estate: Estate, sizeOf: (stock: Stock) => bigint): MostAtOnce {
  const sums = stocksOf(estate).map((stock) => ({ day: stock.day, size: sizeOf(stock) }));
  const most = sums.reduce((one, other) => (other.size > one.size ? other : one));
  const from = most === sums[0] ? undefined : most.day;
  return { size: most.size, ...(from !== undefined && { from }) };
}
