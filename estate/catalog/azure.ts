import { type AzureMachine, azureMachines } from './azure-machines';
import type { RangeRow } from './ranges';
import type { CloudCatalog, LustreTier, MaintenanceOffer, RegionRow, Sourced, SubnetRow } from './types';

export type { AzureMachine };

/** A performance tier of Azure Managed Lustre. */
export interface AzureLustreTier extends LustreTier {
  /** The provider's name for it (`sku_name`). */
  readonly skuName: string;
}

/** Smallest subnet that a Lustre file system of up to a size needs. */
export interface LustreSubnetRow extends Sourced {
  readonly upToTiB: number;
  /** Longest prefix that is large enough. */
  readonly prefix: number;
}

/** A private DNS zone that an account needs once; `{region}` stands for the region. */
export interface PrivateDnsRow extends Sourced {
  readonly service: 'blob' | 'dfs' | 'vault' | 'kubernetes';
  readonly zone: string;
}

const CHECKED = { checked: '2026-11' } as const;
const AKS_SCALE = {
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/best-practices-performance-scale-large.md',
  ...CHECKED,
} as const;
const AMLFS = { source: 'MicrosoftDocs/azure-stack-docs azure-managed-lustre', ...CHECKED } as const;
const AMLFS_MAX = { unverified: 'default maximum of 2024; larger file systems are granted on request' } as const;
const PRIVATE_DNS = {
  source: 'https://learn.microsoft.com/azure/private-link/private-endpoint-dns',
  ...CHECKED,
} as const;
const AKS_NETWORK = {
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/concepts-network-legacy-cni.md',
  ...CHECKED,
} as const;

/** Out of the addresses of pods AKS gives each node a block of this prefix length, however many pods it runs. */
export const AZURE_POD_BLOCK: { readonly prefix: number } & Sourced = {
  prefix: 24,
  source: 'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
  ...CHECKED,
};

/** Longest prefix of the subnet that an API server is given. */
export const AZURE_API_SERVER_SUBNET: { readonly longestPrefix: number } & Sourced = {
  longestPrefix: 28,
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/api-server-vnet-integration.md',
  ...CHECKED,
};

/** Tiers of Azure Managed Lustre, slowest first. The provider refuses other sizes only at plan. */
export const azureLustreTiers: readonly AzureLustreTier[] = [
  {
    skuName: 'AMLFS-Durable-Premium-40',
    throughputMBpsPerTiB: 40,
    min: 48,
    max: 768,
    steps: [{ upTo: 768, step: 48 }],
    ...AMLFS,
    ...AMLFS_MAX,
  },
  {
    skuName: 'AMLFS-Durable-Premium-125',
    throughputMBpsPerTiB: 125,
    min: 16,
    max: 128,
    steps: [{ upTo: 128, step: 16 }],
    ...AMLFS,
    ...AMLFS_MAX,
  },
  {
    skuName: 'AMLFS-Durable-Premium-250',
    throughputMBpsPerTiB: 250,
    min: 8,
    max: 128,
    steps: [{ upTo: 128, step: 8 }],
    ...AMLFS,
    ...AMLFS_MAX,
  },
  {
    skuName: 'AMLFS-Durable-Premium-500',
    throughputMBpsPerTiB: 500,
    min: 4,
    max: 128,
    steps: [{ upTo: 128, step: 4 }],
    ...AMLFS,
    ...AMLFS_MAX,
  },
];

/** Subnet sizes of Azure Managed Lustre, smallest first. */
export const azureLustreSubnets: readonly LustreSubnetRow[] = [
  { upToTiB: 16, prefix: 27, ...AMLFS },
  { upToTiB: 40, prefix: 26, ...AMLFS },
  { upToTiB: 92, prefix: 25, ...AMLFS },
  { upToTiB: 196, prefix: 24, ...AMLFS },
  { upToTiB: 400, prefix: 23, ...AMLFS },
  {
    upToTiB: 768,
    prefix: 23,
    ...AMLFS,
    unverified: 'no figure above 400 TiB; only the 40 MB/s tier grows so far, with a server for each 48 TiB',
  },
];

/** Addresses of each subnet that Azure keeps: the first four and the last. */
export const AZURE_SUBNET_RESERVED: { readonly addresses: number } & Sourced = {
  addresses: 5,
  source: 'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
  ...CHECKED,
};

/** Size of the subnet that a Lustre file system of a size needs, in addresses. */
export function azureLustreAddresses(sizeTiB: number): number {
  const row = azureLustreSubnets.find(({ upToTiB }) => sizeTiB <= upToTiB) ?? azureLustreSubnets.at(-1);
  return 2 ** (32 - (row?.prefix ?? 0));
}

