import { nearestOf } from '../steps';
import { counted, orList } from '../words';
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
      if (store.kind !== 'lustre' || store.existing !== undefined) continue;
      const { throughputMBpsPerTiB: written } = store;
      const tiers = at.catalog.lustre.tiers.map((tier) => tier.throughputMBpsPerTiB).sort((one, other) => one - other);
      if (written === undefined) {
        const hint = `write throughputMBpsPerTiB: ${orList(tiers)}`;
        report({ path, on: 'key', message: 'the file system has no performance tier', hint });
        continue;
      }
      if (tiers.includes(written)) continue;
      report({
        path: [...path, 'throughputMBpsPerTiB'],
        value: written,
        message: `${at.catalog.title} has no Lustre tier of ${written} MB/s for each TiB; it has ${counted(tiers.length, 'tier')}: ${tiers.join(', ')}`,
        hint: `the nearest: ${nearestOf(written, tiers)
          .map((tier) => `throughputMBpsPerTiB: ${tier}`)
          .join(' or ')}`,
      });
    }
  },
};
