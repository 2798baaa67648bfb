import type { Path } from '../positions';
import { systemOf } from '../queue';
import { quote } from '../words';
import { queuedPools, servicesIn, teamsIn } from './queue-walk';
import type { Rule } from './rule';
import { clustersOf } from './walk';

/** Each team has a namespace of its own, and none that the system runs in. */
export const queueNamespace: Rule = {
  code: 'QueueNamespace',
  severity: 'error',
  summary:
    'each team has a namespace of its own, none that the system runs in, and clusters of a manager have the same',
  why: 'who submits is told by the namespace alone, and what the system runs must never wait in a queue',
  check(estate, report) {
    const places = [
      ...teamsIn(estate).map(({ key, path, team }) => ({ key, path, named: team.namespace, isTeam: true })),
      ...servicesIn(estate).map(({ key, path, service }) => ({ key, path, named: service.namespace, isTeam: false })),
    ];
    const first = new Map<string, string>();
    for (const { key, path, named, isTeam } of places) {
      const namespace = named ?? key;
      const at: { path: Path; on?: 'key' } =
        named === undefined ? { path, on: 'key' } : { path: [...path, 'namespace'] };
      const system = systemOf(namespace);
      if (system !== undefined) {
        report({
          ...at,
          value: namespace,
          message: `namespace ${quote(namespace)} is that of ${system}`,
          hint: 'choose another one: what the system runs would wait in the queue, and the team could read its secrets',
        });
      }
      if (!isTeam) continue;
      const other = first.get(namespace);
      if (other === undefined) first.set(namespace, key);
      else {
        report({
          ...at,
          value: namespace,
          message: `team ${quote(other)} has namespace ${quote(namespace)} already`,
          hint: 'give each team a namespace, or make them one team',
        });
      }
    }
    const { manager, teams } = estate.queue ?? {};
    if (manager === undefined || Object.keys(teams ?? {}).length > 0) return;
    const withPools = new Set(queuedPools(estate).map(({ cluster }) => cluster));
    const clusters = clustersOf(estate).filter(({ key }) => withPools.has(key));
    const [one] = clusters;
    for (const { key, path, cluster } of clusters) {
      const { namespace } = cluster.workload;
      if (one === undefined || namespace === one.cluster.workload.namespace) continue;
      report({
        path: [...path, 'workload', 'namespace'],
        value: namespace,
        message: `without teams the queue has the namespace of the workload, and that of ${quote(one.key)} is ${quote(one.cluster.workload.namespace)} and not that of ${quote(key)}`,
        hint: 'write the same one for all clusters, or name teams: a job needs its namespace on every cluster that it may be sent to',
      });
    }
  },
};
