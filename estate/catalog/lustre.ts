import { formatCount } from '../units';
import type { LustreCatalog, LustreTier } from './types';

/** What decides which sizes of a file system are sold: the smallest, the largest, and the steps between them. */
export type LustreSizes = Pick<LustreTier, 'min' | 'max' | 'steps'>;

/** The tier of a throughput; undefined when there is none. */
export function tierOf<T extends LustreTier>({ tiers }: LustreCatalog<T>, throughput: number): T | undefined {
  return tiers.find(({ throughputMBpsPerTiB }) => throughputMBpsPerTiB === throughput);
}

/** Whether a size is sold, in the unit of the row. */
export function allows(sizes: LustreSizes, size: number): boolean {
  return nearestSizes(sizes, size).includes(size);
}

/** Sizes that are sold next to a wanted one: the size itself, or the nearest below and above it. */
export function nearestSizes({ min, max, steps }: LustreSizes, size: number): readonly number[] {
  let below: number | undefined;
  let above: number | undefined;
  let from = 0;
  for (const { upTo, step } of steps) {
    // Steps count from zero, so a segment holds the multiples of its step above the bound of the one before.
    const first = Math.max(ceilTo(min, step), Math.floor(from / step) * step + step);
    const last = Math.floor(Math.min(upTo, max) / step) * step;
    from = upTo;
    if (first > last) continue;
    if (first <= size) below = Math.min(Math.floor(size / step) * step, last);
    if (above === undefined && last >= size) above = Math.max(ceilTo(size, step), first);
  }
  return [...new Set([below, above])].filter((valid) => valid !== undefined);
}

/** The row with another largest size, such as one that the provider has granted: its last step goes on up to there. */
export function withLargest<T extends LustreSizes>(sizes: T, max: number): T {
  const last = sizes.steps.length - 1;
  const steps = sizes.steps.map((row, index) => (index === last ? { ...row, upTo: Math.max(row.upTo, max) } : row));
  return { ...sizes, max, steps };
}

/** The sizes that are sold, such as `31,200 to 19,968,000 GB in steps of 10,400 up to 124,800, then 41,600`. */
export function sizesText({ min, max, steps }: LustreSizes, unit: string): string {
  const texts = steps.map(({ upTo, step }, index) => {
    const bound = index === steps.length - 1 ? '' : ` up to ${formatCount(upTo)}`;
    return `${formatCount(step)}${bound}`;
  });
  return `${formatCount(min)} to ${formatCount(max)} ${unit} in steps of ${texts.join(', then ')}`;
}

function ceilTo(size: number, step: number): number {
  return Math.ceil(size / step) * step;
}
