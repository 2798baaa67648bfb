import type { Cloud, Sourced } from '../types';
import type { AbsentRow, ManagedRow } from './types';

const CHECKED = { checked: '2026-11' } as const;
const EKS = 'https://docs.aws.amazon.com/eks/latest/userguide';
const LEARN = 'https://learn.microsoft.com/azure/aks';
const GKE = 'https://docs.cloud.google.com/kubernetes-engine/docs';
const OKE = 'https://docs.oracle.com/en-us/iaas/Content/ContEng';
const OWNER = 'the owner of the cluster runs it';

const AWS: readonly ManagedRow[] = [
  {
    name: 'eks-accelerated-images',
    cloud: 'aws',
    gives: ['driver'],
    nodes: { drivers: ['cloud'] },
    because: 'EKS images for accelerators have the driver and the toolkit in them',
    source: `${EKS}/ml-eks-optimized-ami.html`,
    ...CHECKED,
  },
  {
    name: 'eks-node-monitoring-agent',
    cloud: 'aws',
    gives: ['node-problems'],
    in: 'made',
    because: 'the stack of the cluster installs the add-on eks-node-monitoring-agent',
    source: `${EKS}/node-health.html`,
    ...CHECKED,
  },
  {
    name: 'eks-node-monitoring-agent-of-others',
    cloud: 'aws',
    gives: ['node-problems'],
    in: 'existing',
    because: OWNER,
    source: `${EKS}/node-health.html`,
    ...CHECKED,
    unverified: 'that it does',
  },
  {
    name: 'amazon-cloudwatch-observability',
    cloud: 'aws',
    gives: ['exporter'],
    nodes: { vendors: ['nvidia', 'aws'] },
    in: 'with-alarms',
    because: 'the add-on amazon-cloudwatch-observability, which alarms need, has exporters of its own',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContainerInsights-NVIDIA-GPU.html',
    ...CHECKED,
  },
  {
    name: 'aws-fsx-csi-driver',
    cloud: 'aws',
    gives: ['lustre-driver'],
    store: 'lustre',
    in: 'made',
    because: 'the stack of the cluster installs the add-on aws-fsx-csi-driver',
    source: `${EKS}/fsx-csi.html`,
    ...CHECKED,
  },
  {
    name: 'aws-mountpoint-s3-csi-driver',
    cloud: 'aws',
    gives: ['object-driver'],
    store: 'object',
    in: 'made',
    because: 'the stack of the cluster installs the add-on aws-mountpoint-s3-csi-driver',
    source: `${EKS}/s3-csi.html`,
    ...CHECKED,
  },
  {
    name: 'aws-fsx-csi-driver-of-others',
    cloud: 'aws',
    gives: ['lustre-driver'],
    store: 'lustre',
    in: 'existing',
    because: OWNER,
    source: `${EKS}/fsx-csi.html`,
    ...CHECKED,
    unverified: 'that it does',
  },
  {
    name: 'aws-mountpoint-s3-csi-driver-of-others',
    cloud: 'aws',
    gives: ['object-driver'],
    store: 'object',
    in: 'existing',
    because: OWNER,
    source: `${EKS}/s3-csi.html`,
    ...CHECKED,
    unverified: 'that it does',
  },
  {
    name: 'eks-local-volume',
    cloud: 'aws',
    gives: ['local-disks'],
    nodes: { hasLocalDisks: true },
    because: 'nodes join their drives to one volume for containers when they start',
    source: 'https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/',
    ...CHECKED,
  },
];

