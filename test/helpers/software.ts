import { join } from 'node:path';
import type { BundleContext } from '../../bundle/types';
import { readLock } from '../../cli/app';
import { CLOUDS } from '../../estate/catalog';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import { resolve } from '../../estate/plan/resolve';
import { planSoftware } from '../../estate/plan/software/plan-software';
import type { ShardPlan } from '../../estate/plan/types';
import { loadEstate } from '../../estate/spec/load';

const EXAMPLES = join(__dirname, '../../examples');

/** What the objects of each cluster of an example are made from, in the order of clouds and shards. */
export function contextsOf(example: string): readonly BundleContext[] {
  const file = join(EXAMPLES, example);
  const { estate } = loadEstate(file);
  const plan = resolve(estate, readLock(file), { estate: file, lock: file });
  const queue = planQueue(estate, plan);
  const { sets } = planSoftware(estate, plan, queue);
  return CLOUDS.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud)).flatMap((shard) => {
    const set = queue.sets.find((one) => one.shard === shard.key);
    const software = sets.find((one) => one.shard === shard.key);
    return set === undefined || software === undefined ? [] : [{ plan, shard, queue, set, software }];
  });
}
