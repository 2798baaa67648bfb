import { didYouMean } from '../../estate/spec/suggest';
import { quote } from '../../estate/spec/words';
import type { Field } from './field';
import { fateOf, otherKind } from './other-kinds';
import { readPod } from './pods';
import { readTopology } from './topology-request';
import type { JobManifest, PodSet, WorkloadPart } from './types';
import { limitRefusals, podGroupRefusals, setNameRefusals } from './webhooks';

/** The label by which a job names its queue. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** The label by which a job names its priority class of the queue. */
export const PRIORITY_LABEL = 'kueue.x-k8s.io/priority-class';

/** The annotation that says with how few pods a Job starts. */
export const LEAST_ANNOTATION = 'kueue.x-k8s.io/job-min-parallelism';

/** A kind of jobs: how its pods are counted. */
export interface JobKind {
  readonly kind: string;
  /** Group of its API; empty of the core. */
  readonly group: string;
  readonly version: string;
  /** Its name in the list of frameworks of Kueue. */
  readonly framework: string;
  /** Longest name, in characters. @default what Kubernetes allows for any object */
  readonly longestName?: number;
  /** Whether it is a pod itself, so that what no pod may be is refused at once. @default false */
  readonly isPod?: true;
  readonly part: (object: Field) => WorkloadPart;
  /** What webhooks say against it besides its pods. @default nothing */
  readonly refusals?: (object: Field) => JobManifest['refusals'];
  /** Whether the webhook of Kueue looks at groups of its pod sets. @default it does not */
  readonly hasGroups?: boolean;
}

/** A pod template with the count of its pods. */
function podSet(name: string, count: number, template: Field): PodSet {
  const read = readTopology(template.at('metadata'), count);
  return { name, count, ...readPod(template.at('spec')), ...read, at: template.path };
}

/** How many pods of a Job run at once. */
function podsAtOnce(spec: Field): number {
  const parallelism = spec.at('parallelism').count() ?? 1;
  return Math.min(parallelism, spec.at('completions').count() ?? parallelism);
}

const whole = (...podSets: readonly PodSet[]): WorkloadPart => ({ copies: 1, podSets });

function jobPart(object: Field): WorkloadPart {
  const spec = object.at('spec');
  const count = podsAtOnce(spec);
  const written = object.at('metadata', 'annotations', LEAST_ANNOTATION);
  const set = podSet('main', count, spec.at('template'));
  if (!written.isThere) return whole(set);
  const least = Number(written.text());
  if (Number.isInteger(least) && least > 0 && least < count) return whole({ ...set, least });
  const says = `metadata.annotations[${LEAST_ANNOTATION}]: Invalid value: ${String(written.value)}: should be between 0 and ${count - 1}`;
  const means = `the job cannot start with ${quote(written.value)} of its ${count} pods`;
  const refusal = {
    code: 'LeastPods',
    says,
    means,
    instead: `write at least 1 and fewer than ${count}`,
    at: written.path,
  };
  return whole({ ...set, refusals: [...set.refusals, refusal] });
}

function cronJobPart(object: Field): WorkloadPart {
  return { ...jobPart(object.at('spec', 'jobTemplate')), title: 'each of its Jobs' };
}

function jobSetPart(object: Field): WorkloadPart {
  const jobs = object.at('spec', 'replicatedJobs');
  if (jobs.items().length === 0) jobs.mistake('ManifestShape', 'a JobSet has at least one of spec.replicatedJobs');
  return whole(
    ...jobs.items().map((job) => {
      const spec = job.at('template', 'spec');
      return podSet(
        job.at('name').text() ?? 'main',
        (job.at('replicas').count() ?? 1) * podsAtOnce(spec),
        spec.at('template'),
      );
    }),
  );
}

function leaderWorkerSetPart(object: Field): WorkloadPart {
  const spec = object.at('spec');
  const copies = spec.at('replicas').count() ?? 1;
  const template = spec.at('leaderWorkerTemplate');
  const size = template.at('size').count(1) ?? 1;
  const workers = template.at('workerTemplate');
  const leader = template.at('leaderTemplate');
  const podSets = leader.isThere
    ? [podSet('leader', 1, leader), podSet('worker', size - 1, workers)]
    : [podSet('main', size, workers)];
  return { title: copies === 1 ? 'its replica' : `each of its ${copies} replicas`, copies, podSets };
}

