import { nodeTaints } from '../../catalog/node-taints';
import { QUEUE_LIMITS } from '../../catalog/queue';
import { groupBy } from '../../units';
import { isQueued } from '../queue';
import { counted, quote } from '../words';
import { acceleratorsOf, type QueuedPool, queuedPools, trainingPools } from './queue-walk';
import type { Rule } from './rule';

/** What the queue of an estate needs is what Kueue takes in one object. */
export const queueLimit: Rule = {
  code: 'QueueLimit',
  severity: 'error',
  summary: 'pools of one accelerator, clusters that have it and taints of a pool are as many as the queue takes',
  why: 'an object that is too large is refused as a whole when it is applied, and the queue stays as it was',
  source: QUEUE_LIMITS.flavorsPerGroup.source,
  check(estate, report) {
    const { flavorsPerGroup, clustersPerCheck, tolerationsPerFlavor } = QUEUE_LIMITS;
    const manager = estate.queue?.manager;
    const pools = estate.queue === undefined ? [] : queuedPools(estate);
    for (const [id, alike] of groupBy(pools, ({ cluster, accelerator }) => `${cluster}/${accelerator}`)) {
      const [cluster = '', accelerator = ''] = id.split('/');
      if (alike.length <= flavorsPerGroup.value) continue;
      report({
        path: ['clusters', cluster],
        on: 'key',
        message: `${counted(alike.length, 'pool')} of the cluster have ${quote(accelerator)}, and a queue takes ${flavorsPerGroup.value}`,
        hint: 'put pools together where their machines are alike',
      });
    }
    const sent = trainingPools(estate);
    for (const accelerator of manager === undefined ? [] : acceleratorsOf(sent)) {
      const own = sent.filter((pool) => pool.accelerator === accelerator);
      const clusters = new Set(own.map(({ cluster }) => cluster));
      const path = ['queue', 'manager'];
      if (own.length > flavorsPerGroup.value) {
        const message = `${counted(own.length, 'pool')} have ${quote(accelerator)}, and a queue of the manager takes ${flavorsPerGroup.value}`;
        report({
          path,
          value: manager,
          message,
          hint: 'put pools of a cluster together where their machines are alike',
        });
      }
      if (clusters.size > clustersPerCheck.value) {
        const message = `${counted(clusters.size, 'cluster')} have ${quote(accelerator)}, and the manager sends to ${clustersPerCheck.value}`;
        report({
          path,
          value: manager,
          message,
          hint: 'leave some of them without a manager, as an estate of their own',
        });
      }
    }
    for (const pool of pools) {
      const most = tolerationsPerFlavor.value;
      const taints = taintsOf(pool);
      if (taints <= most) continue;
      report({
        path: [...pool.path, 'taints'],
        on: 'key',
        message: `nodes have ${counted(taints, 'taint')} with those of their machine, and the queue lets jobs tolerate ${most}`,
        hint: `remove ${counted(taints - most, 'taint')}: a job without a toleration never runs there`,
      });
    }
  },
};

function taintsOf({ at, machine, pool }: QueuedPool): number {
  if (machine === undefined) return pool.taints.length;
  const { capacity } = pool;
  const given = nodeTaints(at.cloud, machine, capacity.kind, isQueued(capacity, machine));
  const all = [
    ...given.map(({ key, effect }) => `${key}=:${effect}`),
    ...pool.taints.map((taint) => `${taint.key}=${taint.value}:${taint.effect}`),
  ];
  return new Set(all).size;
}
