import { quote } from '../words';
import { queuedPools, servicesIn } from './queue-walk';
import type { Rule } from './rule';

/** Pools that are for serving have a service. */
export const queueServingPool: Rule = {
  code: 'QueueServingPool',
  severity: 'warning',
  summary: 'pools with purpose: serving have a service',
  why: 'no job may use their nodes, so that without a service they stand idle and cost as much',
  check(estate, report) {
    const used = new Set(servicesIn(estate).map(({ pool }) => pool && `${pool.cluster}/${pool.key}`));
    for (const { key, path, pool, cluster } of queuedPools(estate)) {
      if (pool.purpose !== 'serving' || used.has(`${cluster}/${key}`)) continue;
      report({
        path: [...path, 'purpose'],
        value: pool.purpose,
        message: `nothing below queue.serving runs on pool ${quote(key)}, and no job may`,
        hint: `add queue.serving: { …: { cluster: ${cluster}, pool: ${key}, replicas: … } }, or remove purpose`,
      });
    }
  },
};
