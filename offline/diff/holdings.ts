import { ACCELERATORS, CLOUDS } from '../../estate/catalog';
import type { FileSystemPlan, Plan, PoolPlan, ShardPlan, SitePlan, StorePlan } from '../../estate/plan/types';
import { convertSize, formatCount } from '../../estate/units';
import { kindOf } from './resource-kinds';
import type { ResourceChange } from './types';

/** One group of accelerators, or one file system: what is lost or built with the resource that holds it. */
export interface Holding {
  /** Tells it from every other one of the estate. */
  readonly id: string;
  /** Name of the accelerator, such as `GB300`; empty for file systems. */
  readonly accelerator: string;
  readonly accelerators: number;
  readonly nodes: number;
  readonly storedTiB: number;
  /** What it is called where it stands alone, such as `rack 17`; empty where its key says nothing. */
  readonly label: string;
}

/** Finds what lives in a resource. */
export type HoldingsOf = (stack: string, change: ResourceChange) => readonly Holding[];

function labelOf({ machine }: PoolPlan, { key }: PoolPlan['groups'][number]): string {
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
      return [group.id, { id, accelerator, accelerators, nodes, storedTiB: 0, label: labelOf(pool, group) }];
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
      files.set(site.stacks.storage, own);
      atSite.set(site.stacks.network, [...own.values()]);
    }
    for (const shard of plan.shards(cloud)) {
      const own = groupsOf(shard);
      groups.set(shard.stacks.cluster, own);
      atSite.get(shard.site.stacks.network)?.push(...own.values());
    }
  }
  return (stack, { type, path }) => {
    const { holds } = kindOf(type);
    const ids = path.split('/');
    if (holds === 'nodes') return ids.flatMap((id) => groups.get(stack)?.get(id) ?? []);
    if (holds === 'cluster') return [...(groups.get(stack)?.values() ?? [])];
    if (holds === 'files')
      return ids.flatMap((id) => files.get(stack)?.get(id.replace(/^store-/, '')) ?? files.get(stack)?.get(id) ?? []);
    return holds === 'site' ? (atSite.get(stack) ?? []) : [];
  };
}

/** Counts what several resources hold, each thing once: `1,152 GB300, 128 TiB`; empty when they hold nothing. */
export function formatHoldings(holdings: Iterable<Holding>): string {
  const unique = [...new Map([...holdings].map((holding) => [holding.id, holding])).values()];
  const byKind = new Map<string, number>();
  for (const { accelerator, accelerators } of unique) {
    if (accelerators > 0) byKind.set(accelerator, (byKind.get(accelerator) ?? 0) + accelerators);
  }
  const storedTiB = unique.reduce((sum, holding) => sum + holding.storedTiB, 0);
  const parts = [...byKind].map(([name, count]) => `${formatCount(count)} ${name}`);
  if (storedTiB > 0) parts.push(`${formatTiB(storedTiB)} of files`);
  return parts.join(', ');
}

/** A size with at most one digit behind the point. */
function formatTiB(size: number): string {
  const tenths = Math.round(size * 10);
  const rest = tenths % 10;
  return `${formatCount(Math.floor(tenths / 10))}${rest === 0 ? '' : `.${rest}`} TiB`;
}
