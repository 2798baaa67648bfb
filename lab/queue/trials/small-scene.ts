import { readFileSync } from 'node:fs';
import type { KubeObject } from '../../../bundle/types';
import { QUEUED_NAMESPACE } from '../../../estate/plan/queue/namespace-label';
import { type BedCluster, openQueueBed, type QueueBed } from '../bed';
import { KUEUE_NAMESPACE } from '../bed/kueue';
import type { TrialScene } from '../trial';

const KUEUE = 'kueue.x-k8s.io/v1beta2';

/** Namespace of jobs, and that of a service. */
export const JOBS = 'research';
/** Namespace of a service. */
export const SERVICE = 'chat';
/** Namespace that is deleted. */
export const LEAVES = 'leaves';

/** Two workers, of which one has two pools, and a manager. */
export const NAMES = { one: 'one', two: 'two', manager: 'manager' } as const;

/** Resources of nodes with accelerators. */
export const NODE_ROOM = {
  cpu: '100',
  memory: '800Gi',
  'ephemeral-storage': '1000Gi',
  'hugepages-2Mi': '8Gi',
  'rdma/hca_shared': '16',
  'vpc.amazonaws.com/efa': '32',
  'nvidia.com/gpu': '4',
  pods: '110',
} as const;

/** Label of a rack, the only level above nodes. */
export const RACK = 'estate/group';
const HOSTNAME = 'kubernetes.io/hostname';
const GPU = 'nvidia.com/gpu';

/** Configuration of Kueue as clusters of estates have it, without what only large ones need. */
export const CONFIGURATION = `
manageJobsWithoutQueueName: true
managedJobsNamespaceSelector: ${JSON.stringify({ matchLabels: QUEUED_NAMESPACE })}
integrations:
  frameworks: [batch/job, pod, deployment, statefulset, jobset.x-k8s.io/jobset, leaderworkerset.x-k8s.io/leaderworkerset]
resources:
  quotaCheckStrategy: IgnoreUndeclared
  deviceClassMappings:
  - {name: estate/imex, deviceClassNames: [compute-domain-default-channel.nvidia.com]}
multiKueue: {workerLostTimeout: 20s, gcInterval: 10s}
`;

/** A node of a pool in a rack. */
export function node(name: string, pool: string, rack: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { [HOSTNAME]: name, 'estate/pool': pool, [RACK]: rack } },
    spec: { taints: [{ key: GPU, value: 'present', effect: 'NoSchedule' }] },
  };
}

const rack = (pool: string, letter: string): KubeObject[] =>
  Array.from({ length: 4 }, (_, index) => node(`${pool}-${letter}-${index}`, pool, `${pool}-${letter}`));

/** A node with room, made ready by KWOK. */
export async function giveNode({ api }: BedCluster, object: KubeObject, room: Readonly<Record<string, string>>) {
  await api.apply(object);
  const path = `${await api.pathOf(object)}/status`;
  const status = { status: { capacity: room, allocatable: room } };
  await api.ask('PATCH', path, status, 'application/strategic-merge-patch+json');
}

/** The topology of all flavors. */
export const topology: KubeObject = {
  apiVersion: KUEUE,
  kind: 'Topology',
  metadata: { name: 'rack-node' },
  spec: { levels: [{ nodeLabel: RACK }, { nodeLabel: HOSTNAME }] },
};

/** The flavor of a pool. */
export function flavor(pool: string): KubeObject {
  return {
    apiVersion: KUEUE,
    kind: 'ResourceFlavor',
    metadata: { name: `f-${pool}` },
    spec: {
      nodeLabels: { 'estate/pool': pool },
      tolerations: [{ key: GPU, operator: 'Exists', effect: 'NoSchedule' }],
      topologyName: 'rack-node',
    },
  };
}

/** GPUs of flavors; a list has what is never lent second. */
export type Quotas = Readonly<Record<string, number | readonly [number, number]>>;

/** A ClusterQueue that counts GPUs and pods. */
export function clusterQueue(
  name: string,
  cohortName: string,
  quotas: Quotas,
  checks: readonly object[] = [],
): KubeObject {
  const flavors = Object.entries(quotas).map(([title, quota]) => {
    const [nominal, floor = 0] = typeof quota === 'number' ? [quota] : quota;
    const lending = typeof quota === 'number' ? {} : { lendingLimit: String(nominal - floor) };
    return {
      name: title,
      resources: [
        { name: GPU, nominalQuota: String(nominal), ...lending },
        { name: 'pods', nominalQuota: '10000' },
      ],
    };
  });
  return {
    apiVersion: KUEUE,
    kind: 'ClusterQueue',
    metadata: { name },
    spec: {
      cohortName,
      namespaceSelector: {},
      resourceGroups: [{ coveredResources: [GPU, 'pods'], flavors }],
      preemption: { reclaimWithinCohort: 'Any', withinClusterQueue: 'LowerPriority' },
      ...(checks.length > 0 ? { admissionChecksStrategy: { admissionChecks: checks } } : {}),
    },
  };
}