/** Private DNS zones behind which the estate's services live. */
export const azurePrivateDns: readonly PrivateDnsRow[] = [
  { service: 'blob', zone: 'privatelink.blob.core.windows.net', ...PRIVATE_DNS },
  { service: 'dfs', zone: 'privatelink.dfs.core.windows.net', ...PRIVATE_DNS },
  { service: 'vault', zone: 'privatelink.vaultcore.azure.net', ...PRIVATE_DNS },
  // `privatelink.` is for clusters behind a private endpoint; API servers inside the network take `private.`.
  {
    service: 'kubernetes',
    zone: 'private.{region}.azmk8s.io',
    source: 'MicrosoftDocs/azure-aks-docs articles/aks/private-clusters.md',
    ...CHECKED,
  },
];

/** Ranges that a virtual network must leave alone: InfiniBand machines use the first for their RDMA network. */
export const azureReservedNetworkRanges: readonly RangeRow[] = [
  {
    cidr: '172.16.0.0/16',
    source: 'MicrosoftDocs/azure-compute-docs articles/virtual-machines/setup-infiniband.md',
    ...CHECKED,
  },
];

/** Ranges that AKS keeps for itself: neither nodes, pods nor services may use them. */
export const azureReservedClusterRanges: readonly RangeRow[] = [
  { cidr: '169.254.0.0/16', ...AKS_NETWORK },
  { cidr: '172.30.0.0/16', ...AKS_NETWORK },
  { cidr: '172.31.0.0/16', ...AKS_NETWORK },
  { cidr: '192.0.2.0/24', ...AKS_NETWORK },
];

/** Addresses of the nodes that are left for load balancers and for nodes that an upgrade adds. */
const ROOM = 100;

const SUBNETS: readonly SubnetRow[] = [
  // Overlay: one address a node.
  {
    role: 'nodes',
    per: 'shard',
    neededBy: ['cluster', 'pool'],
    prefix: 19,
    space: 'routable',
    holds: { kept: AZURE_SUBNET_RESERVED.addresses + ROOM, perNode: () => 1 },
    ...AKS_SCALE,
  },
  // API server VNet integration asks for a delegated subnet of at least a /28.
  {
    role: 'control-plane',
    per: 'shard',
    neededBy: ['cluster'],
    longestPrefix: 28,
    prefix: 27,
    space: 'routable',
    source: 'MicrosoftDocs/azure-aks-docs articles/aks/api-server-vnet-integration.md',
    ...CHECKED,
  },
  {
    role: 'endpoints',
    per: 'site',
    neededBy: ['object-store', 'key'],
    prefix: 24,
    space: 'routable',
    source: 'https://learn.microsoft.com/azure/private-link/private-endpoint-overview',
    ...CHECKED,
  },
  // Every file system needs a subnet of its own.
  {
    role: 'storage',
    per: 'file-system',
    neededBy: ['file-system'],
    alone: true,
    prefix: 23,
    space: 'routable',
    holds: { kept: 0, perFileSystem: ({ size }) => azureLustreAddresses(size) },
    ...AMLFS,
  },
  // The service finds it by its name, `GatewaySubnet`; a gateway for circuits beside one for tunnels wants a /27.
  {
    role: 'gateway',
    per: 'gateway',
    neededBy: ['gateway'],
    alone: true,
    longestPrefix: 27,
    prefix: 26,
    space: 'routable',
    source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
    ...CHECKED,
  },
];

const REGIONS = [
  'australiacentral',
  'australiacentral2',
  'australiaeast',
  'australiasoutheast',
  'austriaeast',
  'belgiumcentral',
  'brazilsouth',
  'brazilsoutheast',
  'canadacentral',
  'canadaeast',
  'centralindia',
  'centralus',
  'chilecentral',
  'denmarkeast',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'francesouth',
  'germanynorth',
  'germanywestcentral',
  'indonesiacentral',
  'israelcentral',
  'italynorth',
  'japaneast',
  'japanwest',
  'jioindiacentral',
  'jioindiawest',
  'koreacentral',
  'koreasouth',
  'malaysiawest',
  'mexicocentral',
  'newzealandnorth',
  'northcentralus',
  'northeurope',
  'norwayeast',
  'norwaywest',
  'polandcentral',
  'qatarcentral',
  'southafricanorth',
  'southafricawest',
  'southcentralus',
  'southeastasia',
  'southindia',
  'spaincentral',
  'swedencentral',
  'swedensouth',
  'switzerlandnorth',
  'switzerlandwest',
  'taiwannorth',
  'uaecentral',
  'uaenorth',
  'uksouth',
  'ukwest',
  'westcentralus',
  'westeurope',
  'westindia',
  'westus',
  'westus2',
  'westus3',
] as const;

