import { AWS_CAPACITY_BLOCK } from '../../catalog/aws';
import { counted } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

const DAY_MS = 24 * 60 * 60 * 1000;
const { singleDays, stepDays, longestDays, source } = AWS_CAPACITY_BLOCK;

/** Capacity windows end after they start; those of capacity blocks have a length that AWS sells. */
export const capacityWindow: Rule = {
  code: 'CapacityWindow',
  severity: 'error',
  summary: 'capacity windows end after they start; those of capacity blocks have a length that AWS sells',
  why: 'a window that cannot exist hides the day on which the machines go away',
  source,
  check(estate, report) {
    for (const { path, pool } of poolsOf(estate)) {
      const { capacity } = pool;
      const window = 'window' in capacity ? capacity.window : undefined;
      if (window === undefined) continue;
      const place = { path: [...path, 'capacity', 'window', 'end'], value: window.end };
      const days = daysBetween(window.start, window.end);
      if (days < 1) {
        report({ ...place, message: `the window ends on ${window.end}, before it starts on ${window.start}` });
      } else if (capacity.kind === 'capacity-block' && !isBlockLength(days)) {
        const lengths = nearestLengths(days).map(
          (length) => `end: ${dayAfter(window.start, length)} (${counted(length, 'day')})`,
        );
        const message = `a capacity block of ${counted(days, 'day')} is not sold: 1 to ${singleDays} days, then weeks up to ${longestDays} days`;
        report({ ...place, message, hint: `the nearest: ${lengths.join(' or ')}; both days count` });
      }
    }
  },
};

/** Days of a window with its first and its last. */
function daysBetween(start: string, end: string): number {
  return Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS) + 1;
}

function dayAfter(start: string, days: number): string {
  return new Date(Date.parse(start) + (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

function isBlockLength(days: number): boolean {
  return days <= singleDays || (days % stepDays === 0 && days <= longestDays);
}

function nearestLengths(days: number): readonly number[] {
  const below = Math.min(Math.floor(days / stepDays) * stepDays, longestDays);
  return below + stepDays > longestDays ? [below] : [below, below + stepDays];
}
