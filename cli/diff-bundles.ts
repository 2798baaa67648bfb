import { isDeepStrictEqual } from 'node:util';
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
  const { clusterObjects, planBundle }: typeof import('../bundle/bundle') = require('../bundle/bundle');
  const was = planBundle(before.loaded.estate, before.plan);
  const is = planBundle(after.loaded.estate, after.plan);
  return offline.reportedJobs(offline.bundleEdits(clusterObjects(was), clusterObjects(is)), [
    ...offline.queueEdits(
      was.queue,
      is.queue,
      is.software.sets.map(({ shard }) => shard),
    ),
    ...offline.softwareEdits(was.software, is.software),
  ]);
}
