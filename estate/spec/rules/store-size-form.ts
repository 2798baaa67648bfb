import { tierOf } from '../../catalog/lustre';
import { SIZE_KEY_NAMES } from '../store-size';
import { andList } from '../words';
import type { Rule } from './rule';
import { storesOf } from './walk';

/** A file system is sized in exactly one unit. */
export const storeSizeForm: Rule = {
  code: 'StoreSizeForm',
  severity: 'error',
  summary: 'a file system is sized in exactly one unit',
  why: 'two sizes can contradict each other',
  check(estate, report) {
    for (const { path, store, at } of storesOf(estate)) {
      if (store.kind !== 'lustre' || store.existing !== undefined) continue;
      const [first, second] = SIZE_KEY_NAMES.filter((key) => store[key] !== undefined);
      if (first === undefined) {
        const tier = tierOf(at.catalog.lustre, store.throughputMBpsPerTiB ?? 0);
        const smallest = tier && `; the smallest is ${tier.min} ${at.catalog.lustre.unit}`;
        const hint = `write one of ${SIZE_KEY_NAMES.join(', ')}${smallest ?? ''}`;
        report({ path, on: 'key', message: 'the file system has no size', hint });
      } else if (second !== undefined) {
        const message = `the file system is sized more than once, in ${andList([first, second])}`;
        report({ path: [...path, second], on: 'key', message, hint: 'keep one of them' });
      }
    }
  },
};
