import { ACCELERATORS, CLOUDS } from '../estate/catalog';
import { partAt, partsOf } from '../estate/plan/parts';
import type { FileSystemPlan, Plan, PoolPlan, ShardPlan, SitePlan, StorePlan } from '../estate/plan/types';
import { counted } from '../estate/spec/words';
import { convertSize, formatCount } from '../estate/units';
import { kindOf } from './resource-kinds';
import type { ResourceChange } from './types';

/** One group of accelerators, or one file system: what is lost or built with the resource that holds it. */
export interface Holding {
  /** Tells it from every other one of the estate. */
  readonly id: string;
  /** Name of the accelerator, such as `GB300`; empty for CPU nodes and file systems. */
  readonly accelerator: string;
  readonly accelerators: number;
  readonly nodes: number;
  /** Whether its nodes are known to have no accelerators. @default false */
  readonly isCpu?: boolean;
  readonly storedTiB: number;
  /** What it is called where it stands alone, such as `rack 17`; empty where its key says nothing. */
  readonly label: string;
}

/** Finds what lives in a resource. */
export type HoldingsOf = (stack: string, change: ResourceChange) => readonly Holding[];

function labelOf({ machine }: PoolPlan, { key }: PoolPlan['groups'][number]): string {
  const [, slice] = /^(\d+)-\d+x/.exec(key) ?? [];
  if (slice !== undefined) return `slice ${slice}`;
  if (!/^\d+$/.test(key)) return '';
  return machine.scaleUpNodes > 1 && machine.topologies === undefined ? `rack ${key}` : `group ${key}`;
}

function groupsOf(shard: ShardPlan): Map<string, Holding> {
  const groups = shard.pools.flatMap((pool: PoolPlan) =>
    pool.groups.map((group): [string, Holding] => {
      const name = pool.machine.accelerator ?? '';
      const accelerator = ACCELERATORS[name]?.title ?? name;
      const { accelerators, nodes } = group;
      const id = `${shard.key}/${group.id}`;
      const isCpu = pool.machine.accelerators === 0;
      return [group.id, { id, accelerator, accelerators, nodes, isCpu, storedTiB: 0, label: labelOf(pool, group) }];
    }),
  );
  return new Map(groups);
}

function filesOf(site: SitePlan): Map<string, Holding> {
  const files = site.stores.filter((store: StorePlan): store is FileSystemPlan => store.kind === 'lustre');
  return new Map(
    files.map(({ key, size, unit }): [string, Holding] => {
      const storedTiB = convertSize(size, unit, 'TiB');
      return [key, { id: `stores/${key}`, accelerator: '', accelerators: 0, nodes: 0, storedTiB, label: '' }];
    }),
  );
}

