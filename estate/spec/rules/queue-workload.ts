import { joined, quote } from '../words';
import { queuedPools, servicesIn, teamsIn } from './queue-walk';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** The service account that may use the stores of a cluster is one that jobs can run as. */
export const queueWorkload: Rule = {
  code: 'QueueWorkload',
  severity: 'warning',
  summary: 'the workload of a cluster that mounts stores lies in the namespace of a team or of a service',
  why: 'the right to a store is that of one service account, and a job of another namespace cannot run as it',
  check(estate, report) {
    const teams = teamsIn(estate);
    if (teams.length === 0) return;
    const namespaces = [
      ...teams.map(({ key, team }) => team.namespace ?? key),
      ...servicesIn(estate).map(({ key, service }) => service.namespace ?? key),
    ];
    const withPools = new Set(queuedPools(estate).map(({ cluster }) => cluster));
    for (const { key, path, cluster } of clustersOf(estate)) {
      const { namespace } = cluster.workload;
      if (!withPools.has(key) || cluster.mounts.length === 0 || namespaces.includes(namespace)) continue;
      report({
        path: [...path, 'mounts'],
        on: 'key',
        message: `only the workload in namespace ${quote(namespace)} may use the stores, and no team has that`,
        hint: `write namespace: ${namespace} for a team, or workload: { namespace: … } of the cluster as one of ${joined(namespaces, 'or')}`,
      });
    }
  },
};
