import type { Limit } from './types';

const KUEUE = 'https://github.com/kubernetes-sigs/kueue/tree/v0.19.2/apis/kueue/v1beta2';
const checked = '2026-11';

/** What Kueue 0.19 takes in its objects, and Kubernetes in names that are also values of labels. */
export const QUEUE_LIMITS = {
  /** Flavors in one group of resources of a queue or a cohort. */
  flavorsPerGroup: { value: 64, source: KUEUE, checked },
  /** Resources in one such group. */
  resourcesPerGroup: { value: 64, source: KUEUE, checked },
  /** Flavors times resources in one such group. */
  quotasPerGroup: { value: 512, source: KUEUE, checked },
  /** Clusters that one check of the manager sends to. */
  clustersPerCheck: { value: 20, source: KUEUE, checked },
  /** Tolerations of one flavor. */
  tolerationsPerFlavor: { value: 8, source: KUEUE, checked },
  /** Levels of one topology. */
  levelsPerTopology: { value: 16, source: KUEUE, checked },
  /** Characters of what is a value of a label too, such as the name of a queue. */
  labelValue: {
    value: 63,
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
    checked,
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** Pods of one node that quotas count, where the row of its machine does not say how many it runs. */
export const PODS_PER_NODE: Limit = {
  value: 110,
  source: 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/',
  checked,
};

/** How nodes are asked for that GKE makes all at once. */
export const PROVISIONING = {
  /** Class of the requests. */
  class: 'queued-provisioning.gke.io',
  /** Label of the nodes that were made for a request. */
  nodeLabel: 'autoscaling.gke.io/provisioning-request',
  /** Detail of the request, once it is answered, that is the value of that label. */
  nodeDetail: 'ResizeRequestName',
  source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/provisioningrequest',
  checked,
} as const;
