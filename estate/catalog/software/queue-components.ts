import type { ComponentRow } from './types';

const CHECKED = { checked: '2026-11' } as const;
const REGISTRY = 'oci://registry.k8s.io';
/** No registry of charts or images could be asked from where the row was written. */
const NO_DIGEST = 'the digest, since no registry was asked: the version alone pins it';

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
    name: 'jobset',
    title: 'JobSet',
    from: { kind: 'oci', url: `${REGISTRY}/jobset/charts/jobset`, version: '0.12.0' },
    namespace: 'jobset-system',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    gives: [{ capability: 'job-kinds' }],
    needs: [],
    kubernetes: { from: '1.31' },
    isPrivileged: false,
    hasSystemPriority: false,
    source: 'kubernetes-sigs/jobset v0.12.0 charts/jobset',
    ...CHECKED,
    unverified: `${NO_DIGEST}; the oldest Kubernetes`,
  },
  {
    name: 'kubeflow-trainer',
    title: 'Kubeflow Trainer',
    from: { kind: 'oci', url: 'oci://ghcr.io/kubeflow/charts/kubeflow-trainer', version: '2.2.1' },
    namespace: 'kubeflow-system',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    gives: [{ capability: 'job-kinds' }],
    needs: ['jobset'],
    kubernetes: { from: '1.31' },
    isPrivileged: false,
    hasSystemPriority: false,
    source: 'kubeflow/trainer v2.2.1 charts/kubeflow-trainer',
    ...CHECKED,
    unverified: `${NO_DIGEST}; the oldest Kubernetes`,
  },
  {
    name: 'lws',
    title: 'LeaderWorkerSet',
    from: { kind: 'oci', url: `${REGISTRY}/lws/charts/lws`, version: '0.9.0' },
    namespace: 'lws-system',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    gives: [{ capability: 'job-kinds' }],
    needs: [],
    kubernetes: { from: '1.31' },
    isPrivileged: false,
    hasSystemPriority: false,
    source: 'kubernetes-sigs/lws v0.9.0 charts/lws',
    ...CHECKED,
    unverified: `${NO_DIGEST}; the oldest Kubernetes`,
  },
];
