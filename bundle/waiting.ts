import type { QueuePlan } from '../estate/plan/queue/types';
import type { Plan, ShardPlan } from '../estate/plan/types';
import type { Waiting } from '../estate/plan/volumes/types';
import { storageWaiting } from './parts/storage';

/** Something that the bundle of a cluster leaves out until a stack has told what it is made from. */
export interface ClusterWaiting extends Waiting {
  /** Shard of the cluster. */
  readonly shard: string;
}

/** What bundles leave out until stacks have told what it is made from, by cluster. */
export function bundleWaiting({
  plan,
  queue,
}: {
  readonly plan: Plan;
  readonly queue: QueuePlan;
}): readonly ClusterWaiting[] {
  const shards = plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  return queue.sets.flatMap((set) => {
    const shard = shards.find(({ key }) => key === set.shard);
    return shard === undefined
      ? []
      : storageWaiting({ plan, shard, set }).map((waiting) => ({ shard: shard.key, ...waiting }));
  });
}
