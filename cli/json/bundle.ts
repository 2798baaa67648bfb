import { z } from 'zod';
import { GITOPS } from '../../bundle/types';
import type { TellingLayer, WaitingReport, WaitingRow } from '../../estate/report/waiting';
import type { BundleReport } from '../bundle';
import { count, layer, objectOf, text, texts } from './parts';

const waiting = objectOf<WaitingRow>()({
  cluster: text('Shard of its cluster.'),
  kind: text('Kind of the object.'),
  name: text('Its name.'),
  namespace: text('Its namespace.').optional(),
  missing: texts('Places in the exchange file, or keys of the estate file, that have nothing yet.'),
  from: texts('Stacks that tell it once they are applied, or the estate file.'),
});

/** What `estate bundle --json` prints. */
export const bundleDocument = objectOf<BundleReport>()({
  ok: z.literal(true).describe('The folder holds the bundle; what stops it is told on stderr.'),
  out: text('The folder, as it was named.'),
  gitops: z.enum(GITOPS).describe('Tool that it is for.'),
  path: text('Folder that it is in its repository, with . for the top; absent where nothing in it says so.').optional(),
  repository: text('Repository that it is read from, where it is not that of the tool.').optional(),
  branch: text('Branch that is applied, where it is not that of the tool.').optional(),
  switchedFrom: z
    .enum(GITOPS)
    .optional()
    .describe('Tool that the folder was for until now; absent where it is the same, or there was none.'),
  notes: texts('What was chosen without being named, as sentences; absent where nothing was.').optional(),
  files: count('Files that the bundle has, with its lock.'),
  created: texts('Files that were not there, sorted; paths in the folder.'),
  changed: texts('Files that had another text, sorted.'),
  removed: texts('Files of an earlier bundle that this one does not have, sorted.'),
  pending: objectOf<WaitingReport>()({
    objects: z.array(waiting).describe('Objects that are left out until what they are made from is told.'),
    layers: z
      .array(
        objectOf<TellingLayer>()({
          layer,
          stacks: texts('Names of stacks.'),
        }),
      )
      .describe('Stacks that tell it, by layer, in the order in which they are applied.'),
    next: texts('Commands that come next, in their order.'),
  })
    .optional()
    .describe('What the bundle waits for; absent where it waits for nothing.'),
});
