import { EXPECTS } from '../../../bundle/acceptance/job';
import type { KubeObject } from '../../../bundle/types';
import { DEVICE_CLASS_MAPPINGS } from '../../../estate/catalog/software';
import { formatTable } from '../../../estate/report/table';
import { counted } from '../../../estate/spec/words';
import { applyObjects, objectsOf } from '../apply';
import type { Api } from '../bed';
import { RUNS_FOR } from '../bed/kwok';
import { until } from '../bed/wait';
import { provision } from '../provision';
import type { EstateTrial } from '../trial';
import { clear, create, settled, told, workloadOf } from '../workloads';

interface JobStatus extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface PodTemplate {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: unknown;
}

interface JobObject extends KubeObject {
  readonly spec: { readonly template: PodTemplate };
}

interface Domain extends KubeObject {
  readonly spec: { readonly channel: { readonly resourceClaimTemplate: { readonly name: string } } };
}

/** The job with pods that end soon. */
function short(job: JobObject): KubeObject {
  const { template } = job.spec;
  const metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, [RUNS_FOR]: '2s' } };
  return { ...job, spec: { ...job.spec, template: { ...template, metadata } } };
}

const DEVICES_PER_NODE = 16;

/** Devices that drivers would offer on every node, which nothing here drives, and the templates that they would make. */
async function offerDevices(api: Api, domains: readonly Domain[]): Promise<void> {
  const [channels = ''] = DEVICE_CLASS_MAPPINGS.rows[0]?.classes ?? [];
  const classes = DEVICE_CLASS_MAPPINGS.rows.flatMap((row) => row.classes);
  const nodes = await api.items<KubeObject>('/api/v1/nodes');
  for (const name of classes) {
    const driver = name.replace(/[^a-z0-9.-]/g, '');
    const selectors = [{ cel: { expression: `device.driver == "${driver}"` } }];
    await api.apply({ apiVersion: 'resource.k8s.io/v1', kind: 'DeviceClass', metadata: { name }, spec: { selectors } });
    for (const { metadata } of nodes) {
      await api.apply({
        apiVersion: 'resource.k8s.io/v1',
        kind: 'ResourceSlice',
        metadata: { name: `${metadata.name}-${driver}` },
        spec: {
          nodeName: metadata.name,
          driver,
          pool: { name: metadata.name, generation: 1, resourceSliceCount: 1 },
          devices: Array.from({ length: DEVICES_PER_NODE }, (_, index) => ({ name: `device-${index}` })),
        },
      });
    }
  }
  for (const { metadata, spec } of domains) {
    await api.apply({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: { name: spec.channel.resourceClaimTemplate.name, namespace: metadata.namespace ?? 'default' },
      spec: { spec: { devices: { requests: [{ name: 'channel', exactly: { deviceClassName: channels } }] } } },
    });
  }
}

interface Row {
  readonly cluster: string;
  readonly job: string;
  readonly expected: string;
  readonly seen: string;
  readonly holds: boolean;
}

async function isComplete(api: Api, job: KubeObject): Promise<true | undefined> {
  const { body } = await api.ask<JobStatus>('GET', await api.pathOf(job));
  return body.status?.conditions?.some(({ type, status }) => type === 'Complete' && status === 'True') || undefined;
}

const TOO_LARGE = /allows to fit only \d+ out of \d+ pod\(s\)|insufficient quota/;

/** Starts a job as somebody does who accepts nodes: it waits suspended, and its queue starts it. */
async function accept(api: Api, job: JobObject, cluster: string): Promise<Row> {
  const waits = job.metadata.labels?.['app.kubernetes.io/component'] === 'too-large';
  const { status, body } = await create(api, waits ? job : short(job));
  const row = { cluster, job: job.metadata.name, expected: job.metadata.annotations?.[EXPECTS] ?? '' };
  if (status >= 300) return { ...row, seen: `refused: ${body.message}`, holds: false };
  if (waits) {
    const seen = told(await settled(api, job));
    return { ...row, seen, holds: TOO_LARGE.test(seen) && !/Admitted=True/.test(seen) };
  }
  const complete = await until(
    async () => {
      await provision(api);
      return isComplete(api, job);
    },
    60,
    500,
  );
  return { ...row, seen: complete ? 'completes' : told(await workloadOf(api, job)), holds: complete === true };
}

/** Jobs of the acceptance suite of every cluster, as far as nodes without kubelets can tell: what their pods find, they cannot. */
export const acceptance: EstateTrial = {
  name: 'acceptance',
  run: async ({ bed, tried }) => {
    const rows: Row[] = [];
    const refused: string[] = [];
    for (const { shard, namespaces } of tried.queue.sets) {
      const { api } = bed.cluster(shard);
      const objects = objectsOf(tried.bundle, shard, 'acceptance');
      const jobs = objects.filter(({ kind }) => kind === 'Job') as JobObject[];
      const beside = objects.filter(({ kind }) => kind !== 'Job');
      refused.push(...(await applyObjects(api, beside)).refused.map((text) => `${shard}: ${text}`));
      await offerDevices(api, beside.filter(({ kind }) => kind === 'ComputeDomain') as Domain[]);
      for (const job of jobs) {
        rows.push(await accept(api, job, shard));
        await clear(api, namespaces);
      }
    }
    const missed = rows.filter(({ holds }) => !holds);
    return {
      result: `${rows.length - missed.length} of ${counted(rows.length, 'job')} of acceptance do what they are expected to`,
      tables: [
        formatTable(rows, [
          { title: 'cluster', value: ({ cluster }) => cluster },
          { title: 'job', value: ({ job }) => job },
          { title: 'as expected', value: ({ holds }) => (holds ? 'yes' : 'no') },
        ]),
      ],
      problems: [
        ...refused,
        ...missed.map(({ cluster, job, seen, expected }) => `${cluster}: ${job} ${expected}: ${seen}`),
      ],
      notes: [
        'pods are said to run and end by KWOK: bandwidth, files and labels that scripts look at are not measured here',
      ],
    };
  },
};
