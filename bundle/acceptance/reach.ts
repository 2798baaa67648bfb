import type { FlavorPlan, QueueSet } from '../../estate/plan/queue/types';
import { joined } from '../../estate/spec/words';
import { groupBy } from '../../estate/units';
import type { KubeObject } from '../types';
import { HARMLESS, jobOf } from './job';

/**
 * A small job for the pools of each key, through the queue of the manager: it runs on a worker that has one, or the queue
 * does not reach it.
 *
 * A job names a pool by its key, which is all that tells workers apart: of several workers with one key the first to take
 * the job has it.
 */
export function reachJobs(set: QueueSet): readonly KubeObject[] {
  const pools = groupBy(set.flavors, ({ accelerator, pool }) => `${pool}/${accelerator}`);
  return [...pools.values()].flatMap((flavors) => reachJob(set, flavors));
}

function reachJob(set: QueueSet, flavors: readonly FlavorPlan[]): readonly KubeObject[] {
  const [flavor] = flavors;
  const queue = set.queues.find(({ flavors: own }) => own.some(({ flavor: name }) => name === flavor?.name));
  const local = set.localQueues.find(({ clusterQueue }) => clusterQueue === queue?.name);
  if (flavor === undefined || local === undefined) return [];
  const workers = [...new Set(flavors.map(({ shard }) => shard))].sort();
  return [
    jobOf(
      { namespace: local.namespace, queue: local.name, flavor, pool: { key: flavor.pool } },
      {
        check: 'reach',
        of: [flavor.accelerator],
        expects: `completes on ${joined(workers, 'or')}: within a minute status.clusterName of its Workload says where`,
        nodes: 1,
        seconds: 600,
        wholeNodes: false,
        container: { ...HARMLESS, command: ['python3', '-c', 'print("reached")'] },
      },
    ),
  ];
}