const AZURE: readonly ManagedRow[] = [
  {
    name: 'aks-gpu-driver',
    cloud: 'azure',
    gives: ['driver'],
    nodes: { drivers: ['cloud'] },
    because: 'AKS installs the driver where the machine says gpuDriver: Install',
    source: `${LEARN}/use-nvidia-gpu`,
    ...CHECKED,
  },
  {
    name: 'aks-node-problem-detector',
    cloud: 'azure',
    gives: ['node-problems'],
    because: 'the extension of AKS on every node brings it, with checks of GPUs and InfiniBand',
    source: `${LEARN}/node-problem-detector`,
    ...CHECKED,
  },
  {
    name: 'aks-blob-csi-driver',
    cloud: 'azure',
    gives: ['object-driver'],
    store: 'object',
    in: 'made',
    because: 'AKS runs the driver of blobs, which the stack of the cluster switches on',
    source: `${LEARN}/azure-blob-csi`,
    ...CHECKED,
  },
  {
    name: 'aks-blob-csi-driver-of-others',
    cloud: 'azure',
    gives: ['object-driver'],
    store: 'object',
    in: 'existing',
    because: OWNER,
    source: `${LEARN}/azure-blob-csi`,
    ...CHECKED,
    unverified: 'that it does',
  },
];

const GOOGLE: readonly ManagedRow[] = [
  {
    name: 'gke-gpu-drivers',
    cloud: 'google',
    gives: ['driver', 'device-plugin'],
    nodes: { vendors: ['nvidia'] },
    because: 'GKE installs the driver and its device plugin',
    source: `${GKE}/how-to/gpus`,
    ...CHECKED,
  },
  {
    name: 'gke-tpus',
    cloud: 'google',
    gives: ['driver', 'device-plugin', 'exporter'],
    nodes: { vendors: ['google'] },
    because: 'GKE counts TPUs and exports their metrics by itself',
    source: `${GKE}/how-to/tpus`,
    ...CHECKED,
  },
  {
    name: 'gke-dcgm',
    cloud: 'google',
    gives: ['exporter'],
    nodes: { vendors: ['nvidia'] },
    because: 'GKE runs a DCGM exporter, which the stack of the cluster switches on',
    source: `${GKE}/how-to/dcgm-metrics`,
    ...CHECKED,
  },
  {
    name: 'gke-multi-network',
    cloud: 'google',
    gives: ['fabric'],
    nodes: { networks: ['gvnic-4', 'gvnic-8', 'roce'] },
    because: 'GKE gives pods the interfaces that Network objects of the bundle name',
    source: `${GKE}/how-to/setup-multinetwork-support-for-pods`,
    ...CHECKED,
  },
  {
    name: 'gke-network-claims',
    cloud: 'google',
    gives: ['fabric'],
    nodes: { networks: ['roce-claims'] },
    because: 'GKE runs the driver of claims on interfaces (mrdma.google.com) on nodes with its label',
    source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples/gke-a4x-max-bm',
    ...CHECKED,
  },
  {
    name: 'gke-node-problem-detector',
    cloud: 'google',
    gives: ['node-problems'],
    because: 'GKE runs node-problem-detector on every node',
    source: 'https://github.com/kubernetes/node-problem-detector',
    ...CHECKED,
  },
  {
    name: 'gke-lustre-csi-driver',
    cloud: 'google',
    gives: ['lustre-driver'],
    store: 'lustre',
    because: 'GKE runs the driver of managed Lustre, which the stack of the cluster switches on',
    source: 'https://docs.cloud.google.com/managed-lustre/docs/lustre-csi-driver-overview',
    ...CHECKED,
  },
  {
    name: 'gke-gcs-fuse-csi-driver',
    cloud: 'google',
    gives: ['object-driver'],
    store: 'object',
    because: 'GKE runs the driver of Cloud Storage FUSE, which the stack of the cluster switches on',
    source: `${GKE}/concepts/cloud-storage-fuse-csi-driver`,
    ...CHECKED,
  },
  {
    name: 'gke-local-ssds',
    cloud: 'google',
    gives: ['local-disks'],
    nodes: { hasLocalDisks: true },
    because: 'GKE makes local SSDs the ephemeral storage of pods',
    source: `${GKE}/concepts/local-ssd`,
    ...CHECKED,
  },
];

