import type { ClusterQueuePlan, FlavorPlan, QueuePlan, QueueSet, TopologyPlan } from '../../estate/plan/queue/types';

/** What differs from the bed of three racks. */
export interface Bed {
  /** Nodes of each rack. @default 18, 18 and 18 */
  readonly racks?: readonly number[];
  /** Accelerators that the queue has of its own. @default all */
  readonly quota?: number;
  /** Further flavors, which are tried after that of the racks. */
  readonly more?: readonly FlavorPlan[];
  /** What the flavor has otherwise. */
  readonly flavor?: Partial<FlavorPlan>;
}

/** The topology of racks. */
export const RACKS: TopologyPlan = {
  name: 'rack-node',
  levels: [
    { key: 'estate/group', title: 'rack' },
    { key: 'kubernetes.io/hostname', title: 'node' },
  ],
};

/** Racks of nodes with four accelerators, 144 cores and 960 GiB. */
export function rackFlavor(racks: readonly number[], more: Partial<FlavorPlan> = {}): FlavorPlan {
  return {
    name: 'gb300',
    shard: 'one',
    cluster: 'one',
    cloud: 'azure',
    pool: 'train',
    purpose: 'training',
    machine: 'Standard_ND128isr_GB300_v6',
    architecture: 'arm64',
    accelerator: 'gb300',
    resource: 'nvidia.com/gpu',
    capacity: 'reservation',
    perNode: { accelerators: 4, vcpus: 144, memoryGiB: 960, pods: 110 },
    nodes: racks.reduce((sum, nodes) => sum + nodes, 0),
    isAutoscaled: false,
    groups: racks.map((nodes, index) => ({ id: `r${index + 1}`, nodes })),
    topology: RACKS.name,
    nodeLabels: { 'estate/pool': 'train' },
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    ...more,
  };
}

/** The bed of the facts sheet: three racks of 18 nodes with 4 accelerators each, and one queue that has all of it. */
export function bed({ racks = [18, 18, 18], quota, more = [], flavor }: Bed = {}): QueuePlan {
  const flavors = [rackFlavor(racks, flavor), ...more];
  const queue: ClusterQueuePlan = {
    name: 'research-gb300',
    owner: 'research',
    kind: 'team',
    accelerator: 'gb300',
    cohort: 'atlas-gb300',
    covered: ['nvidia.com/gpu', 'pods'],
    flavors: flavors.map(({ name, nodes }, index) => ({
      flavor: name,
      quotas: [
        { resource: 'nvidia.com/gpu', nominal: index === 0 ? (quota ?? nodes * 4) : nodes * 4 },
        { resource: 'pods', nominal: nodes * 110 },
      ],
    })),
    preemption: { within: 'Never', reclaim: 'Never', borrowing: 'Never' },
    checks: [],
    namespaces: ['research'],
  };
  const set: QueueSet = {
    shard: 'one',
    role: 'alone',
    topologies: [RACKS],
    flavors,
    cohorts: [{ name: 'atlas-gb300', quotas: [] }],
    queues: [queue],
    localQueues: [{ namespace: 'research', name: 'gb300', clusterQueue: queue.name }],
    checks: [],
    namespaces: ['research'],
  };
  const priorities = [{ name: 'normal', value: 500, podClass: 'normal-500', preempts: false }];
  return { fairSharing: false, priorities, sets: [set] };
}

/** What differs from a job of one pod with four accelerators. */
export interface JobText {
  readonly pods?: number;
  readonly namespace?: string;
  /** Label of the queue; null for none. */
  readonly queue?: string | null;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string | number>>;
  readonly pod?: Readonly<Record<string, unknown>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly jobAnnotations?: Readonly<Record<string, string>>;
}

/** A template of pods. */
export function podTemplate({ annotations = {}, limits = { 'nvidia.com/gpu': 4 }, pod = {} }: JobText = {}): object {
  const container = { name: 'main', image: 'registry.example/train:1', resources: { limits } };
  return { metadata: { annotations }, spec: { restartPolicy: 'Never', containers: [container], ...pod } };
}

/** The manifest of a Job. */
export function jobText(job: JobText = {}): string {
  const { pods = 1, namespace = 'research', queue = 'gb300', labels = {}, name = 'train', jobAnnotations } = job;
  const named = queue === null ? {} : { 'kueue.x-k8s.io/queue-name': queue };
  return JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      labels: { ...named, ...labels },
      ...(jobAnnotations && { annotations: jobAnnotations }),
    },
    spec: { parallelism: pods, completions: pods, completionMode: 'Indexed', template: podTemplate(job) },
  });
}
