import type { Cloud } from '../catalog';
import { type Diagnostic, EstateError } from '../diagnostics';
import { catalogOf } from '../spec/catalog-of';
import { resolveMachine } from '../spec/machine';
import type { Account, Cluster, Estate } from '../spec/schema';
import { compareKeys, groupBy, sortedEntries } from '../units';
import { type AddressPlan, planAddresses, type SiteDemand } from './addresses';
import { planGroups } from './groups';
import { EMPTY_LOCK, type Lock } from './lock';
import { shardKey } from './names';
import { lockedShards, type Placement, type PoolGroup, placeGroups } from './shards';

/** Everything of an estate that must not move once decided: shards, groups and addresses. */
export interface Layout {
  /** Placement of the groups by cluster identity. */
  readonly placements: ReadonlyMap<string, Placement>;
  readonly addresses: AddressPlan;
  /** The lock file as it has to be for this estate. */
  readonly lock: Lock;
}

/** The key that names and addresses hang on: a renamed entry keeps its old one. */
export function identityOf(key: string, entry: { readonly renamedFrom?: string }): string {
  return entry.renamedFrom ?? key;
}

/** The account of a site. */
export function accountOf(estate: Estate, site: string): Account {
  const account = estate.accounts[estate.sites[site]?.account ?? ''];
  if (account === undefined) throw new Error(`site "${site}" has no account: the rules must refuse it before planning`);
  return account;
}

/** Lays an estate out on top of what a lock holds; throws EstateError when something does not fit. */
export function planLayout(estate: Estate, lock: Lock = EMPTY_LOCK): Layout {
  const clusters = sortedEntries(estate.clusters);
  const placements = new Map(
    clusters.map(([key, cluster]) => {
      const id = identityOf(key, cluster);
      return [id, placeCluster(estate, cluster, lock.shards[id])] as const;
    }),
  );
  const addresses = planAddresses(siteDemands(estate, placements), estate.addressing, lock);
  const shards = Object.fromEntries([...placements].map(([id, placement]) => [id, lockedShards(placement.shards)]));
  const diagnostics = [...addresses.diagnostics, ...clusters.flatMap((entry) => overfullShards(entry, placements))];
  if (diagnostics.length > 0) throw new EstateError(diagnostics, 3);
  return {
    placements,
    addresses,
    lock: { version: 1, addresses: addresses.addresses, released: addresses.released, shards },
  };
}

/** Says why a lock cannot be planned with; empty when it holds everything that the estate needs. */
export function checkLock(
  layout: Layout,
  lock: Lock | undefined,
  files: { readonly lock: string; readonly estate: string },
): Diagnostic[] {
  const hint = `run "npx estate lock${files.estate === 'estate.yaml' ? '' : ` ${files.estate}`}" and commit the result`;
  const found = { severity: 'error', path: files.lock, hint } as const;
  if (lock === undefined) return [{ ...found, code: 'LockMissing', message: 'the lock file does not exist' }];
  const stale = Object.entries(layout.addresses.addresses).filter(([key, block]) => lock.addresses[key] !== block);
  const addresses = stale.map(([key]): Diagnostic => {
    const held = lock.addresses[key];
    const message = held === undefined ? `"${key}" has no addresses yet` : `"${key}" cannot keep ${held}`;
    return { ...found, code: 'LockStale', value: key, message };
  });
  const groups = [...layout.placements].flatMap(([cluster, { unrecorded }]) =>
    unrecorded.length === 0
      ? []
      : [{ ...found, code: 'LockStale', message: `${unrecorded.length} groups of "${cluster}" have no shard yet` }],
  );
  return [...addresses, ...groups];
}

/** The lock without the entries that the estate no longer has. */
export function pruneLock(lock: Lock): Lock {
  return { ...lock, released: {} };
}

function placeCluster(estate: Estate, cluster: Cluster, locked: Lock['shards'][string] | undefined): Placement {
  const catalog = catalogOf(estate).clouds[accountOf(estate, cluster.site).cloud];
  const groups = sortedEntries(cluster.pools).flatMap(([key, pool]): PoolGroup[] => {
    const machine = resolveMachine(catalog, pool);
    if (machine === undefined)
      throw new Error(`pool "${key}" has no machine: the rules must refuse it before planning`);
    const id = identityOf(key, pool);
    return planGroups(id, machine, pool).map((group) => ({ pool: id, group }));
  });
  return placeGroups(groups, cluster.systemPool.nodes, catalog.limits, locked);
}

function siteDemands(estate: Estate, placements: ReadonlyMap<string, Placement>): SiteDemand[] {
  const clusters = groupBy(Object.entries(estate.clusters), ([, { site }]) => site);
  const stores = groupBy(Object.entries(estate.stores), ([, { site }]) => site);
  return sortedEntries(estate.sites).map(([key, site]): SiteDemand => {
    const cloud: Cloud = accountOf(estate, key).cloud;
    const shards = (clusters.get(key) ?? []).flatMap(([name, cluster]) => {
      const id = identityOf(name, cluster);
      return (placements.get(id)?.shards ?? []).map(({ ordinal }) => shardKey(id, ordinal));
    });
    const fileSystems = (stores.get(key) ?? []).flatMap(([name, store]) =>
      store.kind === 'lustre' ? [identityOf(name, store)] : [],
    );
    const id = identityOf(key, site);
    return {
      cloud,
      key: id,
      path: `sites.${key}`,
      zones: [...site.zones].sort(compareKeys),
      maxBlocks: catalogOf(estate).clouds[cloud].limits.blocksPerNetwork.value,
      ...(site.cidr && { pin: site.cidr }),
      ...(site.reserveBlocks && { reserveBlocks: site.reserveBlocks }),
      shards: shards.sort(compareKeys),
      fileSystems: fileSystems.sort(compareKeys),
    };
  });
}

function overfullShards(
  [key, cluster]: readonly [string, Cluster],
  placements: ReadonlyMap<string, Placement>,
): Diagnostic[] {
  const id = identityOf(key, cluster);
  return (placements.get(id)?.overfull ?? []).map(({ ordinal, groups }) => ({
    code: 'ShardFull',
    severity: 'error',
    path: `clusters.${key}`,
    message: `the groups that live in shard "${shardKey(id, ordinal)}" have grown over its limit (${groups.length} groups)`,
    hint: 'put the growth into a pool of its own; it then goes to a new shard and nothing has to move',
  }));
}
