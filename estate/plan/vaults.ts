import type { Account, Cluster, Estate, Site } from '../spec/schema';
import { compareKeys, groupBy, sortedEntries } from '../units';
import { existingKey } from './existing';
import { accountPath, clusterPath, identityOf, sitePath } from './identity';
import { type Choice, isOlder, type Lock } from './lock';

/**
 * Who makes keys in a vault that its account has in the region, by the path of its entry, and the regions of these vaults.
 *
 * The address of a vault is found some time after it was made, so keys are made in a vault of an earlier stack. What an
 * earlier release made a vault of its own for keeps it: a key never leaves its vault. A vault stays when nobody needs it any
 * more, since keys that were deleted are in it for a month.
 */
export function planVaults(estate: Estate, lock: Lock): ReadonlyMap<string, Choice> {
  const vaults = new Map<string, Choice>();
  const sitesOf = groupBy(sortedEntries(estate.sites), ([, { account }]) => account);
  for (const [key, account] of sortedEntries(estate.accounts)) {
    if (account.cloud !== 'oracle') continue;
    const path = accountPath(key, account);
    const regions = new Set(lock.chosen[path]?.vaults);
    for (const [name, site] of sitesOf.get(key) ?? []) {
      const users = usersAt(estate, lock, name, site);
      for (const user of users) vaults.set(user, { vault: 'account' });
      if (users.length > 0 && !bringsKey(site, account)) regions.add(site.region);
    }
    if (regions.size > 0) vaults.set(path, { vaults: [...regions].sort(compareKeys) });
  }
  return vaults;
}

/** Paths of the site and of its clusters, as far as their keys are made in the vault of the account. */
function usersAt(estate: Estate, lock: Lock, name: string, site: Site): string[] {
  const path = sitePath(name, site);
  const stores = Object.values(estate.stores).some((store) => store.site === name && store.existing === undefined);
  const sharesSite = lock.chosen[path]?.vault ?? (stores && !hadStores(lock, identityOf(name, site)));
  const clusters = sortedEntries(estate.clusters).flatMap(([key, cluster]) => {
    const isHere = cluster.site === name && cluster.existing === undefined;
    const shares = lock.chosen[clusterPath(key, cluster)]?.vault ?? isNewCluster(lock, key, cluster);
    return isHere && shares ? [clusterPath(key, cluster)] : [];
  });
  return sharesSite ? [path, ...clusters] : clusters;
}

/** Whether a lock does not know a cluster yet. */
export function isNewCluster({ chosen, shards }: Lock, key: string, cluster: Cluster): boolean {
  return chosen[clusterPath(key, cluster)] === undefined && shards[identityOf(key, cluster)] === undefined;
}

/** Whether a lock of an earlier release has stores at a site, which have a vault of their own. */
function hadStores(lock: Lock, site: string): boolean {
  const entries = [...Object.values(lock.guarded), ...Object.values(lock.retired)];
  return isOlder(lock) || entries.some((entry) => 'site' in entry && entry.site === site);
}

function bringsKey(site: Site, account: Account): boolean {
  return existingKey(site, account) !== undefined;
}
