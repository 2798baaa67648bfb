import type { ShardPlan } from '../../estate/plan/types';
import type { CopyJob } from '../../estate/report/copy-jobs';
import { type KubeObject, MANAGED_BY } from '../types';

/** Name of the queue of copies: keys of teams and services have no dots. */
export const COPIES_QUEUE = 'estate.copies';

/**
 * What copies from a cluster, and the queue that lets it in at once.
 *
 * Kueue holds every job of the namespaces of the queue that names none, and identities are bound to a namespace, so that
 * copies cannot run in another one. Their queue counts pods alone, is in no cohort and gives nodes of no pool away.
 */
export function copyObjects(shard: ShardPlan, jobs: readonly CopyJob[]): readonly KubeObject[] {
  if (jobs.length === 0) return [];
  const { namespace } = shard.workload;
  const labels = MANAGED_BY;
  return [
    {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'ResourceFlavor',
      metadata: { name: COPIES_QUEUE, labels },
    },
    {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'ClusterQueue',
      metadata: { name: COPIES_QUEUE, labels },
      spec: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceGroups: [
          {
            coveredResources: ['pods'],
            flavors: [{ name: COPIES_QUEUE, resources: [{ name: 'pods', nominalQuota: jobs.length }] }],
          },
        ],
      },
    },
    {
      apiVersion: 'kueue.x-k8s.io/v1beta2',
      kind: 'LocalQueue',
      metadata: { name: COPIES_QUEUE, namespace, labels },
      spec: { clusterQueue: COPIES_QUEUE },
    },
    ...jobs.flatMap(({ objects }) => objects),
  ];
}
