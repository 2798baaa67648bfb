import type { KubeObject } from '../../../bundle/types';
import type { QueueBed } from '../bed';
import { until } from '../bed/wait';
import { create, told, type Workload, workloadOf, workloadsOf } from '../workloads';
import { type EditTrial, goesOn, jobFor, start } from './edit-rows';
import { CONFIGURATION, clusterQueue, JOBS, LEAVES, localQueue, NAMES, namespace, workersCheck } from './small-scene';

const KUEUE = 'kueue.x-k8s.io/v1beta2';

const priorityClass = (value: number): KubeObject => ({
  apiVersion: KUEUE,
  kind: 'WorkloadPriorityClass',
  metadata: { name: 'tried' },
  value,
});

interface Prioritized extends Workload {
  readonly spec: { readonly priority?: number };
}

async function priorityOf(bed: QueueBed, job: KubeObject): Promise<number | undefined> {
  const { api } = bed.cluster(NAMES.one);
  const all = (await workloadsOf(api, JOBS)) as readonly Prioritized[];
  const name = (await workloadOf(api, job))?.metadata.name;
  return all.find(({ metadata }) => metadata.name === name)?.spec.priority;
}

async function priorityChanged(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  await one.api.apply(priorityClass(100));
  const labels = { 'kueue.x-k8s.io/priority-class': 'tried' };
  const [first, waits] = [jobFor('first', 8, { labels }), jobFor('waits', 8, { labels })];
  await start(one, first);
  await start(one, waits);
  await one.api.apply(priorityClass(200));
  const changed = await until(
    async () => ((await priorityOf(bed, waits)) === 200 ? 'has the new value' : undefined),
    10,
  );
  const running = await priorityOf(bed, first);
  await one.api.remove(priorityClass(200));
  return `waits ${changed ?? 'keeps the old one'}; first ${await goesOn(one, first)} with ${running}`;
}

async function namespaceRemoved(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const leaves = namespace(LEAVES);
  await one.api.apply(leaves);
  await one.api.apply(localQueue(LEAVES, 'gb300'));
  const job = jobFor('first', 4, { namespace: LEAVES });
  const seen = await start(one, job);
  await one.api.remove(leaves);
  const path = await one.api.pathOf(job);
  const gone = await until(async () => ((await one.api.ask('GET', path)).status === 404 ? 'gone' : undefined), 60);
  return `${/Admitted=True/.test(seen) ? 'ran' : seen}; then ${gone ?? 'still there'}`;
}

async function workerRemoved(bed: QueueBed): Promise<string> {
  const manager = bed.cluster(NAMES.manager);
  const job = jobFor('sent', 3);
  await create(manager.api, job);
  const first = await until(async () => (await workloadOf(manager.api, job))?.status?.clusterName, 20);
  const rest = [NAMES.one, NAMES.two].filter((name) => name !== first);
  const [config] = workersCheck('gb300', rest);
  if (config !== undefined) await manager.api.apply(config);
  const second = await until(async () => {
    const cluster = (await workloadOf(manager.api, job))?.status?.clusterName;
    return cluster !== undefined && cluster !== first ? cluster : undefined;
  }, 90);
  const copy = first === undefined ? undefined : await workloadOf(bed.cluster(first).api, job);
  const moved = second === undefined ? `stays: ${told(await workloadOf(manager.api, job))}` : 'moved';
  return `${moved}; its copy ${copy === undefined ? 'is gone' : 'goes on'}`;
}

async function softwareChanged(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const first = jobFor('first', 4);
  await start(one, first);
  await one.stopKueue();
  const { status, body } = await create(one.api, jobFor('meanwhile', 1));
  const running = await goesOn(one, first);
  await one.startKueue();
  return `first ${running}; meanwhile: ${status} ${body.message}; afterwards: ${await start(one, jobFor('afterwards', 1))}`;
}

/** Two queues of the same size, of which one has borrowed everything, once shares are fair. */
async function fairSharingChanged(bed: QueueBed): Promise<string> {
  const one = bed.cluster(NAMES.one);
  const half = { 'f-p1': 16, 'f-p2': 8 };
  await one.api.apply(clusterQueue('gb300', 'all', half));
  await one.api.apply(clusterQueue('other', 'all', half));
  await one.api.apply(localQueue(JOBS, 'other', 'other'));
  const first = [1, 2, 3].map((index) => jobFor(`first-${index}`, 4));
  for (const job of first) await start(one, job);
  await one.stopKueue();
  await one.startKueue(`${CONFIGURATION}\nfairSharing: {preemptionStrategies: [LessThanOrEqualToFinalShare]}\n`);
  const kept = await Promise.all(first.map((job) => goesOn(one, job)));
  const other = await start(one, jobFor('other', 4, { queue: 'other' }));
  await one.stopKueue();
  await one.startKueue();
  await one.api.remove(jobFor('other', 4));
  await one.api.remove(localQueue(JOBS, 'other', 'other'));
  const running = kept.filter((text) => text === 'goes on').length;
  return `${running} of 3 go on; who has less starts: ${other}`;
}

/** Edits that need more than one cluster, another namespace, or another start of Kueue. */
export const EDIT_TRIALS_BEYOND: readonly EditTrial[] = [
  {
    edit: 'priority-changed',
    touches: ['one'],
    see: priorityChanged,
    expects: /^waits has the new value; first goes on with \d+$/,
  },
  { edit: 'namespace-removed', touches: ['one'], see: namespaceRemoved, expects: /^ran; then gone$/ },
  { edit: 'worker-removed', touches: ['manager'], see: workerRemoved, expects: /^moved; its copy goes on$/ },
  {
    edit: 'queue-software-changed',
    touches: ['one'],
    see: softwareChanged,
    expects: /^first goes on; meanwhile: 500 .*failed calling webhook.*; afterwards: .*Admitted=True/,
  },
  {
    edit: 'fair-sharing-changed',
    touches: ['one'],
    see: fairSharingChanged,
    expects: /^3 of 3 go on; who has less starts: .*Admitted=True/,
  },
];
