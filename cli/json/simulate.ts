import { z } from 'zod';
import type { Amounts, Loss } from '../../estate/spec/loss';
import { amount, objectOf, text, texts } from './parts';

const amounts = {
  accelerators: z.record(z.string(), z.int().min(0)).describe('Accelerators in service by their key in the catalog.'),
  megawatts: amount('Power of the facilities; machines without a figure are left out.'),
};

/** What `estate simulate --json` prints. */
export const simulateDocument = objectOf<Loss>()({
  lose: texts('What is lost, as `--lose` names it.'),
  lost: z
    .strictObject({
      ...amounts,
      stores: texts('Keys of stores that go; none has a second copy elsewhere.'),
      pools: texts('Paths of pools that go.'),
    })
    .describe('What goes.'),
  left: objectOf<Amounts>()(amounts).describe('What is left.'),
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
