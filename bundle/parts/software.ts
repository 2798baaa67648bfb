import { SYSTEM_PRIORITY_QUOTA } from '../../estate/catalog/software';
import type { ComponentPlan } from '../../estate/plan/software/types';
import type { KubeObject, PartMaker } from '../types';

/** Namespaces that are there before anything is. */
const GIVEN = ['kube-system'];

/**
 * What the software of a cluster needs beside its charts and manifests, which the tool that applies the bundle brings: a
 * namespace for each component, which says what its pods may do.
 */
export const software: PartMaker = ({ shard, software: { components } }) => {
  const names = [...new Set(components.map(({ namespace }) => namespace))].filter((name) => !GIVEN.includes(name));
  return names.toSorted().flatMap((name) => {
    const own = components.filter(({ namespace }) => namespace === name);
    const needsQuota =
      SYSTEM_PRIORITY_QUOTA.clouds.includes(shard.cloud) && own.some(({ hasSystemPriority }) => hasSystemPriority);
    return [namespaceOf(name, own), ...(needsQuota ? [quotaOf(name)] : [])];
  });
};

function namespaceOf(name: string, components: readonly ComponentPlan[]): KubeObject {
  const level = components.some(({ isPrivileged }) => isPrivileged) ? 'privileged' : 'baseline';
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': level,
        'pod-security.kubernetes.io/warn': level,
      },
    },
  };
}

/** Where a cloud lets pods of system priority run only by quota, one that no cluster reaches. */
function quotaOf(namespace: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'system-priority', namespace },
    spec: {
      hard: { pods: SYSTEM_PRIORITY_QUOTA.pods },
      scopeSelector: {
        matchExpressions: [
          {
            scopeName: 'PriorityClass',
            operator: 'In',
            values: ['system-cluster-critical', 'system-node-critical'],
          },
        ],
      },
    },
  };
}
