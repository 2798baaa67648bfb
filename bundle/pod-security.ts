import { POD_SECURITY } from '../estate/catalog/pods';
import { traitsOf } from '../estate/catalog/software';
import type { ShardPlan } from '../estate/plan/types';
import type { BundleContext } from './types';

/** Level of pod security of the namespaces of a cluster. */
export type NamespaceLevel = (typeof POD_SECURITY)[keyof typeof POD_SECURITY]['level'];

/** The level that all jobs of a cluster pass; on the manager it is that of its workers, since pods are made there first. */
export function namespaceLevel({ shard, set, plan, queue }: Omit<BundleContext, 'software'>): NamespaceLevel {
  const shards =
    set.role === 'manager' ? plan.clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud)) : [shard];
  const queued = new Set(queue.sets.map((each) => each.shard));
  const levels = shards.filter(({ key }) => queued.has(key)).map(levelOf);
  return levels.includes('privileged') ? 'privileged' : 'baseline';
}

function levelOf({ cloud, pools }: ShardPlan): NamespaceLevel {
  return pools.some(({ machine }) => traitsOf(machine).network !== 'none') ? POD_SECURITY[cloud].level : 'baseline';
}
