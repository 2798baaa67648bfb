import { perNode } from '../../../bundle/acceptance/scene';
import type { KubeObject } from '../../../bundle/types';
import type { ClusterQueuePlan, FlavorPlan, QueueSet } from '../../../estate/plan/queue/types';
import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import type { Api, QueueBed } from '../bed';
import { sleep, until } from '../bed/wait';
import type { TriedEstate } from '../estate';
import { deploymentOf, jobOf } from '../jobs';
import type { EstateTrial } from '../trial';
import { clear, conditionOf, create, is, told, workloadsOf } from '../workloads';

/** One thing that is tried, with what has to come out. */
interface Row {
  readonly what: string;
  readonly expected: string;
  readonly seen: string;
}

/** Nodes of flavors that a queue has by itself, and those that it never lends. */
function ownNodes(
  { flavors }: ClusterQueuePlan,
  all: readonly FlavorPlan[],
): { readonly own: number; readonly floor: number } {
  const sums = { own: 0, floor: 0 };
  for (const { flavor: name, quotas } of flavors) {
    const flavor = all.find((each) => each.name === name);
    const quota = quotas.find(({ resource }) => resource === flavor?.resource);
    if (flavor === undefined || quota === undefined) continue;
    sums.own += quota.nominal / perNode(flavor);
    sums.floor += (quota.nominal - (quota.lending ?? quota.nominal)) / perNode(flavor);
  }
  return sums;
}

/** Jobs of one whole node each. */
function nodeJobs(prefix: string, count: number, queue: ClusterQueuePlan, set: QueueSet): KubeObject[] {
  const [flavor] = set.flavors.filter(({ accelerator }) => accelerator === queue.accelerator);
  const namespace = queue.namespaces[0] ?? '';
  const requests = { cpu: '1', memory: '1Gi', [flavor?.resource ?? '']: String(flavor?.perNode.accelerators ?? 1) };
  return Array.from({ length: count }, (_, index) =>
    jobOf({ name: `${prefix}-${index}`, namespace, queue: queue.accelerator, pods: 1, requests }),
  );
}

/** Admitted workloads of a namespace once their number stays the same. */
async function admitted(api: Api, namespace: string, expected: number, seconds = 60): Promise<number> {
  const count = async () => (await workloadsOf(api, namespace)).filter((one) => is(one, 'Admitted')).length;
  await until(async () => ((await count()) === expected ? true : undefined), seconds, 500);
  await sleep(2000);
  return count();
}

async function makeAll(api: Api, jobs: readonly KubeObject[]): Promise<void> {
  for (const job of jobs) {
    const { status, body } = await create(api, job);
    if (status >= 300) throw new Error(`${job.metadata.name}: ${status} ${body.message}`);
  }
}

/** Two teams and one accelerator: a team that may borrow takes all but floors, and the other gets its own back. */
async function teamsContend(bed: QueueBed, { queue }: TriedEstate): Promise<Row[]> {
  const set = queue.sets.find(({ role }) => role === 'manager') ?? queue.sets[0];
  const teams = set?.queues.filter(({ kind, accelerator }) => kind === 'team' && accelerator !== 'cpu') ?? [];
  const keeps = teams.find((team) => ownNodes(team, set?.flavors ?? []).floor > 0);
  const borrows = teams.find(
    (team) =>
      team !== keeps &&
      team.accelerator === keeps?.accelerator &&
      team.flavors.every(({ quotas }) => quotas.every(({ borrowing }) => borrowing === undefined)),
  );
  if (set === undefined || keeps === undefined || borrows === undefined) return [];
  const { api } = bed.cluster(set.shard);
  const nodes = set.flavors.filter(({ accelerator }) => accelerator === keeps.accelerator);
  const all = nodes.reduce((sum, flavor) => sum + flavor.nodes, 0);
  const { own, floor } = ownNodes(keeps, set.flavors);
  const namespaces = [borrows.namespaces[0] ?? '', keeps.namespaces[0] ?? ''] as const;
  await makeAll(api, nodeJobs('borrows', all, borrows, set));
  const most = await admitted(api, namespaces[0], all - floor);
  await makeAll(api, nodeJobs('keeps', own, keeps, set));
  // One job is ended at a time, and its worker has to have let it go: seconds for each.
  const back = await admitted(api, namespaces[1], own, 300);
  const left = await admitted(api, namespaces[0], all - own);
  const waits = (await workloadsOf(api, namespaces[1])).find((one) => !is(one, 'Admitted'));
  const why = waits === undefined ? '' : `, ${told(waits)}`;
  await clear(api, namespaces);
  const name = keeps.accelerator;
  return [
    {
      what: `${borrows.name} borrows all ${name} that ${keeps.name} lends, and not its floor`,
      expected: counted(all - floor, 'node'),
      seen: counted(most, 'node'),
    },
    { what: `${keeps.name} gets its own back`, expected: counted(own, 'node'), seen: `${counted(back, 'node')}${why}` },
    { what: `${borrows.name} keeps the rest`, expected: counted(all - own, 'node'), seen: counted(left, 'node') },
  ];
}