function podPart(object: Field): WorkloadPart {
  const group = object.at('metadata', 'labels', 'kueue.x-k8s.io/pod-group-name');
  const total = object.at('metadata', 'annotations', 'kueue.x-k8s.io/pod-group-total-count');
  const count = group.isThere ? Number(total.text() ?? '1') : 1;
  if (!Number.isInteger(count) || count < 1)
    total.mistake('ManifestShape', `${quote(total.value)} is no count of pods`);
  return whole(podSet('main', count, object));
}

function deploymentPart(object: Field): WorkloadPart {
  const copies = object.at('spec', 'replicas').count() ?? 1;
  return {
    title: copies === 1 ? 'its pod' : `each of its ${copies} pods`,
    copies,
    podSets: [podSet('main', 1, object.at('spec', 'template'))],
  };
}

function statefulSetPart(object: Field): WorkloadPart {
  return whole(podSet('main', object.at('spec', 'replicas').count() ?? 1, object.at('spec', 'template')));
}

/** Its pods are made by a runtime that is in the cluster: what it asks for has to stand in it to be checked. */
function trainJobPart(object: Field): WorkloadPart {
  const trainer = object.at('spec', 'trainer');
  if (!trainer.at('resourcesPerNode').isThere) {
    const message = 'a TrainJob without spec.trainer.resourcesPerNode asks for what its runtime in the cluster says';
    trainer.mistake('TrainingRuntime', message, 'write what a node needs under spec.trainer.resourcesPerNode');
  }
  const resources = { containers: [{ resources: trainer.at('resourcesPerNode').value }] };
  const { requests } = readPod(trainer.holding(resources));
  const count = trainer.at('numNodes').count(1) ?? 1;
  const nodes = { selector: {}, terms: [], tolerations: [] };
  return whole({ name: 'node', count, requests, nodes, claims: [], refusals: [], at: trainer.path });
}

/** Kinds of jobs that are read. */
export const JOB_KINDS: readonly JobKind[] = [
  {
    kind: 'Job',
    group: 'batch',
    version: 'v1',
    framework: 'batch/job',
    longestName: 63,
    part: jobPart,
    refusals: limitRefusals,
  },
  {
    kind: 'CronJob',
    group: 'batch',
    version: 'v1',
    framework: 'batch/job',
    longestName: 52,
    part: cronJobPart,
    refusals: (object) => limitRefusals(object.at('spec', 'jobTemplate')),
  },
  {
    kind: 'JobSet',
    group: 'jobset.x-k8s.io',
    version: 'v1alpha2',
    framework: 'jobset.x-k8s.io/jobset',
    part: jobSetPart,
    refusals: (object) => [...limitRefusals(object), ...setNameRefusals(object)],
    hasGroups: true,
  },
  {
    kind: 'LeaderWorkerSet',
    group: 'leaderworkerset.x-k8s.io',
    version: 'v1',
    framework: 'leaderworkerset.x-k8s.io/leaderworkerset',
    part: leaderWorkerSetPart,
    hasGroups: true,
  },
  {
    kind: 'Pod',
    group: '',
    version: 'v1',
    framework: 'pod',
    isPod: true,
    part: podPart,
    refusals: (object) => [...limitRefusals(object), ...podGroupRefusals(object)],
  },
  { kind: 'Deployment', group: 'apps', version: 'v1', framework: 'deployment', part: deploymentPart },
  { kind: 'StatefulSet', group: 'apps', version: 'v1', framework: 'statefulset', part: statefulSetPart },
  {
    kind: 'TrainJob',
    group: 'trainer.kubeflow.org',
    version: 'v1alpha1',
    framework: 'trainer.kubeflow.org/trainjob',
    part: trainJobPart,
    refusals: limitRefusals,
  },
];

