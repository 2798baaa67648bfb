import { z } from 'zod';
import { STORE_STATES, type StoreRow } from '../../estate/report/stores';
import type { BYTES } from '../../estate/units';
import { amount, cloud, count, objectOf, text, texts } from './parts';

/** What `estate show stores --json` prints: a row for each store. */
export const storeRows = z.array(
  objectOf<StoreRow>()({
    store: text('Key of the store.'),
    cloud,
    site: text('Key of the site.'),
    kind: z.enum(['lustre', 'object']).describe('What it is: a file system or an object store.'),
    state: z
      .enum(STORE_STATES)
      .describe('Whether a stack makes it, it exists already, or it left the estate file and is kept.'),
    name: text('What its cloud knows it by, where that is known; else what the names of its resources begin with.'),
    stack: text('Stack that holds it.').optional(),
    zone: text('Zone of a file system.').optional(),
    size: amount('Size of a file system, as its provider counts it.').optional(),
    unit: z
      .enum(['GB', 'TB', 'GiB', 'TiB'] satisfies readonly (keyof typeof BYTES)[])
      .optional()
      .describe('Unit of the size.'),
    sizeTiB: amount('The same in TiB, to a hundredth.').optional(),
    throughputMBps: amount('Throughput that its tier has for its size, MB/s.').optional(),
    retainDays: count('Days for which deleted objects can be restored.').optional(),
    residency: texts('Countries and areas that its data may not leave; none where nothing is said.'),
    claim: text('Name of the claim by which pods mount it.').optional(),
    mountedBy: texts('Keys of the clusters that mount it.'),
    grants: texts('Keys of the grants that let other workloads in.'),
  }),
);
