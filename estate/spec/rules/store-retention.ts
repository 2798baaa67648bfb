import { GOOGLE_SOFT_DELETE } from '../../catalog/google';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** Object stores keep deleted objects for a time that their cloud allows. */
export const storeRetention: Rule = {
  code: 'StoreRetention',
  severity: 'error',
  summary: 'object stores keep deleted objects for a time that their cloud allows',
  why: 'the provider refuses other times only when the bucket is created',
  source: GOOGLE_SOFT_DELETE.source,
  check(estate, report) {
    const { minDays, maxDays } = GOOGLE_SOFT_DELETE;
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind !== 'object' || at.cloud !== 'google') continue;
      const { retainDays } = store;
      if (retainDays === 0 || (retainDays >= minDays && retainDays <= maxDays)) continue;
      const message = `Google Cloud keeps deleted objects for 0 or for ${minDays} to ${maxDays} days, not for ${retainDays}`;
      const hint = `the nearest: retainDays: ${retainDays < minDays ? `0 or retainDays: ${minDays}` : maxDays}`;
      report({ path: [...path, 'retainDays'], value: retainDays, message, hint });
    }
  },
};
