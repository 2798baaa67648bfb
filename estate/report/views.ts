import { ACCELERATORS, CLOUDS, type Cloud } from '../catalog';
import type { Layer } from '../plan/names';
import type { Plan, PoolPlan, ShardPlan } from '../plan/types';
import { compareKeys, formatCount, groupBy } from '../units';
import { type Column, formatTable } from './table';

/** One pool in the capacity view. */
export interface CapacityRow {
  readonly cluster: string;
  readonly pool: string;
  readonly cloud: Cloud;
  readonly site: string;
  readonly machine: string;
  readonly accelerator: string;
  readonly accelerators: number;
  readonly nodes: number;
  readonly groups: number;
  readonly shards: number;
  readonly capacity: string;
}

/** One range in the address view. */
export interface AddressRow {
  readonly key: string;
  readonly cidr: string;
}

/** One stack that the plan makes. */
export interface StackRow {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
}

/** The pools of the estate, those in several shards added up. */
export function capacityRows(plan: Plan): CapacityRow[] {
  return CLOUDS.flatMap((cloud) => {
    const parts = plan
      .shards(cloud)
      .flatMap((shard: ShardPlan) => shard.pools.map((pool: PoolPlan) => ({ shard, pool })));
    return [...groupBy(parts, ({ shard, pool }) => `${shard.cluster}/${pool.key}`).values()].flatMap((members) => {
      const [first] = members;
      if (first === undefined) return [];
      const groups = members.flatMap(({ pool }) => pool.groups);
      const { machine, capacity } = first.pool;
      return {
        cluster: first.shard.cluster,
        pool: first.pool.key,
        cloud,
        site: first.shard.site.key,
        machine: machine.type,
        accelerator: machine.accelerator ?? '',
        accelerators: groups.reduce((sum, group) => sum + group.accelerators, 0),
        nodes: groups.reduce((sum, group) => sum + group.nodes, 0),
        groups: groups.length,
        shards: members.length,
        capacity: capacity.kind,
      };
    });
  });
}

/** Every allocated range, in the order of keys. */
export function addressRows(plan: Plan): AddressRow[] {
  return Object.entries(plan.addresses)
    .map(([key, cidr]) => ({ key, cidr }))
    .sort((one, other) => compareKeys(one.key, other.key));
}

/** Every stack of the estate: by cloud, then layer, then name. */
export function stackRows(plan: Plan): StackRow[] {
  return CLOUDS.flatMap((cloud): StackRow[] => {
    const sites = plan.sites(cloud);
    const layers: readonly (readonly [Layer, readonly string[]])[] = [
      ['foundation', plan.accounts(cloud).map(({ stacks }) => stacks.foundation)],
      ['network', sites.map(({ stacks }) => stacks.network)],
      ['storage', sites.filter(({ stores }) => stores.length > 0).map(({ stacks }) => stacks.storage)],
      ['cluster', plan.shards(cloud).map(({ stacks }) => stacks.cluster)],
    ];
    return layers.flatMap(([layer, stacks]) => stacks.map((stack) => ({ stack, cloud, layer })));
  });
}

const CAPACITY_COLUMNS: readonly Column<CapacityRow>[] = [
  { title: 'cluster', value: (row) => row.cluster },
  { title: 'pool', value: (row) => row.pool },
  { title: 'cloud', value: (row) => row.cloud },
  { title: 'machine', value: (row) => row.machine },
  {
    title: 'accelerators',
    value: (row) => `${formatCount(row.accelerators)} ${titleOf(row.accelerator)}`,
    align: 'right',
  },
  { title: 'nodes', value: (row) => row.nodes },
  { title: 'groups', value: (row) => row.groups },
  { title: 'shards', value: (row) => row.shards },
  { title: 'capacity', value: (row) => row.capacity },
];

/** The capacity view as a table with its totals. */
export function formatCapacity(plan: Plan): string {
  return `${formatTable(capacityRows(plan), CAPACITY_COLUMNS)}\n\n${formatTotals(plan)}`;
}

/** The address view as a table. */
export function formatAddresses(plan: Plan): string {
  return formatTable(addressRows(plan), [
    { title: 'key', value: (row) => row.key },
    { title: 'cidr', value: (row) => row.cidr },
  ]);
}

/** The commitments view as a table. */
export function formatCommitments(plan: Plan): string {
  return formatTable(plan.commitments, [
    { title: 'commitment', value: (row) => row.key },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'amount', value: (row) => row.amount, align: 'right' },
    { title: 'years', value: (row) => row.years ?? '' },
    { title: 'start', value: (row) => row.start ?? '' },
  ]);
}

/** Accelerators in all and by kind, largest first: `3,168 accelerators (1,728 GB300, 864 GB200)`. */
export function formatTotals(plan: Plan): string {
  const byKind = groupBy(capacityRows(plan), (row) => row.accelerator);
  const totals = [...byKind]
    .map(([name, rows]) => ({ name, count: rows.reduce((sum, row) => sum + row.accelerators, 0) }))
    .sort((one, other) => other.count - one.count || compareKeys(one.name, other.name));
  const all = totals.reduce((sum, { count }) => sum + count, 0);
  const kinds = totals.map(({ name, count }) => `${formatCount(count)} ${titleOf(name)}`).join(', ');
  return `${formatCount(all)} accelerators${kinds === '' ? '' : ` (${kinds})`}`;
}

/** One line that says what an estate is: `estate atlas · 4 clouds, 5 sites, 6 clusters · … · lock ok`. */
export function formatHeadline(plan: Plan): string {
  const sites = CLOUDS.reduce((sum, cloud) => sum + plan.sites(cloud).length, 0);
  const clusters = new Set(CLOUDS.flatMap((cloud) => plan.shards(cloud).map((shard: ShardPlan) => shard.cluster)));
  const size = `${plural(plan.clouds.length, 'cloud')}, ${plural(sites, 'site')}, ${plural(clusters.size, 'cluster')}`;
  return `estate ${plan.name} · ${size} · ${formatTotals(plan)} · lock ok`;
}

/** A count with its noun: `1 stack`, `21 stacks`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function titleOf(accelerator: string): string {
  return ACCELERATORS[accelerator]?.title ?? accelerator;
}
