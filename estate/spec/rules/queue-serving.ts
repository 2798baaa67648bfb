import { groupBy } from '../../units';
import { counted, joined, quote } from '../words';
import { type QueuedPool, type ServiceEntry, servicesIn } from './queue-walk';
import type { Finding, Rule } from './rule';

/** Services fit into the pools that they run on. */
export const queueServing: Rule = {
  code: 'QueueServing',
  severity: 'error',
  summary: 'services fit into a pool whose nodes stand, together with the others on it',
  why: 'what a service has is taken from jobs, and nodes that are not there are promised to nobody',
  check(estate, report) {
    const services = servicesIn(estate);
    for (const entry of services) {
      const finding = problemOf(entry, Object.keys(estate.clusters[entry.service.cluster]?.pools ?? {}));
      if (finding !== undefined) report(finding);
    }
    const placed = services.filter(({ pool }) => pool !== undefined);
    const byPool = groupBy(placed, ({ pool }) => `${pool?.cluster}/${pool?.key}`);
    for (const sharing of byPool.values()) checkPool(sharing, report);
  },
};

function problemOf({ path, service, pool }: ServiceEntry, pools: readonly string[]): Finding | undefined {
  const { min, max } = service.replicas;
  if (min > max) {
    const message = `the fewest ${counted(min, 'replica')} are more than the most, ${max}`;
    return { path: [...path, 'replicas', 'min'], value: min, message, hint: `write min: ${max} or less` };
  }
  if (pool === undefined) {
    if (service.pool !== undefined || pools.length === 0) return undefined;
    const message = `cluster ${quote(service.cluster)} has several pools, and the service names none`;
    return { path, on: 'key', message, hint: `write pool: ${pools.join(' or ')}` };
  }
  if (!pool.isAutoscaled) return undefined;
  return {
    path: [...path, service.pool === undefined ? 'cluster' : 'pool'],
    message: `nodes of pool ${quote(pool.key)} come when somebody asks for them, so that no floor of it stands`,
    hint: 'name a pool with a fixed number of nodes',
  };
}

/** All that run on one pool have to fit, for each may grow to its most. */
function checkPool(sharing: readonly ServiceEntry[], report: (finding: Finding) => void): void {
  const pool: QueuedPool | undefined = sharing[0]?.pool;
  const last = sharing.at(-1);
  if (pool?.nodes === undefined || last === undefined) return;
  const most = sharing.reduce((sum, { service }) => sum + service.replicas.max * service.nodesPerReplica, 0);
  if (most <= pool.nodes) return;
  const names = joined(
    sharing.map(({ key }) => quote(key)),
    'and',
  );
  const has = `pool ${quote(pool.key)} of ${quote(pool.cluster)} has ${pool.nodes} in service`;
  report({
    path: [...last.path, 'replicas', 'max'],
    message: `with their most replicas ${names} ${sharing.length === 1 ? 'wants' : 'want'} ${counted(most, 'node')}, and ${has}`,
    hint: 'lower the most replicas, or give the pool more nodes',
  });
}
