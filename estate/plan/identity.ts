import type { Account, Cluster, Estate, Pool, Store } from '../spec/schema';

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