interface PodObject {
  readonly status?: { readonly phase?: string };
}

async function running(api: Api, namespace: string, expected: number): Promise<number> {
  const count = async () => {
    const pods = await api.items<PodObject>(`/api/v1/namespaces/${namespace}/pods`);
    return pods.filter(({ status }) => status?.phase === 'Running').length;
  };
  await until(async () => ((await count()) === expected ? true : undefined), 60, 500);
  return count();
}

/** A budget that would let no pod go, were they evicted. */
function budget(namespace: string): KubeObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'all-stay', namespace },
    spec: { maxUnavailable: 0, selector: {} },
  };
}

/** Training takes everything that a service lends; then the service wants all of its nodes, from pods that a budget holds. */
async function servingContends(bed: QueueBed, set: QueueSet, service: ClusterQueuePlan): Promise<Row[]> {
  const { api } = bed.cluster(set.shard);
  const training = set.queues.find(
    ({ kind, accelerator, flavors }) =>
      kind !== 'serving' &&
      accelerator === service.accelerator &&
      flavors.some(({ flavor }) => service.flavors.some((own) => own.flavor === flavor)),
  );
  if (training === undefined) return [];
  const flavors = set.flavors.filter(({ name }) => service.flavors.some(({ flavor }) => flavor === name));
  const all = flavors.reduce((sum, { nodes }) => sum + nodes, 0);
  const { own, floor } = ownNodes(service, set.flavors);
  const [namespace = ''] = training.namespaces;
  const [serving = ''] = service.namespaces;
  await api.apply(budget(namespace));
  await makeAll(api, nodeJobs('trains', all, training, set));
  const most = await admitted(api, namespace, all - floor);
  const [flavor] = flavors;
  const requests = { cpu: '1', memory: '1Gi', [flavor?.resource ?? '']: String(flavor?.perNode.accelerators ?? 1) };
  const local = set.localQueues.find(({ clusterQueue }) => clusterQueue === service.name)?.name ?? service.name;
  const order = { name: 'answers', namespace: serving, queue: local, requests };
  await create(api, deploymentOf({ ...order, pods: floor }));
  const atFloor = await running(api, serving, floor);
  const before = await admitted(api, namespace, all - floor, 5);
  await api.apply(deploymentOf({ ...order, pods: own }));
  const full = await running(api, serving, own);
  const after = await admitted(api, namespace, all - own);
  const reasons = (await workloadsOf(api, namespace)).flatMap((one) => conditionOf(one, 'Preempted')?.reason ?? []);
  await clear(api, [namespace, serving]);
  await api.remove(budget(namespace));
  const nodes = (count: number) => counted(count, 'node');
  return [
    {
      what: `${service.name} of ${set.shard} lends all but its floor`,
      expected: nodes(all - floor),
      seen: nodes(most),
    },
    { what: `${service.name} has its floor at once`, expected: nodes(floor), seen: nodes(atFloor) },
    { what: 'which ends no training', expected: nodes(all - floor), seen: nodes(before) },
    { what: `${service.name} gets all of its nodes`, expected: nodes(own), seen: nodes(full) },
    { what: 'from training, which a budget does not hold', expected: nodes(all - own), seen: nodes(after) },
    {
      what: 'as reclamation in the cohort',
      expected: 'InCohortReclamation',
      seen: [...new Set(reasons)].join(', ') || 'nothing',
    },
  ];
}

/** Teams contend with teams, and services with training. */
export const contention: EstateTrial = {
  name: 'contention',
  run: async ({ bed, tried }) => {
    const rows = await teamsContend(bed, tried);
    for (const set of tried.queue.sets) {
      for (const service of set.queues.filter(({ kind }) => kind === 'serving')) {
        rows.push(...(await servingContends(bed, set, service)));
      }
    }
    const missed = rows.filter(({ expected, seen }) => expected !== seen);
    return {
      result: `${rows.length - missed.length} of ${counted(rows.length, 'outcome')} of contention as planned`,
      tables: [
        formatTable(rows, [
          { title: 'what', value: ({ what }) => what },
          { title: 'planned', value: ({ expected }) => expected },
          { title: 'seen', value: ({ seen }) => seen.replace(/,.*/, '') },
        ]),
      ],
      problems: missed.map(({ what, expected, seen }) => `${what}: ${seen}, not ${expected}`),
    };
  },
};
