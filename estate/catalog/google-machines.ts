import { machinesByType } from './machine-rows';
import type { MachineBase } from './types';

/** The data networks that a node joins besides the cluster's own. */
export interface GoogleFabricLayout {
  /** Tells layouts apart in names: machines with the same one share their networks. */
  readonly name: 'gvnic-4' | 'gvnic-8' | 'roce-4' | 'roce-8' | 'metal-8';
  /** Networks of gVNIC (or IDPF) interfaces, one subnet in each. */
  readonly gvnicNetworks: number;
  /** RDMA interfaces of a node, all in the one RDMA network of their zone. */
  readonly rdmaInterfaces: number;
  /**
   * Ending of the zone's network profile that the RDMA network is made with; absent where the machine has no RDMA.
   *
   * `vpc-roce` wants one subnet for each interface. `vpc-roce-metal` forbids subnets: Google makes the only one.
   */
  readonly networkProfile?: 'vpc-roce' | 'vpc-roce-metal';
  /** MTU of these networks. */
  readonly mtuBytes: 8244 | 8896;
  /** How pods get the interfaces: as networks of the cluster, or as claims (DRA) without multi-networking. */
  readonly podInterfaces: 'multi-network' | 'claims';
}

/** How nodes of one group are put beside each other. */
export type GooglePlacement =
  /** A workload policy with the fixed topology of an NVLink domain. */
  | { readonly kind: 'rack'; readonly topology: '1x72' }
  /** A TPU slice with the topology of its pool, named by the pool itself and by a workload policy where one is needed. */
  | { readonly kind: 'slice'; readonly workloadPolicy: boolean };

/** The quota that the accelerators (or the CPUs) of a machine count against, by the ids of the Cloud Quotas API. */
export interface GoogleQuota {
  readonly id: string;
  /** Quota of spot and flex-start nodes. */
  readonly preemptibleId: string;
  /** What tells one family's quota from another's besides the region. */
  readonly dimension?: { readonly name: 'gpu_family' | 'tpu_family' | 'vm_family'; readonly value: string };
  /** What is assumed about these ids. */
  readonly unverified?: string;
}

/** A machine type of Google Cloud. */
export interface GoogleMachine extends MachineBase {
  readonly cloud: 'google';
  /** GPU type in node pools and the driver that GKE installs; absent for TPUs, whose machine type says it all. */
  readonly gpu?: { readonly type: string; readonly driver: 'DEFAULT' | 'LATEST' };
  /** Taint that keeps other pods away from the accelerators. */
  readonly taintKey?: 'nvidia.com/gpu' | 'google.com/tpu';
  /** Absent where the machine joins the cluster's network only. */
  readonly fabric?: GoogleFabricLayout;
  readonly placement?: GooglePlacement;
  readonly quota: GoogleQuota;
  readonly bootDisk: { readonly type: 'hyperdisk-balanced' | 'pd-balanced' | 'pd-ssd'; readonly sizeGB: number };
  /** Local SSDs that have to be asked for; absent where the machine type brings them by itself. */
  readonly localSsd?: { readonly use: 'ephemeral' | 'block'; readonly count: number };
  /** Pods of one node; the range of pods of a cluster is used up by nodes in proportion to it. */
  readonly podsPerNode: number;
  /** Kubernetes labels that GKE needs to set the node up. */
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** Huge pages of 2 MiB that the machine's network driver needs. */
  readonly hugePages2MiB?: number;
  /** `off` for bare metal, whose cluster must not ask for shielded nodes. */
  readonly shieldedNodes: 'on' | 'off';
}

const MACHINE_TYPES =
  'https://github.com/Cyclenerd/google-cloud-pricing-cost-calculator/blob/master/tools/machinetypes.csv';
const BLUEPRINTS = 'https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/examples';
const SLICES = 'https://github.com/AI-Hypercomputer/xpk/blob/main/src/xpk/core/system_characteristics.py';

/** Nodes of one node pool in one zone: 8-GPU machines form no smaller domain. */
const NODES_PER_POOL = 1000;
const POOL_SIZE = `that a node pool holds ${NODES_PER_POOL} nodes of one zone`;

