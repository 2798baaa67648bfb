import type { Cloud, CloudCatalog, MachineBase } from '../../catalog';
import { catalogOf } from '../catalog-of';
import { lookup } from '../lookup';
import { resolveMachine } from '../machine';
import type { Path } from '../positions';
import type { Account, Cluster, Estate, Pool, Site, Store } from '../schema';

/** A site with its account. */
export interface SiteEntry {
  readonly key: string;
  readonly path: Path;
  readonly site: Site;
  readonly account: Account;
  readonly cloud: Cloud;
  readonly catalog: CloudCatalog;
}

/** A cluster with the site it lies at. */
export interface ClusterEntry {
  readonly key: string;
  readonly path: Path;
  readonly cluster: Cluster;
  readonly at: SiteEntry;
}

/** A pool with the site it lies at and its machine, if it can be told. */
export interface PoolEntry {
  readonly key: string;
  readonly path: Path;
  readonly pool: Pool;
  readonly at: SiteEntry;
  readonly machine: MachineBase | undefined;
}

/** A store with the site it lies at. */
export interface StoreEntry {
  readonly key: string;
  readonly path: Path;
  readonly store: Store;
  readonly at: SiteEntry;
}

/** Sites whose account exists. */
export const sitesOf = oncePerEstate((estate): readonly SiteEntry[] =>
  Object.keys(estate.sites).flatMap((key) => siteOf(estate, key) ?? []),
);

/** A site by its key; undefined when it or its account does not exist. */
export function siteOf(estate: Estate, key: string): SiteEntry | undefined {
  const site = lookup(estate.sites, key);
  const account = site && lookup(estate.accounts, site.account);
  if (site === undefined || account === undefined) return undefined;
  const { cloud } = account;
  return { key, path: ['sites', key], site, account, cloud, catalog: catalogOf(estate).clouds[cloud] };
}

/** Sites of a cloud that a link ends at, with something of its own. */
export function linkedSites(estate: Estate, cloud: Cloud): readonly SiteEntry[] {
  const ends = new Set(Object.values(estate.links).flatMap(({ between, via }) => (via === undefined ? between : [])));
  return sitesOf(estate).filter((site) => site.cloud === cloud && ends.has(site.key));
}

/** Whether the provider has the region of a site; where it has not, nothing more can be said of what lies there. */
export function isRegionKnown({ site, catalog }: SiteEntry): boolean {
  return catalog.regions.names.includes(site.region);
}

/** Zones of the region of a site: none where it has none, undefined where the catalog does not know them. */
export function zonesOf({ site, catalog }: SiteEntry): readonly string[] | undefined {
  return lookup(catalog.regions.rows, site.region)?.zones;
}

/** Clouds that have regions without zones, in which things can lie. */
export const WITHOUT_ZONES: readonly Cloud[] = ['azure'];

/** Whether a site has to name zones and does not; of a region that the provider does not have nothing can be said. */
export function lacksZones(entry: SiteEntry): boolean {
  const isFree = WITHOUT_ZONES.includes(entry.cloud) && zonesOf(entry)?.length === 0;
  return entry.site.zones.length === 0 && isRegionKnown(entry) && !isFree;
}

/** Clusters whose site exists. */
export const clustersOf = oncePerEstate((estate): readonly ClusterEntry[] =>
  Object.entries(estate.clusters).flatMap(([key, cluster]) => {
    const at = siteOf(estate, cluster.site);
    return at === undefined ? [] : [{ key, path: ['clusters', key], cluster, at }];
  }),
);

/** Pools of one cluster. */
export function poolsIn({ path, cluster, at }: ClusterEntry): readonly PoolEntry[] {
  return Object.entries(cluster.pools).map(([key, pool]) => {
    return { key, path: [...path, 'pools', key], pool, at, machine: resolveMachine(at.catalog, pool) };
  });
}

/** Pools whose site exists. */
export const poolsOf = oncePerEstate((estate): readonly PoolEntry[] => clustersOf(estate).flatMap(poolsIn));

/** Stores whose site exists. */
export const storesOf = oncePerEstate((estate): readonly StoreEntry[] =>
  Object.entries(estate.stores).flatMap(([key, store]) => {
    const at = siteOf(estate, store.site);
    return at === undefined ? [] : [{ key, path: ['stores', key], store, at }];
  }),
);

/** Remembers what follows from an estate, for dozens of rules ask the same; estates never change. */
export function oncePerEstate<T>(derive: (estate: Estate) => T): (estate: Estate) => T {
  const known = new WeakMap<Estate, { readonly derived: T }>();
  return (estate) => {
    const found = known.get(estate);
    if (found !== undefined) return found.derived;
    const derived = derive(estate);
    known.set(estate, { derived });
    return derived;
  };
}
