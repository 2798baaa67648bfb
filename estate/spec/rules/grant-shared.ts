import { isDirect } from '../grants';
import { quote } from '../words';
import { clusterPathOf, grantsOf } from './grants';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** A service account that is granted something on Google Cloud is that of one cluster. */
export const grantShared: Rule = {
  code: 'GrantShared',
  severity: 'warning',
  summary: 'a service account that is granted a store of Google Cloud is that of one cluster of its project',
  why: 'clusters of one project share a pool of identities: the same namespace and name is the same principal in each',
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, grant, ends } of grantsOf(estate)) {
      const { from, to, clusterKey, namespace, serviceAccount } = ends;
      if (from.account.cloud !== 'google' || to.account.cloud !== 'google' || isDirect(ends)) continue;
      const others = clustersOf(estate).filter(
        ({ key, cluster, at }) =>
          key !== clusterKey &&
          at.site.account === from.site.account &&
          cluster.workload.namespace === namespace &&
          cluster.workload.serviceAccount === serviceAccount,
      );
      if (others.length === 0) continue;
      report({
        path: clusterPathOf({ path, grant }),
        value: clusterKey,
        message: `${namespace}/${serviceAccount} is the same principal in ${others.map(({ key }) => quote(key)).join(', ')}, of the same project, which this lets in as well`,
        hint: 'give the cluster a workload with a namespace of its own, or acknowledge it',
      });
    }
  },
};