/** Preemptible GPUs: the id of Hopper and newer ones was seen in public code only. */
const PREEMPTIBLE = 'the id of the preemptible quota';
const gpuQuota = (family: string, unverified: string = PREEMPTIBLE): GoogleQuota => ({
  id: 'GPUS-PER-GPU-FAMILY-per-project-region',
  preemptibleId: 'PREEMPTIBLE-GPUS-PER-GPU-FAMILY-per-project-region',
  dimension: { name: 'gpu_family', value: family },
  unverified,
});

const X86 = { cloud: 'google', architecture: 'x86_64', shieldedNodes: 'on', checked: '2026-11' } as const;
const HGX = {
  ...X86,
  source: BLUEPRINTS,
  accelerators: 8,
  scaleUpNodes: 1,
  groupNodes: NODES_PER_POOL,
  availability: 'public',
  taintKey: 'nvidia.com/gpu',
  podsPerNode: 32,
} as const;
const A3 = {
  ...HGX,
  accelerator: 'h100',
  acceleratorMemoryGiB: 80,
  quota: gpuQuota('NVIDIA_H100'),
  vcpus: 208,
  memoryGiB: 1872,
  localNvmeGB: 16 * 375,
  localSsd: { use: 'ephemeral', count: 16 },
  bootDisk: { type: 'pd-ssd', sizeGB: 200 },
  capacity: ['on-demand', 'spot', 'reservation', 'flex-start'],
  unverified: POOL_SIZE,
} as const;
/** Eight rails of ConnectX-7. */
const ROCE_8 = {
  name: 'roce-8',
  gvnicNetworks: 1,
  rdmaInterfaces: 8,
  networkProfile: 'vpc-roce',
  mtuBytes: 8896,
  podInterfaces: 'multi-network',
} as const;
const ROCE_HGX = {
  ...HGX,
  vcpus: 224,
  fabric: ROCE_8,
  scaleOutGbps: 3200,
  localNvmeGB: 32 * 375,
  localSsd: { use: 'ephemeral', count: 32 },
  bootDisk: { type: 'hyperdisk-balanced', sizeGB: 200 },
  capacity: ['spot', 'reservation', 'flex-start'],
  unverified: `${POOL_SIZE}; that it cannot be had on demand`,
} as const;
const NVL72 = {
  cloud: 'google',
  architecture: 'arm64',
  source: BLUEPRINTS,
  checked: '2026-11',
  accelerators: 4,
  scaleUpNodes: 18,
  groupNodes: 18,
  localNvmeGB: 12000,
  availability: 'restricted',
  taintKey: 'nvidia.com/gpu',
  placement: { kind: 'rack', topology: '1x72' },
  bootDisk: { type: 'hyperdisk-balanced', sizeGB: 200 },
  podsPerNode: 32,
  // Racks exist in reservations only: no spot, no flex-start, no resize requests.
  capacity: ['reservation'],
} as const;
const TPU = {
  ...X86,
  source: SLICES,
  accelerators: 4,
  scaleUpNodes: 1,
  localNvmeGB: 0,
  availability: 'public',
  taintKey: 'google.com/tpu',
  bootDisk: { type: 'hyperdisk-balanced', sizeGB: 100 },
  podsPerNode: 15,
  capacity: ['on-demand', 'spot', 'reservation', 'flex-start'],
  unverified: 'bandwidth of the chip interconnect',
} as const;
const CPU = {
  ...X86,
  source: MACHINE_TYPES,
  accelerators: 0,
  vcpus: 16,
  memoryGiB: 64,
  scaleUpNodes: 1,
  groupNodes: NODES_PER_POOL,
  scaleOutGbps: 0,
  localNvmeGB: 0,
  availability: 'public',
  podsPerNode: 64,
  capacity: ['on-demand', 'spot', 'reservation'],
} as const;

