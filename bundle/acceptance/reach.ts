import type { FlavorPlan, QueueSet } from '../../estate/plan/queue/types';
import type { KubeObject } from '../types';
import { HARMLESS, jobOf } from './job';

/** A small job for each worker, through the queue of the manager: it runs there, or the queue does not reach it. */
export function reachJobs(set: QueueSet): readonly KubeObject[] {
  return set.checks.flatMap(({ kind, shard }) =>
    kind === 'worker' && shard !== undefined ? reachJob(set, shard) : [],
  );
}

function reachJob(set: QueueSet, worker: string): readonly KubeObject[] {
  const flavors = set.flavors.filter(({ shard }) => shard === worker);
  const flavor = flavors.find((one) => leadsTo(set, one).every(({ shard }) => shard === worker)) ?? flavors[0];
  if (flavor === undefined) return [];
  const queue = set.queues.find(({ flavors: own }) => own.some(({ flavor: name }) => name === flavor.name));
  const local = set.localQueues.find(({ clusterQueue }) => clusterQueue === queue?.name);
  if (local === undefined) return [];
  const workers = [...new Set(leadsTo(set, flavor).map(({ shard }) => shard))].sort();
  return [
    jobOf(
      { namespace: local.namespace, queue: local.name, flavor, pool: { key: worker } },
      {
        check: 'reach',
        expects:
          workers.length === 1
            ? `completes on ${worker}: within a minute its Workload names it in status.clusterName`
            : `completes on one of ${workers.join(', ')}, whose pools have the same key: status.clusterName of its Workload says on which`,
        nodes: 1,
        seconds: 600,
        wholeNodes: false,
        container: { ...HARMLESS, command: ['python3', '-c', 'print("reached")'] },
      },
    ),
  ];
}

/** Flavors that a job for a pool may get: the queue knows pools by their key only. */
function leadsTo(set: QueueSet, { pool, accelerator }: FlavorPlan): readonly FlavorPlan[] {
  return set.flavors.filter((one) => one.pool === pool && one.accelerator === accelerator);
}
