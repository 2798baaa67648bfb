import { stringify } from 'yaml';
import { DEVICE_CLASS_MAPPINGS, JOB_FRAMEWORKS, PODS_READY } from '../../catalog/software';
import { QUEUED_NAMESPACE } from '../queue/namespace-label';
import type { QueuePlan, QueueSet } from '../queue/types';
import type { Values } from './types';

/**
 * The configuration of Kueue in one cluster, as its ConfigMap has it. Whoever runs Kueue for this cluster, in a chart or by
 * hand, starts it with this text.
 */
export function kueueConfiguration(queue: QueuePlan, set: QueueSet): string {
  return stringify(kueueSettings(queue, set), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** The same as data. */
export function kueueSettings(queue: QueuePlan, set: QueueSet): Values {
  const { timeoutMinutes, recoveryMinutes, backoffBaseSeconds, backoffMaxSeconds } = PODS_READY;
  return {
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    health: { healthProbeBindAddress: ':8081' },
    metrics: { bindAddress: ':8443', enableClusterQueueResources: true },
    webhook: { port: 9443 },
    leaderElection: { leaderElect: true, resourceName: 'c1f6bfd2.kueue.x-k8s.io' },
    controller: {
      groupKindConcurrency: {
        'Job.batch': 5,
        Pod: 5,
        'Workload.kueue.x-k8s.io': 10,
        'LocalQueue.kueue.x-k8s.io': 5,
        'ClusterQueue.kueue.x-k8s.io': 5,
        'ResourceFlavor.kueue.x-k8s.io': 1,
      },
    },
    clientConnection: { qps: 300, burst: 500 },
    // A job without a queue would run past it, on nodes that others have been promised.
    manageJobsWithoutQueueName: true,
    managedJobsNamespaceSelector: { matchLabels: { ...QUEUED_NAMESPACE } },
    waitForPodsReady: {
      timeout: `${timeoutMinutes}m`,
      recoveryTimeout: `${recoveryMinutes}m`,
      blockAdmission: false,
      requeuingStrategy: { timestamp: 'Eviction', backoffBaseSeconds, backoffMaxSeconds },
    },
    integrations: { frameworks: JOB_FRAMEWORKS.kinds.map(({ name }) => name) },
    ...(queue.fairSharing && {
      fairSharing: { preemptionStrategies: ['LessThanOrEqualToFinalShare', 'LessThanInitialShare'] },
    }),
    resources: {
      // Queues count accelerators, cores and memory of pools without them, and pods; nothing else is anybody's share.
      quotaCheckStrategy: 'IgnoreUndeclared',
      deviceClassMappings: DEVICE_CLASS_MAPPINGS.rows.map(({ resource, classes }) => ({
        name: resource,
        deviceClassNames: [...classes],
      })),
    },
    ...(set.role === 'manager' && {
      multiKueue: {
        gcInterval: '1m',
        origin: 'multikueue',
        workerLostTimeout: '15m',
        dispatcherName: 'kueue.x-k8s.io/multikueue-dispatcher-all-at-once',
      },
    }),
  };
}
