import { machinesByType } from './machine-rows';
import type { Limit, MachineBase } from './types';

/** How the network cards of a machine carry EFA, the RDMA network of AWS. */
export interface EfaLayout {
  /**
   * The primary interface (card 0, device 0): plain, or one that carries EFA too.
   *
   * `efa` for machines whose card 0 takes two interfaces only: the second one has to stay free for the interface that
   * the VPC CNI attaches for pods when they have subnets of their own; without it the node gets no pod at all.
   */
  readonly primary: 'interface' | 'efa';
  /** Cards with an EFA-only interface: `first`, then every `step`-th up to `last`. On card 0 it is device 1, else 0. */
  readonly efaOnlyCards: { readonly first: number; readonly last: number; readonly step: number };
}

/**
 * Which vCPU quotas a machine counts against; on-demand quotas span the P families, spot quotas do not.
 */
export type AwsQuotaFamily = 'P4' | 'P5' | 'P6' | 'G' | 'Trn' | 'Standard';

/** A machine type of AWS. */
export interface AwsMachine extends MachineBase {
  readonly cloud: 'aws';
  /** Image family of an EKS managed node group (`amiType`). */
  readonly amiType:
    | 'AL2023_x86_64_STANDARD'
    | 'AL2023_ARM_64_STANDARD'
    | 'AL2023_x86_64_NVIDIA'
    | 'AL2023_ARM_64_NVIDIA'
    | 'AL2023_x86_64_NEURON';
  readonly quotaFamily: AwsQuotaFamily;
  /** Absent where the machine has no EFA that training uses. */
  readonly efa?: EfaLayout;
}

const KARPENTER = 'https://karpenter.sh/preview/reference/instance-types/';
const ULTRASERVERS = 'https://aws.amazon.com/ec2/ultraservers/';

/** Nodes of one managed node group (quota L-BD136A63): 8-GPU machines form no smaller domain. */
export const AWS_NODES_PER_GROUP: Limit = {
  value: 450,
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html',
  checked: '2026-11',
};
const { value: NODES_PER_NODE_GROUP, ...GROUP_SOURCE } = AWS_NODES_PER_GROUP;

const X86 = { cloud: 'aws', architecture: 'x86_64', checked: '2026-11', source: KARPENTER } as const;
const HGX = {
  ...X86,
  amiType: 'AL2023_x86_64_NVIDIA',
  accelerators: 8,
  vcpus: 192,
  memoryGiB: 2048,
  localNvmeGB: 30400,
  scaleUpNodes: 1,
  groupNodes: NODES_PER_NODE_GROUP,
  groupSource: GROUP_SOURCE,
  scaleOutGbps: 3200,
  availability: 'public',
} as const;
const TRAINIUM = { ...X86, amiType: 'AL2023_x86_64_NEURON', quotaFamily: 'Trn', availability: 'public' } as const;
const TRN1 = {
  ...TRAINIUM,
  accelerator: 'trainium1',
  accelerators: 16,
  acceleratorMemoryGiB: 32,
  vcpus: 128,
  memoryGiB: 512,
  localNvmeGB: 7600,
  scaleUpNodes: 1,
  groupNodes: NODES_PER_NODE_GROUP,
  groupSource: GROUP_SOURCE,
  capacity: ['on-demand', 'spot', 'reservation'],
} as const;
const TRN2 = {
  ...TRAINIUM,
  accelerator: 'trainium2',
  accelerators: 16,
  acceleratorMemoryGiB: 96,
  vcpus: 192,
  memoryGiB: 2048,
  localNvmeGB: 7600,
  scaleOutGbps: 3200,
  efa: { primary: 'efa', efaOnlyCards: { first: 1, last: 15, step: 1 } },
} as const;
/** Eight GPUs of 40 or 80 GiB behind four cards, each of which takes 15 interfaces. */
const P4 = {
  ...HGX,
  quotaFamily: 'P4',
  accelerator: 'a100',
  vcpus: 96,
  memoryGiB: 1152,
  localNvmeGB: 8000,
  scaleOutGbps: 400,
  capacity: ['on-demand', 'spot', 'reservation', 'capacity-block'],
  efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 3, step: 1 } },
  unverified: 'that it can be had as spot, reservation and capacity block',
} as const;
/** Eight GPUs on PCIe, without NVLink. */
const PCIE = {
  ...HGX,
  quotaFamily: 'G',
  capacity: ['on-demand', 'spot', 'reservation'],
  efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 3, step: 1 } },
  unverified: 'that it can be had as spot and reservation',
} as const;
const NVL72 = {
  cloud: 'aws',
  amiType: 'AL2023_ARM_64_NVIDIA',
  architecture: 'arm64',
  quotaFamily: 'P6',
  accelerators: 4,
  scaleUpNodes: 18,
  groupNodes: 18,
  capacity: ['capacity-block'],
  checked: '2026-11',
} as const;
/** CPU nodes: for services of a cluster, and for data that is prepared beside training. */
const CPU = {
  ...X86,
  quotaFamily: 'Standard',
  amiType: 'AL2023_x86_64_STANDARD',
  accelerators: 0,
  scaleUpNodes: 1,
  groupNodes: NODES_PER_NODE_GROUP,
  groupSource: GROUP_SOURCE,
  scaleOutGbps: 0,
  localNvmeGB: 0,
  capacity: ['on-demand', 'spot', 'reservation'],
  availability: 'public',
} as const;
const GRAVITON = { architecture: 'arm64', amiType: 'AL2023_ARM_64_STANDARD' } as const;

