import type { KubeObject } from '../../../bundle/types';
import type { QueueEdit } from '../../../diff/facts/queue';
import { applyObjects } from '../apply';
import type { BedCluster, QueueBed } from '../bed';
import { until } from '../bed/wait';
import { deploymentOf, type JobOrder, jobOf, TOPOLOGY } from '../jobs';
import { create, is, settled, told, workloadOf } from '../workloads';
import {
  clusterQueue,
  flavor,
  giveNode,
  JOBS,
  localQueue,
  NAMES,
  NODE_ROOM,
  node,
  type Quotas,
  RACK,
  SERVICE,
  topology,
} from './small-scene';

/** What an edit of bundles does to queues and jobs, tried. */
export interface EditTrial {
  /** The row of the table of edits that it is about. */
  readonly edit: QueueEdit;
  /** Clusters that have to be put right again. */
  readonly touches: readonly (keyof typeof NAMES)[];
  readonly see: (bed: QueueBed) => Promise<string>;
  readonly expects: RegExp;
}

const GPU = 'nvidia.com/gpu';
const NODE = { cpu: '10', [GPU]: '4' };
const IN_RACK = { [TOPOLOGY.required]: RACK };

/** A job of whole nodes. */
export function jobFor(name: string, pods: number, more: Partial<JobOrder> = {}): KubeObject {
  return jobOf({ name, namespace: JOBS, queue: 'gb300', pods, requests: NODE, ...more });
}

/** Makes a job and waits for what Kueue says of it, or the server where it refuses the job. */
export async function start({ api }: BedCluster, job: KubeObject): Promise<string> {
  const { status, body } = await create(api, job);
  return status >= 300 ? `refused: ${status} ${body.message}` : told(await settled(api, job, 20));
}

/** Whether a job still has its quota. */
export async function goesOn({ api }: BedCluster, job: KubeObject): Promise<string> {
  return is(await workloadOf(api, job), 'Admitted') ? 'goes on' : `ended: ${told(await workloadOf(api, job))}`;
}

const all = (quotas: Quotas) => clusterQueue('gb300', 'all', quotas);

async function quotaLower(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const [first, second, third] = [jobFor('first', 8), jobFor('second', 4), jobFor('third', 1)];
  await start(one, first);
  await start(one, second);
  await one.api.apply(all({ 'f-p1': 16, 'f-p2': 16 }));
  return `third: ${await start(one, third)}; first ${await goesOn(one, first)}`;
}

interface PodObject {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: { readonly nodeName?: string };
}

async function nodesFewer(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const [lost, other] = [jobFor('lost', 4, { annotations: IN_RACK }), jobFor('other', 3, { annotations: IN_RACK })];
  await start(one, lost);
  await start(one, other);
  const nodes = await until(async () => {
    const pods = await one.api.items<PodObject>(`/api/v1/namespaces/${JOBS}/pods`);
    const own = pods.filter(({ metadata }) => metadata.labels?.['batch.kubernetes.io/job-name'] === 'lost');
    const names = own.flatMap(({ spec }) => spec.nodeName ?? []);
    return names.length === 4 ? names : undefined;
  }, 30);
  for (const name of nodes ?? []) await one.api.remove(node(name, '', ''));
  const seen = await until(async () => {
    const workload = told(await workloadOf(one.api, lost));
    return /NodeFailures/.test(workload) ? workload : undefined;
  }, 90);
  return `lost: ${seen ?? told(await workloadOf(one.api, lost))}; other ${await goesOn(one, other)}`;
}

async function nodesMore(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  await start(one, jobFor('first', 8));
  await start(one, jobFor('second', 4));
  const waits = jobFor('waits', 4, { annotations: IN_RACK });
  const before = await start(one, waits);
  for (const index of [0, 1, 2, 3]) await giveNode(one, node(`p1-c-${index}`, 'p1', 'p1-c'), NODE_ROOM);
  const still = told(await settled(one.api, waits, 3));
  await one.api.apply(all({ 'f-p1': 48, 'f-p2': 16 }));
  const after = await until(async () => (is(await workloadOf(one.api, waits), 'Admitted') ? 'starts' : undefined), 20);
  return `before: ${before}; with nodes: ${still}; with quota: ${after ?? told(await workloadOf(one.api, waits))}`;
}

