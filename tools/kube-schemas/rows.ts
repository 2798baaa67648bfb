/** What is recorded of one component: where its schemas lie in its own sources, and what of them is wanted. */
export interface SchemaRow {
  /** Name of the component. */
  readonly name: string;
  /** Its exact release. */
  readonly version: string;
  /** Module of Go that has the files, fetched by `go mod download`. @default none: they are taken from a repository */
  readonly module?: string;
  /** Version of the module. @default `v` and the release */
  readonly moduleVersion?: string;
  /** Repository on GitHub that has them, for what no module serves. @default none: a module has them */
  readonly repository?: string;
  /** How they are written. */
  readonly form: 'openapi' | 'crd';
  /** Files in the module or repository. */
  readonly paths: readonly string[];
  /** The one version of each kind that is recorded. @default the version that is stored, of CRDs that have several */
  readonly apiVersion?: string;
  readonly source: string;
  readonly checked: string;
}

const CORE = [
  'api__v1',
  'apis__admissionregistration.k8s.io__v1',
  'apis__apiextensions.k8s.io__v1',
  'apis__apps__v1',
  'apis__autoscaling__v2',
  'apis__batch__v1',
  'apis__networking.k8s.io__v1',
  'apis__node.k8s.io__v1',
  'apis__policy__v1',
  'apis__rbac.authorization.k8s.io__v1',
  'apis__resource.k8s.io__v1',
  'apis__scheduling.k8s.io__v1',
  'apis__storage.k8s.io__v1',
] as const;

const KUEUE = [
  'admissionchecks',
  'clusterqueues',
  'cohorts',
  'localqueues',
  'multikueueclusters',
  'multikueueconfigs',
  'provisioningrequestconfigs',
  'resourceflavors',
  'topologies',
  'workloadpriorityclasses',
  'workloads',
] as const;

const crdPaths = (folder: string, group: string, plurals: readonly string[]) =>
  plurals.map((plural) => `${folder}/${group}_${plural}.yaml`);

