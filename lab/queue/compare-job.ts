import { Field } from '../../bundle/job/field';
import { readJob } from '../../bundle/job/kinds';
import type { JobManifest, Outcome, Placement, Verdict } from '../../bundle/job/types';
import { verdictOf } from '../../bundle/job/verdict';
import type { KubeObject } from '../../bundle/types';
import type { QueuePlan } from '../../estate/plan/queue/types';
import type { Api } from './bed/api';
import { sleep, until } from './bed/wait';
import { clear, conditionOf, create, is, type Workload, workloadsOf } from './workloads';

/** What a job came to by the verdict and in Kueue. */
export interface Compared {
  readonly title: string;
  readonly verdict: Outcome;
  readonly kueue: Outcome;
  /** What either says besides. */
  readonly told: readonly [string, string];
  /** Where pods lie, by either; empty where they do not. */
  readonly places: readonly [string, string];
  readonly equal: boolean;
}

/** The verdict of a job on a plan. */
export function verdictFor(
  object: KubeObject,
  queue: QueuePlan,
): { readonly job: JobManifest; readonly verdict: Verdict } {
  const mistakes: string[] = [];
  const job = readJob(new Field(object, [], ({ message }) => mistakes.push(message)));
  if (job === undefined || mistakes.length > 0) throw new Error(`the job is none: ${mistakes.join('; ')}`);
  return { job, verdict: verdictOf(job, { queue, templates: new Map() }) };
}

/** Gives a job to a cluster that is otherwise empty, sees what comes of it, takes it away, and compares. */
export async function compareJob(api: Api, title: string, object: KubeObject, queue: QueuePlan): Promise<Compared> {
  const { job, verdict } = verdictFor(object, queue);
  const seen = await see(api, object, job);
  if (seen.outcome !== 'refused') await api.remove(object);
  await clear(api, [job.namespace]);
  await podsGone(api, job.namespace);
  const isSent = verdict.clusters[0]?.manager !== undefined;
  const place = verdict.outcome === 'admitted' && !isSent ? placesTold(verdict.clusters[0]?.placements ?? [], job) : '';
  const says = [...verdict.reasons, ...(verdict.clusters[0]?.reasons ?? [])].map((reason) => reason.says).join('; ');
  // Which of the cluster's flavors a job has on a worker is not told by the manager.
  const samePlace = verdict.outcome !== 'admitted' || isSent || seen.places === '' || place === seen.places;
  const same = verdict.outcome === seen.outcome || (verdict.outcome === 'depends' && seen.outcome !== 'refused');
  return {
    title,
    verdict: verdict.outcome,
    kueue: seen.outcome,
    told: [says, seen.says],
    places: [place, seen.places],
    equal: same && samePlace,
  };
}

interface Seen {
  readonly outcome: Outcome;
  readonly says: string;
  readonly places: string;
}

async function see(api: Api, object: KubeObject, job: JobManifest): Promise<Seen> {
  const { status, body } = await create(api, object);
  if (status >= 300) return { outcome: 'refused', says: body.message ?? '', places: '' };
  const { copies } = job.part;
  const all = await settledAll(api, job.namespace, copies);
  const admitted = all.filter((workload) => is(workload, 'Admitted'));
  const says = all.flatMap((workload) => conditionOf(workload, 'QuotaReserved')?.message ?? []).join('; ');
  if (all.length === 0) return { outcome: job.queue === undefined ? 'hangs' : 'never', says, places: '' };
  // A manager that has given its quota waits for workers, which say nothing.
  const reserved = all.some((workload) => is(workload, 'QuotaReserved'));
  if (admitted.length === 0) return { outcome: reserved ? 'hangs' : 'never', says, places: '' };
  const groups = await groupsByNode(api);
  if (admitted.length < copies || admitted.some((workload) => isShort(workload)))
    return { outcome: 'hangs', says, places: '' };
  const places = admitted.flatMap((workload) => placesSeen(workload, groups)).sort();
  // Copies may take each other's places.
  return { outcome: 'admitted', says, places: copies > 1 ? '' : places.join('; ') };
}

/** Time after which what Kueue says is believed: it tries other flavors later on. */
const SETTLED_MS = 700;