/** What of a plan lives in which resource. */
export function holdingsOf(plan: Plan): HoldingsOf {
  const groups = new Map<string, Map<string, Holding>>();
  const files = new Map<string, Map<string, Holding>>();
  const atSite = new Map<string, Holding[]>();
  for (const cloud of CLOUDS) {
    for (const site of plan.sites(cloud)) {
      const own = filesOf(site);
      for (const { stack } of site.storageStacks) files.set(stack, own);
      atSite.set(site.stacks.network, [...own.values()]);
    }
    for (const shard of plan.shards(cloud)) {
      const own = groupsOf(shard);
      groups.set(shard.stacks.cluster, own);
      atSite.get(shard.site.stacks.network)?.push(...own.values());
    }
  }
  const stacks = partsOf(plan);
  return (stack, { type, path }) => {
    const { holds } = kindOf(type);
    const { group = '', store = '' } = partAt(stacks.get(stack), path.split('/')) ?? {};
    if (holds === 'nodes') return present(groups.get(stack)?.get(group));
    if (holds === 'cluster') return [...(groups.get(stack)?.values() ?? [])];
    if (holds === 'files') return present(files.get(stack)?.get(store));
    return holds === 'site' ? (atSite.get(stack) ?? []) : [];
  };
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

/**
 * Counts what several resources hold, each thing once: `1,152 GB300, 16 CPU nodes, 128 TiB of files`; empty when they hold
 * nothing.
 */
export function formatHoldings(holdings: Iterable<Holding>): string {
  return amountsOf(holdings).join(', ');
}

/** The same with nodes of which nothing more is known: `3 nodes`. */
export function formatAmounts(holdings: readonly Holding[]): string {
  const plain = nodesOf(holdings.filter(({ accelerators, isCpu }) => accelerators === 0 && isCpu !== true));
  return [...amountsOf(holdings), ...(plain > 0 ? [counted(plain, 'node')] : [])].join(', ');
}

function nodesOf(holdings: readonly Holding[]): number {
  return holdings.reduce((sum, { nodes }) => sum + nodes, 0);
}

/** Accelerators by their names, CPU nodes, and TiB, counting each thing once. */
function amountsOf(holdings: Iterable<Holding>): string[] {
  const unique = [...new Map([...holdings].map((holding) => [holding.id, holding])).values()];
  const cpuNodes = nodesOf(unique.filter(({ isCpu }) => isCpu === true));
  const parts = [
    ...[...acceleratorsOf(unique)].map(([name, count]) => `${formatCount(count)} ${name}`),
    ...(cpuNodes > 0 ? [counted(cpuNodes, 'CPU node')] : []),
  ];
  const storedTiB = unique.reduce((sum, holding) => sum + holding.storedTiB, 0);
  return storedTiB > 0 ? [...parts, `${formatTiB(storedTiB)} of files`] : parts;
}

/** How many accelerators of each name. */
function acceleratorsOf(holdings: readonly Holding[]): Map<string, number> {
  const byName = new Map<string, number>();
  for (const { accelerator, accelerators } of holdings) {
    if (accelerators > 0) byName.set(accelerator, (byName.get(accelerator) ?? 0) + accelerators);
  }
  return byName;
}

/** How what is held changes: `400 -> 2 nodes, -3,184 H200`; what it is where nothing changes. */
export function formatHoldingChange(before: readonly Holding[], after: readonly Holding[]): string {
  const nodes = [before, after].map(nodesOf);
  const withNodes = [...before, ...after].filter((each) => each.nodes > 0);
  const isCpu = withNodes.length > 0 && withNodes.every((each) => each.isCpu === true);
  const noun = isCpu ? 'CPU node' : 'node';
  const stored = [before, after].map((side) => side.reduce((sum, each) => sum + each.storedTiB, 0));
  const [had, has] = [acceleratorsOf(before), acceleratorsOf(after)];
  const changes = [...new Set([...had.keys(), ...has.keys()])].flatMap((name) => {
    const more = (has.get(name) ?? 0) - (had.get(name) ?? 0);
    return more === 0 ? [] : [`${more > 0 ? '+' : '-'}${formatCount(Math.abs(more))} ${name}`];
  });
  if (nodes[0] === nodes[1] && stored[0] === stored[1] && changes.length === 0) {
    return [nodes[0] && !isCpu ? counted(nodes[0], noun) : '', formatHoldings(before)].filter(Boolean).join(', ');
  }
  const arrow = (unit: string, [from = 0, to = 0]: readonly number[], format: (size: number) => string) =>
    from === to ? [] : [`${format(from)} -> ${format(to)} ${unit}`];
  const same = nodes[0] && nodes[0] === nodes[1] ? [counted(nodes[0], noun)] : [];
  return [...same, ...arrow(`${noun}s`, nodes, formatCount), ...changes, ...arrow('TiB', stored, formatSize)].join(
    ', ',
  );
}

/** A size with at most one digit behind the point. */
export function formatSize(size: number): string {
  const tenths = Math.round(size * 10);
  const rest = tenths % 10;
  return `${formatCount(Math.floor(tenths / 10))}${rest === 0 ? '' : `.${rest}`}`;
}

function formatTiB(size: number): string {
  return `${formatSize(size)} TiB`;
}