/** Everything that is recorded; `npm run kube-schemas` writes it to `bundle/schemas`. */
export const SCHEMA_ROWS: readonly SchemaRow[] = [
  {
    name: 'kubernetes',
    version: '1.36.3',
    module: 'k8s.io/kubernetes',
    form: 'openapi',
    paths: CORE.map((name) => `api/openapi-spec/v3/${name}_openapi.json`),
    source: 'https://github.com/kubernetes/kubernetes/tree/v1.36.3/api/openapi-spec/v3',
    checked: '2026-11',
  },
  {
    name: 'kueue',
    version: '0.19.2',
    module: 'sigs.k8s.io/kueue',
    form: 'crd',
    paths: crdPaths('config/components/crd/bases', 'kueue.x-k8s.io', KUEUE),
    apiVersion: 'v1beta2',
    source: 'https://github.com/kubernetes-sigs/kueue/tree/v0.19.2/config/components/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'jobset',
    version: '0.12.0',
    module: 'sigs.k8s.io/jobset',
    form: 'crd',
    paths: ['config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml'],
    source: 'https://github.com/kubernetes-sigs/jobset/tree/v0.12.0/config/components/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'lws',
    version: '0.9.0',
    module: 'sigs.k8s.io/lws',
    form: 'crd',
    paths: ['config/crd/bases/leaderworkerset.x-k8s.io_leaderworkersets.yaml'],
    source: 'https://github.com/kubernetes-sigs/lws/tree/v0.9.0/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'kuberay',
    version: '1.6.2',
    module: 'github.com/ray-project/kuberay/ray-operator',
    form: 'crd',
    paths: crdPaths('config/crd/bases', 'ray.io', ['rayclusters', 'rayjobs', 'rayservices']),
    apiVersion: 'v1',
    source: 'https://github.com/ray-project/kuberay/tree/v1.6.2/ray-operator/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'kubeflow-trainer',
    version: '2.2.1',
    module: 'github.com/kubeflow/trainer/v2',
    form: 'crd',
    paths: crdPaths('manifests/base/crds', 'trainer.kubeflow.org', [
      'clustertrainingruntimes',
      'trainingruntimes',
      'trainjobs',
    ]),
    source: 'https://github.com/kubeflow/trainer/tree/v2.2.1/manifests/base/crds',
    checked: '2026-11',
  },
  {
    name: 'kubeflow-training-operator',
    version: '1.9.3',
    module: 'github.com/kubeflow/training-operator',
    form: 'crd',
    paths: crdPaths('manifests/base/crds', 'kubeflow.org', ['jaxjobs', 'pytorchjobs', 'tfjobs']),
    source: 'https://github.com/kubeflow/trainer/tree/v1.9.3/manifests/base/crds',
    checked: '2026-11',
  },
  {
    name: 'mpi-operator',
    version: '0.8.2',
    module: 'github.com/kubeflow/mpi-operator',
    form: 'crd',
    paths: ['manifests/base/kubeflow.org_mpijobs.yaml'],
    source: 'https://github.com/kubeflow/mpi-operator/tree/v0.8.2/manifests/base',
    checked: '2026-11',
  },
  {
    name: 'appwrapper',
    version: '1.2.0',
    module: 'github.com/project-codeflare/appwrapper',
    form: 'crd',
    paths: ['config/crd/bases/workload.codeflare.dev_appwrappers.yaml'],
    source: 'https://github.com/project-codeflare/appwrapper/tree/v1.2.0/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'gke-networking-api',
    version: '0.2.11',
    module: 'github.com/GoogleCloudPlatform/gke-networking-api',
    form: 'crd',
    paths: crdPaths('config/crds', 'networking.gke.io', ['gkenetworkparamsets', 'networks']),
    apiVersion: 'v1',
    source: 'https://github.com/GoogleCloudPlatform/gke-networking-api/tree/v0.2.11/config/crds',
    checked: '2026-11',
  },
  {
    name: 'flux-kustomize-controller',
    version: '1.9.6',
    module: 'github.com/fluxcd/kustomize-controller',
    form: 'crd',
    paths: ['config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
    source: 'https://github.com/fluxcd/kustomize-controller/tree/v1.9.6/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'flux-source-controller',
    version: '1.9.6',
    module: 'github.com/fluxcd/source-controller',
    form: 'crd',
    paths: crdPaths('config/crd/bases', 'source.toolkit.fluxcd.io', [
      'gitrepositories',
      'helmcharts',
      'helmrepositories',
      'ocirepositories',
    ]),
    source: 'https://github.com/fluxcd/source-controller/tree/v1.9.6/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'flux-helm-controller',
    version: '1.6.3',
    repository: 'fluxcd/helm-controller',
    form: 'crd',
    paths: ['config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml'],
    source: 'https://github.com/fluxcd/helm-controller/tree/v1.6.3/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'argo-cd',
    version: '3.5.7',
    module: 'github.com/argoproj/argo-cd/v3',
    form: 'crd',
    paths: ['manifests/crds/application-crd.yaml', 'manifests/crds/appproject-crd.yaml'],
    source: 'https://github.com/argoproj/argo-cd/tree/v3.5.7/manifests/crds',
    checked: '2026-11',
  },
  {
    name: 'nvidia-dra-driver',
    version: '0.4.0',
    repository: 'kubernetes-sigs/dra-driver-nvidia-gpu',
    form: 'crd',
    paths: ['deployments/helm/dra-driver-nvidia-gpu/crds/resource.nvidia.com_computedomains.yaml'],
    source:
      'https://github.com/kubernetes-sigs/dra-driver-nvidia-gpu/tree/v0.4.0/deployments/helm/dra-driver-nvidia-gpu/crds',
    checked: '2026-11',
  },
  {
    name: 'gpu-operator',
    version: '26.7.0',
    repository: 'NVIDIA/gpu-operator',
    form: 'crd',
    paths: crdPaths('config/crd/bases', 'nvidia.com', ['clusterpolicies', 'nvidiadrivers']),
    source: 'https://github.com/NVIDIA/gpu-operator/tree/v26.7.0/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'network-operator',
    version: '26.4.1',
    repository: 'Mellanox/network-operator',
    form: 'crd',
    paths: [
      ...crdPaths('config/crd/bases', 'mellanox.com', [
        'hostdevicenetworks',
        'ipoibnetworks',
        'macvlannetworks',
        'nicclusterpolicies',
      ]),
      'deployment/network-operator/crds/k8s.cni.cncf.io_networkattachmentdefinitions_crd.yaml',
      ...crdPaths('deployment/network-operator/charts/sriov-network-operator/crds', 'sriovnetwork.openshift.io', [
        'sriovibnetworks',
        'sriovnetworknodepolicies',
        'sriovnetworkpoolconfigs',
        'sriovnetworks',
        'sriovoperatorconfigs',
      ]),
    ],
    source: 'https://github.com/Mellanox/network-operator/tree/v26.4.1/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'amd-gpu-operator',
    version: '1.5.1',
    repository: 'ROCm/gpu-operator',
    form: 'crd',
    paths: ['config/crd/bases/amd.com_deviceconfigs.yaml'],
    source: 'https://github.com/ROCm/gpu-operator/tree/v1.5.1/config/crd/bases',
    checked: '2026-11',
  },
  {
    name: 'prometheus-operator',
    version: '0.93.0',
    repository: 'prometheus-operator/prometheus-operator',
    form: 'crd',
    paths: crdPaths('example/prometheus-operator-crd', 'monitoring.coreos.com', [
      'podmonitors',
      'prometheusrules',
      'servicemonitors',
    ]),
    source: 'https://github.com/prometheus-operator/prometheus-operator/tree/v0.93.0/example/prometheus-operator-crd',
    checked: '2026-11',
  },
];
