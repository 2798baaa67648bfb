import { z } from 'zod';
import type { ReplacedEntry } from '../../estate/plan/links/exchange-merge';
import type { PendingGrantRow, PendingReplicationRow, PendingReport, PendingRow } from '../../estate/report/pending';
import { LINK_KINDS } from '../../estate/spec/schema-links';
import type { ImportReport } from '../exchange';
import type { ShownExchange, ShownLink, ShownSide } from '../exchange-show';
import { count, objectOf, text, texts } from './parts';

const waiting = objectOf<PendingRow>()({
  link: text('Key of the link.'),
  site: text('Key of the site.'),
  stack: text('Stack that it will have.'),
  missing: texts('Places in the exchange file that have nothing yet.'),
  from: texts('Stacks that tell it once they are applied.'),
});

const waitingGrant = objectOf<PendingGrantRow>()({
  grant: text('Key of the grant.'),
  shard: text('Shard of its cluster.'),
  stack: text('Stack that lets it in.'),
  missing: texts('Places in the exchange file that have nothing yet.'),
  from: texts('Stacks that tell it once they are applied.'),
});

const waitingReplication = objectOf<PendingReplicationRow>()({
  replication: text('Key of the replication.'),
  store: text('Store that is copied.'),
  into: text('Store that it is copied into.'),
  missing: texts('Places in the exchange file that have nothing yet.'),
  from: texts('Stacks that tell it once they are applied.'),
});

/** What links, grants and replications wait for. */
export const pending = objectOf<PendingReport>()({
  halves: z.array(waiting).describe('Halves of links that are left out of the output until something is told.'),
  incomplete: z
    .array(waiting)
    .optional()
    .describe('Halves that are made, and carry nothing until they are applied again; absent where there is none.'),
  grants: z
    .array(waitingGrant)
    .optional()
    .describe('Grants that let nobody in until something is told; absent where none waits.'),
  replications: z
    .array(waitingReplication)
    .optional()
    .describe('Replications that do not copy until something is told; absent where none waits.'),
  next: texts('Commands that come next, in their order.'),
})
  .optional()
  .describe('What links, grants and replications wait for; absent where nothing waits.');

const reason = z.strictObject({ path: text('Its place in the exchange file.'), why: text('Why there is no place.') });

/** What `estate exchange import --json` prints. */
export const importDocument = objectOf<ImportReport>()({
  file: text('The exchange file.'),
  written: z.boolean().describe('Whether the file was written: an import that changes nothing writes nothing.'),
  added: texts('Places that had nothing before.'),
  replaced: z
    .array(
      objectOf<ReplacedEntry>()({
        path: text('Its place in the exchange file.'),
        from: text('What was there.'),
        to: text('What is there now.'),
        again: texts('Stacks made from it, which have to be applied again.'),
      }),
    )
    .describe('Places that had something else.'),
  unchanged: count('Places that have what they had.'),
  ignored: z.array(reason).describe('What was told and the estate has no place for.'),
  pruned: texts('Places that were removed, since the estate has no place for them any more.'),
  apply: texts('Commands that apply what can be applied now, or has to be again.'),
  again: texts('Those of them that apply something again, since what it is made from is known now, or is another one.'),
  pending,
});

const side = objectOf<ShownSide>()({
  site: text('Key of the site; name of the place of the company.'),
  state: z
    .enum(['ready', 'incomplete', 'waits', 'none'])
    .describe('Whether its half can be applied, has to be again for what is to come, waits, or is none of its own.'),
  stack: text('Stack of its half.').optional(),
  told: z
    .array(z.strictObject({ path: text('Place in the exchange file.'), value: text('What is there.') }))
    .describe('What it has told.'),
  missing: texts('Places in the exchange file that its half waits for.'),
  completes: texts('Places in the exchange file that its half is applied again for.'),
  engineersWaitFor: text(
    'Stack that tells the public addresses that the engineers of the company wait for; of their end only.',
  ).optional(),
});

const link = objectOf<ShownLink>()({
  link: text('Key of the link.'),
  kind: z.enum(LINK_KINDS).describe('What it is made of.'),
  sides: z.array(side).describe('Both its ends.'),
});

/** What `estate exchange show --json` prints. */
export const exchangeDocument = objectOf<ShownExchange>()({
  file: text('The exchange file.'),
  estate: text('First name of the estate.'),
  entries: count('Values in the file; 0 where it does not exist.'),
  links: z.array(link).describe('Every link, with what is known of it.'),
  stale: z.array(reason).describe('What the file says and the estate has no place for.'),
  pending,
});
