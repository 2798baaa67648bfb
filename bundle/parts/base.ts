import { METADATA, METADATA_SERVICE } from '../../estate/catalog/pods';
import { QUEUED_NAMESPACE } from '../../estate/plan/queue/namespace-label';
import type { PriorityPlan } from '../../estate/plan/queue/types';
import { KEPT } from '../kept';
import { type NamespaceLevel, namespaceLevel } from '../pod-security';
import type { KubeObject, PartMaker } from '../types';

/**
 * Namespaces of jobs and services, priorities of pods and what may reach whom.
 *
 * Nothing of it waits for anything else: the objects are all of Kubernetes itself.
 */
export const base: PartMaker = (context) => [
  ...context.set.namespaces.flatMap((namespace) => [
    namespaceObject(namespace, namespaceLevel(context)),
    withinNamespace(namespace),
    ...(METADATA[context.shard.cloud].isNeeded ? [] : [withoutMetadata(namespace)]),
  ]),
  ...context.queue.priorities.map(priorityClass),
];

function namespaceObject(name: string, level: NamespaceLevel): KubeObject {
  const labels = {
    ...QUEUED_NAMESPACE,
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/audit': 'baseline',
    'pod-security.kubernetes.io/warn': 'baseline',
  };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels, annotations: KEPT } };
}

/** Pods of a job reach each other, and nobody in another namespace reaches them. */
function withinNamespace(namespace: string): KubeObject {
  return policy(namespace, 'within-namespace', {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: {} }] }],
  });
}

/**
 * Pods reach everything but the metadata service of their machine.
 *
 * Ranges do not reach pods where policies go by identity, as with Cilium, so that pods are named too; and DNS everywhere,
 * since caches on nodes are neither.
 */
function withoutMetadata(namespace: string): KubeObject {
  return policy(namespace, 'without-metadata', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      { to: [{ namespaceSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0', except: [METADATA_SERVICE.cidr] } }] },
      {
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
  });
}

function policy(namespace: string, name: string, spec: Readonly<Record<string, unknown>>): KubeObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, annotations: KEPT },
    spec,
  };
}

/** A PriorityClass: the kube-scheduler ends pods for those of services alone, since jobs are ended as a whole, by the queue. */
function priorityClass({ podClass, value, preempts }: PriorityPlan): KubeObject {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name: podClass },
    value,
    preemptionPolicy: preempts ? 'PreemptLowerPriority' : 'Never',
  };
}
