import type { KubeObject } from '../../bundle/types';
import type { Answer, Api, Refusal } from './bed/api';
import { sleep, until } from './bed/wait';

/** A condition of an object. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** A Workload of Kueue, as far as trials read it. */
export interface Workload {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly creationTimestamp: string;
    readonly ownerReferences?: readonly { readonly uid: string; readonly kind: string; readonly name: string }[];
  };
  readonly status?: {
    readonly admission?: {
      readonly clusterQueue: string;
      readonly podSetAssignments: readonly {
        readonly name: string;
        readonly count?: number;
        readonly flavors?: Readonly<Record<string, string>>;
        readonly delayedTopologyRequest?: string;
        readonly topologyAssignment?: unknown;
      }[];
    };
    readonly conditions?: readonly Condition[];
    readonly admissionChecks?: readonly { readonly name: string; readonly state: string; readonly message: string }[];
    readonly clusterName?: string;
  };
}

const WORKLOADS = '/apis/kueue.x-k8s.io/v1beta2';

/** Workloads of a namespace, or of all. */
export function workloadsOf(api: Api, namespace?: string): Promise<readonly Workload[]> {
  return api.items<Workload>(`${WORKLOADS}${namespace === undefined ? '' : `/namespaces/${namespace}`}/workloads`);
}

/** The workload of a job by the name of what owns it, if it is there. */
export async function workloadOf(api: Api, job: KubeObject): Promise<Workload | undefined> {
  const { name, namespace = 'default' } = job.metadata;
  const all = await workloadsOf(api, namespace);
  return all.find(({ metadata }) =>
    metadata.ownerReferences?.some((owner) => owner.kind === job.kind && owner.name === name),
  );
}

/** A condition of a workload by its type. */
export function conditionOf(workload: Workload | undefined, type: string): Condition | undefined {
  return workload?.status?.conditions?.find((condition) => condition.type === type);
}

/** Whether a condition of a workload is true. */
export function is(workload: Workload | undefined, type: string): boolean {
  return conditionOf(workload, type)?.status === 'True';
}

/** Flavors of a workload by pod set and resource, such as `main nvidia.com/gpu=f-1 pods=f-1`. */
export function flavorsTold(workload: Workload | undefined): string {
  return (workload?.status?.admission?.podSetAssignments ?? [])
    .map(({ name, flavors = {} }) =>
      [name, ...Object.entries(flavors).map(([resource, flavor]) => `${resource}=${flavor}`)].join(' '),
    )
    .join('; ');
}

/** What is to be seen of a workload, in one line. */
export function told(workload: Workload | undefined): string {
  if (workload === undefined) return 'no workload';
  const conditions = (workload.status?.conditions ?? [])
    .filter(({ type }) => type !== 'PodsReady')
    .map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`);
  const checks = (workload.status?.admissionChecks ?? []).map(
    ({ name, state, message }) => `check ${name}=${state}: ${message}`,
  );
  return [flavorsTold(workload), ...conditions, ...checks].filter(Boolean).join(' | ');
}

/** Makes a job; a refusal of a webhook is an answer, too. */
export async function create(api: Api, job: KubeObject): Promise<Answer<KubeObject & Refusal>> {
  const path = (await api.pathOf(job)).replace(/\/[^/]+$/, '');
  return api.ask('POST', path, job);
}

/** A workload about which Kueue has said something: it is admitted, or why it is not. */
async function decided(api: Api, job: KubeObject): Promise<Workload | undefined> {
  const workload = await workloadOf(api, job);
  if (workload === undefined || is(workload, 'Admitted'))
    return workload && is(workload, 'Admitted') ? workload : undefined;
  const reserved = conditionOf(workload, 'QuotaReserved');
  const waits = workload.status?.admissionChecks?.some(({ state }) => state !== 'Pending') ?? false;
  return reserved !== undefined && (reserved.status === 'False' || waits) ? workload : undefined;
}

/** Time after which what Kueue says is believed: its first word may be that it looks again. */
const AFTERTHOUGHT_MS = 1500;

/** Waits for what Kueue says of a job; what is there at last where it says nothing. */
export async function settled(api: Api, job: KubeObject, seconds = 15): Promise<Workload | undefined> {
  const first = await until(() => decided(api, job), seconds);
  if (first === undefined || is(first, 'Admitted')) return first ?? workloadOf(api, job);
  await sleep(AFTERTHOUGHT_MS);
  return workloadOf(api, job);
}

/** Deletes jobs of all kinds in namespaces, and waits until their workloads are gone. */
export async function clear(api: Api, namespaces: readonly string[]): Promise<void> {
  const kinds = [
    '/apis/batch/v1',
    '/apis/jobset.x-k8s.io/v1alpha2',
    '/apis/leaderworkerset.x-k8s.io/v1',
    '/apis/apps/v1',
  ];
  const plurals = ['jobs', 'jobsets', 'leaderworkersets', 'deployments'];
  for (const namespace of namespaces) {
    for (const [index, group] of kinds.entries()) {
      const path = `${group}/namespaces/${namespace}/${plurals[index]}`;
      await api.ask('DELETE', path, { propagationPolicy: 'Background' });
    }
  }
  const gone = await until(async () => {
    const left = await workloadsOf(api);
    return left.filter(({ metadata }) => namespaces.includes(metadata.namespace)).length === 0 || undefined;
  }, 60);
  if (gone === undefined) throw new Error(`workloads of ${namespaces.join(', ')} are not gone after a minute`);
}
