import { nearestOf } from '../steps';
import { counted } from '../words';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** A file system has a performance tier that its cloud offers. */
export const storeTier: Rule = {
  code: 'StoreTier',
  severity: 'error',
  summary: 'a file system has a performance tier that its cloud offers',
  why: 'not every provider checks the tier when it plans',
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind !== 'lustre') continue;
      const tiers = at.catalog.lustre.tiers.map((tier) => tier.throughputMBpsPerTiB).sort((one, other) => one - other);
      if (tiers.includes(store.throughputMBpsPerTiB)) continue;
      report({
        path: [...path, 'throughputMBpsPerTiB'],
        value: store.throughputMBpsPerTiB,
        message: `${at.catalog.title} has no Lustre tier of ${store.throughputMBpsPerTiB} MB/s for each TiB; it has ${counted(tiers.length, 'tier')}: ${tiers.join(', ')}`,
        hint: `the nearest: ${nearestOf(store.throughputMBpsPerTiB, tiers)
          .map((tier) => `throughputMBpsPerTiB: ${tier}`)
          .join(' or ')}`,
      });
    }
  },
};
