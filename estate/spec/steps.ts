import type { LustreTier } from '../catalog';

/** Sizes that a tier allows next to a wanted one: the size itself, or the nearest below and above it. */
export function nearestSizes(tier: Pick<LustreTier, 'min' | 'max' | 'steps'>, size: number): readonly number[] {
  let below: number | undefined;
  let above: number | undefined;
  let from = 0;
  for (const { upTo, step } of tier.steps) {
    // Steps count from zero, so a segment holds the multiples of its step above the bound of the one before.
    const first = Math.max(ceilTo(tier.min, step), Math.floor(from / step) * step + step);
    const last = Math.floor(Math.min(upTo, tier.max) / step) * step;
    from = upTo;
    if (first > last) continue;
    if (first <= size) below = Math.min(Math.floor(size / step) * step, last);
    if (above === undefined && last >= size) above = Math.max(ceilTo(size, step), first);
  }
  return [...new Set([below, above])].filter((valid) => valid !== undefined);
}

/** The number itself, or the nearest of some sorted numbers below and above it. */
export function nearestOf(wanted: number, sorted: readonly number[]): readonly number[] {
  const below = sorted.filter((one) => one <= wanted).at(-1);
  const above = sorted.find((one) => one >= wanted);
  return [...new Set([below, above])].filter((valid) => valid !== undefined);
}

function ceilTo(size: number, step: number): number {
  return Math.ceil(size / step) * step;
}
