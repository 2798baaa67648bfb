import type { KubeObject } from '../../bundle/types';

/** What is not the metadata of an object. */
type Rest = Readonly<Record<string, unknown>>;

const NAMESPACE = 'default';

function object(apiVersion: string, kind: string, rest: Rest, name = 'sample', isNamespaced = true): KubeObject {
  const metadata = { name, ...(isNamespaced && { namespace: NAMESPACE }), labels: { 'app.kubernetes.io/name': name } };
  return { apiVersion, kind, metadata, ...rest };
}

const cluster = (apiVersion: string, kind: string, rest: Rest, name?: string) =>
  object(apiVersion, kind, rest, name, false);

const pod = {
  restartPolicy: 'Never',
  serviceAccountName: 'trainer',
  priorityClassName: 'training-1000',
  nodeSelector: { 'estate/pool': 'train' },
  tolerations: [
    { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
  ],
  securityContext: { runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  initContainers: [{ name: 'fetch', image: 'registry.example/fetch:1', command: ['fetch'] }],
  containers: [
    {
      name: 'main',
      image: 'registry.example/train:1',
      imagePullPolicy: 'IfNotPresent',
      command: ['torchrun', '--nnodes=18'],
      env: [
        { name: 'NCCL_DEBUG', value: 'WARN' },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
      ports: [{ name: 'rendezvous', containerPort: 29500, protocol: 'TCP' }],
      resources: {
        requests: { cpu: '32', memory: '256Gi', 'nvidia.com/gpu': 4 },
        limits: { memory: '256Gi', 'nvidia.com/gpu': 4, 'hugepages-2Mi': '1Gi' },
      },
      volumeMounts: [
        { name: 'scratch', mountPath: '/scratch' },
        { name: 'shared', mountPath: '/data', readOnly: true },
      ],
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['IPC_LOCK'] } },
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 10 },
    },
  ],
  volumes: [
    { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Gi' } },
    { name: 'shared', persistentVolumeClaim: { claimName: 'shared' } },
    { name: 'settings', configMap: { name: 'settings' } },
  ],
};

const labels = { app: 'sample' };
const service = { metadata: { labels }, spec: { ...pod, restartPolicy: 'Always' } };
const job = {
  parallelism: 18,
  completions: 18,
  completionMode: 'Indexed',
  backoffLimit: 0,
  ttlSecondsAfterFinished: 3600,
  template: {
    metadata: { labels, annotations: { 'kueue.x-k8s.io/podset-required-topology': 'estate/group' } },
    spec: pod,
  },
};
const quotas = [
  {
    coveredResources: ['nvidia.com/gpu', 'pods'],
    flavors: [
      {
        name: 'frontier-1-train-0a1b2c3d',
        resources: [
          { name: 'nvidia.com/gpu', nominalQuota: '216', borrowingLimit: '72', lendingLimit: '144' },
          { name: 'pods', nominalQuota: '54' },
        ],
      },
    ],
  },
];

const KUEUE = 'kueue.x-k8s.io/v1beta2';
const RBAC = 'rbac.authorization.k8s.io/v1';
const FLUX = 'source.toolkit.fluxcd.io/v1';

/** Objects that servers accept, one or more of each kind that bundles have or users bring. */
export const SAMPLES: readonly KubeObject[] = [
  cluster('v1', 'Namespace', {}, 'research'),
  object('v1', 'ConfigMap', { data: { 'settings.yaml': 'a: 1' } }),
  object('v1', 'Secret', { type: 'Opaque', data: { token: 'YQ==' } }),
  object('v1', 'ServiceAccount', { automountServiceAccountToken: false }),
  object('v1', 'Pod', { spec: pod }),
  object('v1', 'Service', {
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
    },
  }),
  object('v1', 'PersistentVolumeClaim', {
    spec: {
      accessModes: ['ReadWriteMany'],
      storageClassName: 'shared',
      volumeName: 'shared',
      resources: { requests: { storage: '100Ti' } },
    },
  }),
  cluster('v1', 'PersistentVolume', {
    spec: {
      capacity: { storage: '100Ti' },
      accessModes: ['ReadWriteMany'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'shared',
      mountOptions: ['flock'],
      csi: { driver: 'lustre.csi.example.com', volumeHandle: 'fs-1', volumeAttributes: { mountname: 'a' } },
    },
  }),
  object('batch/v1', 'Job', { spec: job }),
  object('batch/v1', 'CronJob', {
    spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: job } },
  }),
  object('apps/v1', 'Deployment', { spec: { replicas: 2, selector: { matchLabels: labels }, template: service } }),
  object('apps/v1', 'StatefulSet', {
    spec: { replicas: 2, serviceName: 'sample', selector: { matchLabels: labels }, template: service },
  }),
  object('apps/v1', 'DaemonSet', {
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: service,
    },
  }),
  object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '50%', selector: { matchLabels: labels } } }),
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { team: 'research' } } }] }],
      egress: [
        {
          to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
          ports: [
            { protocol: 'TCP', port: 443 },
            { protocol: 'UDP', port: 53 },
          ],
        },
      ],
    },
  }),
  object(RBAC, 'Role', { rules: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'create'] }] }),
  object(RBAC, 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'sample' },
    subjects: [
      { kind: 'ServiceAccount', name: 'trainer', namespace: NAMESPACE },
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'researchers' },
    ],
  }),
  cluster(RBAC, 'ClusterRole', {
    rules: [
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ],
  }),
  cluster(RBAC, 'ClusterRoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'trainer', namespace: NAMESPACE }],
  }),
  cluster(
    'scheduling.k8s.io/v1',
    'PriorityClass',
    { value: 1000, globalDefault: false, preemptionPolicy: 'Never', description: 'training' },
    'training-1000',
  ),
  cluster('storage.k8s.io/v1', 'StorageClass', {
    provisioner: 'lustre.csi.example.com',
    parameters: { tier: '500' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: ['flock'],
  }),
  object('resource.k8s.io/v1', 'ResourceClaimTemplate', {
    spec: {
      spec: {
        devices: {
          requests: [{ name: 'channel', exactly: { deviceClassName: 'compute-domain-default-channel.nvidia.com' } }],
        },
      },
    },
  }),
  cluster(KUEUE, 'Topology', {
    spec: { levels: [{ nodeLabel: 'estate/group' }, { nodeLabel: 'kubernetes.io/hostname' }] },
  }),
  cluster(KUEUE, 'ResourceFlavor', {
    spec: {
      nodeLabels: { 'estate/pool': 'train' },
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
      topologyName: 'sample',
    },
  }),
  cluster(KUEUE, 'Cohort', { spec: { parentName: 'frontier', fairSharing: { weight: '1' }, resourceGroups: quotas } }),
  cluster(KUEUE, 'ClusterQueue', {
    spec: {
      cohortName: 'frontier',
      queueingStrategy: 'BestEffortFIFO',
      namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['research'] }] },
      preemption: {
        reclaimWithinCohort: 'Any',
        withinClusterQueue: 'LowerPriority',
        borrowWithinCohort: { policy: 'LowerPriority', maxPriorityThreshold: 100 },
      },
      flavorFungibility: { whenCanBorrow: 'MayStopSearch', whenCanPreempt: 'TryNextFlavor' },
      fairSharing: { weight: '2' },
      admissionChecksStrategy: { admissionChecks: [{ name: 'gb300', onFlavors: ['frontier-1-train-0a1b2c3d'] }] },
      resourceGroups: quotas,
    },
  }),
  object(KUEUE, 'LocalQueue', { spec: { clusterQueue: 'research-gb300' } }),
  cluster(KUEUE, 'WorkloadPriorityClass', { value: 1000, description: 'training' }),
  cluster(KUEUE, 'AdmissionCheck', {
    spec: {
      controllerName: 'kueue.x-k8s.io/multikueue',
      parameters: { apiGroup: 'kueue.x-k8s.io', kind: 'MultiKueueConfig', name: 'gb300' },
    },
  }),
  cluster(KUEUE, 'MultiKueueConfig', { spec: { clusters: ['frontier-1', 'frontier-2'] } }),
  cluster(KUEUE, 'MultiKueueCluster', {
    spec: { clusterSource: { kubeConfig: { locationType: 'Secret', location: 'frontier-1' } } },
  }),
  cluster(KUEUE, 'ProvisioningRequestConfig', {
    spec: {
      provisioningClassName: 'queued-provisioning.gke.io',
      managedResources: ['nvidia.com/gpu'],
      retryStrategy: { backoffLimitCount: 2 },
    },
  }),
  object('jobset.x-k8s.io/v1alpha2', 'JobSet', {
    spec: {
      failurePolicy: { maxRestarts: 3 },
      network: { enableDNSHostnames: true },
      replicatedJobs: [
        {
          name: 'workers',
          replicas: 2,
          template: { spec: { parallelism: 18, completions: 18, backoffLimit: 0, template: { spec: pod } } },
        },
      ],
    },
  }),
  object('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', {
    spec: {
      replicas: 2,
      leaderWorkerTemplate: { size: 4, restartPolicy: 'RecreateGroupOnPodRestart', workerTemplate: service },
    },
  }),
  object('ray.io/v1', 'RayJob', {
    spec: {
      entrypoint: 'python train.py',
      shutdownAfterJobFinishes: true,
      rayClusterSpec: {
        headGroupSpec: { rayStartParams: {}, template: { spec: pod } },
        workerGroupSpecs: [
          {
            groupName: 'gpu',
            replicas: 2,
            minReplicas: 2,
            maxReplicas: 2,
            rayStartParams: {},
            template: { spec: pod },
          },
        ],
      },
    },
  }),
  object('kubeflow.org/v1', 'PyTorchJob', {
    spec: { pytorchReplicaSpecs: { Worker: { replicas: 18, restartPolicy: 'OnFailure', template: { spec: pod } } } },
  }),
  object('kubeflow.org/v2beta1', 'MPIJob', {
    spec: {
      slotsPerWorker: 8,
      mpiReplicaSpecs: {
        Launcher: { replicas: 1, template: { spec: pod } },
        Worker: { replicas: 2, template: { spec: pod } },
      },
    },
  }),
  object('trainer.kubeflow.org/v1alpha1', 'TrainJob', {
    spec: { runtimeRef: { name: 'torch-distributed' }, trainer: { numNodes: 18 } },
  }),
  object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
    spec: {
      interval: '10m',
      path: './queue',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'estate' },
      wait: true,
      timeout: '10m',
      dependsOn: [{ name: 'software' }],
    },
  }),
  object(FLUX, 'GitRepository', {
    spec: { interval: '10m', url: 'https://example.com/estate.git', ref: { branch: 'main' } },
  }),
  object(FLUX, 'OCIRepository', {
    spec: { interval: '1h', url: 'oci://registry.example/charts/kueue', ref: { tag: '0.19.2' } },
  }),
  object(FLUX, 'HelmRepository', { spec: { interval: '1h', url: 'https://charts.example' } }),
  object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', {
    spec: {
      interval: '1h',
      chartRef: { kind: 'OCIRepository', name: 'kueue' },
      values: { replicas: 1 },
      install: { crds: 'CreateReplace', remediation: { retries: 3 } },
    },
  }),
  object('argoproj.io/v1alpha1', 'Application', {
    spec: {
      project: 'default',
      source: {
        repoURL: 'https://charts.example',
        chart: 'gpu-operator',
        targetRevision: 'v26.7.0',
        helm: { releaseName: 'gpu-operator', valuesObject: { driver: { enabled: false } } },
      },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'gpu-operator' },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true'] },
    },
  }),
  cluster('networking.gke.io/v1', 'Network', {
    spec: { type: 'Device', parametersRef: { group: 'networking.gke.io', kind: 'GKENetworkParamSet', name: 'rdma-0' } },
  }),
  cluster('networking.gke.io/v1', 'GKENetworkParamSet', {
    spec: { vpc: 'rdma', vpcSubnet: 'rdma-0', deviceMode: 'RDMA' },
  }),
  object('resource.nvidia.com/v1beta1', 'ComputeDomain', {
    spec: { numNodes: 18, channel: { resourceClaimTemplate: { name: 'domain' } } },
  }),
  cluster('nvidia.com/v1', 'ClusterPolicy', {
    spec: {
      operator: { defaultRuntime: 'containerd' },
      driver: { enabled: false },
      toolkit: { enabled: true },
      devicePlugin: { enabled: true },
      dcgm: {},
      dcgmExporter: { enabled: true },
      gfd: {},
      daemonsets: {},
      nodeStatusExporter: { enabled: false },
    },
  }),
  cluster('mellanox.com/v1alpha1', 'NicClusterPolicy', {
    spec: {
      rdmaSharedDevicePlugin: {
        image: 'k8s-rdma-shared-dev-plugin',
        repository: 'nvcr.io/nvidia/mellanox',
        version: 'v1',
        config: '{}',
      },
    },
  }),
  object('amd.com/v1alpha1', 'DeviceConfig', {
    spec: { driver: { enable: false }, devicePlugin: { devicePluginImage: 'rocm/k8s-device-plugin:latest' } },
  }),
  object('monitoring.coreos.com/v1', 'PodMonitor', {
    spec: { selector: { matchLabels: labels }, podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }] },
  }),
  object('monitoring.coreos.com/v1', 'PrometheusRule', {
    spec: {
      groups: [{ name: 'gpu', rules: [{ alert: 'Xid', expr: 'a > 0', for: '5m', labels: { severity: 'warning' } }] }],
    },
  }),
];
