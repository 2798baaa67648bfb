import { z } from 'zod';
import type { Cause, EstateEdit, Loss, OutputChange, Shrinkage } from '../../diff';
import { QUEUE_EDITS } from '../../diff/facts/queue';
import type { PortfolioChange } from '../../estate/report/what-if';
import { diagnostic } from './checks';
import { amount, cloud, count, layer, mark, objectOf, text, texts } from './parts';

const address = text('Terraform address, or logical id in the CloudFormation template.');
const attributes = texts('Dotted paths of the attributes that change.');

const cause = objectOf<Cause>()({
  path: text('Dotted path of the attribute.'),
  of: text('Address of the changed resource that the attribute reads.').optional(),
  through: text('Data source that lies between them.').optional(),
  certain: z.boolean().describe('False where only the provider can tell.'),
});

const shrinkage = objectOf<Shrinkage>()({
  path: text('Dotted path of the attribute that holds the number.'),
  unit: z.enum(['nodes', 'TiB', 'days']).describe('What it counts.'),
  before: amount('The number before.'),
  after: amount('The number after.'),
  note: text('What more there is to know.').optional(),
});

const resource = z.strictObject({
  address,
  type: text('Type of the resource.'),
  construct: text('Path of the construct below the stack.'),
  estate: text('Entry of the estate file that it belongs to.'),
  action: z
    .enum(['created', 'updated', 'replaced', 'destroyed', 'kept'])
    .describe('What becomes of it; `kept` leaves the estate but goes on existing.'),
  protected: mark('It is guarded, and lost.'),
  accepted: z.boolean().optional().describe('Whether its loss was accepted; where it is protected.'),
  retained: mark('It leaves the stack but goes on existing.'),
  tagsOnly: mark('Nothing but tags changes.'),
  because: z.array(cause).optional().describe('Why it is replaced.'),
  shrunk: z.array(shrinkage).optional().describe('Numbers that get smaller while it stays.'),
  notes: texts('What else to know.').optional(),
  accelerators: count('Accelerators that live in it.'),
  storedTiB: amount('Files that live in it.'),
});

const update = z.strictObject({
  address,
  attributes,
  refused: texts('Those of them that the service refuses to change.').optional(),
  rolled: texts('Those of them whose change makes the provider replace nodes one after another.').optional(),
  newNodesOnly: texts('Those of them whose change reaches new nodes only.').optional(),
  reread: texts('Those of them that are only read again: what they say may well stay.').optional(),
});

const output = objectOf<Omit<OutputChange, 'staying'>>()({
  name: text('Name of the output.'),
  change: z.enum(['added', 'changed', 'removed']).describe('What becomes of it.'),
  readers: texts('Stacks before the edit that read it.'),
});

const stack = z.strictObject({
  stack: text('Name of the stack.'),
  cloud,
  layer,
  created: texts('Addresses of what is created.'),
  updated: z.array(update).describe('What is changed in place.'),
  replaced: z
    .array(z.strictObject({ address, because: texts('Paths of the attributes that replace it.') }))
    .describe('What is made anew.'),
  destroyed: texts('Addresses of what is destroyed.'),
  kept: texts('Addresses of what leaves the estate but goes on existing.').optional(),
  left: mark('The edit leaves the whole stack out: nothing that is deployed then touches it.'),
  outputs: z.array(output).optional().describe('What becomes of its outputs.'),
  resources: z.array(resource).describe('All of them, with what they mean for the estate.'),
});

const refusal = z.strictObject({
  address: text('Address of the resource, or name of the stack.'),
  who: text('Who refuses.'),
  why: text('Why.'),
  way: text('The steps that work.'),
  stack: text('Name of the stack.'),
  estate: text('Entry of the estate file.'),
  attributes: texts('Dotted paths of the attributes that it refuses to change.'),
  source: text('Where it is said.'),
  unlessEmpty: mark('It refuses only what has nodes: who accepts the change of the entry says that it has none.'),
});