/** What becomes of an object that is deleted. */
async function deleted({ api }: BedCluster, object: KubeObject, seconds = 4): Promise<'gone' | 'hangs'> {
  await api.remove(object);
  const path = await api.pathOf(object);
  const gone = await until(async () => ((await api.ask('GET', path)).status === 404 ? true : undefined), seconds);
  return gone ? 'gone' : 'hangs';
}

interface Usage {
  readonly status?: {
    readonly flavorsUsage?: readonly {
      readonly name: string;
      readonly resources: readonly { readonly name: string; readonly total: string }[];
    }[];
  };
}

/** GPUs of a flavor that a queue counts as used. */
async function used({ api }: BedCluster, queue: string, name: string): Promise<string> {
  const { status } = await api.get<Usage>(`/apis/kueue.x-k8s.io/v1beta2/clusterqueues/${queue}`);
  const resources = status?.flavorsUsage?.find((one) => one.name === name)?.resources;
  return resources?.find((one) => one.name === GPU)?.total ?? 'none';
}

async function flavorRenamed(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const first = jobFor('first', 8);
  await start(one, first);
  const old = flavor('p1');
  const renamed = { ...old, metadata: { name: 'f-p1-new' } };
  await one.api.apply(renamed);
  const named = await deleted(one, old);
  await one.api.apply(all({ 'f-p1-new': 32, 'f-p2': 16 }));
  const unnamed = await until(
    async () => ((await one.api.ask('GET', await one.api.pathOf(old))).status === 404 ? 'gone' : undefined),
    15,
  );
  const usage = await used(one, 'gb300', 'f-p1-new');
  return `old: ${named} while it is named, ${unnamed ?? 'hangs'} afterwards; used of the new one: ${usage}; first ${await goesOn(one, first)}`;
}

async function flavorRemoved(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const first = jobFor('first', 8);
  await start(one, first);
  return `${await deleted(one, flavor('p1'))}; first ${await goesOn(one, first)}`;
}

async function topologyReplaced(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const levels = [{ nodeLabel: 'estate/pool' }, { nodeLabel: 'kubernetes.io/hostname' }];
  const { refused } = await applyObjects(one.api, [{ ...topology, spec: { levels } }]);
  const state = await deleted(one, topology);
  const job = jobFor('serves', 4, { annotations: IN_RACK });
  return `changed: ${refused.join()}; deleted: ${state}; serves: ${await start(one, job)}`;
}

async function immutable(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const old = flavor('p1');
  const spec = { nodeLabels: { 'estate/pool': 'other' }, topologyName: 'rack-node' };
  return (await applyObjects(one.api, [{ ...old, spec }])).refused.join();
}

const service = (pods: number) =>
  deploymentOf({ name: SERVICE, namespace: SERVICE, queue: SERVICE, pods, requests: NODE });

const serving = (floor: number) => clusterQueue(SERVICE, 'all', { 'f-p3': [12, floor] });

async function floorHigher(bed: QueueBed): Promise<string> {
  const two = bed.cluster(NAMES.two);
  const training = jobFor('training', 3);
  await start(two, training);
  await two.api.apply(serving(12));
  await create(two.api, service(1));
  const one = await goesOn(two, training);
  await two.api.apply(service(2));
  const ended = await until(async () => {
    const seen = told(await workloadOf(two.api, training));
    return /InCohortReclamation/.test(seen) ? 'ended by reclamation' : undefined;
  }, 20);
  return `before the service starts more: ${one}; then: ${ended ?? (await goesOn(two, training))}`;
}

async function cohortChanged(bed: QueueBed): Promise<string> {
  const two = bed.cluster(NAMES.two);
  const training = jobFor('training', 3);
  await start(two, training);
  await two.api.apply(clusterQueue('gb300', 'elsewhere', { 'f-p3': 4 }));
  const more = await start(two, jobFor('more', 1));
  return `training ${await goesOn(two, training)}; more: ${more}`;
}