/** Waits until Kueue has said something of every workload, and says the same a little later. */
async function settledAll(api: Api, namespace: string, copies: number): Promise<readonly Workload[]> {
  const decided = (workload: Workload) =>
    is(workload, 'Admitted') || conditionOf(workload, 'QuotaReserved')?.status === 'False';
  await until(async () => {
    const all = await workloadsOf(api, namespace);
    return (all.length >= copies && all.every(decided)) || undefined;
  }, 20);
  for (let last = ''; ; ) {
    const all = await workloadsOf(api, namespace);
    const told = JSON.stringify(all.map(({ status }) => [status?.conditions, status?.admission]));
    if (all.every((workload) => is(workload, 'Admitted')) || told === last) return all;
    last = told;
    await sleep(SETTLED_MS);
  }
}

async function podsGone(api: Api, namespace: string): Promise<void> {
  const gone = await until(async () => {
    const pods = await api.items(`/api/v1/namespaces/${namespace}/pods`);
    if (pods.length > 0) await api.ask('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`);
    return pods.length === 0 || undefined;
  }, 60);
  if (gone === undefined) throw new Error(`pods of ${namespace} are not gone after a minute`);
}

async function groupsByNode(api: Api): Promise<ReadonlyMap<string, string>> {
  const nodes = await api.items<{
    readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  }>('/api/v1/nodes');
  return new Map(
    nodes.map(({ metadata }) => [
      metadata.labels['kubernetes.io/hostname'] ?? metadata.name,
      metadata.labels['estate/group'] ?? '',
    ]),
  );
}

/** A list of values of Kueue, which it shortens by what they have in common. */
interface Values {
  readonly universal?: string | number;
  readonly individual?:
    | { readonly prefix?: string; readonly suffix?: string; readonly roots?: readonly string[] }
    | readonly number[];
}

interface TopologyAssignment {
  readonly levels: readonly string[];
  readonly slices: readonly {
    readonly domainCount: number;
    readonly valuesPerLevel: readonly Values[];
    readonly podCounts: Values;
  }[];
}

/** Pods by node, of a pod set that is placed by topology. */
function podsByNode(assignment: TopologyAssignment): ReadonlyMap<string, number> {
  const pods = new Map<string, number>();
  for (const { domainCount, valuesPerLevel, podCounts } of assignment.slices) {
    const nodes = valuesPerLevel.at(-1);
    for (let index = 0; index < domainCount; index++) {
      const individual = nodes?.individual;
      const node =
        individual === undefined || !('roots' in individual)
          ? String(nodes?.universal ?? '')
          : `${individual.prefix ?? ''}${individual.roots?.[index] ?? ''}${individual.suffix ?? ''}`;
      const count = Array.isArray(podCounts.individual) ? podCounts.individual[index] : podCounts.universal;
      pods.set(node, (pods.get(node) ?? 0) + Number(count));
    }
  }
  return pods;
}

type Assignments = NonNullable<NonNullable<Workload['status']>['admission']>['podSetAssignments'];

function assignmentsOf(workload: Workload): Assignments {
  return workload.status?.admission?.podSetAssignments ?? [];
}

/** Whether pods of an admitted workload have no place. */
function isShort(workload: Workload): boolean {
  return assignmentsOf(workload).some(({ count = 0, topologyAssignment }) => {
    if (topologyAssignment === undefined) return false;
    const placed = [...podsByNode(topologyAssignment as TopologyAssignment).values()].reduce(
      (sum, each) => sum + each,
      0,
    );
    return placed < count;
  });
}

function placesSeen(workload: Workload, groups: ReadonlyMap<string, string>): readonly string[] {
  return assignmentsOf(workload).map(({ name, flavors = {}, topologyAssignment }) => {
    const flavor = Object.values(flavors)[0] ?? '';
    if (topologyAssignment === undefined) return `${name} ${flavor}`;
    const byGroup = new Map<string, number>();
    for (const [node, count] of podsByNode(topologyAssignment as TopologyAssignment)) {
      const group = groups.get(node) ?? '';
      byGroup.set(group, (byGroup.get(group) ?? 0) + count);
    }
    return `${name} ${flavor} ${listed(byGroup)}`;
  });
}

function placesTold(placements: readonly Placement[], job: JobManifest): string {
  if (job.part.copies > 1) return '';
  return placements
    .map(({ podSet, flavor, groups }) =>
      groups === undefined
        ? `${podSet} ${flavor}`
        : `${podSet} ${flavor} ${listed(new Map(groups.map(({ group, pods }) => [group, pods])))}`,
    )
    .sort()
    .join('; ');
}

function listed(pods: ReadonlyMap<string, number>): string {
  return [...pods]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([group, count]) => `${group}:${count}`)
    .join(' ');
}
