import { machinesByType } from './machine-rows';
import type { MachineBase } from './types';

/** A machine type of Azure. */
export interface AzureMachine extends MachineBase {
  readonly cloud: 'azure';
  /**
   * What the subscription-wide feature `AKSInfinibandSupport` must be for its InfiniBand to work; absent where the
   * machine has none. Machines that need different states cannot share a subscription.
   */
  readonly infinibandFeature?: 'registered' | 'unregistered';
  /** InfiniBand adapters of one node; the count of `rdma/ib` that it offers. */
  readonly infinibandAdapters: number;
  /** AKS node image family (`os_sku`). */
  readonly osSku: 'Ubuntu2404';
  /** Who installs the GPU driver (`gpu_driver`); absent for CPU machines. `None`: the GPU operator of the cluster. */
  readonly gpuDriver?: 'None' | 'Install';
  /** Size of the ephemeral OS disk, GB; fits the local disk that it is placed on. */
  readonly osDiskGB: number;
  /** vCPU quota family, as the usages API names it. */
  readonly quotaFamily: string;
  /** On-demand capacity reservations cover it. @default false */
  readonly capacityReservations?: boolean;
}

const SIZES = {
  source: 'MicrosoftDocs/azure-compute-docs articles/virtual-machines/sizes',
  checked: '2026-11',
} as const;

const PLACEMENT_GROUPS = {
  source: 'https://learn.microsoft.com/azure/virtual-machine-scale-sets/virtual-machine-scale-sets-placement-groups',
  checked: '2026-11',
} as const;

const RACK = {
  cloud: 'azure',
  accelerators: 4,
  vcpus: 128,
  architecture: 'arm64',
  scaleUpNodes: 18,
  groupNodes: 18,
  localNvmeGB: 16_000,
  capacity: ['on-demand', 'dedicated'],
  availability: 'restricted',
  infinibandFeature: 'unregistered',
  infinibandAdapters: 4,
  osSku: 'Ubuntu2404',
  gpuDriver: 'None',
  osDiskGB: 512,
} as const;

const EIGHT_GPU = {
  cloud: 'azure',
  accelerators: 8,
  vcpus: 96,
  architecture: 'x86_64',
  scaleUpNodes: 1,
  // One InfiniBand domain is one scale set with a single placement group: 100 machines unless Microsoft raises it.
  groupNodes: 100,
  groupSource: PLACEMENT_GROUPS,
  scaleOutGbps: 3200,
  localNvmeGB: 30_786,
  capacity: ['on-demand', 'spot', 'dedicated'],
  availability: 'public',
  infinibandFeature: 'registered',
  infinibandAdapters: 8,
  osSku: 'Ubuntu2404',
  gpuDriver: 'None',
  osDiskGB: 512,
} as const;

const NO_FABRIC = {
  cloud: 'azure',
  architecture: 'x86_64',
  scaleUpNodes: 1,
  // Scale sets above 100 machines span several placement groups; a smaller pool is also a smaller thing to lose.
  groupNodes: 100,
  groupSource: PLACEMENT_GROUPS,
  scaleOutGbps: 0,
  infinibandAdapters: 0,
  availability: 'public',
  osSku: 'Ubuntu2404',
  osDiskGB: 128,
} as const;

const A100 = { ...EIGHT_GPU, accelerator: 'a100', scaleOutGbps: 1600, localNvmeGB: 0 } as const;
const A100_UNVERIFIED =
  'quota family and capacity kinds from general knowledge; InfiniBand feature as for the other 8-GPU machines; ' +
  'local disks are not listed, none is assumed';

/** One to four GPUs on PCIe, without InfiniBand. */
const NC_A100 = {
  ...NO_FABRIC,
  accelerator: 'a100',
  acceleratorMemoryGiB: 80,
  localNvmeGB: 0,
  capacity: ['on-demand', 'spot', 'reservation'],
  capacityReservations: true,
  gpuDriver: 'None',
  quotaFamily: 'StandardNCADSA100v4Family',
  ...SIZES,
  unverified: 'local disks are not listed, none is assumed',
} as const;

/** CPU nodes: for services of a cluster, and for data that is prepared beside training. */
const CPU = {
  ...NO_FABRIC,
  accelerators: 0,
  capacity: ['on-demand', 'spot', 'reservation'],
  capacityReservations: true,
  ...SIZES,
  unverified: 'size and quota family from general knowledge; the local disk is a SCSI disk, not NVMe',
} as const;
const DADS = { ...CPU, quotaFamily: 'standardDADSv5Family' } as const;
const EADS = {
  ...CPU,
  quotaFamily: 'standardEADSv5Family',
  source: 'MicrosoftDocs/azure-compute-docs articles/virtual-machines/sizes/memory-optimized/eadsv5-series',
  unverified: 'quota family from general knowledge; the local disk is a SCSI disk, not NVMe',
} as const;

