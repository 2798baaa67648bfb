import { z } from 'zod';
import type { LinkLoss } from '../../estate/report/link-loss';
import type { Amounts } from '../../estate/spec/loss';
import type { Simulated } from '../simulate';
import { amount, objectOf, text, texts } from './parts';

const amounts = {
  accelerators: z.record(z.string(), z.int().min(0)).describe('Accelerators in service by their key in the catalog.'),
  megawatts: amount('Power of the facilities; machines without a figure are left out.'),
};

/** What `estate simulate --json` prints. */
export const simulateDocument = objectOf<Simulated>()({
  lose: texts('What is lost, as `--lose` names it.'),
  lost: z
    .strictObject({
      ...amounts,
      stores: texts('Keys of stores that go; none has a second copy elsewhere.'),
      pools: texts('Paths of pools that go.'),
    })
    .describe('What goes.'),
  left: objectOf<Amounts>()(amounts).describe('What is left.'),
  links: objectOf<LinkLoss>()({
    links: texts('Keys of links that go, with an end or the site in their middle.'),
    cut: z
      .array(z.tuple([z.string(), z.string()]).readonly())
      .describe('Pairs of ends that are left and reach each other no longer.'),
  })
    .optional()
    .describe('What goes of links; absent where the estate has none.'),
  broken: z
    .array(
      z.strictObject({
        code: text('Rule of policy.'),
        path: text('Limit that is broken.'),
        message: text('What breaks it.'),
      }),
    )
    .describe('Limits of policy that are broken then, without those that are waived.'),
});
