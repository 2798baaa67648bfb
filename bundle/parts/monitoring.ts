import type { KubeObject, PartMaker } from '../types';

/** What all pods of a job or a service carry: the queue that it names. */
const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/**
 * Budgets for voluntary drains: of a service one replica at a time goes, when nodes are upgraded or repaired.
 *
 * Jobs have none. A drain would wait for days, the queue ends jobs without asking a budget, and a job starts again from
 * its checkpoint. Exporters and detectors of problems are software; they are scraped by their annotations, since nothing
 * here brings the kinds of the Prometheus operator.
 */
export const monitoring: PartMaker = ({ set }) => {
  const services = set.queues.filter(({ kind }) => kind === 'serving');
  return services.flatMap(({ owner }) => {
    const local = set.localQueues.find(({ name }) => name === owner);
    return local === undefined ? [] : [serviceBudget(local.namespace, local.name)];
  });
};

function serviceBudget(namespace: string, queue: string): KubeObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: queue, namespace },
    spec: {
      // A replica over several nodes is made anew as a whole when one of its pods goes.
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { [QUEUE_LABEL]: queue } },
    },
  };
}
