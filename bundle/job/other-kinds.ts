import type { Sourced } from '../../estate/catalog/types';

const checked = '2026-11';

/** A kind of objects that make pods, and that the queue does not take. */
export interface OtherKind extends Sourced {
  readonly kind: string;
  /** Group of its API. */
  readonly group: string;
  /** Whether every cluster of Kubernetes has it; others need an operator that the estate does not install. */
  readonly isBuiltIn: boolean;
  /** What to write instead. */
  readonly instead: string;
}

const TRAINER = 'https://www.kubeflow.org/docs/components/trainer/operator-guides/migration/';
const KINDS = 'https://kueue.sigs.k8s.io/docs/tasks/run/';
const RAY = 'write a JobSet with the head and the workers as replicated jobs, which starts with all of them at once';
const TRAIN = 'write a TrainJob, which is what Kubeflow Trainer has in its place';
const ELSEWHERE = 'give it to a namespace that no queue looks at, away from nodes of pools';

/** Kinds that people bring along most. */
export const OTHER_KINDS: readonly OtherKind[] = [
  { kind: 'RayJob', group: 'ray.io', isBuiltIn: false, instead: RAY, source: KINDS, checked },
  { kind: 'RayCluster', group: 'ray.io', isBuiltIn: false, instead: RAY, source: KINDS, checked },
  {
    kind: 'RayService',
    group: 'ray.io',
    isBuiltIn: false,
    instead: 'write a LeaderWorkerSet with the head as its leader',
    source: KINDS,
    checked,
  },
  { kind: 'PyTorchJob', group: 'kubeflow.org', isBuiltIn: false, instead: TRAIN, source: TRAINER, checked },
  { kind: 'JAXJob', group: 'kubeflow.org', isBuiltIn: false, instead: TRAIN, source: TRAINER, checked },
  {
    kind: 'MPIJob',
    group: 'kubeflow.org',
    isBuiltIn: false,
    instead: `${TRAIN}, with a runtime of MPI`,
    source: TRAINER,
    checked,
  },
  {
    kind: 'XGBoostJob',
    group: 'kubeflow.org',
    isBuiltIn: false,
    instead: `${TRAIN}, or a JobSet`,
    source: TRAINER,
    checked,
  },
  { kind: 'TFJob', group: 'kubeflow.org', isBuiltIn: false, instead: 'write a JobSet', source: TRAINER, checked },
  { kind: 'PaddleJob', group: 'kubeflow.org', isBuiltIn: false, instead: 'write a JobSet', source: TRAINER, checked },
  { kind: 'Notebook', group: 'kubeflow.org', isBuiltIn: false, instead: 'write a StatefulSet', source: KINDS, checked },
  {
    kind: 'SparkApplication',
    group: 'sparkoperator.k8s.io',
    isBuiltIn: false,
    instead: ELSEWHERE,
    source: KINDS,
    checked,
  },
  {
    kind: 'AppWrapper',
    group: 'workload.codeflare.dev',
    isBuiltIn: false,
    instead: 'write what it wraps, with the label of the queue on it',
    source: KINDS,
    checked,
  },
  {
    kind: 'Workflow',
    group: 'argoproj.io',
    isBuiltIn: false,
    instead: 'let its steps make Jobs with the label of the queue',
    source: KINDS,
    checked,
  },
  {
    kind: 'InferenceService',
    group: 'serving.kserve.io',
    isBuiltIn: false,
    instead: 'write a Deployment, or a LeaderWorkerSet where a replica has several nodes',
    source: KINDS,
    checked,
  },
  {
    kind: 'ReplicaSet',
    group: 'apps',
    isBuiltIn: true,
    instead: 'write a Deployment, which makes it',
    source: KINDS,
    checked,
  },
  {
    kind: 'ReplicationController',
    group: '',
    isBuiltIn: true,
    instead: 'write a Deployment',
    source: KINDS,
    checked,
  },
  { kind: 'DaemonSet', group: 'apps', isBuiltIn: true, instead: ELSEWHERE, source: KINDS, checked },
];

/** The row of a kind that the queue does not take; undefined where none has it. */
export function otherKind(kind: string): OtherKind | undefined {
  return OTHER_KINDS.find((each) => each.kind === kind);
}

/**
 * What happens to its pods: seen with Kueue 0.19.2, which lets pods of unknown owners wait in its namespaces where they name
 * no queue.
 */
export function fateOf({ isBuiltIn }: OtherKind): string {
  const start = isBuiltIn ? 'it is applied, and' : 'no cluster of the estate has it, and where somebody installs it,';
  return `${start} its pods wait behind a gate (SchedulingGated) for ever in namespaces of queues, and run past the queue everywhere else, on nodes that others have been promised`;
}