async function borrowingLower(bed: QueueBed): Promise<string> {
  const two = bed.cluster(NAMES.two);
  const training = jobFor('training', 3);
  await start(two, training);
  const queue = all({ 'f-p3': 4 });
  const limited = JSON.parse(
    JSON.stringify(queue).replace('"nominalQuota":"4"', '"nominalQuota":"4","borrowingLimit":"0"'),
  );
  await two.api.apply(limited);
  return `training ${await goesOn(two, training)}; more: ${await start(two, jobFor('more', 1))}`;
}

async function queueRemoved(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const first = jobFor('first', 4);
  await start(one, first);
  const queue = all({ 'f-p1': 32, 'f-p2': 16 });
  const state = await deleted(one, queue);
  const more = await start(one, jobFor('more', 1));
  const again = await applyObjects(one.api, [queue]);
  const anew = await create(one.api, queue);
  const running = await goesOn(one, first);
  await one.api.remove(first);
  await one.api.remove(jobFor('more', 1));
  const path = await one.api.pathOf(queue);
  const gone = await until(async () => ((await one.api.ask('GET', path)).status === 404 ? 'gone' : undefined), 30);
  return `${state}; first ${running}; more: ${more}; again: ${again.refused.join() || 'taken'}; anew: ${anew.status} ${anew.body.message}; afterwards ${gone ?? 'hangs'}`;
}

async function localQueueRemoved(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const first = jobFor('first', 8);
  await start(one, first);
  await start(one, jobFor('second', 4));
  const waits = jobFor('waits', 4);
  await start(one, waits);
  const state = await deleted(one, localQueue(JOBS, 'gb300'));
  await one.api.remove(jobFor('second', 4));
  const waiting = told(await settled(one.api, waits, 3));
  return `${state}; first ${await goesOn(one, first)}; waits: ${waiting}`;
}

/** Edits that need one cluster each. */
export const EDIT_TRIALS: readonly EditTrial[] = [
  {
    edit: 'quota-lower',
    touches: ['one'],
    see: quotaLower,
    expects: /third: .*insufficient unused quota.*; first goes on$/,
  },
  { edit: 'nodes-fewer', touches: ['one'], see: nodesFewer, expects: /^lost: .*NodeFailures.*; other goes on$/ },
  {
    edit: 'nodes-more',
    touches: ['one'],
    see: nodesMore,
    expects: /^before: .*QuotaReserved=False.*; with nodes: .*QuotaReserved=False.*; with quota: starts$/,
  },
  {
    edit: 'flavor-renamed',
    touches: ['one'],
    see: flavorRenamed,
    expects: /^old: hangs while it is named, gone afterwards; used of the new one: 0; first goes on$/,
  },
  { edit: 'flavor-removed', touches: ['one'], see: flavorRemoved, expects: /^hangs; first goes on$/ },
  {
    edit: 'topology-replaced',
    touches: ['one'],
    see: topologyReplaced,
    expects: /changed: .*422.*immutable.*; deleted: hangs; serves: .*Admitted=True/,
  },
  { edit: 'immutable', touches: ['one'], see: immutable, expects: /: 422 .*immutable/ },
  {
    edit: 'floor-higher',
    touches: ['two'],
    see: floorHigher,
    expects: /^before the service starts more: goes on; then: ended by reclamation$/,
  },
  {
    edit: 'cohort-changed',
    touches: ['two'],
    see: cohortChanged,
    expects: /^training goes on; more: .*QuotaReserved=False/,
  },
  {
    edit: 'borrowing-lower',
    touches: ['two'],
    see: borrowingLower,
    expects: /^training goes on; more: .*QuotaReserved=False/,
  },
  {
    edit: 'queue-removed',
    touches: ['one'],
    see: queueRemoved,
    expects:
      /^hangs; first goes on; more: .*QuotaReserved=False.*; again: taken; anew: 409 object is being deleted.*; afterwards gone$/,
  },
  {
    edit: 'local-queue-removed',
    touches: ['one'],
    see: localQueueRemoved,
    expects: /^gone; first goes on; waits: .*QuotaReserved=False/,
  },
];
