import { quote } from '../words';
import { clusterPathOf, grantsOf } from './grants';
import type { Rule } from './rule';

/** A service account has one right to a store, by a grant or by a mount. */
export const grantTwice: Rule = {
  code: 'GrantTwice',
  severity: 'error',
  summary: 'a service account has one right to a store, by a grant or by a mount',
  why: 'two entries say different things of one right, and the wider one holds whatever the other says',
  check(estate, report) {
    const first = new Map<string, string>();
    for (const { key, path, grant, ends } of grantsOf(estate)) {
      const { clusterKey, cluster, namespace, serviceAccount, isWorkload } = ends;
      const id = [clusterKey, namespace, serviceAccount, grant.to].join('/');
      const other = first.get(id);
      if (other === undefined) first.set(id, key);
      else {
        report({
          path: [...path, 'to'],
          value: grant.to,
          message: `grant ${quote(other)} gives the same service account of ${quote(clusterKey)} access to ${quote(grant.to)} already`,
          hint: 'keep one of them, with readWrite where it reads and writes',
        });
      }
      if (!isWorkload || !cluster.mounts.includes(grant.to)) continue;
      report({
        path: clusterPathOf({ path, grant }),
        value: clusterKey,
        message: `cluster ${quote(clusterKey)} mounts ${quote(grant.to)}, so its workload reads and writes there already`,
        hint: `remove the grant, or take the store out of clusters.${clusterKey}.mounts where less is enough`,
      });
    }
  },
};
