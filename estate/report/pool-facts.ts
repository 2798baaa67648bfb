import type { Cloud, MachineBase, UltraServer } from '../catalog';
import { identityOf } from '../plan/identity';
import type { GroupPlan } from '../plan/types';
import { catalogOf } from '../spec/catalog-of';
import { lookup } from '../spec/lookup';
import { machinesWith, nodeRangeOf, type PoolSize, poolSize, poolUnit, ultraServerOf } from '../spec/machine';
import type { Cluster, Pool } from '../spec/schema';
import { counted } from '../spec/words';
import { cloudOf, few, type Resolved, type ResolvedFact, shardLimitFacts, shardsOf, sourceOf, zoneFact } from './fact';
import { labelFacts } from './owned-facts';

const SIZE_KEYS = ['racks', 'nodes', 'accelerators'] as const;

/** What a pool was resolved to: its machine, its size, its groups and where they live. */
export function poolFacts(resolved: Resolved, cluster: string, key: string): readonly ResolvedFact[] {
  const entry = lookup(resolved.estate.clusters, cluster);
  const pool = entry && lookup(entry.pools, key);
  const cloud = entry && cloudOf(resolved, entry.site);
  if (entry === undefined || pool === undefined || cloud === undefined) return [];
  const id = identityOf(key, pool);
  const parts = shardsOf(resolved, cluster).flatMap((shard) => {
    return shard.pools.filter((part) => part.key === id).map((part) => ({ shard, part }));
  });
  const [first] = parts;
  if (first === undefined) return [];
  const catalog = catalogOf(resolved.estate).clouds[cloud];
  const { machine } = first.part;
  const size = poolSize(machine, pool);
  const groups = parts.flatMap(({ part }) => part.groups);
  const isBound = groups.some(({ reservation }) => reservation !== undefined);
  return [
    machineFact(machine, pool, machinesWith(catalog, pool.accelerator).length, catalog.title),
    ...ultraServerFacts(pool, ultraServerOf(catalog, pool)),
    ...(size === undefined ? [] : [sizeFact(machine, pool, size)]),
    {
      what: groups.length === 1 ? 'group' : 'groups',
      value: few(groups.map((group) => `${group.id} (${counted(group.nodes, 'node')})`)),
      ...groupReason(machine, size, isBound, isBound ? [] : groups),
      keys: [...SIZE_KEYS, 'spareTraysPerRack', 'capacity', 'topology', 'renamedFrom'],
    },
    {
      what: parts.length === 1 ? 'shard' : 'shards',
      value: few(parts.map(({ shard, part }) => `${shard.key} (${counted(part.groups.length, 'group')})`)),
      because: 'what one holds at most, and the lock file',
      keys: [...SIZE_KEYS],
    },
    ...shardLimitFacts(catalog.limits, SIZE_KEYS),
    zoneFact(first.part, pool),
    ...labelFacts({ ...first.part, groups }),
    {
      what: 'capacity',
      value: pool.capacity.kind,
      because: `capacity.kind; ${machine.type} can be had as ${machine.capacity.join(', ')}`,
      ...sourceOf(machine),
      keys: ['capacity'],
    },
    ...queueFacts(machine, pool),
    ...rangeFacts(cloud, entry, pool, groups),
    {
      what: 'stacks',
      value: few(parts.map(({ shard }) => shard.stacks.cluster)),
      because: 'one for each shard',
      keys: [],
    },
  ];
}

function machineFact(machine: MachineBase, pool: Pool, offered: number, title: string): ResolvedFact {
  const chosen =
    offered === 1
      ? `the only machine of ${title} with ${pool.accelerator}`
      : `the preferred of ${counted(offered, 'machine')} of ${title} with ${pool.accelerator}`;
  return {
    what: 'machine',
    value: `${machine.type}: ${insideOf(machine)}, ${machine.architecture}`,
    because: pool.machine === undefined ? chosen : 'machine',
    ...sourceOf(machine),
    keys: ['accelerator', 'machine'],
  };
}

function ultraServerFacts({ ultraServer }: Pool, row: UltraServer | undefined): readonly ResolvedFact[] {
  if (ultraServer === undefined || row === undefined) return [];
  const value = `${row.type}: ${counted(row.nodes, 'node')} in each rack`;
  return [{ what: 'UltraServer', value, because: 'ultraServer', ...sourceOf(row), keys: ['ultraServer'] }];
}

