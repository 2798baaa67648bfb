import { z } from 'zod';
import { REPLICATION_ENGINES, REPLICATION_MODES } from '../../estate/catalog/replication';
import type { ReplicationRow } from '../../estate/report/replication';
import { amount, cloud, count, objectOf, text, texts } from './parts';

/** What `estate show replication --json` prints: a row for each replication. */
export const replicationRows = z.array(
  objectOf<ReplicationRow>()({
    replication: text('Key of the replication.'),
    from: text('Key of the store that is read.'),
    to: text('Key of the store that is written.'),
    fromCloud: cloud,
    toCloud: cloud,
    engine: z.enum(REPLICATION_ENGINES).describe('What copies.'),
    mode: z.enum(REPLICATION_MODES).describe('When it copies.'),
    everyHours: count('Hours between two runs of a schedule.').optional(),
    prefix: text('Beginning of the names of what is copied.').optional(),
    runsAt: text('Site whose stacks run it, or cluster that it runs in.'),
    leaves: z.enum(['nothing', 'region', 'provider']).describe('What the data leaves on its way.'),
    volumeTiB: amount('What is copied at first, TiB.').optional(),
    dailyTiB: amount('What is added in a day, TiB.').optional(),
    firstHours: amount('Hours that the first copy takes.').optional(),
    firstEgressTiB: amount('What leaves in the first copy, TiB.').optional(),
    dailyHours: amount('Hours that what is added in a day takes.').optional(),
    monthlyEgressTiB: amount('What leaves in a month of 30 days, TiB.').optional(),
    pending: texts('Places in the exchange file that it waits for.'),
  }),
);
