import type { QuotaRow } from './quota-row';

const CHECKED = { checked: '2026-11' } as const;
const LIMITS = 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits';
const NETWORK_USAGE = 'https://learn.microsoft.com/powershell/module/az.quota/get-azquota';
const GENERAL = 'the default, from general knowledge';
const AZURE_COMPUTE = {
  cloud: 'azure',
  service: 'vm list-usage',
  unit: 'vCPU',
  scope: 'region',
  combine: 'sum',
  source: 'https://learn.microsoft.com/azure/quotas/per-vm-quota-requests',
  ...CHECKED,
} as const;
const AZURE_NETWORK = {
  cloud: 'azure',
  service: 'network list-usages',
  scope: 'region',
  combine: 'sum',
  source: LIMITS,
  ...CHECKED,
} as const;
const SUBSCRIPTION = {
  cloud: 'azure',
  scope: 'account',
  combine: 'sum',
  source: LIMITS,
  ...CHECKED,
} as const;
const AKS = {
  cloud: 'azure',
  scope: 'region',
  source: 'https://learn.microsoft.com/azure/aks/quotas-skus-regions',
  ...CHECKED,
} as const;
const AMLFS = {
  cloud: 'azure',
  scope: 'region',
  combine: 'sum',
  source: 'MicrosoftDocs/azure-stack-docs azure-managed-lustre',
  ...CHECKED,
} as const;

/** Quotas of Azure by their key. */
export const AZURE_QUOTAS = {
  'azure-family': { ...AZURE_COMPUTE },
  'azure-cores': { ...AZURE_COMPUTE, quota: 'cores' },
  'azure-spot-cores': { ...AZURE_COMPUTE, quota: 'lowPriorityCores' },
  'azure-networks': { ...AZURE_NETWORK, quota: 'VirtualNetworks', unit: 'network', default: 1000 },
  'azure-network-addresses': {
    ...AZURE_NETWORK,
    quota: 'Private IP addresses per virtual network',
    unit: 'address',
    combine: 'max',
    default: 65536,
  },
  'azure-clusters': {
    ...AKS,
    quota: 'Managed clusters per subscription',
    unit: 'cluster',
    scope: 'account',
    combine: 'sum',
    default: 5000,
    unverified: GENERAL,
  },
  'azure-node-pools': {
    ...AKS,
    quota: 'Node pools per cluster',
    unit: 'node pool',
    combine: 'max',
    default: 100,
    unverified: GENERAL,
  },
  'azure-cluster-nodes': {
    ...AKS,
    quota: 'Nodes per cluster',
    unit: 'node',
    combine: 'max',
    default: 5000,
  },
  'azure-lustre-file-systems': {
    ...AMLFS,
    quota: 'Azure Managed Lustre file systems',
    unit: 'file system',
    default: 4,
    unverified: 'the default was seen in a report of a user',
  },
  'azure-lustre': { ...AMLFS, quota: 'Azure Managed Lustre capacity', unit: 'TiB' },
  'azure-virtual-machines': {
    ...AZURE_COMPUTE,
    quota: 'virtualMachines',
    unit: 'virtual machine',
    default: 25_000,
    source: LIMITS,
    unverified: GENERAL,
  },
  'azure-scale-sets': {
    ...AZURE_COMPUTE,
    quota: 'virtualMachineScaleSets',
    unit: 'scale set',
    default: 2500,
    source: LIMITS,
    unverified: GENERAL,
  },
  'azure-security-groups': {
    ...AZURE_NETWORK,
    quota: 'NetworkSecurityGroups',
    unit: 'security group',
    default: 5000,
  },
  'azure-network-interfaces': {
    ...AZURE_NETWORK,
    quota: 'NetworkInterfaces',
    unit: 'network interface',
    default: 65_536,
  },
  'azure-nat-gateways': {
    ...AZURE_NETWORK,
    quota: 'NatGateways',
    unit: 'NAT gateway',
    source: NETWORK_USAGE,
    unverified: 'the default was not found; az network list-usages says it',
  },
  'azure-public-addresses': {
    ...AZURE_NETWORK,
    quota: 'StandardSkuPublicIpAddresses',
    unit: 'address',
    unverified:
      'the name is newer in places (IPv4StandardSkuPublicIpAddresses); 10 by default, 1,000 under an Enterprise Agreement',
  },
  'azure-route-tables': { ...AZURE_NETWORK, quota: 'RouteTables', unit: 'route table', default: 200 },
  'azure-private-endpoints': {
    ...AZURE_NETWORK,
    quota: 'Private endpoints per virtual network',
    unit: 'private endpoint',
    combine: 'max',
    default: 1000,
    source: 'https://learn.microsoft.com/azure/private-link/increase-private-endpoint-vnet-limits',
  },
  'azure-private-dns-zones': {
    ...SUBSCRIPTION,
    quota: 'Private DNS zones per subscription',
    unit: 'zone',
    default: 1000,
    unverified: GENERAL,
  },
  'azure-resource-groups': {
    ...SUBSCRIPTION,
    quota: 'Resource groups per subscription',
    unit: 'resource group',
    default: 980,
  },
  'azure-role-assignments': {
    ...SUBSCRIPTION,
    quota: 'Role assignments per subscription',
    unit: 'role assignment',
    default: 4000,
    source: 'https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits',
  },
  'azure-key-vaults': {
    ...SUBSCRIPTION,
    quota: 'Key vaults with private endpoints per subscription',
    unit: 'key vault',
    default: 400,
    source: 'https://learn.microsoft.com/azure/key-vault/general/service-limits',
  },
  'azure-storage-accounts': {
    ...AZURE_NETWORK,
    quota: 'Storage accounts per region and subscription',
    unit: 'storage account',
    default: 250,
    source: 'https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account',
  },
} as const satisfies Readonly<Record<string, QuotaRow>>;
