import { heldBack, totalOf } from './check-sums';
import type { CheckPlan, ClusterQueuePlan, FlavorQuotas, QueuePlan, QueueSet } from './types';

/**
 * The queue without some shards: their own sets go, and with them what the manager gives out of them. Quotas of a flavor hang
 * on its own nodes only, so that what is left stays as it is. Without the manager no job starts, and those that run go on.
 */
export function afterLoss(queue: QueuePlan, shards: readonly string[]): QueuePlan {
  const { manager, ...rest } = queue;
  const isLeft = manager !== undefined && !shards.includes(manager);
  const sets = queue.sets.filter(({ shard }) => !shards.includes(shard));
  return {
    ...(isLeft && { manager }),
    ...rest,
    sets: sets.map((set) => (set.role === 'manager' ? withoutShards(set, shards) : set)),
  };
}

function withoutShards(set: QueueSet, shards: readonly string[]): QueueSet {
  const flavors = set.flavors.filter(({ shard }) => !shards.includes(shard));
  const names = new Set(flavors.map(({ name }) => name));
  const left = (quotas: readonly FlavorQuotas[]) => quotas.filter(({ flavor }) => names.has(flavor));
  const queues = set.queues
    .map((queue): ClusterQueuePlan => ({ ...queue, flavors: left(queue.flavors) }))
    .filter((queue) => queue.flavors.length > 0);
  const kept = new Set(queues.map(({ name }) => name));
  const topologies = new Set(flavors.flatMap(({ topology }) => topology ?? []));
  const localQueues = set.localQueues.filter(({ clusterQueue }) => kept.has(clusterQueue));
  return {
    ...set,
    topologies: set.topologies.filter(({ name }) => topologies.has(name)),
    flavors,
    cohorts: set.cohorts.map((cohort) => ({ ...cohort, quotas: left(cohort.quotas) })),
    queues,
    localQueues,
    checks: set.checks.flatMap((check): readonly CheckPlan[] => {
      if (check.kind !== 'workers') return [check];
      const own = check.shards.filter((shard) => !shards.includes(shard));
      return own.length === 0 ? [] : [{ ...check, shards: own }];
    }),
  };
}

/** Most of a resource of a flavor that a queue can have: its own, and what others lend while they do not use it. */
export function mostOf(set: QueueSet, queue: ClusterQueuePlan, flavor: string, resource: string): number {
  const quota = queue.flavors.find((each) => each.flavor === flavor)?.quotas.find((each) => each.resource === resource);
  if (quota === undefined) return 0;
  const kept = heldBack({ ...set, queues: set.queues.filter(({ name }) => name !== queue.name) }, flavor, resource);
  const reachable = totalOf(set, flavor, resource) - kept;
  return Math.min(quota.borrowing === undefined ? reachable : quota.nominal + quota.borrowing, reachable);
}
