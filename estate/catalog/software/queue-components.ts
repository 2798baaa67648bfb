import type { ComponentRow } from './types';

const CHECKED = { checked: '2026-11' } as const;
const REGISTRY = 'oci://registry.k8s.io';
/** No registry of charts or images could be asked from where the row was written. */
const NO_DIGEST = 'the digest, since no registry was asked: the version alone pins it';

/** Kinds of jobs that the queue takes, with what makes their pods. */
const JOB_KINDS = {
  clouds: ['aws', 'azure', 'google', 'oracle'],
  gives: [{ capability: 'job-kinds' }],
  kubernetes: { from: '1.31' },
  isPrivileged: false,
  hasSystemPriority: false,
  ...CHECKED,
  unverified: `${NO_DIGEST}; the oldest Kubernetes`,
} as const satisfies Partial<ComponentRow>;

/** What every cluster has: the queue, and the kinds of jobs that it takes. */
export const QUEUE_COMPONENTS: readonly ComponentRow[] = [
  {
    name: 'kueue',
    title: 'Kueue',
    from: { kind: 'oci', url: `${REGISTRY}/kueue/charts/kueue`, version: '0.19.2' },
    namespace: 'kueue-system',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    gives: [{ capability: 'queue' }],
    needs: ['jobset', 'kubeflow-trainer', 'lws'],
    kubernetes: { from: '1.33' },
    oldest: '0.19.2',
    isPrivileged: false,
    hasSystemPriority: false,
    source: 'https://kueue.sigs.k8s.io/docs/installation/ and kubernetes-sigs/kueue v0.19.2 charts/kueue',
    ...CHECKED,
    unverified: `${NO_DIGEST}; the oldest Kubernetes: its default gates want resource.k8s.io/v1 of 1.34, and 1.36 was run`,
  },
  {
    ...JOB_KINDS,
    name: 'jobset',
    title: 'JobSet',
    from: { kind: 'oci', url: `${REGISTRY}/jobset/charts/jobset`, version: '0.12.0' },
    namespace: 'jobset-system',
    needs: [],
    source: 'kubernetes-sigs/jobset v0.12.0 charts/jobset',
  },
  {
    ...JOB_KINDS,
    name: 'kubeflow-trainer',
    title: 'Kubeflow Trainer',
    from: { kind: 'oci', url: 'oci://ghcr.io/kubeflow/charts/kubeflow-trainer', version: '2.2.1' },
    namespace: 'kubeflow-system',
    needs: ['jobset'],
    source: 'kubeflow/trainer v2.2.1 charts/kubeflow-trainer',
  },
  {
    ...JOB_KINDS,
    name: 'lws',
    title: 'LeaderWorkerSet',
    from: { kind: 'oci', url: `${REGISTRY}/lws/charts/lws`, version: '0.9.0' },
    namespace: 'lws-system',
    needs: [],
    source: 'kubernetes-sigs/lws v0.9.0 charts/lws',
  },
];
