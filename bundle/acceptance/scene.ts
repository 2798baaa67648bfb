import type { MachineOf } from '../../estate/catalog';
import type { ClusterQueuePlan, FlavorPlan, QueueSet, TopologyLevel } from '../../estate/plan/queue/types';
import type { Plan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import type { BundleContext } from '../types';

/** A pool that somebody accepts, with the queue that its jobs go through. */
export interface PoolScene {
  readonly plan: Plan;
  readonly shard: ShardPlan;
  readonly set: QueueSet;
  readonly pool: PoolPlan;
  readonly machine: MachineOf[keyof MachineOf];
  readonly flavor: FlavorPlan;
  readonly namespace: string;
  /** Name of the LocalQueue. */
  readonly queue: string;
  /** Widest first; none where an autoscaler sizes the pool. */
  readonly levels: readonly TopologyLevel[];
  /** Nodes in service that one job can have, by quota. */
  readonly reach: number;
  /** Nodes of one rack or slice; of a pool whose groups are neither there is none. */
  readonly rackNodes?: number;
  /** Label of the level that keeps nodes of one group together, where the topology has it. */
  readonly together?: string;
}

/** Pools of a cluster that have nodes and a queue for them, in the order of its flavors. */
export function poolScenes(context: Pick<BundleContext, 'plan' | 'shard' | 'set'>): readonly PoolScene[] {
  const { set } = context;
  return set.role === 'manager' ? [] : set.flavors.flatMap((flavor) => sceneOf(context, flavor) ?? []);
}

function sceneOf(
  { plan, shard, set }: Pick<BundleContext, 'plan' | 'shard' | 'set'>,
  flavor: FlavorPlan,
): PoolScene | undefined {
  const pool = shard.pools.find(({ key }) => key === flavor.pool);
  const way = wayTo(set, flavor);
  if (pool === undefined || way === undefined || flavor.nodes === 0) return undefined;
  const { machine } = pool;
  const levels = set.topologies.find(({ name }) => name === flavor.topology)?.levels ?? [];
  const hasGroups = levels.some(({ key }) => key === NODE_LABELS.group);
  const isUnit = machine.scaleUpNodes > 1 || machine.topologies !== undefined;
  const nodes = Math.max(...flavor.groups.map((group) => group.nodes));
  return {
    plan,
    shard,
    set,
    pool,
    machine,
    flavor,
    ...way,
    levels,
    ...(hasGroups && { together: NODE_LABELS.group }),
    ...(hasGroups && isUnit && { rackNodes: nodes }),
  };
}

/** The queue that can have most of a flavor: jobs of acceptance want whole racks. */
function wayTo(set: QueueSet, flavor: FlavorPlan): Pick<PoolScene, 'namespace' | 'queue' | 'reach'> | undefined {
  const found = set.queues.flatMap((queue) => {
    const local = set.localQueues.find(({ clusterQueue }) => clusterQueue === queue.name);
    const reach = reachOf(set, queue, flavor);
    return local === undefined || reach === 0 ? [] : [{ namespace: local.namespace, queue: local.name, reach }];
  });
  const [best] = found.sort((one, other) => other.reach - one.reach || (one.namespace < other.namespace ? -1 : 1));
  return best;
}

/** Nodes of a flavor that jobs of a queue can have at most: its own and what it borrows. */
function reachOf(set: QueueSet, queue: ClusterQueuePlan, flavor: FlavorPlan): number {
  const own = quotaOf(queue.flavors, flavor);
  if (own === undefined) return 0;
  const lent = [...set.queues, ...set.cohorts]
    .filter((other) => other !== queue)
    .reduce((sum, other) => {
      const quota = quotaOf('flavors' in other ? other.flavors : other.quotas, flavor);
      return sum + (quota === undefined ? 0 : (quota.lending ?? quota.nominal));
    }, 0);
  return Math.floor((own.nominal + Math.min(own.borrowing ?? lent, lent)) / perNode(flavor));
}

function quotaOf(quotas: ClusterQueuePlan['flavors'], flavor: FlavorPlan) {
  const found = quotas.find(({ flavor: name }) => name === flavor.name);
  return found?.quotas.find(({ resource }) => resource === flavor.resource);
}

/** What quotas count of one node: accelerators, or cores. */
export function perNode({ accelerator, perNode: { accelerators, vcpus } }: FlavorPlan): number {
  return accelerator === 'cpu' ? (vcpus ?? 1) : accelerators;
}
