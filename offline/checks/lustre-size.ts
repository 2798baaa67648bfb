import type { LustreTier } from '../../estate/catalog/types';
import type { PathStep } from '../protocol';
import type { Finding } from './check';

function roundTo(size: number, round: (quotient: number) => number, { min, max, steps }: LustreTier): number {
  const wanted = Math.min(Math.max(size, min), max);
  const step = steps.find(({ upTo }) => wanted <= upTo)?.step ?? min;
  return Math.min(Math.max(round(wanted / step) * step, min), max);
}

/** Findings on a file system's size: a tier allows sizes from its smallest on, in its steps. */
export function checkLustreSize(
  size: number,
  tier: LustreTier,
  tierName: string,
  unit: string,
  path: readonly PathStep[],
): Finding[] {
  const [below, above] = [roundTo(size, Math.floor, tier), roundTo(size, Math.ceil, tier)];
  const isOverMax = size > tier.max;
  if (!isOverMax && below === size && above === size) return [];
  const largestStep = tier.steps.at(-1)?.step ?? tier.min;
  const steps = tier.steps.map(({ upTo, step }) => `steps of ${step} up to ${upTo}`).join(', ');
  return [
    {
      // A size over the maximum is no mistake where the provider raises it on request; one between the steps is.
      severity: isOverMax && tier.unverified !== undefined && size % largestStep === 0 ? 'warning' : 'error',
      path,
      message: `${size} ${unit} is not a size of ${tierName}: at least ${tier.min}, ${steps}`,
      hint: isOverMax
        ? `use at most ${tier.max} ${unit}, or have the limit raised first`
        : `use ${[...new Set([below, above])].join(' or ')} ${unit}`,
    },
  ];
}
