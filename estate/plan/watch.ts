import type { Diagnostic } from '../diagnostics';
import { type Owned, ownerKeyOf, ownerOf } from '../spec/ownership';
import type { Cluster, Estate } from '../spec/schema';
import { alarmsOf, logDaysOf, type Watched } from '../spec/watch';
import { sortedEntries } from '../units';
import { accountOf, clusterPath } from './identity';
import type { Lock } from './lock';
import type { AlarmsPlan, ClusterWatchPlan, FileSystemWatchPlan, ObjectStoreWatchPlan } from './watch-types';

/** What an entry lies in, the outermost first, and the entry itself. */
type Levels = readonly ((Watched & Owned) | undefined)[];

/** What is kept and told of a cluster, and what decides which pods it takes. */
export function watchOfCluster(
  estate: Estate,
  levels: Levels,
  { binaryAuthorization, policyAddon }: Cluster,
): ClusterWatchPlan {
  const days = keptDays(levels);
  return {
    ...(days !== undefined && { logRetentionDays: days }),
    ...alarmsTo(estate, levels),
    ...(binaryAuthorization === true && { binaryAuthorization }),
    ...(policyAddon === false && { policyAddon }),
  };
}

/** What is kept of the requests of an object store. */
export function watchOfObjectStore(levels: Levels): ObjectStoreWatchPlan {
  const days = keptDays(levels);
  return days === undefined ? {} : { accessLogRetentionDays: days };
}

/** Who is told of a file system. */
export function watchOfFileSystem(estate: Estate, levels: Levels): FileSystemWatchPlan {
  return alarmsTo(estate, levels);
}

/** Without logs there is no number: nothing is kept, or what the cloud keeps by default. */
function keptDays(levels: Levels): number | undefined {
  return logDaysOf(levels)?.value || undefined;
}

/** Alarms go to the owner of what they watch. */
function alarmsTo(estate: Estate, levels: Levels): { readonly alarms?: AlarmsPlan } {
  if (alarmsOf(levels)?.value !== true) return {};
  const owned = levels.filter((level) => level !== undefined);
  const owner = ownerKeyOf(estate, owned);
  return { alarms: { ...(owner !== undefined && { owner }), email: ownerOf(estate, owned).email } };
}

/** Whether a cluster of an estate has alarms, and is made, so that they can be. */
export function hasAlarms(levels: Levels, { existing }: Cluster): boolean {
  return existing === undefined && alarmsOf(levels)?.value === true;
}

/**
 * Clusters on AWS of earlier releases whose logs are to be kept for so long: EKS made their log group, under a name that
 * no stack knows.
 */
export function unownedLogs(estate: Estate, chosen: Lock['chosen']): Diagnostic[] {
  return sortedEntries(estate.clusters).flatMap(([key, cluster]): Diagnostic[] => {
    const account = accountOf(estate, cluster.site);
    const site = estate.sites[cluster.site];
    const said = logDaysOf([account, site, cluster]);
    const isNamed = chosen[clusterPath(key, cluster)]?.named === true;
    if (account.cloud !== 'aws' || cluster.existing !== undefined || said === undefined || isNamed) return [];
    const entries = [`accounts.${site?.account}`, `sites.${cluster.site}`, `clusters.${key}`];
    return [
      {
        code: 'LogsUnowned',
        severity: 'error',
        path: `${entries[said.level]}.logs`,
        value: said.value,
        message: `cluster "${key}" is of an earlier release, whose log group EKS made: no stack can say how long it keeps logs`,
        hint: `take logs off ${entries[said.level]}, or say it of what else is in it; of this cluster by hand: aws logs put-retention-policy --log-group-name /aws/eks/NAME/cluster --retention-in-days ${said.value}`,
      },
    ];
  });
}
