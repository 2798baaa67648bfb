import { z } from 'zod';
import type { Completion } from '../../bundle/job/complete';
import type { ClusterReport, JobReport, JobsReport, ReasonReport } from '../../bundle/job/report';
import { OUTCOMES, type Placed, type Placement } from '../../bundle/job/types';
import { diagnostic } from './checks';
import { count, objectOf, place, text } from './parts';

const outcome = z
  .enum(OUTCOMES)
  .describe(
    'admitted: it starts; depends: on what only the cloud knows; hangs: admitted, and pods never run; never: it waits for ever; refused: by a webhook.',
  );

const reason = objectOf<ReasonReport>()({
  code: text('Stable name of the reason.'),
  says: text('What Kueue says, in its own words; empty where it says nothing.'),
  means: text('What that means.'),
  instead: text('What to write instead.').optional(),
  worker: text('Worker that it is about, by the key of its shard, where workers differ.').optional(),
  at: place.optional(),
});

const placed = objectOf<Placed>()({
  group: text('Group of the pool, such as a rack.'),
  pods: count('Pods in it.'),
  nodes: count('Nodes that they are on.'),
});

const placement = objectOf<Placement>()({
  podSet: text('Name of the pods that are alike.'),
  pods: count('How many they are.'),
  flavor: text('Flavor of the queue.'),
  pool: text('Key of the pool.'),
  cluster: text('Key of the cluster.'),
  groups: z.array(placed).describe('Where they lie, on an estate that is otherwise empty.').optional(),
});

const cluster = objectOf<ClusterReport>()({
  shard: text('Cluster, by the key of its shard.'),
  manager: text('Cluster whose queue sends it there.').optional(),
  outcome,
  clusterQueue: text('Queue that takes it.').optional(),
  placements: z.array(placement).describe('Where its pods go.'),
  reasons: z.array(reason).describe('Why it does not start there.'),
  notes: z.array(reason).describe('What it needs there that the estate does not bring; the outcome is the same.'),
});

const completion = objectOf<Completion>()({
  path: z.array(z.union([z.string(), z.number()])).describe('Where it is added.'),
  value: text('What is added.'),
  why: text('Why.'),
});

const job = objectOf<JobReport>()({
  at: place,
  kind: text('Kind of the job.'),
  name: text('Its name.'),
  namespace: text('Its namespace.'),
  queue: text('Queue that it names.').optional(),
  outcome,
  copies: count('Workloads that it makes, each of which is queued by itself; placements are those of the first.'),
  clusters: z.array(cluster).describe('Clusters that it can be given to, best first.'),
  reasons: z.array(reason).describe('Why it starts nowhere.'),
  notes: z.array(reason).describe('What it needs wherever it runs; the outcome is the same.'),
  completions: z.array(completion).describe('What the command adds to it without --check.'),
});

/** What `estate job --json` prints. */
export const jobDocument = objectOf<JobsReport>()({
  ok: z.boolean().describe('Whether every job starts, and nothing is wrong with the file.'),
  jobs: z.array(job).describe('Its jobs.'),
  diagnostics: z.array(diagnostic).describe('What is wrong with the file.'),
});