/** GPUs on PCIe, without a fabric: one more gVNIC is possible and not used. */
const RTX_PRO = {
  ...HGX,
  source: MACHINE_TYPES,
  accelerator: 'rtx-pro-6000',
  acceleratorMemoryGiB: 96,
  quota: gpuQuota('NVIDIA_RTX_PRO_6000'),
  gpu: { type: 'nvidia-rtx-pro-6000', driver: 'LATEST' },
  scaleOutGbps: 0,
  localNvmeGB: 0,
  bootDisk: { type: 'hyperdisk-balanced', sizeGB: 200 },
  capacity: ['on-demand', 'spot', 'reservation', 'flex-start'],
  unverified: `${POOL_SIZE}; the driver version`,
} as const;
const E2_QUOTA: GoogleQuota = { id: 'CPUS-per-project-region', preemptibleId: 'PREEMPTIBLE-CPUS-per-project-region' };
const familyQuota = (family: string): GoogleQuota => ({
  id: 'CPUS-PER-VM-FAMILY-per-project-region',
  preemptibleId: 'PREEMPTIBLE-CPUS-per-project-region',
  dimension: { name: 'vm_family', value: family },
});
const N4 = {
  ...CPU,
  quota: familyQuota('N4'),
  bootDisk: { type: 'hyperdisk-balanced', sizeGB: 200 },
} as const;
/** Axion, on Arm. */
const C4A = {
  ...N4,
  architecture: 'arm64',
  quota: { ...familyQuota('C4A'), unverified: 'the name of the VM family' },
} as const;
const V6E = {
  accelerator: 'tpu-v6e',
  acceleratorMemoryGiB: 32,
  quota: {
    id: 'TPUS-PER-TPU-FAMILY-per-project-region',
    preemptibleId: 'PREEMPTIBLE-TPU-V6E-per-project-region',
    dimension: { name: 'tpu_family', value: 'CT6E' },
  },
} as const;
const V7X = {
  accelerator: 'tpu-v7x',
  acceleratorMemoryGiB: 192,
  quota: {
    id: 'TPUS-PER-TPU-FAMILY-per-project-region',
    preemptibleId: 'PREEMPTIBLE-TPU7X-per-project-region',
    dimension: { name: 'tpu_family', value: 'tpu7x' },
    unverified: PREEMPTIBLE,
  },
} as const;
const V5P_TOPOLOGIES = (
  '2x2x1 2x2x2 2x2x4 2x4x4 4x4x4 4x4x8 4x4x12 4x4x20 4x4x28 4x4x44 4x4x52 4x4x68 4x4x76 4x4x92 4x4x116 4x4x124 ' +
  '4x4x148 4x4x164 4x4x172 4x4x188 4x4x212 4x4x236 4x4x244 4x8x8 4x8x12 4x8x20 4x8x28 4x8x44 4x8x52 4x8x68 4x8x76 ' +
  '4x8x92 4x8x116 4x8x124 4x8x148 4x8x164 4x8x172 4x8x188 4x12x12 4x12x20 4x12x28 4x12x44 4x12x52 4x12x68 4x12x76 ' +
  '4x12x92 4x12x116 4x12x124 4x20x20 4x20x28 4x20x44 4x20x52 4x20x68 4x20x76 4x28x28 4x28x44 4x28x52 8x8x8 8x8x12 ' +
  '8x8x16 8x8x20 8x8x28 8x8x44 8x8x52 8x8x68 8x8x76 8x8x92 8x12x12 8x12x16 8x12x20 8x12x28 8x12x44 8x12x52 8x16x16 ' +
  '8x16x20 8x16x28 8x16x44 8x20x20 8x20x28 12x12x12 12x12x16 12x12x20 12x12x24 12x12x28 12x12x36 12x16x16 12x16x20 ' +
  '12x16x24 12x16x28 12x20x20 12x20x24 12x24x24 16x16x16 16x16x20 16x16x24 16x20x28'
).split(' ');
const V6E_TOPOLOGIES = '2x2 2x4 4x4 4x8 8x8 8x16 16x16'.split(' ');
const V7X_TOPOLOGIES = (
  '2x2x1 2x2x2 2x2x4 2x4x4 4x4x4 4x4x8 4x4x12 4x4x20 4x4x28 4x4x44 4x4x52 4x4x68 4x4x76 4x4x92 4x4x116 4x4x124 ' +
  '4x4x148 4x4x164 4x4x172 4x4x188 4x4x212 4x4x236 4x4x244 4x8x8 4x8x12 4x8x20 4x8x28 4x8x44 4x8x52 4x8x68 4x8x76 ' +
  '4x8x92 4x8x116 4x8x124 4x8x148 4x8x164 4x8x172 4x8x188 4x12x12 4x12x20 4x12x28 4x12x44 4x12x52 4x12x68 4x12x76 ' +
  '4x12x92 4x12x116 4x12x124 4x20x20 4x20x28 4x20x44 4x20x52 4x20x68 4x20x76 4x28x28 4x28x44 4x28x52 8x8x8 8x8x12 ' +
  '8x8x16 8x8x20 8x8x28 8x8x44 8x8x52 8x8x68 8x8x76 8x8x92 8x12x12 8x12x16 8x12x20 8x12x28 8x12x44 8x12x52 8x16x16 ' +
  '8x16x20 8x16x28 8x16x44 8x20x20 8x20x28 12x12x12 12x12x16 12x12x20 12x12x24 12x12x28 12x12x36 12x16x16 12x16x20 ' +
  '12x16x24 12x16x28 12x20x20 12x20x24 12x24x24 16x16x16 16x16x20 16x16x24 16x16x32 16x20x28 16x24x24'
).split(' ');

