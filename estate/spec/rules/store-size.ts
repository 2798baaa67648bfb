import type { LustreTier } from '../../catalog';
import { nearestSizes, sizesText, tierOf } from '../../catalog/lustre';
import type { SizeUnit } from '../../units';
import { formatCount } from '../../units';
import { SIZE_KEY_NAMES, storeSize } from '../store-size';
import type { Rule } from './rule';
import { type SiteEntry, storesOf } from './walk';

/** A file system has a size that its tier allows. */
export const storeSizeRule: Rule = {
  code: 'StoreSize',
  severity: 'error',
  summary: 'a file system has a size that its tier allows',
  why: 'a wrong size fails when the file system is created, and some sizes can never grow past a threshold',
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind !== 'lustre' || store.existing !== undefined) continue;
      const given = SIZE_KEY_NAMES.filter((key) => store[key] !== undefined);
      const [key] = given;
      const { unit } = at.catalog.lustre;
      const tier = tierOf(at.catalog.lustre, store.throughputMBpsPerTiB ?? 0);
      if (key === undefined || given.length !== 1 || tier === undefined) continue;
      const size = storeSize(store, unit);
      const nearest = nearestSizes(tier, size);
      if (nearest.includes(size)) continue;
      const rounded = Math.round(size * 1000) / 1000;
      report({
        path: [...path, key],
        value: store[key],
        message: `${formatCount(rounded)} ${unit} is no size of the ${tier.throughputMBpsPerTiB} MB/s tier of ${at.catalog.title}: ${sizesText(tier, unit)}`,
        hint: `the nearest: ${nearest.map((valid) => sizeText(valid, unit)).join(' or ')}${granted(tier, size, at)}`,
      });
    }
  },
};

/** The way to a size above the largest, which providers grant on request. */
function granted({ max, throughputMBpsPerTiB }: LustreTier, size: number, { cloud, catalog }: SiteEntry): string {
  if (size <= max) return '';
  return `; a larger one that ${catalog.title} has granted goes under catalog.limits.${cloud}.largestLustre."${throughputMBpsPerTiB}"`;
}

/** A size in the provider's unit, with the key to write it with. */
function sizeText(size: number, unit: SizeUnit): string {
  if (unit === 'GB') return `capacityTB: ${size / 1000}`;
  return `capacity${unit}: ${size}`;
}
