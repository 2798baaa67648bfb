import { join } from 'node:path';
import { bundleOf, planBundle } from '../../bundle/bundle';
import type { Bundle } from '../../bundle/types';
import { resolveEstate } from '../../cli/app';
import type { QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import type { SoftwarePlan } from '../../estate/plan/software/types';
import type { Plan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import type { Estate } from '../../estate/spec/schema';

/** The example whose queue spans four clouds. */
export const QUEUE_EXAMPLE = join(__dirname, '..', '..', 'examples', 'queue.yaml');

/** An estate with everything of its queue. */
export interface TriedEstate {
  readonly estate: Estate;
  readonly plan: Plan;
  readonly queue: QueuePlan;
  readonly software: SoftwarePlan;
  readonly bundle: Bundle;
}

/** Reads an estate and makes its bundle, as the command line does. */
export function readTried(file: string = QUEUE_EXAMPLE): TriedEstate {
  const { loaded, plan } = resolveEstate(file);
  return triedOf(loaded.estate, plan);
}

/** The queue, the software and the bundle of a plan. */
export function triedOf(estate: Estate, plan: Plan): TriedEstate {
  const plans = planBundle(estate, plan);
  return { estate, ...plans, bundle: bundleOf(plans, { gitops: 'none' }) };
}

/** What of the queue lies in a cluster. */
export function setOf({ queue }: Pick<TriedEstate, 'queue'>, shard: string): QueueSet {
  const found = queue.sets.find((set) => set.shard === shard);
  if (found === undefined) throw new Error(`the queue has nothing in ${shard}`);
  return found;
}

/** Pools of a shard by their keys. */
export function poolsOf(plan: Plan, shard: string): ReadonlyMap<string, PoolPlan> {
  const shards = plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  return new Map(shards.find(({ key }) => key === shard)?.pools.map((pool) => [pool.key, pool]) ?? []);
}
