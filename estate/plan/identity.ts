import type { Account, Cluster, Estate, Pool, Store } from '../spec/schema';

/** The key that names and addresses hang on: a renamed entry keeps its old one. */
export function identityOf(key: string, entry: { readonly renamedFrom?: string }): string {
  return entry.renamedFrom ?? key;
}

/** The name that names of things hang on: a renamed estate keeps its first one. */
export function estateIdentity(estate: Pick<Estate, 'name' | 'renamedFrom'>): string {
  return identityOf(estate.name, estate);
}

/** The account of a site. */
export function accountOf(estate: Estate, site: string): Account {
  const account = estate.accounts[estate.sites[site]?.account ?? ''];
  if (account === undefined) throw new Error(`site "${site}" has no account: the rules must refuse it before planning`);
  return account;
}

/** The id that other providers, and other accounts of the same one, know an account by. */
export function accountIdOf(account: Account): string {
  switch (account.cloud) {
    case 'aws':
      return account.accountId;
    case 'azure':
      return account.subscriptionId;
    case 'google':
      return account.projectId;
    case 'oracle':
      return account.tenancyId;
  }
}

/** The identity of a site, by its key in the estate file. */
export function siteId(estate: Estate, key: string): string {
  return identityOf(key, estate.sites[key] ?? {});
}

/** Path of an account in the lock file. */
export function accountPath(key: string, account: { readonly renamedFrom?: string }): string {
  return `accounts.${identityOf(key, account)}`;
}

/** Path of a site in the lock file. */
export function sitePath(key: string, site: { readonly renamedFrom?: string }): string {
  return `sites.${identityOf(key, site)}`;
}

/** Path of a cluster in the lock file. */
export function clusterPath(key: string, cluster: Pick<Cluster, 'renamedFrom'>): string {
  return `clusters.${identityOf(key, cluster)}`;
}

/** Path of a pool in the lock file. */
export function poolPath(cluster: string, key: string, pool: Pick<Pool, 'renamedFrom'>): string {
  return `${cluster}.pools.${identityOf(key, pool)}`;
}

/** Path of a store in the lock file. */
export function storePath(key: string, store: Pick<Store, 'renamedFrom'>): string {
  return `stores.${identityOf(key, store)}`;
}

/** The path of an entry as it is written: renamed entries are planned under the key that they had first. */
export function writtenPath(estate: Estate, path: string): string {
  const [map = '', identity = '', ...rest] = path.split('.');
  const maps: Readonly<Record<string, Readonly<Record<string, { readonly renamedFrom?: string }>>>> = {
    accounts: estate.accounts,
    sites: estate.sites,
    clusters: estate.clusters,
    stores: estate.stores,
    grants: estate.grants,
    links: estate.links,
    replication: estate.replication,
  };
  const find = (entries: Readonly<Record<string, { readonly renamedFrom?: string }>> | undefined, id: string) =>
    Object.entries(entries ?? {}).find(([key, entry]) => identityOf(key, entry) === id)?.[0];
  const key = find(maps[map], identity);
  if (key === undefined) return path;
  const [part, pool, ...below] = rest;
  if (part !== 'pools' || pool === undefined) return [map, key, ...rest].join('.');
  return [map, key, part, find(estate.clusters[key]?.pools, pool) ?? pool, ...below].join('.');
}