/** Name of every managed Lustre file system, which clients mount at the address of its management server. */
export const AZURE_LUSTRE_NAME: { readonly value: string } & Sourced = {
  value: 'lustrefs',
  source: 'https://github.com/kubernetes-sigs/azurelustre-csi-driver/blob/main/docs/csi-debug.md',
  ...CHECKED,
};

/** When AKS may patch a cluster: the window of automatic upgrades, which opens on one day of the week. */
export const AZURE_MAINTENANCE: MaintenanceOffer = {
  offered: true,
  window: { days: ['sun'], startTime: '02:00', hours: 4 },
  exclusions: [],
  mostDays: 1,
  fewestHours: 4,
  mostHours: 24,
  openExclusions: false,
  source: 'https://learn.microsoft.com/azure/aks/planned-maintenance',
  ...CHECKED,
};

/** Days for which Log Analytics keeps what can be asked of it. */
export const AZURE_LOG_RETENTION: { readonly fewestDays: number; readonly mostDays: number } & Sourced = {
  fewestDays: 30,
  mostDays: 730,
  source:
    'hashicorp/terraform-provider-azurerm v4.81.0 internal/services/loganalytics/log_analytics_workspace_resource.go',
  ...CHECKED,
};

/** Both lists agree wherever both have a region; the first has no numbers of zones, the second is what Azure answered. */
const REGION_LIST = {
  source:
    'MicrosoftDocs/reliability-docs articles/reliability/regions-list.md; ' +
    'Azure/terraform-azurerm-avm-utl-regions modules/cached-data/locations.tf.json of 2026-08',
  ...CHECKED,
} as const;

/** Regions without zones: mostly those that only mirror another one. */
const WITHOUT_ZONES = [
  'australiacentral',
  'australiacentral2',
  'australiasoutheast',
  'brazilsoutheast',
  'canadaeast',
  'francesouth',
  'germanynorth',
  'jioindiacentral',
  'jioindiawest',
  'koreasouth',
  'northcentralus',
  'norwaywest',
  'southafricawest',
  'southindia',
  'switzerlandwest',
  'uaecentral',
  'ukwest',
  'westcentralus',
  'westindia',
  'westus',
] as const;

/** What neither list has. */
const UNLISTED: Readonly<Record<string, RegionRow>> = {
  swedensouth: {
    zones: [],
    ...REGION_LIST,
    unverified: 'in neither list; assumed to be like other regions that only mirror one, without zones',
  },
  taiwannorth: { ...REGION_LIST, unverified: 'in neither list; its zones are not known' },
};

/** Zones are numbers that each subscription maps to places of its own: three wherever a region has any. */
const REGION_ROWS: Readonly<Record<string, RegionRow>> = {
  ...Object.fromEntries(REGIONS.map((region) => [region, { zones: ['1', '2', '3'], ...REGION_LIST }])),
  ...Object.fromEntries(WITHOUT_ZONES.map((region) => [region, { zones: [], ...REGION_LIST }])),
  ...UNLISTED,
};

/** What the catalog knows of Azure. */
export const azure: CloudCatalog<AzureMachine, AzureLustreTier> = {
  cloud: 'azure',
  title: 'Azure',
  machines: azureMachines,
  systemMachine: 'Standard_D16ads_v5',
  lustre: { unit: 'TiB', tiers: azureLustreTiers },
  limits: {
    // AKS stops at 5,000 nodes and cannot upgrade a cluster that is full: a tenth stays free.
    nodesPerShard: { value: 4500, ...AKS_SCALE },
    poolsPerShard: {
      value: 99,
      source: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions',
      ...CHECKED,
      unverified: '100 node pools a cluster from general knowledge, one of them for the system',
    },
    // A network holds 65,536 addresses in use: two blocks of seven shards each.
    blocksPerNetwork: {
      value: 2,
      source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
      ...CHECKED,
    },
  },
  subnets: SUBNETS,
  kubernetes: {
    offered: ['1.35', '1.36', '1.37'],
    preferred: '1.36',
    newer: 'minor',
    source: 'MicrosoftDocs/azure-aks-docs articles/aks/supported-kubernetes-versions.md',
    ...CHECKED,
    skew: {
      behind: 3,
      source: 'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
      ...CHECKED,
      unverified: 'the API reference of agent pools still says two',
    },
  },
  maintenance: AZURE_MAINTENANCE,
  regions: {
    names: REGIONS,
    rows: REGION_ROWS,
    source: 'https://learn.microsoft.com/azure/reliability/regions-list',
    ...CHECKED,
    unverified: 'listed from general knowledge; new regions may be missing',
  },
};
