import { z } from 'zod';
import type { BundleReport } from '../bundle';
import { count, objectOf, text, texts } from './parts';

/** What `estate bundle --json` prints. */
export const bundleDocument = objectOf<BundleReport>()({
  ok: z.literal(true).describe('The folder holds the bundle; what stops it is told on stderr.'),
  out: text('The folder, as it was named.'),
  files: count('Files that the bundle has, with its lock.'),
  created: texts('Files that were not there, sorted; paths in the folder.'),
  changed: texts('Files that had another text, sorted.'),
  removed: texts('Files of an earlier bundle that this one does not have, sorted.'),
});
