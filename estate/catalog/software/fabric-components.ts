import type { ComponentRow } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** Repository of installers of Google Cloud, at the commit that was read. */
const INSTALLERS = {
  kind: 'git',
  url: 'https://github.com/GoogleCloudPlatform/container-engine-accelerators',
  ref: '992db81257553607f1477945f1b3219632991829',
} as const;
const OF_GOOGLE = {
  namespace: 'kube-system',
  clouds: ['google'],
  kubernetes: { from: '1.31' },
  isPrivileged: true,
  hasSystemPriority: true,
} as const;

/** Installers copy it into a folder of the node that jobs mount. */
const LIBRARY = { capability: 'fabric-library', isWritten: true } as const;

/** What gives pods the network between accelerators. */
export const FABRIC_COMPONENTS: readonly ComponentRow[] = [
  {
    name: 'network-operator',
    title: 'NVIDIA Network Operator',
    from: { kind: 'helm', url: 'https://helm.ngc.nvidia.com/nvidia', chart: 'network-operator', version: '26.4.1' },
    namespace: 'network-operator',
    clouds: ['azure'],
    mayRunOn: ['oracle'],
    nodes: { networks: ['infiniband', 'host-rdma'] },
    // manifests/state-ofed-driver/0050_ofed-driver-ds.yaml: OnDelete, and the policy switches upgrades by itself off.
    gives: [{ capability: 'fabric', heldBy: 'nvidia.com/ofed-driver' }],
    needs: ['node-feature-discovery'],
    kubernetes: { from: '1.32' },
    isPrivileged: true,
    hasSystemPriority: false,
    source: 'Mellanox/network-operator v26.4.1 and Azure/ai-infrastructure-on-azure infrastructure_references/aks',
    ...CHECKED,
    unverified:
      'that Azure has run this version: its reference names v25.7.0; the oldest Kubernetes is that of the next version',
  },
  {
    name: 'aws-efa-device-plugin',
    title: 'EFA device plugin of AWS',
    from: {
      kind: 'helm',
      url: 'https://aws.github.io/eks-charts',
      chart: 'aws-efa-k8s-device-plugin',
      version: 'v0.5.30',
    },
    namespace: 'kube-system',
    clouds: ['aws'],
    nodes: { networks: ['efa'] },
    gives: [{ capability: 'fabric' }],
    needs: [],
    kubernetes: { from: '1.24' },
    isPrivileged: true,
    hasSystemPriority: true,
    source: 'aws/eks-charts v0.0.242 stable/aws-efa-k8s-device-plugin',
    ...CHECKED,
  },
  {
    name: 'aws-dranet',
    title: 'EFA DRA driver of AWS',
    from: { kind: 'helm', url: 'https://aws.github.io/eks-charts', chart: 'aws-dranet', version: '1.0.0' },
    namespace: 'kube-system',
    clouds: [],
    mayRunOn: ['aws'],
    nodes: { networks: ['efa'] },
    gives: [{ capability: 'fabric' }],
    needs: [],
    kubernetes: { from: '1.35' },
    isPrivileged: true,
    hasSystemPriority: true,
    isOptional: true,
    source: 'aws/eks-charts v0.0.242 stable/aws-dranet/README.md',
    ...CHECKED,
  },
  {
    ...OF_GOOGLE,
    name: 'gib',
    title: 'gIB of Google Cloud',
    from: {
      ...INSTALLERS,
      path: 'gpudirect-rdma',
      files: ['nccl-rdma-installer.yaml'],
    },
    nodes: { networks: ['roce'], architectures: ['x86_64'] },
    gives: [LIBRARY],
    needs: [],
    source: 'GoogleCloudPlatform/container-engine-accelerators gpudirect-rdma/nccl-rdma-installer.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
  {
    ...OF_GOOGLE,
    name: 'gib-arm64',
    title: 'gIB for Arm of Google Cloud',
    from: {
      ...INSTALLERS,
      path: 'gpudirect-rdma',
      files: ['nccl-rdma-installer-a4x.yaml'],
      // Both installers of gIB are called the same, and one cluster may have nodes of both.
      nameSuffix: '-arm64',
    },
    nodes: { networks: ['roce'], architectures: ['arm64'] },
    gives: [LIBRARY],
    needs: [],
    source: 'GoogleCloudPlatform/container-engine-accelerators gpudirect-rdma/nccl-rdma-installer-a4x.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
  {
    ...OF_GOOGLE,
    name: 'gpudirect-tcpxo',
    title: 'GPUDirect-TCPXO of Google Cloud',
    from: {
      ...INSTALLERS,
      path: 'gpudirect-tcpxo',
      files: ['nccl-tcpxo-installer.yaml'],
    },
    nodes: { networks: ['gvnic-8'] },
    gives: [LIBRARY],
    needs: ['nri-device-injector'],
    source: 'GoogleCloudPlatform/container-engine-accelerators gpudirect-tcpxo/nccl-tcpxo-installer.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
  {
    ...OF_GOOGLE,
    name: 'gpudirect-tcpx',
    title: 'GPUDirect-TCPX of Google Cloud',
    from: {
      ...INSTALLERS,
      path: 'gpudirect-tcpx',
      files: ['nccl-tcpx-installer.yaml'],
    },
    nodes: { networks: ['gvnic-4'] },
    gives: [LIBRARY],
    needs: ['nri-device-injector'],
    source: 'GoogleCloudPlatform/container-engine-accelerators gpudirect-tcpx/nccl-tcpx-installer.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
  {
    ...OF_GOOGLE,
    name: 'asapd-lite',
    title: 'asapd-lite of Google Cloud',
    from: {
      ...INSTALLERS,
      path: 'asapd-lite-installer',
      files: ['asapd-lite-installer-a4x-max-bm-cos.yaml'],
    },
    nodes: { networks: ['roce-claims'] },
    gives: [LIBRARY],
    needs: [],
    source:
      'GoogleCloudPlatform/container-engine-accelerators asapd-lite-installer/asapd-lite-installer-a4x-max-bm-cos.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
  {
    ...OF_GOOGLE,
    name: 'nri-device-injector',
    title: 'NRI device injector of Google Cloud',
    from: { ...INSTALLERS, path: 'nri_device_injector', files: ['nri-device-injector.yaml'] },
    nodes: { networks: ['gvnic-4', 'gvnic-8'] },
    gives: [],
    needs: [],
    source: 'GoogleCloudPlatform/cluster-toolkit v1.95.0 examples/gke-a3-megagpu/nri-device-injector.yaml',
    ...CHECKED,
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  },
];
