import { API_ACCESS } from '../../catalog/access';
import { isPrivateRange } from '../../catalog/ranges';
import { parseCidr } from '../../cidr';
import { accessOf } from '../access';
import type { Estate } from '../schema';
import { quote } from '../words';
import { linksOf } from './link-walk';
import { trainingPools } from './queue-walk';
import type { Rule } from './rule';
import { type ClusterEntry, clustersOf } from './walk';

/** The manager of the queue reaches the API servers of the clusters that it sends jobs to. */
export const queueReach: Rule = {
  code: 'QueueReach',
  severity: 'warning',
  summary: 'a link joins the site of the manager with the sites of the clusters that it sends jobs to',
  why: 'API servers have private addresses, and a worker that cannot be reached is left out without a word',
  check(estate, report) {
    const manager = clustersOf(estate).find(({ key }) => key === estate.queue?.manager);
    if (manager === undefined) return;
    const sent = new Set(trainingPools(estate).map(({ cluster }) => cluster));
    for (const worker of clustersOf(estate).filter(({ key }) => sent.has(key))) {
      if (isReached(estate, manager, worker)) continue;
      report({
        path: ['clusters', worker.key, 'site'],
        message: `no link joins site ${quote(worker.at.key)} with ${quote(manager.at.key)}, where the manager of the queue is`,
        hint: `add links.${manager.at.key}-${worker.at.key}: { between: [${manager.at.key}, ${worker.at.key}] }, or acknowledge: [{ rule: QueueReach, path: clusters.${worker.key}, reason: … }] where something else joins them`,
      });
    }
  },
};

function isReached(estate: Estate, manager: ClusterEntry, worker: ClusterEntry): boolean {
  if (manager.at.key === worker.at.key) return true;
  // Networks that exist are joined by whoever made them, and a public range may be that of the manager.
  if (manager.at.site.network.existing !== undefined && worker.at.site.network.existing !== undefined) return true;
  const { ranges } = accessOf(worker.at.account, worker.at.site, worker.cluster);
  const hasPublic = ranges.map(parseCidr).some((block) => block !== undefined && !isPrivateRange(block));
  if (hasPublic && API_ACCESS[worker.at.cloud].ranges === 'any') return true;
  return linksOf(estate).some(({ ends: [one, other] }) => {
    const keys = [one, other].flatMap(({ peer, key }) => (peer === 'on-premises' ? [] : [key]));
    return keys.includes(manager.at.key) && keys.includes(worker.at.key);
  });
}
