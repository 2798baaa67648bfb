import type { Cloud } from '../catalog';
import { deepFreeze } from '../units';
import type { AccountPlan, PlanData, ShardPlan, SitePlan, StacksPlan } from './types';

/** The plan that data is of. */
export function planFrom(data: PlanData): StacksPlan {
  const { name, tags, clouds, state, needs, byCloud } = deepFreeze(data);
  return {
    name,
    tags,
    clouds,
    state,
    ...(needs && { needs }),
    accounts: <C extends Cloud>(cloud: C): readonly AccountPlan<C>[] => byCloud[cloud].accounts,
    sites: <C extends Cloud>(cloud: C): readonly SitePlan<C>[] => byCloud[cloud].sites,
    shards: <C extends Cloud>(cloud: C): readonly ShardPlan<C>[] => byCloud[cloud].shards,
  };
}
