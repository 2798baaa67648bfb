import type { KubeObject } from '../../../bundle/types';
import type { QueueBed } from '../bed';
import type { Api } from '../bed/api';
import { until } from '../bed/wait';
import { deploymentOf, type JobOrder, jobOf, jobSetOf, type PodsOrder, TOPOLOGY } from '../jobs';
import { clear, create, is, settled, told, workloadOf } from '../workloads';
import { clusterQueue, JOBS, NAMES, RACK, SERVICE, workersCheck } from './small-scene';

/** Something of Kueue that the design takes for granted. */
export interface Assumption {
  /** As a sentence whose subject is Kueue. */
  readonly says: string;
  /** What is to be seen. */
  readonly see: (bed: QueueBed) => Promise<string>;
  readonly expects: RegExp;
}

const GPU = 'nvidia.com/gpu';
const NODE = { cpu: '10', memory: '10Gi', [GPU]: '4' };
const IN_RACK = { [TOPOLOGY.required]: RACK };
const job = (name: string, pods: number, more: Partial<JobOrder> = {}) =>
  jobOf({ name, namespace: JOBS, queue: 'gb300', pods, requests: NODE, ...more });

/** What comes of one job on one cluster that is otherwise empty. */
async function outcome(api: Api, one: KubeObject): Promise<string> {
  const { status, body } = await create(api, one);
  if (status >= 300) return `refused: ${body.message}`;
  const seen = told(await settled(api, one, 10));
  await clear(api, [JOBS]);
  return seen;
}

const on =
  (name: keyof typeof NAMES, one: KubeObject) =>
  (bed: QueueBed): Promise<string> =>
    outcome(bed.cluster(NAMES[name]).api, one);

const claiming = (template: string): Partial<PodsOrder> => ({
  spec: {
    resourceClaims: [{ name: 'channel', resourceClaimTemplateName: template }],
  },
});

function claimTemplate(name: string, deviceClassName: string): KubeObject[] {
  const request = { name: 'channel', exactly: { deviceClassName } };
  return [
    { apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name: deviceClassName }, spec: {} },
    {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: { name, namespace: JOBS },
      spec: { spec: { devices: { requests: [request] } } },
    },
  ];
}

function claims(template: string, deviceClass: string): Assumption['see'] {
  return async (bed) => {
    const { api } = bed.cluster(NAMES.one);
    for (const object of claimTemplate(template, deviceClass)) await api.apply(object);
    return outcome(api, job('claims', 4, { annotations: IN_RACK, ...claiming(template) }));
  };
}

interface QueueStatus {
  readonly status?: { readonly conditions?: readonly { readonly reason: string; readonly message: string }[] };
}

/** What a queue of the manager says of itself. */
async function queueSays(api: Api, queue: KubeObject, objects: readonly KubeObject[]): Promise<string> {
  for (const object of [...objects, queue]) await api.apply(object);
  const path = await api.pathOf(queue);
  const found = await until(async () => {
    const [condition] = (await api.get<QueueStatus>(path)).status?.conditions ?? [];
    return condition === undefined || condition.reason === 'Ready'
      ? undefined
      : `${condition.reason}: ${condition.message}`;
  }, 10);
  await api.remove(queue);
  for (const object of objects) await api.remove(object);
  return found ?? 'that it can admit jobs';
}

async function twoChecks(bed: QueueBed): Promise<string> {
  const checks = [{ name: 'to-one' }, { name: 'to-two' }];
  const objects = [...workersCheck('to-one', [NAMES.one]), ...workersCheck('to-two', [NAMES.two])];
  return queueSays(bed.cluster(NAMES.manager).api, clusterQueue('twice', 'other', { 'f-p1': 4 }, checks), objects);
}

async function checkOfFlavors(bed: QueueBed): Promise<string> {
  const queue = clusterQueue('part', 'other', { 'f-p1': 4, 'f-p3': 4 }, [{ name: 'to-one', onFlavors: ['f-p1'] }]);
  return queueSays(bed.cluster(NAMES.manager).api, queue, workersCheck('to-one', [NAMES.one]));
}

async function deletedOnManager(bed: QueueBed): Promise<string> {
  const { api } = bed.cluster(NAMES.manager);
  const one = job('short', 4, { annotations: IN_RACK });
  await create(api, one);
  const workload = await settled(api, one);
  const { api: worker } = bed.cluster(workload?.status?.clusterName ?? NAMES.one);
  const before = await workloadOf(worker, one);
  await api.remove(one);
  const gone = await until(async () => ((await workloadOf(worker, one)) === undefined ? true : undefined), 15);
  await clear(api, [JOBS]);
  return `${before === undefined ? 'no copy' : 'a copy'}, ${gone ? 'gone' : 'still there'}`;
}

const service = (pods: number) =>
  deploymentOf({ name: SERVICE, namespace: SERVICE, queue: SERVICE, pods, requests: NODE });

