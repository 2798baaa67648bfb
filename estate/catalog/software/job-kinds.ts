import type { Sourced } from '../types';
import type { JobFramework } from './types';

/**
 * Kinds of jobs that the queue takes, the same in every cluster: a worker that lacks one kind that the manager has is lost
 * as a whole.
 */
export const JOB_FRAMEWORKS: { readonly kinds: readonly JobFramework[] } & Sourced = {
  kinds: [
    { name: 'batch/job', group: 'batch', version: 'v1', kind: 'Job' },
    {
      name: 'jobset.x-k8s.io/jobset',
      group: 'jobset.x-k8s.io',
      version: 'v1alpha2',
      kind: 'JobSet',
      component: 'jobset',
    },
    {
      name: 'trainer.kubeflow.org/trainjob',
      group: 'trainer.kubeflow.org',
      version: 'v1alpha1',
      kind: 'TrainJob',
      component: 'kubeflow-trainer',
    },
    {
      name: 'leaderworkerset.x-k8s.io/leaderworkerset',
      group: 'leaderworkerset.x-k8s.io',
      version: 'v1',
      kind: 'LeaderWorkerSet',
      component: 'lws',
    },
    { name: 'pod', group: '', version: 'v1', kind: 'Pod' },
    { name: 'deployment', group: 'apps', version: 'v1', kind: 'Deployment', copiesPods: true },
    { name: 'statefulset', group: 'apps', version: 'v1', kind: 'StatefulSet' },
  ],
  source: 'kubernetes-sigs/kueue v0.19.2 apis/config/v1beta2/configuration_types.go (Integrations)',
  checked: '2026-11',
};

/**
 * Classes of devices that jobs claim beside what device plugins count, by the resource that Kueue counts them under. A job
 * that claims one without an entry here is never admitted.
 */
export const DEVICE_CLASS_MAPPINGS: {
  readonly rows: readonly { readonly resource: string; readonly classes: readonly string[] }[];
} & Sourced = {
  rows: [
    { resource: 'compute-domain.nvidia.com/channel', classes: ['compute-domain-default-channel.nvidia.com'] },
    { resource: 'mrdma.google.com/interface', classes: ['mrdma.google.com'] },
  ],
  source: 'NVIDIA/k8s-dra-driver-gpu v0.4.0 templates/deviceclass-compute-domain-default-channel.yaml',
  checked: '2026-11',
};

/** How long a job may take until all of its pods are ready before it is queued again. */
export const PODS_READY: {
  readonly timeoutMinutes: number;
  readonly recoveryMinutes: number;
  readonly backoffBaseSeconds: number;
  readonly backoffMaxSeconds: number;
} & Sourced = {
  timeoutMinutes: 60,
  recoveryMinutes: 30,
  backoffBaseSeconds: 60,
  backoffMaxSeconds: 1800,
  source:
    'kubernetes-sigs/kueue v0.19.2 apis/config/v1beta2/defaults.go (30 minutes; images of 30 GB and a model take longer)',
  checked: '2026-11',
  unverified: 'that an hour is enough for a thousand nodes that pull one image',
};