/** How flex-start nodes are asked for. */
function queueFacts(machine: MachineBase, { capacity }: Pool): readonly ResolvedFact[] {
  if (capacity.kind !== 'flex-start') return [];
  const isSlice = poolUnit(machine) === 'slice';
  const isQueued = capacity.queued ?? !isSlice;
  const usual = isSlice ? 'slices come whole by themselves' : 'what trains needs its nodes together';
  return [
    {
      what: 'asked for',
      value: isQueued ? 'all at once, by a ProvisioningRequest' : 'as pods ask',
      because: capacity.queued === undefined ? usual : 'capacity.queued',
      keys: ['capacity'],
    },
  ];
}

/** Who runs as many nodes as pods ask for. */
const AUTOSCALERS: Readonly<Record<Cloud, string>> = {
  aws: 'cluster-autoscaler, which GitOps installs',
  azure: 'the autoscaler of AKS',
  google: 'the autoscaler of GKE',
  oracle: 'the autoscaler add-on of OKE',
};

/** Who sizes a pool with a range, and how many nodes run after an apply. */
function rangeFacts(
  cloud: Cloud,
  { existing }: Cluster,
  pool: Pool,
  groups: readonly GroupPlan[],
): readonly ResolvedFact[] {
  if (nodeRangeOf(pool) === undefined) return [];
  const isTheirs = cloud === 'aws' && existing !== undefined;
  const value = isTheirs ? 'the autoscaler of its owner, who names its groups to it' : AUTOSCALERS[cloud];
  return [
    { what: 'sized by', value, because: 'nodes', keys: ['nodes'] },
    ...(cloud === 'aws' ? [startFact(groups)] : []),
  ];
}

/** What an apply says of how many nodes run: EKS makes no group without it, and CloudFormation would set it again. */
function startFact(groups: readonly GroupPlan[]): ResolvedFact {
  const kept = groups.filter(({ keepsSize }) => keepsSize === true);
  const value = kept.length === 0 ? 'starts at the minimum' : `left as it is: ${few(kept.map(({ id }) => id))}`;
  const because = kept.length === 0 ? 'nodes' : 'the lock file, by which it was made with another size';
  return { what: 'running size', value, because, keys: ['nodes'] };
}

/** What one node has. */
function insideOf({ accelerators, vcpus, memoryGiB }: MachineBase): string {
  if (accelerators > 0) return `${counted(accelerators, 'accelerator')} in each node`;
  const known = [vcpus === undefined ? [] : counted(vcpus, 'vCPU'), memoryGiB === undefined ? [] : `${memoryGiB} GiB`];
  return ['a CPU machine', ...known.flat()].join(', ');
}

function sizeFact(machine: MachineBase, pool: Pool, size: PoolSize): ResolvedFact {
  const given = SIZE_KEYS.find((key) => pool[key] !== undefined) ?? 'nodes';
  const spares = size.unit === 'rack' ? size.units * pool.spareTraysPerRack : 0;
  const units = size.unit === 'node' ? '' : `${counted(size.units, size.unit)} of ${size.unitNodes} nodes: `;
  const inService = size.nodes - spares;
  const range = nodeRangeOf(pool);
  const service =
    machine.accelerators === 0
      ? counted(inService, 'CPU node')
      : `${counted(inService, 'node')}, ${counted(inService * machine.accelerators, 'accelerator')}`;
  const held = spares === 0 ? '' : ` in service, ${counted(spares, 'node')} spare`;
  return {
    what: 'size',
    value: `${range === undefined ? '' : `${range.min} to `}${units}${service}${held}`,
    because: `${given}: ${range === undefined ? pool[given] : `${range.min} to ${range.max}`}${spares === 0 ? '' : `, spareTraysPerRack: ${pool.spareTraysPerRack}`}`,
    ...sourceOf(machine),
    keys: [...SIZE_KEYS, 'spareTraysPerRack', 'topology'],
  };
}

/** What decided how large groups are: the domain of the machine, or the size that the lock file keeps for the pool. */
function groupReason(
  machine: MachineBase,
  size: PoolSize | undefined,
  isBound: boolean,
  groups: readonly { readonly nodes: number }[],
): Pick<ResolvedFact, 'because' | 'source'> {
  const unit = size?.unit ?? 'node';
  const keyed = isBound ? 'keyed by the reservation that it is bound to' : 'keyed by its number';
  if (unit !== 'node') return { because: `one for each ${unit}, ${keyed}`, ...sourceOf(machine) };
  // All groups but the last are full.
  const full = groups.length > 1 ? Math.max(...groups.map(({ nodes }) => nodes)) : machine.groupNodes;
  const most = `at most ${counted(full, 'node')} in one group`;
  if (full !== machine.groupNodes) return { because: `${most}, as the lock file keeps it, ${keyed}` };
  return { because: `${most}, ${keyed}`, ...sourceOf(machine.groupSource ?? machine) };
}
