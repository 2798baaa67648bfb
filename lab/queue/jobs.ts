import type { KubeObject } from '../../bundle/types';
import { RUNS_FOR } from './bed/kwok';

/** Label of jobs that names their queue. */
export const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';

/** Annotations of pods that say how they want to lie. */
export const TOPOLOGY = {
  required: 'kueue.x-k8s.io/podset-required-topology',
  preferred: 'kueue.x-k8s.io/podset-preferred-topology',
  sliceRequired: 'kueue.x-k8s.io/podset-slice-required-topology',
  sliceSize: 'kueue.x-k8s.io/podset-slice-size',
} as const;

/** Pods that are alike. */
export interface PodsOrder {
  readonly pods: number;
  readonly requests: Readonly<Record<string, string>>;
  /** Annotations of pods. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** More of the specification of pods. @default nothing */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** How long they run, such as `5s`. @default an hour */
  readonly runsFor?: string;
}

/** A job that is to be tried. */
export interface JobOrder extends PodsOrder {
  readonly name: string;
  readonly namespace: string;
  readonly queue: string;
  /** Labels beside that of the queue. @default none */
  readonly labels?: Readonly<Record<string, string>>;
}

function template({ requests, annotations, spec, runsFor }: PodsOrder): object {
  const resources = Object.keys(requests).length === 0 ? {} : { resources: { requests, limits: requests } };
  return {
    metadata: { annotations: { ...annotations, ...(runsFor === undefined ? {} : { [RUNS_FOR]: runsFor }) } },
    spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'none', ...resources }], ...spec },
  };
}

function jobSpec(order: PodsOrder): object {
  const { pods } = order;
  return {
    parallelism: pods,
    completions: pods,
    completionMode: 'Indexed',
    backoffLimit: 0,
    template: template(order),
  };
}

/** A Job of Kubernetes. */
export function jobOf(order: JobOrder): KubeObject {
  const { name, namespace, queue, labels } = order;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, labels: { [QUEUE_LABEL]: queue, ...labels } },
    spec: jobSpec(order),
  };
}

/** A JobSet with one replica of each of its jobs. */
export function jobSetOf(
  { name, namespace, queue }: Pick<JobOrder, 'name' | 'namespace' | 'queue'>,
  jobs: Readonly<Record<string, PodsOrder>>,
): KubeObject {
  return {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name, namespace, labels: { [QUEUE_LABEL]: queue } },
    spec: {
      replicatedJobs: Object.entries(jobs).map(([title, order]) => ({
        name: title,
        replicas: 1,
        template: { spec: jobSpec(order) },
      })),
    },
  };
}

/** A Deployment whose pods queue one by one. */
export function deploymentOf(order: JobOrder): KubeObject {
  const { name, namespace, queue, labels, pods, requests } = order;
  const resources = { requests, limits: requests };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { [QUEUE_LABEL]: queue, ...labels } },
    spec: {
      replicas: pods,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', image: 'none', resources }], ...order.spec },
      },
    },
  };
}
