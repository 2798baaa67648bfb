import type { MachineOf } from '../../estate/catalog';
import { acceptanceQueue } from '../../estate/plan/acceptance-jobs';
import type { FlavorPlan, QueueSet, TopologyLevel } from '../../estate/plan/queue/types';
import type { Plan, PoolPlan, ShardPlan } from '../../estate/plan/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import type { BundleContext } from '../types';

export { quotaPerNode as perNode } from '../../estate/plan/acceptance-jobs';

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
  const way = acceptanceQueue(set, flavor);
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
