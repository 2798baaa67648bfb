import { allows, nearestSizes, sizesText, withLargest } from '../../estate/catalog/lustre';
import type { LustreTier } from '../../estate/catalog/types';
import type { PathStep } from '../protocol';
import type { Finding } from './check';

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
  if (allows(tier, size)) return [];
  const isOverMax = size > tier.max;
  // What an account was granted is not known here, so a size over the default is no mistake; one between the steps is.
  const isGranted = isOverMax && largest === 'raised' && allows(withLargest(tier, size), size);
  return [
    {
      severity: isGranted ? 'warning' : 'error',
      path,
      message: `${size} ${unit} is no size of ${tierName}: ${sizesText(tier, unit)}`,
      hint: isOverMax
        ? `use at most ${tier.max} ${unit}${largest === 'raised' ? ', or have the limit raised first' : ''}`
        : `use ${nearestSizes(tier, size).join(' or ')} ${unit}`,
    },
  ];
}
