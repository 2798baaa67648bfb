import { CLOUDS, type Cloud, type MachineBase } from '../catalog';
import type { GroupPlan, Plan, PoolPlan, RetiredGroup, ShardPlan } from '../plan/types';
import { poolUnit } from '../spec/machine';
import { counted } from '../spec/words';
import { formatCount } from '../units';
import { type Column, formatTable } from './table';
import { formatTotals } from './views';

/** What a group is: the trays of one rack or UltraServer, a slice of a topology, or nodes beside each other. */
export const GROUP_KINDS = ['rack', 'slice', 'nodes'] as const;

/** One kind of group. */
export type GroupKind = (typeof GROUP_KINDS)[number];

/** One group in the view of groups: what is provisioned as one. */
export interface GroupRow {
  /** `<pool>-<key>`, as its nodes are labelled. */
  readonly group: string;
  readonly cluster: string;
  /** Key of the Kubernetes cluster that it lies in. */
  readonly shard: string;
  readonly pool: string;
  readonly cloud: Cloud;
  readonly site: string;
  /** @default the region has no zones */
  readonly zone?: string;
  /** Empty where a group is kept whose machine the catalog does not have any more. */
  readonly machine: string;
  /** Empty for CPU nodes. */
  readonly accelerator: string;
  readonly kind: GroupKind;
  /** Topology of a slice. */
  readonly topology?: string;
  /** Accelerators in service. @default - not known: it left the estate file */
  readonly accelerators?: number;
  /** Nodes in service; of a range the most. @default - not known: it left the estate file */
  readonly nodes?: number;
  /** Fewest nodes, where an autoscaler runs between them and `nodes`. @default - as many as `nodes`, always */
  readonly minNodes?: number;
  /** Nodes with the spares. @default - not known: it left the estate file */
  readonly trays?: number;
  /** Trays that are held back. @default - not known: it left the estate file */
  readonly spares?: number;
  readonly capacity: string;
  /** Reservation, capacity block, fabric or host group that it is bound to. @default none */
  readonly boundTo?: string;
  /** Whether it left the estate file and is kept where it runs. @default false */
  readonly retired?: true;
}

/** Equal groups whose keys follow each other, such as `train-1` to `train-99`. */
export interface GroupRun {
  readonly first: GroupRow;
  readonly last: GroupRow;
  readonly groups: number;
  readonly sums: GroupSums;
}

const SIZES = ['accelerators', 'nodes', 'minNodes', 'trays', 'spares'] as const;

/** What groups have together; what none of them has is not there. */
export type GroupSums = Pick<GroupRow, (typeof SIZES)[number]>;

/** Every group of the estate in the order of clouds, Kubernetes clusters and pools; what is kept comes last in its cluster. */
export function groupRows(plan: Plan): GroupRow[] {
  return CLOUDS.flatMap((cloud) =>
    plan.shards(cloud).flatMap((shard: ShardPlan) => {
      const pools = shard.pools.flatMap((pool: PoolPlan) => pool.groups.map((group) => groupRow(shard, pool, group)));
      return [...pools, ...shard.retired.map((group) => retiredRow(shard, group))];
    }),
  );
}

function groupRow(shard: ShardPlan, pool: PoolPlan, group: GroupPlan): GroupRow {
  const { machine, zone, topology, capacity } = pool;
  const { nodes, minNodes, trays, accelerators, reservation } = group;
  return {
    group: group.id,
    ...placeOf(shard, pool.key, zone),
    ...machineOf(machine),
    ...(topology !== undefined && { topology }),
    accelerators,
    nodes,
    ...(minNodes !== undefined && { minNodes }),
    trays,
    spares: trays - nodes,
    capacity: capacity.kind,
    ...(reservation !== undefined && { boundTo: reservation }),
  };
}

function retiredRow(shard: ShardPlan, { id, pool, machine, zone, capacity }: RetiredGroup): GroupRow {
  return { group: id, ...placeOf(shard, pool, zone), ...machineOf(machine), capacity, retired: true };
}

function placeOf({ cluster, key, cloud, site }: ShardPlan, pool: string, zone: string | undefined) {
  return { cluster, shard: key, pool, cloud, site: site.key, ...(zone !== undefined && { zone }) };
}

function machineOf(machine: MachineBase | undefined): Pick<GroupRow, 'machine' | 'accelerator' | 'kind'> {
  if (machine === undefined) return { machine: '', accelerator: '', kind: 'nodes' };
  const unit = poolUnit(machine);
  return {
    machine: machine.type,
    accelerator: machine.accelerator ?? '',
    kind: unit === 'node' ? 'nodes' : unit,
  };
}

