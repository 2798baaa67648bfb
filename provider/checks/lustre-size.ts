import type { LustreTier } from '../../estate/catalog/types';
import type { PathStep } from '../protocol';
import type { Finding } from './check';

function roundTo(size: number, round: (quotient: number) => number, { min, max, steps }: LustreTier): number {
  const wanted = Math.min(Math.max(size, min), max);
  const step = steps.find(({ upTo }) => wanted <= upTo)?.step ?? min;
  return Math.min(Math.max(round(wanted / step) * step, min), max);
}

/** What a file system's size is checked against. */
export interface LustreSizes {
  readonly tier: LustreTier;
  /** The tier as the provider's users know it. */
  readonly tierName: string;
  readonly unit: string;
  /** Whether the largest size is a limit of the account, which the provider raises on request, or one of the service. */
  readonly largest: 'raised' | 'fixed';
}

/** Findings on a file system's size: a tier allows sizes from its smallest on, in its steps. */
export function checkLustreSize(
  size: number,
  { tier, tierName, unit, largest }: LustreSizes,
  path: readonly PathStep[],
): Finding[] {
  const [below, above] = [roundTo(size, Math.floor, tier), roundTo(size, Math.ceil, tier)];
  const isOverMax = size > tier.max;
  if (!isOverMax && below === size && above === size) return [];
  const largestStep = tier.steps.at(-1)?.step ?? tier.min;
  const steps = tier.steps.map(({ upTo, step }) => `steps of ${step} up to ${upTo}`).join(', ');
  return [
    {
      // What an account was granted is not known here, so a size over the default is no mistake; one between the steps is.
      severity: isOverMax && largest === 'raised' && size % largestStep === 0 ? 'warning' : 'error',
      path,
      message: `${size} ${unit} is not a size of ${tierName}: at least ${tier.min}, ${steps}`,
      hint: isOverMax
        ? `use at most ${tier.max} ${unit}${largest === 'raised' ? ', or have the limit raised first' : ''}`
        : `use ${[...new Set([below, above])].join(' or ')} ${unit}`,
    },
  ];
}