const ROWS: readonly AwsMachine[] = [
  { ...P4, type: 'p4d.24xlarge', acceleratorMemoryGiB: 40 },
  { ...P4, type: 'p4de.24xlarge', preferred: true, acceleratorMemoryGiB: 80 },
  {
    ...PCIE,
    type: 'g6e.48xlarge',
    preferred: true,
    accelerator: 'l40s',
    acceleratorMemoryGiB: 44.7,
    memoryGiB: 1536,
    localNvmeGB: 7600,
    scaleOutGbps: 400,
  },
  {
    ...PCIE,
    type: 'g7.48xlarge',
    preferred: true,
    accelerator: 'rtx-pro-4500',
    acceleratorMemoryGiB: 32,
    memoryGiB: 768,
    localNvmeGB: 7600,
    scaleOutGbps: 700,
    efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 1, step: 1 } },
    unverified: 'that card 0 takes a second interface; that it can be had as spot and reservation',
  },
  {
    ...PCIE,
    type: 'g7e.48xlarge',
    preferred: true,
    accelerator: 'rtx-pro-6000',
    acceleratorMemoryGiB: 96,
    localNvmeGB: 15200,
    scaleOutGbps: 1600,
  },
  {
    ...HGX,
    type: 'p5.4xlarge',
    quotaFamily: 'P5',
    acceleratorMemoryGiB: 80,
    accelerator: 'h100',
    accelerators: 1,
    vcpus: 16,
    memoryGiB: 256,
    localNvmeGB: 3800,
    scaleOutGbps: 100,
    capacity: ['on-demand', 'spot'],
    efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 0, step: 1 } },
  },
  {
    ...HGX,
    type: 'p5.48xlarge',
    quotaFamily: 'P5',
    acceleratorMemoryGiB: 80,
    accelerator: 'h100',
    preferred: true,
    capacity: ['on-demand', 'spot', 'reservation', 'capacity-block'],
    efa: { primary: 'efa', efaOnlyCards: { first: 1, last: 31, step: 1 } },
  },
  {
    ...HGX,
    type: 'p5e.48xlarge',
    quotaFamily: 'P5',
    acceleratorMemoryGiB: 141,
    accelerator: 'h200',
    capacity: ['capacity-block'],
    efa: { primary: 'efa', efaOnlyCards: { first: 1, last: 31, step: 1 } },
  },
  {
    ...HGX,
    type: 'p5en.48xlarge',
    quotaFamily: 'P5',
    acceleratorMemoryGiB: 141,
    accelerator: 'h200',
    preferred: true,
    capacity: ['on-demand', 'spot', 'reservation', 'capacity-block'],
    efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 15, step: 1 } },
  },
  {
    ...HGX,
    type: 'p6-b200.48xlarge',
    quotaFamily: 'P6',
    acceleratorMemoryGiB: 179,
    accelerator: 'b200',
    preferred: true,
    capacity: ['on-demand', 'spot', 'reservation', 'capacity-block'],
    efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 7, step: 1 } },
    regions: ['us-east-1', 'us-east-2', 'us-west-2', 'ap-south-1'],
  },
  {
    ...HGX,
    type: 'p6-b300.48xlarge',
    quotaFamily: 'P6',
    acceleratorMemoryGiB: 268,
    accelerator: 'b300',
    preferred: true,
    memoryGiB: 4096,
    scaleOutGbps: 6400,
    capacity: ['on-demand', 'reservation', 'capacity-block'],
    // Card 0 carries no EFA at all.
    efa: { primary: 'interface', efaOnlyCards: { first: 1, last: 16, step: 1 } },
    regions: ['us-east-1', 'us-west-2', 'us-gov-east-1'],
  },
  {
    ...NVL72,
    type: 'p6e-gb200.36xlarge',
    accelerator: 'gb200',
    preferred: true,
    acceleratorMemoryGiB: 185,
    vcpus: 144,
    memoryGiB: 960,
    scaleOutGbps: 1600,
    localNvmeGB: 22500,
    // One EFA-only interface for each group of cards that share a GPU; the cards between them stay empty.
    efa: { primary: 'interface', efaOnlyCards: { first: 1, last: 13, step: 4 } },
    availability: 'public',
    // A Local Zone, which has to be enabled for the account.
    regions: ['us-east-1'],
    zones: ['us-east-1-dfw-2a'],
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-nvidia-ultraserver.html',
    unverified:
      'the device index on odd cards was not tried on hardware; older pages of EKS say that managed node groups are ' +
      'not to be had in Local Zones',
  },
  {
    ...NVL72,
    type: 'p6e-gb300.36xlarge',
    accelerator: 'gb300',
    preferred: true,
    acceleratorMemoryGiB: 277,
    scaleOutGbps: 0,
    localNvmeGB: 0,
    availability: 'restricted',
    unpublished: ['vcpus', 'memoryGiB', 'scaleOutGbps', 'localNvmeGB', 'efa'],
    source: ULTRASERVERS,
    unverified: 'AWS publishes no instance table; four GPUs an instance follow from 72 in an UltraServer of 18',
  },
  {
    ...TRN1,
    type: 'trn1.32xlarge',
    scaleOutGbps: 800,
    efa: { primary: 'efa', efaOnlyCards: { first: 1, last: 7, step: 1 } },
    unverified: 'that card 0 takes two interfaces like that of trn2; that it can be had as spot and reservation',
  },
  {
    ...TRN1,
    type: 'trn1n.32xlarge',
    preferred: true,
    scaleOutGbps: 1600,
    efa: { primary: 'efa', efaOnlyCards: { first: 1, last: 15, step: 1 } },
    unverified: 'that card 0 takes two interfaces like that of trn2; that it can be had as spot and reservation',
  },
  {
    ...TRN2,
    type: 'trn2.48xlarge',
    preferred: true,
    scaleUpNodes: 1,
    groupNodes: NODES_PER_NODE_GROUP,
    groupSource: GROUP_SOURCE,
    capacity: ['spot', 'capacity-block'],
  },
  {
    ...TRN2,
    type: 'trn2u.48xlarge',
    scaleUpNodes: 4,
    groupNodes: 4,
    capacity: ['capacity-block'],
    source: ULTRASERVERS,
  },
  { ...CPU, type: 'm7i.4xlarge', vcpus: 16, memoryGiB: 64 },
  { ...CPU, type: 'm7i.2xlarge', vcpus: 8, memoryGiB: 32 },
  { ...CPU, type: 'm7i.8xlarge', vcpus: 32, memoryGiB: 128 },
  { ...CPU, type: 'm7i.16xlarge', vcpus: 64, memoryGiB: 256 },
  { ...CPU, type: 'm7i.24xlarge', vcpus: 96, memoryGiB: 384 },
  { ...CPU, type: 'm7i.48xlarge', vcpus: 192, memoryGiB: 768 },
  { ...CPU, type: 'c7i.8xlarge', vcpus: 32, memoryGiB: 64 },
  { ...CPU, type: 'c7i.24xlarge', vcpus: 96, memoryGiB: 192 },
  { ...CPU, type: 'c7i.48xlarge', vcpus: 192, memoryGiB: 384 },
  { ...CPU, type: 'r7i.8xlarge', vcpus: 32, memoryGiB: 256 },
  { ...CPU, type: 'r7i.24xlarge', vcpus: 96, memoryGiB: 768 },
  { ...CPU, type: 'r7i.48xlarge', vcpus: 192, memoryGiB: 1536 },
  { ...CPU, ...GRAVITON, type: 'm8g.8xlarge', vcpus: 32, memoryGiB: 128 },
  { ...CPU, ...GRAVITON, type: 'm8g.24xlarge', vcpus: 96, memoryGiB: 384 },
  { ...CPU, ...GRAVITON, type: 'm8g.48xlarge', vcpus: 192, memoryGiB: 768 },
];

/** Machine types of AWS by their name. */
export const AWS_MACHINES: Readonly<Record<string, AwsMachine>> = machinesByType(ROWS);

/**
 * Network interfaces that a node takes out of the quota of its region: the primary one, those that carry EFA only, and
 * the one that the VPC CNI attaches for pods, which live in subnets of their own.
 */
export function networkInterfacesOf({ efa }: AwsMachine): number {
  if (efa === undefined) return 2;
  const { first, last, step } = efa.efaOnlyCards;
  return 2 + Math.floor((last - first) / step) + 1;
}

/** Size of a node's root volume: images of accelerated frameworks are large, and local drives may be missing. */
export function rootVolumeGiBOf({ accelerators }: AwsMachine): number {
  return accelerators > 0 ? 500 : 100;
}