const ROWS: readonly AzureMachine[] = [
  {
    ...RACK,
    type: 'Standard_ND128isr_GB300_v6',
    acceleratorMemoryGiB: 288,
    accelerator: 'gb300',
    preferred: true,
    memoryGiB: 864,
    scaleOutGbps: 3200,
    quotaFamily: 'standardNDISRGB300V6Family',
    regions: ['eastus2'],
    ...SIZES,
  },
  {
    ...RACK,
    type: 'Standard_ND128isrG5_GB300_v6',
    acceleratorMemoryGiB: 288,
    accelerator: 'gb300',
    memoryGiB: 864,
    scaleOutGbps: 3200,
    quotaFamily: 'standardNDISRGB300V6Family',
    ...SIZES,
    unverified: 'assumed to equal Standard_ND128isr_GB300_v6 in everything but its name',
  },
  {
    ...RACK,
    type: 'Standard_ND128isr_NDR_GB200_v6',
    acceleratorMemoryGiB: 192,
    accelerator: 'gb200',
    preferred: true,
    memoryGiB: 864,
    scaleOutGbps: 1600,
    quotaFamily: 'standardNDISRGB200V6NDRFamily',
    ...SIZES,
    unverified: 'memory: the size page says 900 GiB, the SKU list 864 GiB; the smaller is used',
  },
  {
    ...EIGHT_GPU,
    type: 'Standard_ND96isr_H200_v5',
    acceleratorMemoryGiB: 141,
    accelerator: 'h200',
    preferred: true,
    memoryGiB: 1850,
    quotaFamily: 'standardNDISRH200V5Family',
    ...SIZES,
  },
  {
    ...EIGHT_GPU,
    type: 'Standard_ND96isr_H100_v5',
    acceleratorMemoryGiB: 80,
    accelerator: 'h100',
    preferred: true,
    memoryGiB: 1900,
    quotaFamily: 'standardNDSH100v5Family',
    ...SIZES,
  },
  {
    ...EIGHT_GPU,
    type: 'Standard_ND96isr_MI300X_v5',
    acceleratorMemoryGiB: 192,
    accelerator: 'mi300x',
    preferred: true,
    memoryGiB: 1850,
    quotaFamily: 'standardNDISv5MI300XFamily',
    ...SIZES,
  },
  {
    ...NO_FABRIC,
    type: 'Standard_ND96is_MI300X_v5',
    acceleratorMemoryGiB: 192,
    accelerator: 'mi300x',
    accelerators: 8,
    vcpus: 96,
    memoryGiB: 1850,
    localNvmeGB: 0,
    capacity: ['on-demand', 'spot', 'dedicated'],
    gpuDriver: 'None',
    quotaFamily: 'standardNDISv5MI300XFamily',
    ...SIZES,
    unverified: 'local disks are not listed; none is assumed',
  },
  {
    ...A100,
    type: 'Standard_ND96asr_v4',
    acceleratorMemoryGiB: 40,
    memoryGiB: 900,
    quotaFamily: 'Standard NDASv4_A100 Family',
    ...SIZES,
    unverified: A100_UNVERIFIED,
  },
  {
    ...A100,
    type: 'Standard_ND96amsr_A100_v4',
    preferred: true,
    acceleratorMemoryGiB: 80,
    memoryGiB: 1900,
    quotaFamily: 'Standard NDAMSv4_A100Family',
    ...SIZES,
    unverified: `memory of the host; ${A100_UNVERIFIED}`,
  },
  {
    ...NC_A100,
    type: 'Standard_NC24ads_A100_v4',
    accelerators: 1,
    vcpus: 24,
    memoryGiB: 220,
  },
  {
    ...NC_A100,
    type: 'Standard_NC48ads_A100_v4',
    accelerators: 2,
    vcpus: 48,
    memoryGiB: 440,
  },
  {
    ...NC_A100,
    type: 'Standard_NC96ads_A100_v4',
    accelerators: 4,
    vcpus: 96,
    memoryGiB: 880,
  },
  {
    ...NO_FABRIC,
    type: 'Standard_NC40ads_H100_v5',
    acceleratorMemoryGiB: 94,
    accelerator: 'h100',
    accelerators: 1,
    vcpus: 40,
    memoryGiB: 320,
    localNvmeGB: 3_500,
    capacity: ['on-demand', 'spot'],
    gpuDriver: 'None',
    quotaFamily: 'StandardNCadsH100v5Family',
    ...SIZES,
  },
  {
    ...NO_FABRIC,
    type: 'Standard_NC80adis_H100_v5',
    acceleratorMemoryGiB: 94,
    accelerator: 'h100',
    accelerators: 2,
    vcpus: 80,
    memoryGiB: 640,
    localNvmeGB: 7_100,
    capacity: ['on-demand', 'spot'],
    gpuDriver: 'None',
    quotaFamily: 'StandardNCadsH100v5Family',
    ...SIZES,
  },
  { ...DADS, type: 'Standard_D8ads_v5', vcpus: 8, memoryGiB: 32, localNvmeGB: 300 },
  { ...DADS, type: 'Standard_D16ads_v5', vcpus: 16, memoryGiB: 64, localNvmeGB: 600 },
  { ...DADS, type: 'Standard_D32ads_v5', vcpus: 32, memoryGiB: 128, localNvmeGB: 1_200 },
  { ...DADS, type: 'Standard_D64ads_v5', vcpus: 64, memoryGiB: 256, localNvmeGB: 2_400 },
  { ...DADS, type: 'Standard_D96ads_v5', vcpus: 96, memoryGiB: 384, localNvmeGB: 3_600 },
  { ...EADS, type: 'Standard_E32ads_v5', vcpus: 32, memoryGiB: 256, localNvmeGB: 1_200 },
  { ...EADS, type: 'Standard_E64ads_v5', vcpus: 64, memoryGiB: 512, localNvmeGB: 2_400 },
  { ...EADS, type: 'Standard_E96ads_v5', vcpus: 96, memoryGiB: 672, localNvmeGB: 3_600 },
];

/** Machine types of Azure by the provider's name. */
export const azureMachines: Readonly<Record<string, AzureMachine>> = machinesByType(ROWS);