/** What `estate diff --json` prints. */
export const diffDocument = z.strictObject({
  ok: z.boolean().describe('Whether nothing is refused, and every loss of something protected was accepted.'),
  edits: z
    .array(objectOf<EstateEdit>()({ path: text('Path of the entry.'), change: text('What is different.') }))
    .describe('What the estates say differently; empty where two output folders are compared.'),
  portfolio: z
    .array(
      objectOf<PortfolioChange>()({
        what: text(
          'What is counted: accelerators, power, spend a day, shares of clouds, draw-down, what losses leave.',
        ),
        before: text('What it was; empty where there was none.'),
        after: text('What it is; empty where there is none.'),
      }),
    )
    .optional()
    .describe(
      'What the edit does to numbers of the whole estate; absent where it does nothing to them, or two output folders are compared.',
    ),
  stacks: z.array(stack).describe('Stacks with changes.'),
  unchanged: count('Stacks without any.'),
  protected: texts('Addresses of protected resources that are lost or made smaller.'),
  lost: z
    .array(
      objectOf<Omit<Loss, 'holdings'>>()({
        path: text('Entry of the estate file.'),
        nodes: count('Nodes that go.'),
        accelerators: count('Accelerators that go.'),
        tebibytes: amount('Files that go, in TiB.'),
        days: count('Days for which deleted data was kept and is no longer.'),
        protected: z.boolean().describe('Whether something protected is among it.'),
      }),
    )
    .describe('What the edit takes away.'),
  cut: z
    .array(
      z.strictObject({
        path: text('Path of the link.'),
        whole: z.boolean().describe('Whether nothing of it is left, or fewer paths are.'),
        until: text('Until when, as the rest of a sentence.'),
      }),
    )
    .optional()
    .describe('Links whose gateways, connections, tunnels, circuits or peerings are replaced or destroyed.'),
  bundle: z
    .array(
      z.strictObject({
        cluster: text('Shard.'),
        added: count('Objects that it gets.'),
        changed: count('Objects that are other ones.'),
        removed: count('Objects that it has no longer.'),
      }),
    )
    .optional()
    .describe('Clusters whose objects change, of what `estate bundle` writes; absent where none does.'),
  jobs: z
    .array(
      z.strictObject({
        edit: z.enum(QUEUE_EDITS).describe('What kind of edit it is.'),
        cluster: text('Shard; empty where it is every one.'),
        what: text('What it is about.'),
        does: text('What happens to queues and jobs.'),
        way: text('What to do before, or instead.').optional(),
        run: z.array(text('Command.')).optional().describe('What to run for that; absent where there is no command.'),
        measured: text('What it was tried with.').optional(),
        source: text('Where it is said.'),
      }),
    )
    .optional()
    .describe('What the edit does to queues and running jobs; absent where it does nothing.'),
  givenUp: z
    .array(
      z.strictObject({
        path: text('Key in the lock file.'),
        what: text('What it is.'),
        accepted: z.boolean().describe('Whether that was accepted.'),
      }),
    )
    .optional()
    .describe('What had left the estate file before, was kept, and is not any more.'),
  readdressed: z
    .array(
      z.strictObject({
        stack: text('Name of the stack.'),
        from: text('Address that it has in the state, or logical id in the stack.'),
        to: text('Address that it has from now on.'),
      }),
    )
    .optional()
    .describe('Resources that get another address and stay as they are; of Terraform by themselves.'),
  releases: z
    .array(
      z.strictObject({
        provider: text('Name of the Terraform provider.'),
        before: text('Release that was pinned.'),
        after: text('Release that is pinned.'),
        stacks: texts('Stacks that pin it.'),
      }),
    )
    .optional()
    .describe('Terraform providers that stacks pin in another release than before.'),
  refused: z.array(refusal).describe('What is refused when it is applied.'),
  order: texts('Commands in the order that works; empty where the usual order does.'),
  diagnostics: z.array(diagnostic).optional().describe('Why there is no answer: one of the estates is invalid.'),
});
