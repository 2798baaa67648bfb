import type { Cloud, Sourced } from '../../catalog';
import { GOOGLE_SOFT_DELETE } from '../../catalog/google';
import { nearestOf } from '../steps';
import { orList } from '../words';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** Days for which a cloud keeps deleted objects, besides not at all. */
interface Retention extends Sourced {
  readonly minDays: number;
  readonly maxDays?: number;
}

/** Clouds that do not take any number of days. On Google Cloud a flat bucket takes over above the longest soft delete. */
const RETENTION: { readonly [C in Cloud]?: Retention } = {
  azure: {
    minDays: 1,
    maxDays: 365,
    source: 'https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview',
    checked: '2026-11',
  },
  google: { ...GOOGLE_SOFT_DELETE, maxDays: undefined },
};

/** Object stores keep deleted objects for a time that their cloud allows. */
export const storeRetention: Rule = {
  code: 'StoreRetention',
  severity: 'error',
  summary: 'object stores keep deleted objects for a time that their cloud allows',
  why: 'the provider refuses other times only when the bucket is created',
  source: GOOGLE_SOFT_DELETE.source,
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      const limit = RETENTION[at.cloud];
      if (store.kind !== 'object' || store.existing !== undefined || limit === undefined || store.retainDays === 0)
        continue;
      const { minDays, maxDays = Number.POSITIVE_INFINITY, source } = limit;
      const { retainDays } = store;
      if (retainDays >= minDays && retainDays <= maxDays) continue;
      const range = Number.isFinite(maxDays) ? `${minDays} to ${maxDays} days` : `${minDays} days or more`;
      const nearest = nearestOf(retainDays, [0, minDays, maxDays].filter(Number.isFinite));
      report({
        path: [...path, 'retainDays'],
        value: retainDays,
        message: `${at.catalog.title} keeps deleted objects for 0 or for ${range}, not for ${retainDays}`,
        hint: `the nearest: retainDays: ${orList(nearest)} (${source})`,
      });
    }
  },
};
