import type { Cloud, Sourced } from './types';

/** A quota of a provider, under the name by which it is asked for. */
export interface QuotaRow extends Sourced {
  readonly cloud: Cloud;
  /** The provider's name; absent where the machine type's row holds it. */
  readonly quota?: string;
  /** The provider's code for it, where it has codes. */
  readonly code?: string;
  readonly unit: string;
  /** Where one value holds: in a region, in the whole account, or in a zone of a region. */
  readonly scope: 'region' | 'account' | 'zone';
  /** Whether needs add up, or the largest of them counts (limits of one network, cluster or zone). */
  readonly combine: 'sum' | 'max';
  /** What an account has without asking; absent where it differs from account to account or is not published. */
  readonly default?: number;
}

const CHECKED = { checked: '2026-11' } as const;
const EC2 = {
  cloud: 'aws',
  unit: 'vCPU',
  scope: 'region',
  combine: 'sum',
  source: 'https://docs.aws.amazon.com/general/latest/gr/ec2-service.html',
  ...CHECKED,
} as const;
const VPC = {
  cloud: 'aws',
  scope: 'region',
  source: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
  ...CHECKED,
} as const;
const EKS = {
  cloud: 'aws',
  scope: 'region',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html',
  ...CHECKED,
} as const;
const FSX = {
  cloud: 'aws',
  scope: 'region',
  combine: 'sum',
  source: 'https://docs.aws.amazon.com/fsx/latest/LustreGuide/limits.html',
  unverified: 'the code comes from public code; the default differs from account to account',
  ...CHECKED,
} as const;
const AZURE_COMPUTE = {
  cloud: 'azure',
  unit: 'vCPU',
  scope: 'region',
  combine: 'sum',
  source: 'https://learn.microsoft.com/azure/quotas/per-vm-quota-requests',
  ...CHECKED,
} as const;
const AZURE_NETWORK = {
  cloud: 'azure',
  scope: 'region',
  combine: 'sum',
  source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
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
const CLOUD_QUOTAS = {
  cloud: 'google',
  combine: 'sum',
  source: 'https://docs.cloud.google.com/docs/quotas/api-overview',
  ...CHECKED,
} as const;
const OCI_COMPUTE = {
  cloud: 'oracle',
  scope: 'zone',
  combine: 'sum',
  source: 'https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/resourcequotas_topic-Compute_Quotas.htm',
  ...CHECKED,
} as const;
const OCI_LIMITS = {
  cloud: 'oracle',
  scope: 'region',
  combine: 'sum',
  source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/servicelimits.htm',
  ...CHECKED,
} as const;

const STANDARD = 'Standard (A, C, D, H, I, M, R, T, Z)';

const ROWS = {
  'aws-on-demand-p': { ...EC2, quota: 'Running On-Demand P instances', code: 'L-417A185B' },
  'aws-on-demand-g': { ...EC2, quota: 'Running On-Demand G and VT instances', code: 'L-DB2E81BA' },
  'aws-on-demand-trn': { ...EC2, quota: 'Running On-Demand Trn instances', code: 'L-2C3B7624' },
  'aws-on-demand-standard': { ...EC2, quota: `Running On-Demand ${STANDARD} instances`, code: 'L-1216C47A' },
  'aws-spot-p4': { ...EC2, quota: 'All P4, P3 and P2 Spot Instance Requests', code: 'L-7212CCBC' },
  'aws-spot-p5': { ...EC2, quota: 'All P5 Spot Instance Requests', code: 'L-C4BD4855' },
  'aws-spot-p6': {
    ...EC2,
    quota: 'All P5 Spot Instance Requests',
    code: 'L-C4BD4855',
    unverified: 'no spot quota of P6 was found; it is taken to count against that of P5',
  },
  'aws-spot-g': { ...EC2, quota: 'All G and VT Spot Instance Requests', code: 'L-3819A6DF' },
  'aws-spot-trn': { ...EC2, quota: 'All Trn Spot Instance Requests', code: 'L-6B0D517C' },
  'aws-spot-standard': { ...EC2, quota: `All ${STANDARD} Spot Instance Requests`, code: 'L-34B43A08' },
  'aws-capacity-blocks': {
    ...EC2,
    quota: 'Capacity Block instances of the organization',
    unit: 'instance',
    scope: 'account',
    default: 256,
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-how.html',
    unverified:
      'capacity blocks are not drawn from the On-Demand vCPU quotas; the limit is for one day and the whole ' +
      'organization, and whether UltraServers count in it is not said',
  },
  'aws-network-interfaces': {
    ...VPC,
    quota: 'Network interfaces per Region',
    code: 'L-DF5E4CA3',
    unit: 'network interface',
    combine: 'sum',
    default: 5000,
  },
  'aws-address-usage': {
    ...VPC,
    quota: 'Network Address Usage',
    code: 'L-BB24F6E5',
    unit: 'unit of a VPC',
    combine: 'max',
    default: 64_000,
    unverified: 'a node is counted with its interfaces and three addresses or prefixes of its pods',
  },
  'aws-vpcs': { ...VPC, quota: 'VPCs per Region', code: 'L-F678F1CE', unit: 'VPC', combine: 'sum', default: 5 },
  'aws-vpc-blocks': {
    ...VPC,
    quota: 'IPv4 CIDR blocks per VPC',
    code: 'L-83CA0A9D',
    unit: 'block',
    combine: 'max',
    default: 5,
  },
  'aws-nat-gateways': {
    ...VPC,
    quota: 'NAT gateways per Availability Zone',
    code: 'L-FE5A380F',
    unit: 'NAT gateway',
    scope: 'zone',
    combine: 'sum',
    default: 5,
  },
  'aws-elastic-ips': {
    ...VPC,
    quota: 'EC2-VPC Elastic IPs',
    code: 'L-0263D0A3',
    unit: 'address',
    combine: 'sum',
    default: 5,
  },
  'aws-eks-clusters': {
    ...EKS,
    quota: 'Clusters',
    code: 'L-1194D53C',
    unit: 'cluster',
    combine: 'sum',
    default: 100,
  },
  'aws-eks-node-groups': {
    ...EKS,
    quota: 'Managed node groups per cluster',
    code: 'L-6D54EA21',
    unit: 'node group',
    combine: 'max',
    default: 30,
  },
  'aws-eks-nodes': {
    ...EKS,
    quota: 'Nodes per managed node group',
    code: 'L-BD136A63',
    unit: 'node',
    combine: 'max',
    default: 450,
  },
  // The provider counts in TiB, which no number of root volumes fills evenly.
  'aws-volumes': {
    cloud: 'aws',
    scope: 'region',
    combine: 'sum',
    quota: 'Storage for General Purpose SSD (gp3) volumes',
    code: 'L-7A658B76',
    unit: 'GiB',
    default: 50 * 1024,
    source: 'https://docs.aws.amazon.com/general/latest/gr/ebs-service.html',
    ...CHECKED,
  },
  'aws-lustre': { ...FSX, quota: 'Lustre Persistent_2 storage capacity', code: 'L-8F1B9C74', unit: 'GiB' },
  'aws-lustre-file-systems': {
    ...FSX,
    quota: 'Lustre Persistent_2 file systems',
    code: 'L-FD6F2F22',
    unit: 'file system',
  },
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
    unverified: 'the default, from general knowledge',
  },
  'azure-node-pools': {
    ...AKS,
    quota: 'Node pools per cluster',
    unit: 'node pool',
    combine: 'max',
    default: 100,
    unverified: 'the default, from general knowledge',
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
  'google-machine': { ...CLOUD_QUOTAS, unit: 'accelerator', scope: 'region' },
  'google-cpu': { ...CLOUD_QUOTAS, unit: 'vCPU', scope: 'region' },
  'google-hyperdisk': {
    ...CLOUD_QUOTAS,
    quota: 'HDB-TOTAL-GB-per-project-region',
    unit: 'GB',
    scope: 'region',
    unverified: 'the id, from general knowledge',
  },
  'google-ssd': {
    ...CLOUD_QUOTAS,
    quota: 'SSD-TOTAL-GB-per-project-region',
    unit: 'GB',
    scope: 'region',
    unverified: 'that balanced and SSD persistent disks count in it, from general knowledge',
  },
  'google-networks': {
    ...CLOUD_QUOTAS,
    quota: 'NETWORKS-per-project',
    unit: 'network',
    scope: 'account',
    default: 5,
    unverified: 'the default of new projects, as users report it',
  },
  'google-subnetworks': { ...CLOUD_QUOTAS, quota: 'SUBNETWORKS-per-project', unit: 'subnetwork', scope: 'account' },
  'google-routers': { ...CLOUD_QUOTAS, quota: 'ROUTERS-per-project', unit: 'router', scope: 'account' },
  'google-addresses': {
    ...CLOUD_QUOTAS,
    quota: 'IN-USE-ADDRESSES-per-project-region',
    unit: 'address',
    scope: 'region',
    unverified: 'that automatic addresses of a NAT count in it; at least one for each site, more as nodes need ports',
  },
  'google-policies': {
    ...CLOUD_QUOTAS,
    quota: 'RESOURCE-POLICIES-per-project-region',
    unit: 'policy',
    scope: 'region',
    source: 'https://docs.cloud.google.com/compute/docs/reference/rest/v1/regions',
    unverified: 'the id follows from the metric RESOURCE_POLICIES of a region',
  },
  'google-clusters': {
    ...CLOUD_QUOTAS,
    quota: 'GKE regional clusters per region',
    unit: 'cluster',
    scope: 'region',
    default: 100,
    source: 'https://docs.cloud.google.com/kubernetes-engine/quotas',
    unverified: 'the default, from general knowledge; the API has no id for it',
  },
  'google-lustre': {
    ...CLOUD_QUOTAS,
    quota: 'Managed Lustre capacity per network and zone',
    unit: 'GiB',
    scope: 'zone',
    source: 'https://docs.cloud.google.com/managed-lustre/docs/quotas',
    unverified: 'the id of the quota was not found',
  },
  'oracle-machine': { ...OCI_COMPUTE, unit: 'GPU' },
  'oracle-cores': { ...OCI_COMPUTE, unit: 'OCPU' },
  'oracle-networks': {
    ...OCI_LIMITS,
    quota: 'vcn-count',
    unit: 'VCN',
    unverified: 'the default depends on the tenancy',
  },
  'oracle-network-addresses': {
    ...OCI_LIMITS,
    quota: 'private addresses per VCN',
    unit: 'address',
    combine: 'max',
    default: 64_000,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/Overview_of_VCNs_and_Subnets.htm',
  },
  'oracle-clusters': {
    ...OCI_LIMITS,
    quota: 'cluster-count',
    unit: 'cluster',
    default: 15,
    unverified: 'name and default: users report 15 enhanced clusters in a region',
  },
  'oracle-cluster-nodes': {
    ...OCI_LIMITS,
    quota: 'nodes per cluster',
    unit: 'node',
    combine: 'max',
    default: 5000,
    source: 'https://blogs.oracle.com/cloud-infrastructure/post/oke-now-scales-to-5000-worker-nodes',
  },
  'oracle-lustre': {
    ...OCI_LIMITS,
    quota: 'File Storage with Lustre capacity',
    unit: 'GB',
    scope: 'zone',
    unverified: 'the name of the limit was not found',
  },
} as const satisfies Readonly<Record<string, QuotaRow>>;

/** Key of a quota row. */
export type QuotaKey = keyof typeof ROWS;

/** Quotas by their key, which an estate's `catalog.quotas` uses too. */
export const QUOTAS: Readonly<Record<QuotaKey, QuotaRow>> = ROWS;
