import { z } from 'zod';
import type { Finding, PlannedStack, PlanReport, ShareResult } from '../plan-report';
import { pending } from './exchange';
import { amount, cloud, count, layer, objectOf, text, texts } from './parts';

const finding = objectOf<Finding>()({
  estate: text('Entry of the estate file.').optional(),
  at: text('Where that entry is written: `estate.yaml:12`.').optional(),
  address: text('Terraform address of the resource; empty on AWS, and where the problem is not about a resource.'),
  construct: text('Path of the construct.'),
  text: text('Everything that is known about it.'),
});

const stack = objectOf<PlannedStack>()({
  stack: text('Name of the stack.'),
  cloud,
  layer,
  tool: z.enum(['cdk', 'terraform']).describe('What planned it.'),
  created: count('Resources that are created.'),
  updated: count('Resources that are changed in place.'),
  replaced: count('Resources that are made anew.'),
  destroyed: count('Resources that are destroyed.'),
  seconds: amount('Time that the plan took.'),
  error: text('Everything that stopped the plan; absent when the plan is complete.').optional(),
  findings: z.array(finding).optional().describe('The problems in the error, one by one, where they are known.'),
  waitsFor: texts('Stacks that have to be applied before this one can be planned.').optional(),
  isKnown: z.boolean().optional().describe('True when an earlier run has planned the same, and nothing was done.'),
  assumes: texts('Stacks whose outputs were made up, because a plan without credentials reads them.').optional(),
});

/** What `estate plan --json` prints, with each kind of provider. */
export const planDocument = objectOf<Omit<PlanReport, 'details'>>()({
  ok: z.boolean().describe('Whether every plan is complete.'),
  seconds: amount('How long everything took, the synthesis included.'),
  stacks: z.array(stack).describe('The stacks, in the order in which they are applied.'),
  pending,
});

/** What `estate plan --shard` writes to the file of `--out`. */
export const planShardDocument = objectOf<ShareResult>()({
  version: z.literal(1).describe('Form of the file; another one is not merged.'),
  tool: text('Release of the tool that wrote it.'),
  estate: text('Name of the estate.'),
  plan: text('Hash of everything that stacks are made from: the same estate and lock file have the same one.'),
  shard: z.int().min(1).describe('Which part it is, the first is 1.'),
  of: z.int().min(1).describe('How many parts there are.'),
  seconds: amount('How long everything took, the synthesis included.'),
  stacks: z.array(stack).describe('The stacks of the part, in the order in which they are applied.'),
});
