import { join } from 'node:path';
import type { KubeObject } from '../../../bundle/types';
import type { QueueSet } from '../../../estate/plan/queue/types';
import { kueueConfiguration } from '../../../estate/plan/software/kueue-configuration';
import { formatTable } from '../../../estate/report/table';
import { formatCount } from '../../../estate/units';
import { applyBundle, makeNodes, objectsOf } from '../apply';
import { type Api, LARGE, openQueueBed } from '../bed';
import { until } from '../bed/wait';
import { readTried, type TriedEstate } from '../estate';
import { jobOf, TOPOLOGY } from '../jobs';
import { type KwokNode, nodesOfSet } from '../nodes';
import type { Trial } from '../trial';
import { create, is, workloadOf } from '../workloads';
import { RACK } from './small-scene';

/** An estate with five thousand nodes, which it splits into clusters that clouds allow; here they are all in the first one. */
export const SCALE_ESTATE = join(__dirname, '..', 'scale.yaml');

/** Pods of the job, each with a node of its own. */
const PODS = 1000;

interface NodeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface PodObject {
  readonly status?: { readonly phase?: string };
}

interface Row {
  readonly what: string;
  readonly seconds: number;
  /** Whether it was so in time. */
  readonly done: boolean;
}

async function readyNodes(api: Api): Promise<number> {
  const nodes = await api.items<NodeObject>('/api/v1/nodes');
  return nodes.filter(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'))
    .length;
}

/** Seconds after which the job comes with the nodes that are ready by then: on a busy machine not all get ready. */
const READY_SECONDS = 300;

/** Waits until nodes are ready; says how many are. */
async function readiness(api: Api, all: number): Promise<{ readonly ready: number; readonly row: Row }> {
  const start = Date.now();
  const isAll = async () => ((await readyNodes(api)) === all ? true : undefined);
  const found = await until(isAll, READY_SECONDS, 10_000);
  const seconds = Math.round((Date.now() - start) / 100) / 10;
  const ready = found ? all : await readyNodes(api);
  return { ready, row: { what: `${formatCount(ready)} of them ready, after that`, seconds, done: true } };
}

/** Seconds from now on until something is so, or until it is not waited for any longer. */
async function timed(what: string, seconds: number, everyMs: number, ask: () => Promise<boolean>): Promise<Row> {
  const start = Date.now();
  const found = await until(async () => ((await ask()) ? true : undefined), seconds, everyMs);
  return { what, seconds: Math.round((Date.now() - start) / 100) / 10, done: found === true };
}

interface QuotaObject extends KubeObject {
  readonly spec: {
    readonly resourceGroups: readonly {
      readonly flavors: readonly {
        readonly name: string;
        readonly resources: readonly { readonly name: string; readonly nominalQuota: string }[];
      }[];
    }[];
  };
}

/** The queue of a cluster with so many times its quota. */
function enlarged(queue: QuotaObject, times: number): KubeObject {
  const resourceGroups = queue.spec.resourceGroups.map((group) => ({
    ...group,
    flavors: group.flavors.map((flavor) => ({
      ...flavor,
      resources: flavor.resources.map((resource) => ({
        ...resource,
        nominalQuota: String(Math.ceil(Number(resource.nominalQuota) * times)),
      })),
    })),
  }));
  return { ...queue, spec: { ...queue.spec, resourceGroups } };
}

/** Nodes of all clusters, as nodes of one: each of its own name and rack. */
function allNodes({ plan, queue: { sets } }: TriedEstate): KwokNode[] {
  return sets.flatMap((set) =>
    nodesOfSet(plan, set).map((node) => {
      const { metadata } = node.object;
      const [name, group] = [`${set.shard}-${metadata.name}`, `${set.shard}-${node.group}`];
      const labels = { ...metadata.labels, 'kubernetes.io/hostname': name, [RACK]: group };
      return { ...node, group, object: { ...node.object, metadata: { ...metadata, name, labels } } };
    }),
  );
}

function largeJob({ localQueues: [local], flavors: [flavor] }: QueueSet) {
  if (local === undefined || flavor === undefined) throw new Error('the cluster has no queue');
  const { namespace, name: queue } = local;
  const requests = { cpu: '1', memory: '1Gi', [flavor.resource]: String(flavor.perNode.accelerators) };
  const annotations = { [TOPOLOGY.preferred]: RACK };
  return jobOf({ name: 'large', namespace, queue, pods: PODS, requests, annotations });
}

/** Five thousand nodes, and a job of a thousand pods on a thousand of them. */
export const scale: Trial = {
  name: 'scale',
  run: async (scene) => {
    const tried = readTried(SCALE_ESTATE);
    const [set] = tried.queue.sets;
    if (set === undefined) throw new Error('the estate has no cluster');
    const order = { name: set.shard, kueue: kueueConfiguration(tried.queue, set) };
    const bed = await openQueueBed([order], scene.folder, scene.programs, LARGE);
    try {
      const cluster = bed.cluster(set.shard);
      const { api } = cluster;
      await applyBundle(api, tried.bundle, set.shard);
      const nodes = allNodes(tried);
      const times = nodes.length / nodesOfSet(tried.plan, set).length;
      const queues = objectsOf(tried.bundle, set.shard, 'queue').filter(({ kind }) => kind === 'ClusterQueue');
      for (const queue of queues as QuotaObject[]) await api.apply(enlarged(queue, times));
      const start = Date.now();
      await makeNodes(api, nodes);
      const rows: Row[] = [
        { what: `${formatCount(nodes.length)} nodes made`, seconds: (Date.now() - start) / 1000, done: true },
      ];
      const { ready, row } = await readiness(api, nodes.length);
      rows.push(row);
      if (ready < PODS) throw new Error(`only ${formatCount(ready)} nodes get ready`);
      const before = cluster.memory();
      const job = largeJob(set);
      await create(api, job);
      rows.push(
        await timed(`job of ${formatCount(PODS)} pods admitted`, 180, 100, async () =>
          is(await workloadOf(api, job), 'Admitted'),
        ),
      );
      const pods = `/api/v1/namespaces/${job.metadata.namespace}/pods`;
      rows.push(
        await timed(
          'all of its pods there, after that',
          180,
          2000,
          async () => (await api.items(pods)).length === PODS,
        ),
      );
      const isRunning = async () =>
        (await api.items<PodObject>(pods)).filter(({ status }) => status?.phase === 'Running').length === PODS;
      rows.push(await timed('all of them running, after that', 180, 3000, isRunning));
      const after = cluster.memory();
      return {
        result: `${formatCount(ready)} of ${formatCount(nodes.length)} nodes ready, a job of ${formatCount(PODS)} pods ${rows[2]?.done ? 'admitted' : 'not admitted'} after ${rows[2]?.seconds} s`,
        tables: [
          formatTable(rows, [
            { title: 'step', value: ({ what }) => what },
            { title: 's', value: ({ seconds }) => seconds.toFixed(1) },
          ]),
          formatTable(Object.keys(after), [
            { title: 'program', value: (name) => name },
            { title: 'MiB with nodes', value: (name) => before[name] ?? 0 },
            { title: 'MiB with the job', value: (name) => after[name] ?? 0 },
          ]),
        ],
        problems: [
          ...(ready === nodes.length
            ? []
            : [`only ${formatCount(ready)} of ${formatCount(nodes.length)} nodes were ready when the job came`]),
          ...rows.filter(({ done }) => !done).map(({ what, seconds }) => `${what}: not after ${seconds} s`),
        ],
        notes: [
          `nodes are believed for ${LARGE.leaseSeconds} s after they told of themselves: KWOK cannot tell of thousands every few seconds on a small machine, which would lose them`,
        ],
      };
    } finally {
      await bed.close();
    }
  },
};
