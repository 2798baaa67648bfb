/** A field that servers let nobody change in an object that exists. */
export interface ImmutableField {
  /** Path, such as `spec.levels`; `[]` after one means in each entry. Everything in it is meant. */
  readonly path: string;
  /** Paths inside of it that may change all the same. @default none */
  readonly except?: readonly string[];
  /** Path that the object has to have before, else the field may change. @default it never may */
  readonly once?: string;
  /** Whether it may be added and removed, and only not be another one. @default it may not */
  readonly mayComeAndGo?: boolean;
  /** Where the server's code or schema says so. */
  readonly source: string;
}

/** Fields of one kind, by code of the server that no schema shows. */
interface ImmutableRow {
  /** Group, version and kind, such as `batch/v1/Job`. */
  readonly of: string;
  readonly fields: readonly Omit<ImmutableField, 'source'>[];
  readonly source: string;
  readonly checked: string;
}

const KUBERNETES = 'https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis';
const BATCH = `${KUBERNETES}/batch/validation/validation.go`;
const APPS = `${KUBERNETES}/apps/validation/validation.go`;
const CORE = `${KUBERNETES}/core/validation/validation.go`;
const RESOURCE = `${KUBERNETES}/resource/validation/validation.go`;
const STORAGE = `${KUBERNETES}/storage/validation/validation.go`;
const RBAC = `${KUBERNETES}/rbac/validation/validation.go`;

const paths = (...names: readonly string[]) => names.map((path) => ({ path }));

/** What servers and webhooks keep as it is by code of their own; rules of recorded schemas come besides. */
export const IMMUTABLE_ROWS: readonly ImmutableRow[] = [
  {
    of: 'batch/v1/Job',
    fields: [
      ...paths(
        'spec.selector',
        'spec.completionMode',
        'spec.podFailurePolicy',
        'spec.backoffLimitPerIndex',
        'spec.managedBy',
        'spec.successPolicy',
      ),
      // Of indexed jobs it may follow `parallelism`; labels and places may change while a job is suspended.
      ...paths('spec.completions', 'spec.template'),
    ],
    source: BATCH,
    checked: '2026-11',
  },
  { of: 'apps/v1/Deployment', fields: paths('spec.selector'), source: APPS, checked: '2026-11' },
  { of: 'apps/v1/DaemonSet', fields: paths('spec.selector'), source: APPS, checked: '2026-11' },
  { of: 'apps/v1/ReplicaSet', fields: paths('spec.selector'), source: APPS, checked: '2026-11' },
  {
    of: 'apps/v1/StatefulSet',
    fields: paths('spec.podManagementPolicy', 'spec.selector', 'spec.serviceName', 'spec.volumeClaimTemplates'),
    source: APPS,
    checked: '2026-11',
  },
  {
    of: 'v1/ConfigMap',
    fields: ['binaryData', 'data', 'immutable'].map((path) => ({ path, once: 'immutable' })),
    source: CORE,
    checked: '2026-11',
  },
  {
    of: 'v1/Secret',
    fields: [...paths('type'), ...['data', 'immutable'].map((path) => ({ path, once: 'immutable' }))],
    source: CORE,
    checked: '2026-11',
  },
  {
    of: 'v1/PersistentVolumeClaim',
    // Bound claims may grow.
    fields: [{ path: 'spec', except: ['spec.resources.requests.storage', 'spec.volumeAttributesClassName'] }],
    source: CORE,
    checked: '2026-11',
  },
  {
    of: 'v1/PersistentVolume',
    fields: [
      ...paths('spec.csi', 'spec.fc', 'spec.hostPath', 'spec.iscsi', 'spec.local', 'spec.nfs', 'spec.volumeMode'),
      { path: 'spec.nodeAffinity', once: 'spec.nodeAffinity' },
    ],
    source: CORE,
    checked: '2026-11',
  },
  // One that names no address has got one, so that it cannot become headless either.
  { of: 'v1/Service', fields: paths('spec.clusterIP'), source: CORE, checked: '2026-11' },
  {
    of: 'scheduling.k8s.io/v1/PriorityClass',
    fields: paths('preemptionPolicy', 'value'),
    source: `${KUBERNETES}/scheduling/validation/validation.go`,
    checked: '2026-11',
  },
  {
    of: 'storage.k8s.io/v1/StorageClass',
    fields: paths('parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'),
    source: STORAGE,
    checked: '2026-11',
  },
  {
    of: 'storage.k8s.io/v1/CSIDriver',
    fields: paths('spec.attachRequired', 'spec.volumeLifecycleModes'),
    source: STORAGE,
    checked: '2026-11',
  },
  { of: 'rbac.authorization.k8s.io/v1/RoleBinding', fields: paths('roleRef'), source: RBAC, checked: '2026-11' },
  { of: 'rbac.authorization.k8s.io/v1/ClusterRoleBinding', fields: paths('roleRef'), source: RBAC, checked: '2026-11' },
  { of: 'resource.k8s.io/v1/ResourceClaim', fields: paths('spec'), source: RESOURCE, checked: '2026-11' },
  { of: 'resource.k8s.io/v1/ResourceClaimTemplate', fields: paths('spec'), source: RESOURCE, checked: '2026-11' },
  {
    of: 'node.k8s.io/v1/RuntimeClass',
    fields: paths('handler'),
    source: `${KUBERNETES}/node/validation/validation.go`,
    checked: '2026-11',
  },
  {
    of: 'kueue.x-k8s.io/v1beta2/ClusterQueue',
    fields: paths('spec.concurrentAdmissionPolicy'),
    source: 'https://github.com/kubernetes-sigs/kueue/blob/v0.19.2/pkg/webhooks/clusterqueue_webhook.go',
    checked: '2026-11',
  },
  {
    of: 'jobset.x-k8s.io/v1alpha2/JobSet',
    // Labels and places may change while it is suspended, and sizes of indexed jobs.
    fields: paths('spec.managedBy', 'spec.replicatedJobs'),
    source: 'https://github.com/kubernetes-sigs/jobset/blob/v0.12.0/pkg/webhooks/jobset_webhook.go',
    checked: '2026-11',
  },
  {
    of: 'leaderworkerset.x-k8s.io/v1/LeaderWorkerSet',
    fields: paths('spec.leaderWorkerTemplate.subGroupPolicy.subGroupSize'),
    source: 'https://github.com/kubernetes-sigs/lws/blob/v0.9.0/pkg/webhooks/leaderworkerset_webhook.go',
    checked: '2026-11',
  },
];
