import { CLOUDS } from '../catalog';
import type { ShardPlan, StacksPlan } from './types';

/** The shards of all clouds, in the order of the catalog, those of one cloud by their keys. */
export function allShards(plan: Pick<StacksPlan, 'shards'>): readonly ShardPlan[] {
  return CLOUDS.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
}
