import { CLOUDS, type Cloud, type KubernetesVersions, type Limit, type Limits, type Sourced } from '../catalog';
import { identityOf } from '../plan/identity';
import type { Plan, ShardPlan } from '../plan/types';
import { lookup } from '../spec/lookup';
import type { Estate } from '../spec/schema';
import { counted } from '../spec/words';

/** Something that an entry of an estate was resolved to, and what decided it. */
export interface ResolvedFact {
  readonly what: string;
  readonly value: string;
  /** What decided it: a key of the file, a default, the lock file, a row of the catalog. */
  readonly because: string;
  /** Where the row of the catalog comes from, and when it was read. */
  readonly source?: string;
  /** Keys of the entry that it follows from: it is shown where one of them is explained, and for the whole entry. */
  readonly keys: readonly string[];
}

/** An estate with its plan, while an entry of it is explained. */
export interface Resolved {
  readonly estate: Estate;
  readonly plan: Plan;
}

/** A row's source as it is shown. */
export function sourceOf({ source, checked, unverified }: Sourced): { readonly source: string } {
  return { source: `${source} (${checked})${unverified === undefined ? '' : `; unverified: ${unverified}`}` };
}

/** The shards of a cluster, in their order. */
export function shardsOf({ estate, plan }: Resolved, key: string): readonly ShardPlan[] {
  const cluster = lookup(estate.clusters, key);
  const id = cluster && identityOf(key, cluster);
  return CLOUDS.flatMap((cloud) => plan.shards(cloud).filter((shard: ShardPlan) => shard.cluster === id));
}

/** The cloud of a site. */
export function cloudOf({ estate }: Resolved, site: string): Cloud | undefined {
  return lookup(estate.accounts, lookup(estate.sites, site)?.account ?? '')?.cloud;
}

/** Names, cut to a few. */
export function few(names: readonly string[]): string {
  const most = 6;
  return names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} … (${names.length} in all)`;
}

/** The limits that split a cluster, each with its own source. */
export function shardLimitFacts(
  { nodesPerShard, poolsPerShard }: Limits,
  keys: readonly string[],
): readonly ResolvedFact[] {
  const fact = (what: string, value: string, limit: Limit) => ({
    what,
    value,
    because: 'the limit of one shard',
    ...sourceOf(limit),
    keys,
  });
  return [
    fact('most nodes', counted(nodesPerShard.value, 'node'), nodesPerShard),
    fact('most pools', counted(poolsPerShard.value, 'node pool'), poolsPerShard),
  ];
}

/** What decided a version: the file, the lock file, which keeps what was chosen once, or the catalog. */
export function versionReason(
  written: string | undefined,
  version: string,
  kubernetes: KubernetesVersions,
  title: string,
): Pick<ResolvedFact, 'because' | 'source'> {
  if (written !== undefined) return { because: 'kubernetes' };
  if (version !== kubernetes.preferred) return { because: 'the lock file, which keeps the version of what runs' };
  return { because: `the version that the catalog prefers on ${title}`, ...sourceOf(kubernetes) };
}

/** The name of an entry, and what decided it. */
export function nameFact(
  name: string,
  entry: { readonly renamedFrom?: string },
  estate: { readonly renamedFrom?: string },
): ResolvedFact {
  const first = estate.renamedFrom === undefined ? 'the estate' : 'the first name of the estate';
  const because = `${first} and the ${entry.renamedFrom === undefined ? 'key' : 'former key, which the entry keeps'}`;
  return { what: 'name', value: name, because, keys: ['renamedFrom'] };
}

/** Where something lies that is in one zone. */
export function zoneFact(placed: { readonly zone?: string }, entry: { readonly zone?: string }): ResolvedFact {
  const found = { what: 'zone', keys: ['zone'] };
  if (placed.zone === undefined) return { ...found, value: 'none', because: 'the region of the site has no zones' };
  return { ...found, value: placed.zone, because: entry.zone === undefined ? 'the only zone of the site' : 'zone' };
}

/** Stacks that something lies in. */
export function stacksFact(stacks: readonly string[], because: string): ResolvedFact {
  return { what: stacks.length === 1 ? 'stack' : 'stacks', value: few(stacks), because, keys: [] };
}
