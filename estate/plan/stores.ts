import type { Catalog, Cloud, LustreTierOf } from '../catalog';
import { tierOf } from '../catalog/lustre';
import { catalogOf } from '../spec/catalog-of';
import type { Cluster, Estate, Store } from '../spec/schema';
import { storeSize } from '../spec/store-size';
import { compareKeys, sortedEntries } from '../units';
import { existingFileSystem, existingObjectStore } from './existing';
import { estateIdentity, identityOf, storePath } from './identity';
import type { Lock } from './lock';
import { tagsOf } from './names';
import type { AccountOf, ExistingStorePlan, MountPlan, RetiredStore, StorePlan } from './types';
import { watchOfFileSystem, watchOfObjectStore } from './watch';
import { zoneOf } from './zones';

/** What the stores of one estate share. */
export interface StoreContext {
  readonly estate: Estate;
  readonly layout: { readonly lock: Lock };
}

/** True for a store that a stack makes. */
export function isMade<C extends Cloud>(store: MountPlan<C>): store is StorePlan<C> {
  return store.existing === undefined;
}

/** True for a store that exists already. */
export function isExisting<C extends Cloud>(store: MountPlan<C>): store is ExistingStorePlan<C> {
  return store.existing !== undefined;
}

/** A store, resolved. */
export function planStore<C extends Cloud>(
  cloud: C,
  key: string,
  store: Store,
  account: AccountOf<C>,
  context: StoreContext,
): MountPlan<C> {
  const { estate, layout } = context;
  const id = identityOf(key, store);
  const zone = () => zoneOf(cloud, store.kind === 'lustre' ? store.zone : undefined, estate.sites[store.site]);
  if (store.existing !== undefined) {
    const known = { key: id, name: store.existing.id };
    return store.kind === 'object'
      ? { kind: 'object', ...known, existing: existingObjectStore(cloud, store.existing, account) }
      : { kind: 'lustre', ...known, zone: zone(), existing: existingFileSystem(cloud, store.existing, account) };
  }
  const { stack = 1, versions } = layout.lock.chosen[storePath(key, store)] ?? {};
  const name = `${estateIdentity(estate)}-${id}`;
  const levels = [account, estate.sites[store.site], store];
  const tags = tagsOf(estate, 'store', id, levels);
  const common = { key: id, name, ...(stack > 1 && { stack }), tags };
  if (store.kind === 'object') {
    const copy = versions === 'none' ? ({ isCopy: true } as const) : {};
    return { kind: 'object', ...common, retainDays: store.retainDays, ...copy, ...watchOfObjectStore(levels) };
  }
  const catalog = catalogOf(estate);
  const tier = lustreTier(cloud, store.throughputMBpsPerTiB, catalog);
  const { unit } = catalog.clouds[cloud].lustre;
  return {
    kind: 'lustre',
    ...common,
    zone: zone(),
    size: storeSize(store, unit),
    unit,
    tier,
    ...watchOfFileSystem(estate, levels),
  };
}

function lustreTier<C extends Cloud>(cloud: C, throughput: number | undefined, { clouds }: Catalog): LustreTierOf[C] {
  const tier = throughput === undefined ? undefined : tierOf<LustreTierOf[C]>(clouds[cloud].lustre, throughput);
  if (tier === undefined)
    throw new Error(`no Lustre tier of ${throughput} MB/s at ${cloud}: the rules must refuse it before planning`);
  return tier;
}

/** Stores that a cluster mounts, sorted by key. */
export function mountsOf<C extends Cloud>(
  cloud: C,
  cluster: Cluster,
  account: AccountOf<C>,
  context: StoreContext,
): MountPlan<C>[] {
  return [...new Set(cluster.mounts)]
    .flatMap((key) => {
      const store = context.estate.stores[key];
      return store === undefined ? [] : [planStore(cloud, key, store, account, context)];
    })
    .sort((one, other) => compareKeys(one.key, other.key));
}

/** Stores that the lock keeps at a site although the estate file no longer has them there. */
export function retiredStores(site: string, { estate, layout }: StoreContext): RetiredStore[] {
  return sortedEntries(layout.lock.retired).flatMap(([path, entry]): RetiredStore[] => {
    if (entry.kind === 'group' || entry.site !== site) return [];
    const key = path.slice(path.lastIndexOf('.') + 1);
    const { kind, zone, stack = 1 } = entry;
    return [
      { kind, key, name: `${estateIdentity(estate)}-${key}`, ...(zone && { zone }), ...(stack > 1 && { stack }) },
    ];
  });
}