/** A LocalQueue. */
export function localQueue(namespace: string, name: string, queue = name): KubeObject {
  return { apiVersion: KUEUE, kind: 'LocalQueue', metadata: { name, namespace }, spec: { clusterQueue: queue } };
}

/** A namespace whose jobs are the queue's. */
export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: QUEUED_NAMESPACE } };
}

const cohort = (name: string): KubeObject => ({ apiVersion: KUEUE, kind: 'Cohort', metadata: { name } });

/** What sends jobs of a queue of the manager to workers. */
export function workersCheck(name: string, clusters: readonly string[]): KubeObject[] {
  return [
    { apiVersion: KUEUE, kind: 'MultiKueueConfig', metadata: { name }, spec: { clusters } },
    {
      apiVersion: KUEUE,
      kind: 'AdmissionCheck',
      metadata: { name },
      spec: {
        controllerName: 'kueue.x-k8s.io/multikueue',
        parameters: { apiGroup: 'kueue.x-k8s.io', kind: 'MultiKueueConfig', name },
      },
    },
  ];
}

function workerObjects({ name, kubeconfig }: BedCluster): KubeObject[] {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: KUEUE_NAMESPACE } };
  return [
    { ...secret, stringData: { kubeconfig: readFileSync(kubeconfig, 'utf8') } },
    {
      apiVersion: KUEUE,
      kind: 'MultiKueueCluster',
      metadata: { name },
      spec: { clusterSource: { kubeConfig: { location: name, locationType: 'Secret' } } },
    },
  ];
}

const base = [namespace(JOBS), namespace(SERVICE), topology];

/** Objects of each cluster. GPUs of the pools: `p1` and `p2` of the first worker, `p3` of the second, whose serving never lends four. */
export const OBJECTS: Readonly<Record<keyof typeof NAMES, readonly KubeObject[]>> = {
  one: [
    ...base,
    flavor('p1'),
    flavor('p2'),
    cohort('all'),
    clusterQueue('gb300', 'all', { 'f-p1': 32, 'f-p2': 16 }),
    localQueue(JOBS, 'gb300'),
  ],
  two: [
    ...base,
    flavor('p3'),
    cohort('all'),
    clusterQueue('gb300', 'all', { 'f-p3': 4 }),
    clusterQueue(SERVICE, 'all', { 'f-p3': [12, 4] }),
    localQueue(JOBS, 'gb300'),
    localQueue(SERVICE, SERVICE),
  ],
  manager: [
    ...base,
    flavor('p1'),
    flavor('p2'),
    flavor('p3'),
    cohort('all'),
    ...workersCheck('gb300', [NAMES.one, NAMES.two]),
    clusterQueue('research-gb300', 'all', { 'f-p1': 32, 'f-p2': 16, 'f-p3': 12 }, [{ name: 'gb300' }]),
    localQueue(JOBS, 'gb300', 'research-gb300'),
  ],
};

/** Nodes of each cluster. */
export const NODES: Readonly<Record<keyof typeof NAMES, readonly KubeObject[]>> = {
  one: [...rack('p1', 'a'), ...rack('p1', 'b'), ...rack('p2', 'a')],
  two: rack('p3', 'a'),
  manager: [],
};

/** Opens two workers and a manager with a few nodes, to ask Kueue what it does. */
export async function openSmallScene({ folder, programs }: TrialScene): Promise<QueueBed> {
  const orders = Object.values(NAMES).map((name) => ({ name, kueue: CONFIGURATION }));
  const bed = await openQueueBed(orders, folder, programs);
  try {
    for (const [key, name] of Object.entries(NAMES) as [keyof typeof NAMES, string][]) {
      const cluster = bed.cluster(name);
      for (const one of NODES[key]) await giveNode(cluster, one, NODE_ROOM);
      for (const object of OBJECTS[key]) await cluster.api.apply(object);
    }
    const { api } = bed.cluster(NAMES.manager);
    for (const name of [NAMES.one, NAMES.two]) {
      for (const object of workerObjects(bed.cluster(name))) await api.apply(object);
    }
  } catch (error) {
    await bed.close();
    throw error;
  }
  return bed;
}
