import { groupBy } from '../estate/units';
import { formatAmounts, type Holding } from './holdings';
import type { ReportedResource } from './reported';
import { kindOf } from './resource-kinds';
import type { Shrinkage, Unit } from './types';

/** What an entry of the estate loses. */
export interface Loss {
  /** Path of the entry. */
  readonly path: string;
  readonly nodes: number;
  readonly accelerators: number;
  readonly tebibytes: number;
  /** Days for which deleted data was kept and is no longer. */
  readonly days: number;
  /** Whether something protected is among it. */
  readonly protected: boolean;
  /** The same by what it is made of. */
  readonly holdings: readonly Holding[];
}

/** What goes of a resource. */
interface Lost {
  readonly holdings: readonly Holding[];
  readonly days: number;
}

/** Something that is counted without a name: nodes of a system pool, files of which only the template tells. */
function unnamed(resource: ReportedResource, { path }: Shrinkage, part: Partial<Holding>): Holding {
  const id = `${resource.stack}/${resource.address}/${path}`;
  return { id, accelerator: '', accelerators: 0, nodes: 0, storedTiB: 0, label: '', ...part };
}

/** What a resource holds less after the edit than before it. */
function fewer(had: readonly Holding[], has: readonly Holding[]): Holding[] {
  const after = new Map(has.map((holding) => [holding.id, holding]));
  return had.flatMap((holding) => {
    const now = after.get(holding.id);
    const less = (name: 'accelerators' | 'nodes' | 'storedTiB') => Math.max(holding[name] - (now?.[name] ?? 0), 0);
    const isOther = now !== undefined && now.accelerator !== holding.accelerator;
    const lost = { ...holding, accelerators: less('accelerators'), nodes: less('nodes'), storedTiB: less('storedTiB') };
    if (isOther) return [{ ...lost, accelerators: holding.accelerators }];
    return lost.accelerators + lost.nodes + lost.storedTiB > 0 ? [lost] : [];
  });
}

function largest(shrunk: readonly Shrinkage[], unit: Unit): number {
  return Math.max(0, ...shrunk.filter((each) => each.unit === unit).map(({ before, after }) => before - after));
}

/** What an edit takes away of a resource that stays. */
function shrunkOf(resource: ReportedResource): Lost {
  const { shrunk, holdings, becomes } = resource;
  const days = largest(shrunk, 'days');
  // A group whose running size is set anew loses all that runs in it, whatever the estate says of its size.
  if (holdings.length > 0 && shrunk.some(({ unit, after, note }) => unit === 'nodes' && after === 0 && note)) {
    return { holdings, days };
  }
  if (holdings.length > 0) return { holdings: fewer(holdings, becomes), days };
  const counted = shrunk.flatMap((each) => {
    const less = each.before - each.after;
    if (each.unit === 'nodes') return [unnamed(resource, each, { nodes: less })];
    return each.unit === 'TiB' ? [unnamed(resource, each, { storedTiB: less })] : [];
  });
  return { holdings: counted, days };
}

/** What an edit takes away with a resource. */
export function lostWith(resource: ReportedResource): Lost {
  const { action, holdings, refused } = resource;
  if (action === 'replaced' || action === 'destroyed') return { holdings, days: 0 };
  // What the service refuses to do takes nothing away.
  return action === 'updated' && refused.length === 0 ? shrunkOf(resource) : { holdings: [], days: 0 };
}

/** Whether a resource stays and loses something. */
export function isSmaller(resource: ReportedResource): boolean {
  const { holdings, days } = lostWith(resource);
  return resource.action === 'updated' && (holdings.length > 0 || days > 0);
}

/** Whether what a resource loses while it stays is protected: reserved machines, and every store. */
export function losesProtected(resource: ReportedResource): boolean {
  const { holdings, days } = lostWith(resource);
  const isStore = days > 0 || holdings.some(({ storedTiB }) => storedTiB > 0);
  // The guard of a cluster is about the cluster, not about the nodes of its system pool.
  const isReserved = resource.isGuarded && kindOf(resource.type).holds === 'nodes' && holdings.length > 0;
  return resource.action === 'updated' && (isStore || isReserved);
}

/** Clusters and networks come after what lives in them, so that nothing is counted under two entries. */
function levelOf({ type }: ReportedResource): number {
  const { holds } = kindOf(type);
  return holds === 'site' ? 2 : holds === 'cluster' ? 1 : 0;
}

/** What an edit takes away, by entry of the estate. */
export function lossesOf(resources: readonly ReportedResource[]): Loss[] {
  const seen = new Set<string>();
  const parts = [...resources]
    .sort((one, other) => levelOf(one) - levelOf(other))
    .map((resource) => {
      const lost = lostWith(resource);
      const holdings = lost.holdings.filter(({ id }) => !seen.has(id));
      for (const { id } of holdings) seen.add(id);
      return { resource, holdings, days: lost.days };
    });
  const sum = (holdings: readonly Holding[], name: 'accelerators' | 'nodes' | 'storedTiB') =>
    holdings.reduce((total, each) => total + each[name], 0);
  return [...groupBy(parts, ({ resource }) => resource.key)]
    .map(([path, members]): Loss => {
      const holdings = members.flatMap((each) => each.holdings);
      return {
        path,
        nodes: sum(holdings, 'nodes'),
        accelerators: sum(holdings, 'accelerators'),
        tebibytes: Math.round(sum(holdings, 'storedTiB') * 1000) / 1000,
        days: Math.max(...members.map(({ days }) => days)),
        protected: members.some(({ resource }) => resource.isProtected && resource.action !== 'kept'),
        holdings,
      };
    })
    .filter((loss) => loss.protected || loss.days > 0 || loss.holdings.length > 0);
}

/** Losses in words: `3,184 H200, 12 TiB of files, 30 days of retention`; empty when nothing is lost. */
export function formatLosses(losses: readonly Loss[]): string {
  const held = formatAmounts(losses.flatMap(({ holdings }) => holdings));
  const days = Math.max(0, ...losses.map((loss) => loss.days));
  return [held, days > 0 && `${days} ${days === 1 ? 'day' : 'days'} of retention`].filter(Boolean).join(', ');
}