/** Groups with equal neighbours as one: what tells them apart is their keys. */
export function groupRuns(rows: readonly GroupRow[]): GroupRun[] {
  const runs: GroupRow[][] = [];
  let before: GroupRow | undefined;
  for (const row of rows) {
    if (before !== undefined && continues(before, row)) runs.at(-1)?.push(row);
    else runs.push([row]);
    before = row;
  }
  return runs.flatMap((members) => {
    const [first, last] = [members.at(0), members.at(-1)];
    return first && last ? [{ first, last, groups: members.length, sums: groupSums(members) }] : [];
  });
}

/** Whether a group has the next key after another one, and all else as that has it. */
function continues(one: GroupRow, other: GroupRow): boolean {
  const bare = ({ group, topology }: GroupRow) => (topology === undefined ? group : group.replace(`-${topology}`, ''));
  const [before, after] = [bare(one), bare(other)];
  const isNext = after === `${before}-2` || after === before.replace(/\d+$/, (ordinal) => String(Number(ordinal) + 1));
  return isNext && JSON.stringify({ ...one, group: '' }) === JSON.stringify({ ...other, group: '' });
}

/** Adds groups up. */
export function groupSums(rows: readonly GroupRow[]): GroupSums {
  return Object.fromEntries(
    SIZES.flatMap((size) => {
      // What left the estate file is none of what the estate has.
      const known = rows.flatMap((row) => (row.retired ? [] : (row[size] ?? [])));
      return known.length === 0 ? [] : [[size, known.reduce((sum, count) => sum + count, 0)]];
    }),
  );
}

const COLUMNS: readonly Column<GroupRow>[] = [
  { title: 'group', value: (row) => row.group },
  { title: 'shard', value: (row) => row.shard },
  { title: 'machine', value: (row) => row.machine },
  { title: 'kind', value: ({ kind, topology }) => (topology === undefined ? kind : `${kind} ${topology}`) },
  { title: 'accelerators', value: ({ accelerators }) => countOr(accelerators), align: 'right' },
  { title: 'nodes', value: nodesText, align: 'right' },
  { title: 'spares', value: ({ spares }) => (spares === undefined ? '?' : spares || ''), align: 'right' },
  { title: 'capacity', value: ({ capacity, retired }) => `${capacity}${retired ? ', leaving' : ''}` },
];

/** Nodes as they are read: `18`, of a range `0-40`, and `?` where nobody knows. */
export function nodesText({ nodes, minNodes }: Pick<GroupRow, 'nodes' | 'minNodes'>): string {
  return minNodes === undefined || nodes === undefined
    ? countOr(nodes)
    : `${formatCount(minNodes)}-${formatCount(nodes)}`;
}

function countOr(count: number | undefined): string {
  return count === undefined ? '?' : formatCount(count);
}

/** The view of groups as a table, with their totals. */
export function formatGroups(plan: Plan): string {
  const rows = groupRows(plan);
  const bound = rows.some(({ boundTo }) => boundTo !== undefined);
  const totals = [
    groupTotals(rows),
    formatTotals(plan),
    ...(bound ? ['--json and --csv say which reservation, fabric or host group each is bound to'] : []),
  ];
  return [formatTable(rows, COLUMNS), totals.join('\n')].join('\n\n');
}

/** Groups by kind and what is spare or leaving: `24 racks, 2 slices; 8 spare trays`. */
export function groupTotals(rows: readonly GroupRow[]): string {
  const kept = rows.filter(({ retired }) => !retired);
  const kinds = GROUP_KINDS.flatMap((kind) => {
    const count = kept.filter((row) => row.kind === kind).length;
    return count === 0 ? [] : [counted(count, ...NOUNS[kind])];
  });
  const { spares = 0 } = groupSums(rows);
  const leaving = rows.length - kept.length;
  const parts = [
    ...(kinds.length > 0 ? [kinds.join(', ')] : []),
    ...(spares > 0 ? [counted(spares, 'spare tray')] : []),
    ...(leaving > 0 ? [`${counted(leaving, 'group')} leaving`] : []),
  ];
  return parts.join('; ') || 'no groups';
}

const NOUNS: Readonly<Record<GroupKind, readonly [one: string, more: string]>> = {
  rack: ['rack', 'racks'],
  slice: ['slice', 'slices'],
  nodes: ['group of nodes', 'groups of nodes'],
};
