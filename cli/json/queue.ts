import { z } from 'zod';
import type { LargestJob } from '../../estate/plan/queue/largest';
import type { QueueCommonRow, QueueLossRow, QueueReport, QueueShareRow } from '../../estate/report/queue';
import { count, objectOf, text, texts } from './parts';

const UNITS = 'accelerators, of pools without any cores';
const place = {
  accelerator: text('Accelerator key, or cpu.'),
  cluster: text('Kubernetes cluster of the pool.'),
  pool: text('Key of the pool.'),
};

/** What `estate show queue --json` prints. */
export const queueDocument = objectOf<QueueReport>()({
  manager: z
    .string()
    .nullable()
    .describe('Kubernetes cluster that holds the one queue over all others; null where each has its own.'),
  fairSharing: z.boolean().describe('Whether who borrows least beside its weight goes first.'),
  rows: z
    .array(
      objectOf<QueueShareRow>()({
        kind: z.enum(['team', 'service']).describe('What has it.'),
        owner: text('Key of the team or of the service.'),
        ...place,
        nodes: count('Nodes that are its own.'),
        own: count(`What is its own: ${UNITS}.`),
        floor: count(`What of it is never lent: ${UNITS}.`),
        most: count(`Most that it can have while others use nothing above their floors: ${UNITS}.`),
      }),
    )
    .describe('Who has what, by pool.'),
  common: z
    .array(
      objectOf<QueueCommonRow>()({
        ...place,
        nodes: count('Nodes in service.'),
        all: count(`All of the pool: ${UNITS}.`),
        common: count(`What is nobody's own and for all to borrow: ${UNITS}.`),
      }),
    )
    .describe('What is for all to borrow, by pool.'),
  largest: z
    .array(
      objectOf<LargestJob>()({
        flavor: text('Name of the flavor.'),
        shard: text('Kubernetes cluster of the pool.'),
        pool: text('Key of the pool.'),
        accelerator: text('Accelerator key, or cpu.'),
        level: text('What the level is called; all for the pool as a whole.'),
        label: text('Label that a job asks for the level by; absent for the pool as a whole.').optional(),
        nodes: count('Nodes of the largest job; absent where only the nodes that are there tell.').optional(),
        accelerators: count('Accelerators of it; absent for pools without any.').optional(),
      }),
    )
    .describe('The largest job in one place of each level, by flavor.'),
  losses: z
    .array(
      objectOf<QueueLossRow>()({
        lost: texts('Kubernetes clusters that are lost together.'),
        owner: text('Key of the team or of the service.'),
        accelerator: text('Accelerator key, or cpu.'),
        own: count(`What is its own: ${UNITS}.`),
        left: count(`What of it is left: ${UNITS}.`),
        most: count(`Most that it can have then: ${UNITS}.`),
      }),
    )
    .describe('What the loss of each cluster changes, or of those that are asked for together.'),
  lose: texts('Kubernetes clusters that are lost, as `--lose` names them.'),
});
