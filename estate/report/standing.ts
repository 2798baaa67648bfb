import type { Day } from '../days';
import { nodesOn } from '../spec/holdings';
import { MEASURES, type Stock, stockOf, sumOf } from '../spec/limits';
import type { Estate } from '../spec/schema';
import { formatCount } from '../units';
import { mostAtOnce } from './most-at-once';

/** What of an estate stands for some time only. */
export type StandingMeasure = 'accelerators' | 'nodes' | 'power';

/** How much stands on a day, beside all that is planned: accelerators, nodes, or watts of facilities. */
export interface Standing {
  readonly day: Day;
  readonly onDay: number;
  readonly planned: number;
  /** The most of any day. */
  readonly most: number;
  /** First day on which it is so much. @default it is from the beginning */
  readonly from?: Day;
}

const SIZES: Readonly<Record<StandingMeasure, (stock: Stock) => bigint>> = {
  accelerators: (stock) => sumOf(MEASURES.accelerators.parts(stock)),
  nodes: ({ holdings, day }) =>
    holdings.reduce((sum, each) => sum + (each.kind === 'machines' ? BigInt(nodesOn(each, day)) : 0n), 0n),
  power: (stock) => sumOf(MEASURES.power.parts(stock)),
};

/** How much stands on a day; undefined where all that is planned stands on it. */
export function standingOf(estate: Estate, day: Day, measure: StandingMeasure): Standing | undefined {
  const sizeOf = SIZES[measure];
  const [planned, onDay] = [sizeOf(stockOf(estate)), sizeOf(stockOf(estate, day))];
  if (onDay === planned) return undefined;
  const { size, ...since } = mostAtOnce(estate, sizeOf);
  return { day, onDay: Number(onDay), planned: Number(planned), most: Number(size), ...since };
}

/** What stands on a day in a sentence; empty where all that is planned stands on it. */
export function formatStanding(estate: Estate, day: Day): string {
  for (const measure of ['accelerators', 'nodes'] as const) {
    const standing = standingOf(estate, day, measure);
    if (standing === undefined) continue;
    const { onDay, planned } = standing;
    return `On ${day} stand ${formatCount(onDay)} of ${formatCount(planned)} planned ${measure}; ${peakOf(standing)}.`;
  }
  return '';
}

function peakOf({ onDay, planned, most, from }: Standing): string {
  if (most === onDay) return 'more never stand at once';
  const since = from === undefined ? 'at the beginning' : `from ${from} on`;
  return most === planned ? `all stand at once ${since}` : `at most ${formatCount(most)} stand at once, ${since}`;
}
