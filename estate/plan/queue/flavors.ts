import type { Catalog, Cloud } from '../../catalog';
import { nodeTaints } from '../../catalog/node-taints';
import { PODS_PER_NODE } from '../../catalog/queue';
import { type LevelRow, levelsOf } from '../../catalog/topologies';
import { hash8 } from '../../name';
import { NODE_LABELS } from '../../spec/node-labels';
import { isQueued } from '../../spec/queue';
import type { Estate } from '../../spec/schema';
import { CPU_POOLS } from '../../spec/schema-queue';
import { compareKeys } from '../../units';
import { identityOf } from '../identity';
import type { PoolPlan, ShardPlan } from '../types';
import type { FlavorPlan, TolerationPlan, TopologyPlan } from './types';

/** What the nodes of a pool are for, by the identities of its cluster and of itself. */
export type Purposes = ReadonlyMap<string, FlavorPlan['purpose']>;

/** What the pools of an estate are for. */
export function purposesOf({ clusters }: Estate): Purposes {
  const all = Object.entries(clusters).flatMap(([cluster, entry]) =>
    Object.entries(entry.pools).map(
      ([pool, { purpose = 'training', ...own }]) =>
        [`${identityOf(cluster, entry)}/${identityOf(pool, own)}`, purpose] as const,
    ),
  );
  return new Map(all);
}

/** A flavor with the topology of its nodes, if it has one. */
export interface Flavored {
  readonly flavor: FlavorPlan;
  readonly topology?: TopologyPlan;
}

/** The flavors of a shard, one for each of its pools, in the order in which jobs try them. */
export function flavorsOf(shard: ShardPlan, purposes: Purposes, catalog: Catalog): readonly Flavored[] {
  return shard.pools
    .map((pool) => flavorOf(shard, pool, purposes.get(`${shard.cluster}/${pool.key}`) ?? 'training', catalog))
    .sort(({ flavor: one }, { flavor: other }) => inOrder(one, other));
}

function flavorOf(
  shard: ShardPlan,
  pool: PoolPlan,
  purpose: FlavorPlan['purpose'],
  { accelerators }: Catalog,
): Flavored {
  const { machine, capacity } = pool;
  const isAutoscaled = capacity.kind === 'flex-start' || pool.groups.some(({ minNodes }) => minNodes !== undefined);
  const topology = isAutoscaled ? undefined : topologyOf(levelsOf(shard.cloud, machine, capacity.kind));
  const nodeLabels = { [NODE_LABELS.pool]: pool.key };
  const tolerations = tolerationsOf(shard.cloud, pool);
  const fixed = { levels: topology?.levels.map(({ key }) => key) ?? [], nodeLabels, tolerations };
  const { accelerator, resourceName, vcpus, memoryGiB } = machine;
  const counted = accelerator === undefined ? 'cpu' : (resourceName ?? accelerators[accelerator]?.resourceName ?? '');
  return {
    flavor: {
      name: `${shard.key}-${pool.key}-${hash8(JSON.stringify(fixed))}`,
      shard: shard.key,
      cluster: shard.cluster,
      cloud: shard.cloud,
      pool: pool.key,
      purpose,
      machine: machine.type,
      architecture: machine.architecture,
      accelerator: accelerator ?? CPU_POOLS,
      resource: counted,
      capacity: capacity.kind,
      perNode: {
        accelerators: machine.accelerators,
        ...(vcpus !== undefined && { vcpus }),
        ...(memoryGiB !== undefined && { memoryGiB }),
        pods: 'podsPerNode' in machine ? machine.podsPerNode : PODS_PER_NODE.value,
      },
      nodes: pool.groups.reduce((sum, { nodes }) => sum + nodes, 0),
      isAutoscaled,
      ...(isQueued(capacity, machine) && { isQueued: true }),
      groups: pool.groups.map(({ id, nodes }) => ({ id, nodes })),
      ...(topology && { topology: topology.name }),
      nodeLabels,
      tolerations,
    },
    ...(topology && { topology }),
  };
}

/** The topology of levels, named by them. */
function topologyOf(levels: readonly LevelRow[]): TopologyPlan {
  const titles = levels.map(({ title }) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  const name = `${titles.join('-')}-${hash8(levels.map(({ key }) => key).join('\n'))}`;
  return { name, levels: levels.map(({ key, title }) => ({ key, title })) };
}

function tolerationsOf(cloud: Cloud, pool: PoolPlan): readonly TolerationPlan[] {
  const given = nodeTaints(cloud, pool.machine, pool.capacity.kind, isQueued(pool.capacity, pool.machine));
  const written = pool.taints.map(({ key, value, effect }): TolerationPlan => {
    return value === '' ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect };
  });
  const all = [...given.map(({ key, effect }): TolerationPlan => ({ key, operator: 'Exists', effect })), ...written];
  const byText = new Map(all.map((each) => [`${each.key}=${each.value ?? ''}:${each.effect}`, each]));
  return [...byText].sort(([one], [other]) => compareKeys(one, other)).map(([, each]) => each);
}

/** Nodes that stand and are ours come first, then what can be taken back, then what has to be waited for. */
const RANKS: Readonly<Record<FlavorPlan['capacity'], number>> = {
  reservation: 0,
  'capacity-block': 0,
  dedicated: 0,
  'on-demand': 1,
  spot: 2,
  'flex-start': 3,
};

function rankOf({ capacity, isAutoscaled }: FlavorPlan): number {
  return RANKS[capacity] + (isAutoscaled ? Object.keys(RANKS).length : 0);
}

/** The order in which jobs try flavors. */
export function inOrder(one: FlavorPlan, other: FlavorPlan): number {
  return rankOf(one) - rankOf(other) || compareKeys(one.shard, other.shard) || compareKeys(one.pool, other.pool);
}