/** Training borrows what serving lends, all but its floor; then serving takes it back. */
async function reclaim(bed: QueueBed): Promise<string> {
  const { api } = bed.cluster(NAMES.two);
  const training = job('borrows', 3);
  await create(api, training);
  const borrowed = is(await settled(api, training), 'Admitted');
  await create(api, job('floor', 1));
  const floor = told(await settled(api, job('floor', 1), 5));
  await create(api, service(2));
  const back = await until(async () => {
    const evicted = told(await workloadOf(api, training));
    return /Evicted=True|Evicted=False|Preempted=True/.test(evicted) ? evicted : undefined;
  }, 20);
  await clear(api, [JOBS, SERVICE]);
  return `borrowed: ${borrowed}; floor: ${floor}; taken back: ${back ?? 'no'}`;
}

const ADMITTED = /Admitted=True/;

/** What is taken for granted, in the order in which it is asked. */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    says: 'ignores requests that no queue counts, such as of cores, huge pages and interfaces',
    see: on(
      'one',
      job('full', 4, {
        annotations: IN_RACK,
        requests: {
          ...NODE,
          'ephemeral-storage': '10Gi',
          'hugepages-2Mi': '2Gi',
          'rdma/hca_shared': '1',
          'vpc.amazonaws.com/efa': '32',
        },
      }),
    ),
    expects: ADMITTED,
  },
  {
    says: 'counts cores all the same when it places pods',
    see: on('one', job('cores', 1, { requests: { cpu: '200', [GPU]: '1' } })),
    expects: /excluded: resource "cpu": 4/,
  },
  {
    says: 'gives a pod set without accelerators a flavor since queues count pods',
    see: on('one', job('driver', 2, { requests: { cpu: '1' } })),
    expects: /main pods=f-p1.*Admitted=True/,
  },
  {
    says: 'never admits pods that request nothing, and says that another job came first',
    see: on('one', job('nothing', 1, { requests: {} })),
    expects: /QuotaReserved=False Pending: Workload no longer fits after processing another workload/,
  },
  {
    says: 'admits claims of a device class that is mapped, also where no queue counts it',
    see: claims('mapped', 'compute-domain-default-channel.nvidia.com'),
    expects: ADMITTED,
  },
  {
    says: 'never admits claims of a device class that is not mapped',
    see: claims('unmapped', 'other.example.com'),
    expects: /Inadmissible: .*is not mapped in DRA configuration/,
  },
  {
    says: 'places no more pods in a required rack than it has nodes for',
    see: on('one', job('rack', 5, { annotations: IN_RACK, requests: { cpu: '60', [GPU]: '2' } })),
    expects: /topology "rack-node" allows to fit only 4 out of 5 pod\(s\)/,
  },
  {
    says: 'admits slices that do not divide the pods',
    see: on('one', job('slices', 6, { annotations: { [TOPOLOGY.sliceRequired]: RACK, [TOPOLOGY.sliceSize]: '4' } })),
    expects: ADMITTED,
  },
  { says: 'takes a queue with two checks of workers out of service', see: twoChecks, expects: /^MultipleMultiKueue/ },
  {
    says: 'takes a queue with a check of workers for some of its flavors out of service',
    see: checkOfFlavors,
    expects: /Cannot specify MultiKueue AdmissionCheck per flavor/,
  },
  {
    says: 'sends a job with a driver that needs no accelerators to one worker as a whole',
    see: on(
      'manager',
      jobSetOf(
        { name: 'driven', namespace: JOBS, queue: 'gb300' },
        { driver: { pods: 1, requests: { cpu: '1' } }, worker: { pods: 4, requests: NODE, annotations: IN_RACK } },
      ),
    ),
    expects: /driver pods=f-p1; worker .*check gb300=Ready: The workload was admitted on "\w+"/,
  },
  {
    says: 'keeps a job for ever without a word whose pod sets fit the manager and no one worker',
    see: on(
      'manager',
      jobSetOf(
        { name: 'apart', namespace: JOBS, queue: 'gb300' },
        { a: { pods: 8, requests: NODE }, b: { pods: 4, requests: NODE }, c: { pods: 3, requests: NODE } },
      ),
    ),
    expects: /QuotaReserved=True .*check gb300=Pending: $/,
  },
  {
    says: 'says on the manager that no flavor ever has room for a pod set',
    see: on('manager', job('big', 15)),
    expects: /> maximum capacity \(32\).*> maximum capacity \(16\).*> maximum capacity \(12\)/,
  },
  {
    says: 'takes a job away from its worker when it is deleted on the manager',
    see: deletedOnManager,
    expects: /^a copy, gone$/,
  },
  {
    says: 'lends what serving may lend and not its floor, and takes it back from a whole job',
    see: reclaim,
    expects: /^borrowed: true; floor: .*insufficient unused quota.*; taken back: .*Preempted/,
  },
];
