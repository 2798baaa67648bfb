import { z } from 'zod';
import type { Sourced } from '../../estate/catalog';
import { POOL_CHAPTERS } from '../../estate/catalog/pool-steps';
import { type AccountOrder, type FirstApply, PHASES, type Step } from '../../estate/report/first-apply/types';
import type { Runbook } from '../../estate/report/runbooks/types';
import { cloud, layer, objectOf, text, texts } from './parts';

const source = objectOf<Sourced>()({
  source: text('Where it is said.'),
  checked: text('Month in which that was read, YYYY-MM.'),
  unverified: text('What of it could not be verified.').optional(),
});

const said = {
  step: text('Stable name of the step; `deploy` applies a stack.'),
  title: text('What to do.'),
  why: text('Why, or what goes wrong without it.').optional(),
  from: text('From where it is done; anywhere where it is not there.').optional(),
  run: texts('Commands that do it, in their order; what stands behind `   # ` is said of them.'),
  see: texts('Commands that show that it is done.'),
  done: text('How to know that it is done.').optional(),
  sources: z.array(source).describe('Where that is said.'),
};

const step = objectOf<Step>()(said);

const ordered = z.strictObject({
  ...said,
  phase: z.enum(PHASES).describe('Part of the order: before stacks, stacks, the first look at clusters, what is left.'),
  stack: text('Name of the stack that it applies.').optional(),
  layer: layer.optional(),
  after: texts('Stacks that have to be there before that one.').optional(),
  reach: texts('What that stack reaches while it is applied, and from where.').optional(),
  again: texts('Why it may stop the first time, and what then.').optional(),
});

/** Steps of pools have those of a first apply among them. */
const chapterStep = ordered.omit({ phase: true });

const account = objectOf<Omit<AccountOrder, 'steps'>>()({
  cloud,
  account: text('Key of the account.'),
  id: text('What its cloud calls it.'),
});

/** What `estate runbook first-apply --json` prints. */
export const firstApplyDocument = objectOf<Omit<FirstApply, 'accounts'>>()({
  estate: text('Name of the estate.'),
  before: z.array(step).describe('Steps before those of any account.'),
  after: z.array(step).describe('Steps when all accounts are done: what other runbooks say.'),
}).extend({
  accounts: z
    .array(account.extend({ steps: z.array(ordered).describe('Its steps, in their order.') }))
    .describe('Accounts, none of which waits for another one.'),
});

/** What `estate runbook CLUSTER.POOL --json` and `estate runbook queue --json` print. */
export const runbookDocument = objectOf<Omit<Runbook, 'clusters'>>()({
  title: text('What it is of.'),
}).extend({
  clusters: z
    .array(
      z.strictObject({
        cluster: text('Shard, which is also the context of kubectl.'),
        facts: z.array(z.tuple([text('Name.'), text('Value.')])).describe('What it is about.'),
        chapters: z
          .array(
            z.strictObject({
              chapter: z.enum([...POOL_CHAPTERS, 'manager']).describe('Part of the runbook.'),
              title: text('What it is called.'),
              steps: z.array(chapterStep).describe('Its steps, in their order.'),
            }),
          )
          .describe('Its parts, in their order.'),
      }),
    )
    .describe('Clusters that have a part of the pool, or workers of the queue.'),
});