const ROWS: readonly GoogleMachine[] = [
  {
    ...A3,
    type: 'a3-highgpu-8g',
    gpu: { type: 'nvidia-h100-80gb', driver: 'DEFAULT' },
    scaleOutGbps: 800,
    fabric: { name: 'gvnic-4', gvnicNetworks: 4, rdmaInterfaces: 0, mtuBytes: 8244, podInterfaces: 'multi-network' },
  },
  {
    ...A3,
    type: 'a3-megagpu-8g',
    preferred: true,
    gpu: { type: 'nvidia-h100-mega-80gb', driver: 'DEFAULT' },
    scaleOutGbps: 1600,
    fabric: { name: 'gvnic-8', gvnicNetworks: 8, rdmaInterfaces: 0, mtuBytes: 8244, podInterfaces: 'multi-network' },
    regions: [
      'us-central1',
      'us-east4',
      'us-east5',
      'us-west1',
      'us-west4',
      'europe-west1',
      'europe-west3',
      'europe-west4',
      'europe-north1',
    ],
  },
  {
    ...ROCE_HGX,
    type: 'a3-ultragpu-8g',
    acceleratorMemoryGiB: 141,
    quota: gpuQuota('NVIDIA_H200'),
    accelerator: 'h200',
    memoryGiB: 2952,
    gpu: { type: 'nvidia-h200-141gb', driver: 'DEFAULT' },
    regions: [
      'asia-south1',
      'asia-south2',
      'europe-west1',
      'europe-west4',
      'us-central1',
      'us-east4',
      'us-east5',
      'us-south1',
      'us-west1',
    ],
  },
  {
    ...ROCE_HGX,
    type: 'a4-highgpu-8g',
    acceleratorMemoryGiB: 180,
    quota: gpuQuota('NVIDIA_B200'),
    accelerator: 'b200',
    memoryGiB: 3968,
    gpu: { type: 'nvidia-b200', driver: 'LATEST' },
    regions: [
      'asia-northeast1',
      'asia-southeast1',
      'europe-north1',
      'europe-west1',
      'europe-west4',
      'us-central1',
      'us-east1',
      'us-east4',
      'us-south1',
      'us-west2',
      'us-west3',
    ],
  },
  {
    ...NVL72,
    type: 'a4x-highgpu-4g',
    acceleratorMemoryGiB: 186,
    quota: gpuQuota('NVIDIA_GB200'),
    accelerator: 'gb200',
    vcpus: 140,
    memoryGiB: 884,
    gpu: { type: 'nvidia-gb200', driver: 'LATEST' },
    scaleOutGbps: 1600,
    fabric: { ...ROCE_8, name: 'roce-4', rdmaInterfaces: 4 },
    shieldedNodes: 'on',
    regions: ['europe-west4', 'us-central1', 'us-east1', 'us-east4'],
  },
  {
    ...NVL72,
    type: 'a4x-maxgpu-4g-metal',
    acceleratorMemoryGiB: 279,
    quota: gpuQuota('NVIDIA_GB300', 'the name of the GPU family'),
    accelerator: 'gb300',
    vcpus: 144,
    memoryGiB: 960,
    gpu: { type: 'nvidia-gb300', driver: 'LATEST' },
    scaleOutGbps: 3200,
    // Eight ports of four ConnectX-8 cards, all in the subnet that Google makes.
    fabric: { ...ROCE_8, name: 'metal-8', networkProfile: 'vpc-roce-metal', podInterfaces: 'claims' },
    nodeLabels: {
      'cloud.google.com/gke-dpv2-unified-cni': 'cni-migration',
      'cloud.google.com/gke-networking-dra-driver': 'true',
    },
    hugePages2MiB: 4096,
    shieldedNodes: 'off',
    regions: ['us-central1', 'us-east4', 'us-east5'],
  },
  {
    ...TPU,
    type: 'ct5p-hightpu-4t',
    accelerator: 'tpu-v5p',
    acceleratorMemoryGiB: 95,
    quota: { id: 'TPU-V5P-per-project-region', preemptibleId: 'PREEMPTIBLE-TPU-V5P-per-project-region' },
    vcpus: 208,
    memoryGiB: 448,
    topologies: V5P_TOPOLOGIES,
    groupNodes: 2240,
    scaleOutGbps: 19200,
    // Hyperdisks cannot be attached to it.
    bootDisk: { type: 'pd-balanced', sizeGB: 100 },
    placement: { kind: 'slice', workloadPolicy: false },
    regions: ['europe-west1', 'europe-west4', 'us-central1', 'us-east1', 'us-east5', 'us-south1'],
  },
  {
    ...TPU,
    ...V6E,
    type: 'ct6e-standard-1t',
    accelerators: 1,
    topologies: ['1x1'],
    groupNodes: 1,
    scaleOutGbps: 0,
    placement: { kind: 'slice', workloadPolicy: false },
    unpublished: ['vcpus', 'memoryGiB'],
    unverified: 'size of the host, which is not in the sources read',
  },
  {
    ...TPU,
    ...V6E,
    type: 'ct6e-standard-8t',
    accelerators: 8,
    vcpus: 360,
    memoryGiB: 1440,
    topologies: ['2x4'],
    groupNodes: 1,
    scaleOutGbps: 0,
    placement: { kind: 'slice', workloadPolicy: false },
    unverified: 'that its eight chips form the 2x4 slice of one host',
  },
  {
    ...TPU,
    ...V6E,
    type: 'ct6e-standard-4t',
    preferred: true,
    vcpus: 180,
    memoryGiB: 720,
    topologies: V6E_TOPOLOGIES,
    groupNodes: 64,
    scaleOutGbps: 25600,
    placement: { kind: 'slice', workloadPolicy: false },
  },
  {
    ...TPU,
    ...V7X,
    type: 'tpu7x-standard-4t',
    preferred: true,
    vcpus: 224,
    memoryGiB: 960,
    topologies: V7X_TOPOLOGIES,
    groupNodes: 2304,
    scaleOutGbps: 38400,
    placement: { kind: 'slice', workloadPolicy: true },
    regions: ['europe-west2', 'us-central1', 'us-east1'],
  },
  {
    ...TPU,
    ...V7X,
    type: 'tpu7x-standard-1t',
    accelerators: 1,
    topologies: ['1x1x1'],
    groupNodes: 1,
    scaleOutGbps: 0,
    placement: { kind: 'slice', workloadPolicy: true },
    unpublished: ['vcpus', 'memoryGiB'],
    unverified: 'size of the host, which is not in the sources read',
    regions: ['europe-west2', 'us-central1', 'us-east1'],
  },
  {
    ...RTX_PRO,
    type: 'g4-standard-48',
    accelerators: 1,
    vcpus: 48,
    memoryGiB: 180,
  },
  {
    ...RTX_PRO,
    type: 'g4-standard-384',
    preferred: true,
    accelerators: 8,
    vcpus: 384,
    memoryGiB: 1440,
  },
  { ...CPU, type: 'e2-standard-16', quota: E2_QUOTA, bootDisk: { type: 'pd-balanced', sizeGB: 200 } },
  { ...N4, type: 'n4-standard-16' },
  { ...N4, type: 'n4-standard-32', vcpus: 32, memoryGiB: 128 },
  { ...N4, type: 'n4-standard-64', vcpus: 64, memoryGiB: 256 },
  { ...N4, type: 'n4-standard-80', vcpus: 80, memoryGiB: 320 },
  { ...N4, type: 'n4-highmem-32', vcpus: 32, memoryGiB: 256 },
  { ...N4, type: 'n4-highmem-64', vcpus: 64, memoryGiB: 512 },
  { ...N4, type: 'n4-highmem-80', vcpus: 80, memoryGiB: 640 },
  { ...C4A, type: 'c4a-standard-32', vcpus: 32, memoryGiB: 128 },
  { ...C4A, type: 'c4a-standard-72', vcpus: 72, memoryGiB: 288 },
];

/** Machine types of Google Cloud by the provider's name. */
export const GOOGLE_MACHINES: Readonly<Record<string, GoogleMachine>> = machinesByType(ROWS);
