import { isDeepStrictEqual } from 'node:util';
import type { BundlePlans } from '../bundle/bundle';
import type { ReportedJobs } from '../diff';
import type { ResolvedEstate } from './app';

/** What of an estate decides what lies in clusters besides its plan. */
const DECIDES = ['queue', 'software', 'clusters'] as const;

/**
 * Compares what two estates want in their clusters, and says what that does to jobs; undefined where it is the same.
 *
 * @param isPlanned whether stacks of any cloud change
 */
export function compareBundles(
  before: ResolvedEstate,
  after: ResolvedEstate,
  isPlanned: boolean,
): ReportedJobs | undefined {
  const isSame = DECIDES.every((key) => isDeepStrictEqual(before.loaded.estate[key], after.loaded.estate[key]));
  if (isSame && !isPlanned) return undefined;
  const offline: typeof import('../diff') = require('../diff');
  const { clusterObjects }: typeof import('../bundle/bundle') = require('../bundle/bundle');
  const [was, is] = [plansOf(before), plansOf(after)];
  return offline.reportedJobs(offline.bundleEdits(clusterObjects(was), clusterObjects(is)), [
    ...offline.queueEdits(
      was.queue,
      is.queue,
      is.software.sets.map(({ shard }) => shard),
    ),
    ...offline.softwareEdits(was.software, is.software),
  ]);
}

function plansOf({ loaded: { estate }, plan }: ResolvedEstate): BundlePlans {
  const { planQueue }: typeof import('../estate/plan/queue/plan-queue') = require('../estate/plan/queue/plan-queue');
  const software: typeof import('../estate/plan/software/plan-software') = require('../estate/plan/software/plan-software');
  const queue = planQueue(estate, plan);
  return { plan, queue, software: software.planSoftware(estate, plan, queue) };
}
