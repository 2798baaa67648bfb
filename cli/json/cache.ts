import { z } from 'zod';
import type { CacheReport } from '../cache-command';
import { count, objectOf, text } from './parts';

/** What `estate cache --json` prints. */
export const cacheDocument = objectOf<CacheReport>()({
  folder: text('Where it lies.'),
  cleared: z.boolean().describe('Whether what was there was removed.'),
  entries: count('Entries that are kept, or that were removed.'),
  bytes: count('Their size.'),
});
