import type { Diagnostic } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Estate } from '../spec/schema';
import { sortedEntries } from '../units';
import { accountOf, clusterPath, identityOf, poolPath, storePath } from './identity';
import { type Lock, type Retired, unpackKeys } from './lock';
import { isAccepted } from './moves';
import { shardKey } from './names';
import type { Placement } from './shards';

/** Kinds of capacity that are held for us: who gives such machines up does not get them back. */
const HELD: readonly string[] = ['reservation', 'capacity-block', 'dedicated'];

/** True for capacity that is held for us, so that its nodes are protected. */
export function isHeld(kind: string): boolean {
  return HELD.includes(kind);
}

/** What of an estate is protected, by the path of its entry: stores, and pools of held capacity. */
export function planGuarded(estate: Estate): Lock['guarded'] {
  const guarded: Record<string, Lock['guarded'][string]> = {};
  for (const [key, store] of sortedEntries(estate.stores)) {
    const site = siteId(estate, store.site);
    const zone = store.kind === 'lustre' ? (store.zone ?? estate.sites[store.site]?.zones?.[0]) : undefined;
    guarded[storePath(key, store)] = { kind: store.kind, site, ...(zone !== undefined && { zone }) };
  }
  for (const [key, cluster] of sortedEntries(estate.clusters)) {
    const catalog = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud];
    for (const [name, pool] of sortedEntries(cluster.pools)) {
      const machine = resolveMachine(catalog, pool);
      if (machine === undefined || !isHeld(pool.capacity.kind)) continue;
      const zone = pool.zone ?? estate.sites[cluster.site]?.zones?.[0];
      const path = poolPath(clusterPath(key, cluster), name, pool);
      guarded[path] = { kind: 'pool', machine: machine.type, ...(zone && { zone }), capacity: pool.capacity.kind };
    }
  }
  return guarded;
}

/** What an estate no longer has of what a lock guards. */
export interface Departures {
  /** Kept where it runs until it is pruned or its loss accepted. */
  readonly retired: Lock['retired'];
  /** Pools that would lose their protection while their groups stay. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the entries of an estate stand now. */
export interface Present {
  readonly estate: Estate;
  /** Placement of the groups by cluster identity. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly guarded: Lock['guarded'];
}

/**
 * What the lock guards and the estate no longer has, together with what was retired before.
 *
 * Sites and clusters that left take their stacks with them: nothing destroys what is in those.
 */
export function planDepartures(present: Present, lock: Lock, accept: readonly string[]): Departures {
  const candidates = { ...lock.retired, ...guardedStores(lock), ...guardedGroups(lock) };
  const diagnostics: Diagnostic[] = [];
  const retired: Record<string, Retired> = {};
  for (const [path, entry] of sortedEntries(candidates)) {
    if (!hasStack(present, entry) || isAccepted(path, accept)) continue;
    if (entry.kind !== 'group') {
      if (isLivingStore(present, path, entry)) continue;
      retired[path] = entry;
      if (isKeyTaken(present, path, entry)) diagnostics.push(keyTaken(present.estate, path, entry));
      continue;
    }
    if (!isLivingGroup(present, path, entry)) retired[path] = entry;
    else if (present.guarded[parentOf(path)] === undefined) diagnostics.push(unprotected(present.estate, path, entry));
  }
  return { retired, diagnostics: once(diagnostics) };
}

function siteId(estate: Estate, key: string): string {
  return identityOf(key, estate.sites[key] ?? {});
}

/** Stores are retired by their site too: one that moved is a new one there, and the old one stays. */
function guardedStores({ guarded }: Lock): Lock['retired'] {
  return Object.fromEntries(
    Object.entries(guarded).flatMap(([path, entry]): [string, Retired][] =>
      entry.kind === 'pool' ? [] : [[`sites.${entry.site}.${path}`, entry]],
    ),
  );
}

function guardedGroups({ guarded, shards }: Lock): Lock['retired'] {
  const groups: Record<string, Retired> = {};
  for (const [cluster, ordinals] of Object.entries(shards)) {
    for (const [ordinal, pools] of Object.entries(ordinals)) {
      for (const [pool, packed] of Object.entries(pools)) {
        const path = `clusters.${cluster}.pools.${pool}`;
        const entry = guarded[path];
        if (entry?.kind !== 'pool') continue;
        const shard = shardKey(cluster, Number(ordinal));
        for (const key of unpackKeys(packed)) groups[`${path}.${key}`] = { ...entry, kind: 'group', shard };
      }
    }
  }
  return groups;
}

/** Whether the stack that the entry was in is still part of the estate. */
function hasStack({ estate, placements }: Present, entry: Retired): boolean {
  if (entry.kind !== 'group') {
    return Object.entries(estate.sites).some(([key, site]) => identityOf(key, site) === entry.site);
  }
  return [...placements].some(([id, { shards }]) =>
    shards.some(({ ordinal }) => shardKey(id, ordinal) === entry.shard),
  );
}

function isLivingStore({ guarded }: Present, path: string, entry: Retired): boolean {
  const now = guarded[path.replace(/^sites\.[^.]+\./, '')];
  if (now === undefined || now.kind === 'pool' || entry.kind === 'group') return false;
  return now.kind === entry.kind && now.site === entry.site;
}

/** Whether a store of another kind has come to the same site under the same key, and so under the same names. */
function isKeyTaken({ guarded }: Present, path: string, entry: Retired): boolean {
  const now = guarded[path.replace(/^sites\.[^.]+\./, '')];
  return now !== undefined && now.kind !== 'pool' && entry.kind !== 'group' && now.site === entry.site;
}

function keyTaken(estate: Estate, path: string, entry: Retired): Diagnostic {
  const id = path.slice(path.lastIndexOf('.') + 1);
  const [written = id] = Object.entries(estate.stores).find(([key, store]) => identityOf(key, store) === id) ?? [];
  return {
    code: 'StoreKeyKept',
    severity: 'error',
    path: `stores.${written}`,
    message: `"${id}" is the key of a store of kind ${entry.kind} that left the file and is kept at the same site`,
    hint: `give the new store another key, or give the old one up with "npx estate lock --accept ${path}"`,
  };
}

function isLivingGroup({ placements }: Present, path: string, entry: Retired): boolean {
  const [, cluster = '', , pool, ...key] = path.split('.');
  const here = placements.get(cluster)?.shards.find(({ ordinal }) => {
    return entry.kind === 'group' && shardKey(cluster, ordinal) === entry.shard;
  });
  return here?.groups.some((member) => member.pool === pool && member.group.key === key.join('.')) ?? false;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}

function unprotected(estate: Estate, path: string, entry: Retired): Diagnostic {
  const pool = parentOf(path);
  const [, cluster = '', , name = ''] = pool.split('.');
  const [key = cluster, at] =
    Object.entries(estate.clusters).find(([each, { renamedFrom }]) => {
      return (renamedFrom ?? each) === cluster;
    }) ?? [];
  const [written = name] = Object.entries(at?.pools ?? {}).find(([each, own]) => identityOf(each, own) === name) ?? [];
  const held = entry.kind === 'group' ? entry.capacity : entry.kind;
  return {
    code: 'ProtectionLost',
    severity: 'error',
    path: `clusters.${key}.pools.${written}.capacity`,
    message: `the pool holds capacity that is protected (${held}); the next apply would replace its nodes unguarded`,
    hint: `put the other capacity into a pool of its own, or give this one up with "npx estate lock --accept ${pool}"`,
  };
}

function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((found) => [found.path, found])).values()];
}
