import { PROVISIONING } from '../../estate/catalog/queue';
import type {
  CheckPlan,
  ClusterQueuePlan,
  CohortPlan,
  FlavorPlan,
  FlavorQuotas,
  LocalQueuePlan,
  PriorityPlan,
  TopologyPlan,
} from '../../estate/plan/queue/types';
import { sortedByKey } from '../files';
import type { KubeObject } from '../types';
import { quantity } from './quantity';

const GROUP = 'kueue.x-k8s.io';

/** The version of Kueue's objects that bundles have: older ones are converted with warnings. */
export const KUEUE_API = `${GROUP}/v1beta2`;

/** An object of Kueue that lies in no namespace. */
const kueueObject = (kind: string, name: string, spec: Readonly<Record<string, unknown>>): KubeObject => ({
  apiVersion: KUEUE_API,
  kind,
  metadata: { name },
  spec,
});

/** A Topology: labels of nodes, widest first. */
export function topologyObject({ name, levels }: TopologyPlan): KubeObject {
  return kueueObject('Topology', name, { levels: levels.map(({ key }) => ({ nodeLabel: key })) });
}

/**
 * A ResourceFlavor.
 *
 * It gives pods its tolerations; taints of nodes it names none, since pods would have to tolerate those by themselves.
 */
export function flavorObject({ name, nodeLabels, tolerations, topology }: FlavorPlan): KubeObject {
  return kueueObject('ResourceFlavor', name, {
    nodeLabels: sortedByKey(nodeLabels),
    ...(tolerations.length > 0 && {
      tolerations: tolerations.map(({ key, operator, value, effect }) => ({
        key,
        operator,
        ...(value !== undefined && { value }),
        ...(effect !== undefined && { effect }),
      })),
    }),
    ...(topology !== undefined && { topologyName: topology }),
  });
}

/** A Cohort, with what is nobody's own. */
export function cohortObject({ name, parent, weight, quotas }: CohortPlan): KubeObject {
  const [first] = quotas;
  return kueueObject('Cohort', name, {
    ...(parent !== undefined && { parentName: parent }),
    ...(first !== undefined && {
      resourceGroups: resourceGroups(
        first.quotas.map(({ resource }) => resource),
        quotas,
      ),
    }),
    ...fairSharing(weight),
  });
}

/** A ClusterQueue; who ends whose jobs is always said, since Kueue's own default is that nobody does. */
export function clusterQueueObject(queue: ClusterQueuePlan): KubeObject {
  const { preemption } = queue;
  return kueueObject('ClusterQueue', queue.name, {
    resourceGroups: resourceGroups(queue.covered, queue.flavors),
    cohortName: queue.cohort,
    namespaceSelector: {
      matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: queue.namespaces }],
    },
    flavorFungibility: { whenCanBorrow: borrowing(queue), whenCanPreempt: 'TryNextFlavor' },
    preemption: {
      reclaimWithinCohort: preemption.reclaim,
      borrowWithinCohort: { policy: preemption.borrowing },
      withinClusterQueue: preemption.within,
    },
    ...checksStrategy(queue),
    ...fairSharing(queue.weight),
  });
}

/**
 * Whether a queue looks for a flavor of its own behind one for which it has to borrow.
 *
 * Who has looked through all flavors starts again at the first, also where pods do not fit into it by topology: a job that
 * has to borrow everywhere would never be placed in the racks of another pool. So only a manager looks, which places nothing.
 */
function borrowing({ workersCheck }: ClusterQueuePlan): 'MayStopSearch' | 'TryNextFlavor' {
  return workersCheck === undefined ? 'MayStopSearch' : 'TryNextFlavor';
}

/** A check that is for all flavors names none: Kueue stops a queue that sends only some of them to workers. */
function checksStrategy({ workersCheck, checks, flavors }: ClusterQueuePlan) {
  const rules = [
    ...(workersCheck === undefined ? [] : [{ name: workersCheck }]),
    ...checks.map(({ check, flavors: some }) => {
      const isForAll = flavors.every(({ flavor }) => some.includes(flavor));
      return { name: check, ...(!isForAll && { onFlavors: some }) };
    }),
  ];
  return rules.length === 0 ? {} : { admissionChecksStrategy: { admissionChecks: rules } };
}

function resourceGroups(covered: readonly string[], flavors: readonly FlavorQuotas[]) {
  if (flavors.length === 0) return [];
  return [
    {
      coveredResources: covered,
      flavors: flavors.map(({ flavor, quotas }) => ({
        name: flavor,
        resources: quotas.map(({ resource, nominal, borrowing, lending }) => ({
          name: resource,
          nominalQuota: quantity(resource, nominal),
          ...(borrowing !== undefined && { borrowingLimit: quantity(resource, borrowing) }),
          ...(lending !== undefined && { lendingLimit: quantity(resource, lending) }),
        })),
      })),
    },
  ];
}

function fairSharing(weight: number | undefined) {
  return weight === undefined ? {} : { fairSharing: { weight: String(weight) } };
}

/** A LocalQueue: what jobs of a namespace name in their label. */
export function localQueueObject({ namespace, name, clusterQueue }: LocalQueuePlan): KubeObject {
  return { apiVersion: KUEUE_API, kind: 'LocalQueue', metadata: { name, namespace }, spec: { clusterQueue } };
}

/** A WorkloadPriorityClass: the order in which jobs are let in. */
export function workloadPriorityObject({ name, value }: PriorityPlan): KubeObject {
  return { apiVersion: KUEUE_API, kind: 'WorkloadPriorityClass', metadata: { name }, value };
}

/** An AdmissionCheck that reads what it has to know from an object of the same name. */
export function checkObject(
  { name }: CheckPlan,
  controller: 'multikueue' | 'provisioning-request',
  kind: string,
): KubeObject {
  return kueueObject('AdmissionCheck', name, {
    controllerName: `${GROUP}/${controller}`,
    parameters: { apiGroup: GROUP, kind, name },
  });
}

/** What a check of MultiKueue sends to. */
export function multiKueueConfigObject(name: string, clusters: readonly string[]): KubeObject {
  return kueueObject('MultiKueueConfig', name, { clusters });
}

/** A cluster that jobs are sent to; how it is reached stands in a secret that somebody else makes. */
export function multiKueueClusterObject(name: string, secret: string): KubeObject {
  return kueueObject('MultiKueueCluster', name, {
    clusterSource: { kubeConfig: { location: secret, locationType: 'Secret' } },
  });
}

/**
 * How nodes are asked for before a job is let in; only for pods that want one of the resources, since others run elsewhere.
 *
 * Pods are held to the nodes that were made for them by the label that the autoscaler gives those.
 */
export function provisioningConfigObject(
  { name, provisioningClass }: Extract<CheckPlan, { kind: 'provisioning' }>,
  resources: readonly string[],
): KubeObject {
  return kueueObject('ProvisioningRequestConfig', name, {
    provisioningClassName: provisioningClass,
    managedResources: resources,
    podSetUpdates: {
      nodeSelector: [{ key: PROVISIONING.nodeLabel, valueFromProvisioningClassDetail: PROVISIONING.nodeDetail }],
    },
  });
}
