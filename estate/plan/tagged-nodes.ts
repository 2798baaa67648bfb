import type { Estate } from '../spec/schema';
import { groupBy, sortedEntries } from '../units';
import { accountPath, clusterPath, identityOf } from './identity';
import type { Choice, Lock } from './lock';

/**
 * Accounts whose nodes are told from other machines by a tag, by their path: those without nodes of an earlier release,
 * since nodes that run never get another tag, and what they do would be forbidden from one apply to the next.
 */
export function planTaggedNodes(estate: Estate, lock: Lock): ReadonlyMap<string, Choice> {
  const tagged = new Map<string, Choice>();
  const sitesOf = groupBy(sortedEntries(estate.sites), ([, { account }]) => account);
  for (const [key, account] of sortedEntries(estate.accounts)) {
    if (account.cloud !== 'oracle') continue;
    const path = accountPath(key, account);
    const sites = new Set((sitesOf.get(key) ?? []).map(([site]) => site));
    if (lock.chosen[path]?.nodes ?? (sites.size > 0 && !hadNodes(estate, lock, sites))) {
      tagged.set(path, { nodes: 'tagged' });
    }
  }
  return tagged;
}

/** Whether a lock has clusters at some sites, or groups that are kept and nobody can tell where. */
function hadNodes(estate: Estate, { chosen, shards, retired }: Lock, sites: ReadonlySet<string>): boolean {
  const clusters = sortedEntries(estate.clusters).map(([key, cluster]) => {
    return { id: identityOf(key, cluster), path: clusterPath(key, cluster), isHere: sites.has(cluster.site) };
  });
  const known = new Set(clusters.map(({ id }) => id));
  const isKept = Object.entries(retired).some(
    ([path, { kind }]) => kind === 'group' && !known.has(path.split('.')[1] ?? ''),
  );
  return isKept || clusters.some(({ id, path, isHere }) => isHere && (chosen[path] ?? shards[id]) !== undefined);
}