const ORACLE: readonly ManagedRow[] = [
  {
    name: 'oke-gpu-images',
    cloud: 'oracle',
    gives: ['driver'],
    nodes: { drivers: ['cloud'] },
    because: 'images of OKE for GPUs have the driver in them',
    source: `${OKE}/Tasks/contengrunninggpunodes.htm`,
    ...CHECKED,
  },
  {
    name: 'oke-nvidia-device-plugin',
    cloud: 'oracle',
    gives: ['device-plugin'],
    nodes: { vendors: ['nvidia'] },
    because: 'OKE runs the add-on NvidiaGpuPlugin by itself',
    source: `${OKE}/Tasks/configuration-arguments-nvidia-gpu-plugin.htm`,
    ...CHECKED,
  },
  {
    name: 'oke-amd-device-plugin',
    cloud: 'oracle',
    gives: ['device-plugin'],
    nodes: { vendors: ['amd'] },
    in: 'made',
    because: 'the stack of the cluster installs the add-on AmdGpuPlugin',
    source: `${OKE}/Tasks/contengrunninggpunodes.htm`,
    ...CHECKED,
  },
  {
    name: 'oke-amd-device-plugin-of-others',
    cloud: 'oracle',
    gives: ['device-plugin'],
    nodes: { vendors: ['amd'] },
    in: 'existing',
    because: OWNER,
    source: `${OKE}/Tasks/contengconfiguringclusteraddons.htm`,
    ...CHECKED,
    unverified: 'that it does',
  },
  {
    name: 'oci-rdma-agents',
    cloud: 'oracle',
    gives: ['fabric'],
    nodes: { networks: ['host-rdma'] },
    because: 'agents of Oracle Cloud set up the RDMA ports of hosts, which pods on the network of their host use',
    source:
      'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/docs/using-rdma-network-interfaces-in-manifests.md',
    ...CHECKED,
  },
  {
    name: 'oke-lustre-csi-driver',
    cloud: 'oracle',
    gives: ['lustre-driver'],
    store: 'lustre',
    because: 'OKE has the driver of its File Storage with Lustre built in',
    source: `${OKE}/Tasks/contengcreatingpersistentvolumeclaim-lustre.htm`,
    ...CHECKED,
  },
  {
    name: 'oke-local-drives',
    cloud: 'oracle',
    gives: ['local-disks'],
    nodes: { hasLocalDisks: true },
    because: 'nodes join their drives to one volume on /mnt/nvme when they start',
    source: 'https://github.com/oracle-quickstart/oci-hpc-oke/blob/main/files/oke-nvme-raid.sh',
    ...CHECKED,
  },
];

/** What clouds bring by themselves, or stacks have them bring. */
export const MANAGED: readonly ManagedRow[] = [...AWS, ...AZURE, ...GOOGLE, ...ORACLE];

/** What a cloud has no software for. */
export const ABSENT: readonly AbsentRow[] = [
  {
    cloud: 'oracle',
    capability: 'object-driver',
    reason: 'OKE has no driver of buckets: pods read them by the API, as the workload that they are',
    source: `${OKE}/Tasks/contenggrantingworkloadaccesstoresources.htm`,
    ...CHECKED,
  },
  ...(['aws', 'azure', 'oracle'] as const).map(
    (cloud): AbsentRow => ({
      cloud,
      capability: 'fabric-library',
      reason: 'nodes need none: what NCCL or RCCL take for the fabric is in the images of jobs',
      source: 'https://docs.nvidia.com/deeplearning/nccl/user-guide/docs/env.html',
      ...CHECKED,
    }),
  ),
];

/** Clouds that let pods with priority classes of the system run outside of kube-system only where a quota says so. */
export const SYSTEM_PRIORITY_QUOTA: {
  readonly clouds: readonly Cloud[];
  /** Pods of the quota, which no cluster reaches. */
  readonly pods: string;
} & Sourced = {
  clouds: ['google'],
  pods: '1G',
  source: 'https://github.com/GoogleCloudPlatform/cluster-toolkit/blob/main/examples/gke-a4x/nvidia-dra-driver.yaml',
  ...CHECKED,
};
