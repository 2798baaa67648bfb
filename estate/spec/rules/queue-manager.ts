import { lookup } from '../lookup';
import { joined, quote } from '../words';
import { servicesIn, trainingPools } from './queue-walk';
import type { Rule } from './rule';

/** The manager of the queue runs no jobs and no services, and has clusters to send to. */
export const queueManager: Rule = {
  code: 'QueueManager',
  severity: 'error',
  summary: 'the manager of the queue has no accelerators and no services, and has other clusters to send to',
  why: 'a cluster that is manager and worker at once sends jobs to itself, and what it runs is lost with the queue',
  source: 'https://kueue.sigs.k8s.io/docs/concepts/multikueue/',
  checked: '2026-11',
  check(estate, report) {
    const manager = estate.queue?.manager;
    const cluster = manager === undefined ? undefined : lookup(estate.clusters, manager);
    if (manager === undefined || cluster === undefined) return;
    const accelerated = Object.entries(cluster.pools).filter(([, { accelerator }]) => accelerator !== undefined);
    if (accelerated.length > 0) {
      report({
        path: ['queue', 'manager'],
        value: manager,
        message: `the manager has accelerators, in ${joined(
          accelerated.map(([key]) => `pool ${quote(key)}`),
          'and',
        )}, that no job of the queue could use`,
        hint: `add a cluster without accelerators as manager, such as hub: { site: ${cluster.site} }`,
      });
    }
    for (const { path, key, service } of servicesIn(estate).filter((each) => each.service.cluster === manager)) {
      report({
        path: [...path, 'cluster'],
        value: service.cluster,
        message: `service ${quote(key)} runs in the manager, which runs nothing`,
        hint: 'name the cluster of its pool',
      });
    }
    if (trainingPools(estate).length === 0) {
      report({
        path: ['queue', 'manager'],
        value: manager,
        message: 'no other cluster has a pool that jobs run on, so the manager has nothing to give out',
        hint: 'add a pool to another cluster, or remove queue.manager',
      });
    }
  },
};
