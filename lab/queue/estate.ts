import { join } from 'node:path';
import { bundleOf } from '../../bundle/bundle';
import type { Bundle } from '../../bundle/types';
import { resolveEstate } from '../../cli/app';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import type { QueuePlan, QueueSet } from '../../estate/plan/queue/types';
import { planSoftware } from '../../estate/plan/software/plan-software';
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
  const queue = planQueue(estate, plan);
  const software = planSoftware(estate, plan, queue);
  return { estate, plan, queue, software, bundle: bundleOf({ plan, queue, software }, { gitops: 'none' }) };
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
