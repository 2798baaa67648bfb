import { machinesByType } from './machine-rows';
import type { MachineBase } from './types';

/**
 * What makes the nodes of a shape one RDMA domain: a compute cluster that a managed node pool points to, a GPU memory
 * cluster (one NVL72 rack), or nothing.
 */
export type OracleAttachment = 'compute-cluster' | 'gpu-memory-cluster' | 'none';

/** A shape of Oracle. */
export interface OracleMachine extends MachineBase {
  readonly cloud: 'oracle';
  /** Oracle CPUs: two vCPUs each on x86, one core each on Arm. */
  readonly ocpus: number;
  /** The shape takes its OCPUs and its memory as parameters. */
  readonly flexible: boolean;
  /** Virtual machine or whole host; some encryption settings exist only for virtual machines. */
  readonly tenancy: 'virtual-machine' | 'bare-metal';
  readonly attachment: OracleAttachment;
  /** RDMA network ports of one node and the speed of each. */
  readonly rdma: { readonly ports: number; readonly portGbps: number };
  /** Service limit that it counts against, GPUs of GPU shapes and OCPUs of others, with how sure the name is. */
  readonly limit: { readonly name: string; readonly certainty: 'documented' | 'seen' | 'assumed' };
}

const SHAPES = {
  source: 'https://docs.oracle.com/en-us/iaas/Content/Compute/References/computeshapes.htm',
  checked: '2026-11',
} as const;
const QUICKSTARTS = { source: 'https://github.com/oracle-quickstart/oci-gpu-quickstarts', checked: '2026-11' } as const;
const HPC = { source: 'https://github.com/oracle-quickstart/oci-hpc', checked: '2026-11' } as const;
const OKE = { source: 'https://github.com/oracle-quickstart/oci-hpc-oke', checked: '2026-11' } as const;

/** Oracle recommends several node pools of about this size over fewer large ones. */
const NODES_PER_POOL = 500;

/** Bare-metal shapes of 8 GPUs on x86, whose hosts are joined by a compute cluster. */
const EIGHT_GPUS = {
  cloud: 'oracle',
  accelerators: 8,
  architecture: 'x86_64',
  scaleUpNodes: 1,
  groupNodes: NODES_PER_POOL,
  capacity: ['on-demand', 'reservation', 'dedicated'],
  availability: 'public',
  flexible: false,
  tenancy: 'bare-metal',
  attachment: 'compute-cluster',
} as const satisfies Partial<OracleMachine>;

/** Hosts of an NVL72 rack: 18 of 4 GPUs. Racks are allotted by contract and show up as GPU memory fabrics. */
const RACK_HOST = {
  cloud: 'oracle',
  accelerators: 4,
  vcpus: 144,
  ocpus: 144,
  memoryGiB: 960,
  architecture: 'arm64',
  scaleUpNodes: 18,
  groupNodes: 18,
  localNvmeGB: 30720,
  capacity: ['dedicated'],
  availability: 'restricted',
  flexible: false,
  tenancy: 'bare-metal',
  attachment: 'gpu-memory-cluster',
} as const satisfies Partial<OracleMachine>;

const GB200_MEMORY = 'memory is taken from BM.GPU.GB200.4; one source lists 1,740 GB, presumably with that of the GPUs';

const FLEXIBLE_CPU = {
  cloud: 'oracle',
  accelerators: 0,
  vcpus: 16,
  ocpus: 8,
  memoryGiB: 64,
  architecture: 'x86_64',
  scaleUpNodes: 1,
  groupNodes: NODES_PER_POOL,
  scaleOutGbps: 0,
  localNvmeGB: 0,
  capacity: ['on-demand', 'reservation'],
  availability: 'public',
  flexible: true,
  tenancy: 'virtual-machine',
  attachment: 'none',
  rdma: { ports: 0, portGbps: 0 },
  unverified: '8 OCPUs and 64 GB are a choice inside what the shape allows',
} as const satisfies Partial<OracleMachine>;

/** Whole hosts without accelerators, whose size is their shape's. */
const { unverified: _choice, ...CPU_SHAPE } = FLEXIBLE_CPU;
const CPU_HOST = { ...CPU_SHAPE, flexible: false, tenancy: 'bare-metal' } as const satisfies Partial<OracleMachine>;

