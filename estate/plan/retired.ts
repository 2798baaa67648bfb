import type { Diagnostic } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Estate } from '../spec/schema';
import { sortedEntries } from '../units';
import { versionOf } from './chosen';
import { accountOf, clusterPath, identityOf, poolPath, siteId, storePath } from './identity';
import { comesBack, conflictsOf, lostTrack, type Present, parentOf, unprotected } from './kept';
import { type Lock, type Retired, unpackKeys } from './lock';
import { isAccepted } from './moves';
import { shardKey } from './names';

/** Kinds of capacity that are held for us: who gives such machines up does not get them back. */
const HELD: readonly string[] = ['reservation', 'capacity-block', 'dedicated'];

/** True for capacity that is held for us, so that its nodes are protected. */
export function isHeld(kind: string): boolean {
  return HELD.includes(kind);
}

/** What of an estate is protected, by the path of its entry: stores, and pools of held capacity. */
export function planGuarded(estate: Estate, chosen: Lock['chosen']): Lock['guarded'] {
  const guarded: Record<string, Lock['guarded'][string]> = {};
  for (const [key, store] of sortedEntries(estate.stores)) {
    if (store.existing !== undefined) continue;
    const site = siteId(estate, store.site);
    const zone = store.kind === 'lustre' ? (store.zone ?? estate.sites[store.site]?.zones?.[0]) : undefined;
    guarded[storePath(key, store)] = { kind: store.kind, site, ...(zone !== undefined && { zone }) };
  }
  for (const [key, cluster] of sortedEntries(estate.clusters)) {
    const catalog = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud];
    const version = versionOf(estate, cluster, chosen[clusterPath(key, cluster)]);
    for (const [name, pool] of sortedEntries(cluster.pools)) {
      const machine = resolveMachine(catalog, pool);
      if (machine === undefined || !isHeld(pool.capacity.kind)) continue;
      const zone = pool.zone ?? estate.sites[cluster.site]?.zones?.[0];
      const path = poolPath(clusterPath(key, cluster), name, pool);
      guarded[path] = {
        kind: 'pool',
        machine: machine.type,
        ...(zone && { zone }),
        capacity: pool.capacity.kind,
        kubernetes: pool.kubernetes ?? version,
      };
    }
  }
  return guarded;
}

/** What an estate no longer has of what a lock guards. */
export interface Departures {
  /** Kept where it runs until it is pruned or its loss accepted. */
  readonly retired: Lock['retired'];
  /** Paths of what is kept no longer, because its loss is accepted. */
  readonly givenUp: readonly string[];
  /** What cannot be kept, or not beside what the estate has now. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What the lock guards and the estate no longer has, together with what was retired before.
 *
 * Sites and clusters that left take their stacks with them: nothing destroys what is in those, until a stack of the same
 * name comes back. So what left with them stays on record too.
 */
export function planDepartures(present: Present, lock: Lock, accept: readonly string[]): Departures {
  const candidates: Lock['retired'] = { ...guardedStores(lock), ...guardedGroups(lock), ...lock.retired };
  const diagnostics: Diagnostic[] = [];
  const retired: Record<string, Retired> = {};
  const givenUp: string[] = [];
  for (const [path, entry] of sortedEntries(candidates)) {
    const lives = entry.kind === 'group' ? isLivingGroup(present, path, entry) : isLivingStore(present, path, entry);
    if (isAccepted(path, accept)) {
      if (!lives) givenUp.push(path);
      continue;
    }
    if (lives) {
      const forgotten = lock.retired[path];
      if (forgotten !== undefined && forgotten.left === undefined) diagnostics.push(comesBack(present, path, entry));
      if (isUnprotected(present, path, entry)) diagnostics.push(unprotected(present.estate, path, entry));
      continue;
    }
    const { left: _left, ...rest } = entry;
    retired[path] = hasStack(present, entry) ? rest : { ...rest, left: true };
    diagnostics.push(...conflictsOf(present, path, entry));
  }
  return { retired, givenUp, diagnostics: once([...diagnostics, ...lostTrack(present, lock)]) };
}

/** Stores are retired by their site too: one that moved is a new one there, and the old one stays. */
function guardedStores({ guarded, chosen }: Lock): Lock['retired'] {
  return Object.fromEntries(
    Object.entries(guarded).flatMap(([path, entry]): [string, Retired][] => {
      if (entry.kind === 'pool') return [];
      const { stack } = chosen[path] ?? {};
      return [[`sites.${entry.site}.${path}`, { ...entry, ...(stack !== undefined && { stack }) }]];
    }),
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

function isLivingGroup({ placements }: Present, path: string, entry: Retired): boolean {
  const [, cluster = '', , pool, ...key] = path.split('.');
  const here = placements.get(cluster)?.shards.find(({ ordinal }) => {
    return entry.kind === 'group' && shardKey(cluster, ordinal) === entry.shard;
  });
  return here?.groups.some((member) => member.pool === pool && member.group.key === key.join('.')) ?? false;
}

/** Whether the nodes of a group would stay without what protects them. */
function isUnprotected({ guarded }: Present, path: string, entry: Retired): boolean {
  return entry.kind === 'group' && guarded[parentOf(path)] === undefined;
}

function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((found) => [`${found.code} ${found.path} ${found.value ?? ''}`, found])).values()];
}
