import type { ComponentRow } from './types';

const CHECKED = { checked: '2026-11' } as const;
const REGISTRY = 'oci://registry.k8s.io';
/** No registry of charts or images could be asked from where the row was written. */
const NO_DIGEST = 'the digest, since no registry was asked: the version alone pins it';

/** What makes GPUs of NVIDIA count, shares the memory of racks, and tells figures. */
export const NVIDIA_COMPONENTS: readonly ComponentRow[] = [
  {
    name: 'node-feature-discovery',
    title: 'Node Feature Discovery',
    from: { kind: 'oci', url: `${REGISTRY}/nfd/charts/node-feature-discovery`, version: '0.19.0' },
    namespace: 'node-feature-discovery',
    clouds: ['aws', 'azure'],
    mayRunOn: ['google', 'oracle'],
    nodes: { vendors: ['nvidia', 'amd'] },
    gives: [],
    needs: [],
    kubernetes: { from: '1.24' },
    isPrivileged: true,
    hasSystemPriority: true,
    source: 'NVIDIA/gpu-operator v26.7.0 deployments/gpu-operator/Chart.yaml, which has it inside',
    ...CHECKED,
    unverified: NO_DIGEST,
  },
  {
    name: 'gpu-operator',
    title: 'NVIDIA GPU Operator',
    from: { kind: 'helm', url: 'https://helm.ngc.nvidia.com/nvidia', chart: 'gpu-operator', version: 'v26.7.0' },
    namespace: 'gpu-operator',
    clouds: ['aws', 'azure'],
    mayRunOn: ['google', 'oracle'],
    nodes: { vendors: ['nvidia'] },
    gives: [
      // assets/state-driver/0500_daemonset.yaml: OnDelete, and the values switch upgrades by itself off.
      { capability: 'driver', nodes: { drivers: ['operator'] }, heldBy: 'app.kubernetes.io/component=nvidia-driver' },
      { capability: 'device-plugin' },
      { capability: 'exporter' },
    ],
    needs: ['node-feature-discovery'],
    needsWhere: [{ name: 'network-operator', clouds: ['azure'] }],
    kubernetes: { from: '1.31' },
    isPrivileged: true,
    hasSystemPriority: true,
    source: 'NVIDIA/gpu-operator v26.7.0 deployments/gpu-operator/values.yaml',
    ...CHECKED,
    unverified: `${NO_DIGEST}; the oldest Kubernetes, from the support matrix of releases before`,
  },
  {
    name: 'nvidia-dra-driver',
    title: 'NVIDIA DRA driver',
    from: {
      kind: 'oci',
      url: `${REGISTRY}/dra-driver-nvidia/charts/dra-driver-nvidia-gpu`,
      version: '0.4.0',
    },
    namespace: 'dra-driver-nvidia-gpu',
    clouds: ['aws', 'azure', 'google', 'oracle'],
    nodes: { sharesMemory: true },
    gives: [{ capability: 'shared-memory-domain' }],
    needs: [],
    needsWhere: [{ name: 'gpu-operator', clouds: ['aws', 'azure'] }],
    kubernetes: { from: '1.33' },
    isPrivileged: true,
    hasSystemPriority: true,
    source: 'NVIDIA/k8s-dra-driver-gpu v0.4.0 docs/install.md and deployments/helm/dra-driver-nvidia-gpu/values.yaml',
    ...CHECKED,
    unverified: `${NO_DIGEST}; its chart takes 1.32, of which nobody says that a cloud has claims switched on`,
  },
  {
    name: 'dcgm-exporter',
    title: 'NVIDIA DCGM exporter',
    from: {
      kind: 'helm',
      url: 'https://nvidia.github.io/dcgm-exporter/helm-charts',
      chart: 'dcgm-exporter',
      version: '4.8.2',
    },
    namespace: 'dcgm-exporter',
    clouds: ['oracle'],
    mayRunOn: ['aws', 'azure', 'google'],
    nodes: { vendors: ['nvidia'] },
    gives: [{ capability: 'exporter' }],
    needs: [],
    kubernetes: { from: '1.19' },
    isPrivileged: true,
    hasSystemPriority: true,
    source: 'NVIDIA/dcgm-exporter deployment/Chart.yaml and deployment/values.yaml',
    ...CHECKED,
    unverified:
      'that the repository of charts serves this version, and that containers on OKE see GPUs that they do not ask for',
  },
];