/** Kinds of objects that stand beside jobs in a manifest, and that the queue does not look at. */
export const COMPANION_KINDS: readonly string[] = [
  'ClusterTrainingRuntime',
  'ComputeDomain',
  'ConfigMap',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
  'ResourceClaimTemplate',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'TrainingRuntime',
];

/** The row of a kind of jobs. */
export function jobKind(kind: string): JobKind {
  const found = JOB_KINDS.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`there is no kind of jobs ${kind}`);
  return found;
}

/** A job, read from an object; undefined where it is none, which is told. */
export function readJob(object: Field, namespace = 'default'): JobManifest | undefined {
  if (typeof object.value !== 'object' || Array.isArray(object.value)) {
    const message = `holds ${quote(object.value)}; the manifest of a job is a map that begins with "apiVersion" and "kind"`;
    return object.mistake('NotAJob', message);
  }
  const names = JOB_KINDS.map((each) => each.kind);
  const hint = `kinds of jobs that the queue takes: ${names.join(', ')}`;
  const kind = object.at('kind').text();
  if (kind === undefined)
    return object.at('kind').mistake('NotAJob', 'has no kind, so that it is no object of Kubernetes', hint);
  const found = JOB_KINDS.find((each) => each.kind === kind);
  const other = otherKind(kind);
  if (found === undefined && other !== undefined) {
    const message = `${quote(kind)} is no kind of job that the queue takes: ${fateOf(other)}`;
    return object.at('kind').mistake('NotAJob', message, `${other.instead}; ${hint}`);
  }
  if (found === undefined) {
    return object
      .at('kind')
      .mistake('NotAJob', `${quote(kind)} is no kind of job that the queue takes${didYouMean(kind, names)}`, hint);
  }
  const version = object.at('apiVersion').text();
  const wanted = [found.group, found.version].filter((each) => each !== '').join('/');
  if (version !== wanted) {
    return object
      .at('apiVersion')
      .mistake('ApiVersion', `${quote(version)} is no version of ${kind}`, `write apiVersion: ${wanted}`);
  }
  return jobOf(found, object, namespace);
}

function lastIndexOf(spec: Field): Pick<JobManifest, 'lastIndex'> {
  const completions = spec.at('completions').count();
  const isIndexed = spec.at('completionMode').value === 'Indexed' && completions !== undefined && completions > 0;
  return isIndexed ? { lastIndex: completions - 1 } : {};
}

/** The runtime of a TrainJob; the kind that it names by default lies in no namespace. */
function runtimeOf({ kind }: JobKind, object: Field): Pick<JobManifest, 'runtime'> {
  const written = object.at('spec', 'runtimeRef');
  const name = written.at('name').text();
  if (kind !== 'TrainJob' || name === undefined) return {};
  return {
    runtime: { kind: written.at('kind').text() ?? 'ClusterTrainingRuntime', name, at: written.at('name').path },
  };
}

function jobOf(found: JobKind, object: Field, namespace: string): JobManifest {
  const metadata = object.at('metadata');
  const named = metadata.at('name').text() ?? metadata.at('generateName').text();
  if (named === undefined) metadata.at('name').mistake('ManifestShape', 'has no metadata.name');
  // The Jobs of a CronJob have what its template says.
  const template = found.kind === 'CronJob' ? object.at('spec', 'jobTemplate') : object;
  const labels = template.at('metadata', 'labels');
  const queue = labels.at(QUEUE_LABEL).text();
  const priority = labels.at(PRIORITY_LABEL).text();
  return {
    kind: found.kind,
    name: named ?? '',
    namespace: metadata.at('namespace').text() ?? namespace,
    ...(queue !== undefined && { queue }),
    ...(priority !== undefined && { priority }),
    ...lastIndexOf(template.at('spec')),
    ...runtimeOf(found, object),
    part: found.part(object),
    refusals: found.refusals?.(object) ?? [],
    at: {
      kind: object.at('kind').path,
      name: metadata.at('name').path,
      queue: labels.at(QUEUE_LABEL).path,
      priority: labels.at(PRIORITY_LABEL).path,
    },
  };
}