const ROWS: readonly OracleMachine[] = [
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.A100-v2.8',
    accelerator: 'a100',
    acceleratorMemoryGiB: 80,
    limit: { name: 'gpu-a100-v2-count', certainty: 'documented' },
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 2048,
    scaleOutGbps: 1600,
    rdma: { ports: 16, portGbps: 100 },
    localNvmeGB: 27200,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.RTXPRO.8',
    accelerator: 'rtx-pro-6000',
    acceleratorMemoryGiB: 96,
    limit: { name: 'gpu-rtxpro-count', certainty: 'assumed' },
    attachment: 'none',
    vcpus: 288,
    ocpus: 144,
    memoryGiB: 3072,
    scaleOutGbps: 0,
    rdma: { ports: 0, portGbps: 0 },
    localNvmeGB: 0,
    ...OKE,
    unverified: 'size from a price list; speed of its eight network cards and local disks are not listed, none is used',
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.H100.8',
    acceleratorMemoryGiB: 80,
    limit: { name: 'gpu-h100-count', certainty: 'seen' },
    accelerator: 'h100',
    preferred: true,
    vcpus: 224,
    ocpus: 112,
    memoryGiB: 2048,
    scaleOutGbps: 3200,
    rdma: { ports: 16, portGbps: 200 },
    localNvmeGB: 61440,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.H200.8',
    acceleratorMemoryGiB: 141,
    limit: { name: 'gpu-h200-count', certainty: 'documented' },
    accelerator: 'h200',
    preferred: true,
    vcpus: 224,
    ocpus: 112,
    memoryGiB: 3072,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 30720,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.B200.8',
    acceleratorMemoryGiB: 180,
    limit: { name: 'gpu-b200-count', certainty: 'documented' },
    accelerator: 'b200',
    preferred: true,
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 4096,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 30720,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.B300.8',
    acceleratorMemoryGiB: 268,
    limit: { name: 'gpu-b300-count', certainty: 'assumed' },
    accelerator: 'b300',
    preferred: true,
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 4096,
    scaleOutGbps: 6400,
    rdma: { ports: 16, portGbps: 400 },
    localNvmeGB: 28000,
    ...QUICKSTARTS,
    unverified: 'known from a quickstart only; the table of shapes does not list it',
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.MI300X.8',
    acceleratorMemoryGiB: 192,
    limit: { name: 'gpu-mi300x-count', certainty: 'documented' },
    accelerator: 'mi300x',
    preferred: true,
    vcpus: 224,
    ocpus: 112,
    memoryGiB: 2048,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 30720,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.MI355X.8',
    acceleratorMemoryGiB: 288,
    limit: { name: 'gpu-mi355x-count', certainty: 'assumed' },
    accelerator: 'mi355x',
    preferred: true,
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 3072,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 61440,
    ...SHAPES,
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.MI355X-v0.8',
    acceleratorMemoryGiB: 288,
    limit: { name: 'gpu-mi355x-count', certainty: 'assumed' },
    accelerator: 'mi355x',
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 3072,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 61440,
    ...HPC,
    unverified: 'differs from BM.GPU.MI355X.8 in its Pollara network cards and its image; the rest is taken from there',
  },
  {
    ...EIGHT_GPUS,
    type: 'BM.GPU.MI355X-v1.8',
    acceleratorMemoryGiB: 288,
    limit: { name: 'gpu-mi355x-count', certainty: 'assumed' },
    accelerator: 'mi355x',
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 3072,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    localNvmeGB: 61440,
    ...HPC,
    unverified: 'differs from BM.GPU.MI355X.8 in its ConnectX-7 cards and its image; the rest is taken from there',
  },
  {
    ...RACK_HOST,
    type: 'BM.GPU.GB200-v3.4',
    acceleratorMemoryGiB: 192,
    limit: { name: 'gpu-gb200-v3-count', certainty: 'assumed' },
    accelerator: 'gb200',
    preferred: true,
    scaleOutGbps: 3200,
    rdma: { ports: 8, portGbps: 400 },
    ...OKE,
    unverified: GB200_MEMORY,
  },
  {
    ...RACK_HOST,
    type: 'BM.GPU.GB200-v2.4',
    acceleratorMemoryGiB: 192,
    limit: { name: 'gpu-gb200-v2-count', certainty: 'assumed' },
    accelerator: 'gb200',
    scaleOutGbps: 1600,
    rdma: { ports: 4, portGbps: 400 },
    ...OKE,
    unverified: GB200_MEMORY,
  },
  {
    ...RACK_HOST,
    type: 'BM.GPU.GB200.4',
    acceleratorMemoryGiB: 192,
    limit: { name: 'gpu-gb200-count', certainty: 'assumed' },
    accelerator: 'gb200',
    scaleOutGbps: 1600,
    rdma: { ports: 4, portGbps: 400 },
    ...SHAPES,
  },
  {
    ...RACK_HOST,
    type: 'BM.GPU.GB300.4',
    acceleratorMemoryGiB: 278,
    limit: { name: 'gpu-gb300-count', certainty: 'assumed' },
    accelerator: 'gb300',
    preferred: true,
    scaleOutGbps: 3200,
    rdma: { ports: 4, portGbps: 800 },
    ...SHAPES,
  },
  {
    ...FLEXIBLE_CPU,
    type: 'VM.Standard.E5.Flex',
    limit: { name: 'standard-e5-core-count', certainty: 'seen' },
    ...OKE,
  },
  {
    ...FLEXIBLE_CPU,
    type: 'VM.Standard.E4.Flex',
    limit: { name: 'standard-e4-core-count', certainty: 'documented' },
    ...OKE,
  },
  {
    ...CPU_HOST,
    type: 'BM.Standard.E5.192',
    vcpus: 384,
    ocpus: 192,
    memoryGiB: 2304,
    limit: { name: 'standard-e5-core-count', certainty: 'seen' },
    ...SHAPES,
  },
  {
    ...CPU_HOST,
    type: 'BM.Standard.E4.128',
    vcpus: 256,
    ocpus: 128,
    memoryGiB: 2048,
    limit: { name: 'standard-e4-core-count', certainty: 'documented' },
    ...SHAPES,
  },
];

/** Shapes by their name. */
export const ORACLE_MACHINES: Readonly<Record<string, OracleMachine>> = machinesByType(ROWS);
