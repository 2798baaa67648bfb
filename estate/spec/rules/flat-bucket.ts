import { GOOGLE_SOFT_DELETE } from '../../catalog/google';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** Buckets on Google Cloud keep deleted objects no longer than soft delete does. */
export const flatBucket: Rule = {
  code: 'FlatBucket',
  severity: 'warning',
  summary: `buckets on Google Cloud keep deleted objects for at most ${GOOGLE_SOFT_DELETE.maxDays} days`,
  why: 'beyond soft delete only a flat bucket with object versions does it: checkpoints rename slowly there, and crossing the bound later replaces the bucket',
  source: GOOGLE_SOFT_DELETE.source,
  check(estate, report) {
    const { maxDays } = GOOGLE_SOFT_DELETE;
    for (const { path, store, at } of storesOf(estate)) {
      if (
        store.kind !== 'object' ||
        store.existing !== undefined ||
        at.cloud !== 'google' ||
        store.retainDays <= maxDays
      )
        continue;
      report({
        path: [...path, 'retainDays'],
        value: store.retainDays,
        message: `for more than ${maxDays} days the bucket has to be flat, with object versions instead of soft delete`,
        hint: `write retainDays: ${maxDays}, or acknowledge it before the bucket exists`,
      });
    }
  },
};
