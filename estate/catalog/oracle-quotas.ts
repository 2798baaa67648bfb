import type { QuotaRow } from './quota-row';

const CHECKED = { checked: '2026-11' } as const;
const OCI_COMPUTE = {
  cloud: 'oracle',
  service: 'compute',
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
const VCN = {
  ...OCI_LIMITS,
  source: 'https://docs.oracle.com/en-us/iaas/Content/Network/Concepts/overview.htm',
  unverified: 'name and default as a user lists them',
} as const;

const VPN = {
  ...OCI_LIMITS,
  service: 'vpn',
  source: 'https://docs.oracle.com/iaas/Content/Network/Tasks/overviewIPsec.htm',
  unverified: 'name and default as a user lists them',
} as const;

/** Limits of Oracle Cloud by their key. */
export const ORACLE_QUOTAS = {
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
  'oracle-memory': { ...OCI_COMPUTE, unit: 'GB' },
  'oracle-block-storage': {
    ...OCI_LIMITS,
    quota: 'total-storage-gb',
    unit: 'GB',
    scope: 'zone',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Quotas/Concepts/resourcequotas_topic-Block_Volume_Quotas.htm',
    unverified: 'the name was read in public code, the default depends on the tenancy',
  },
  'oracle-compute-clusters': { ...OCI_COMPUTE, quota: 'compute-cluster-count', unit: 'compute cluster' },
  'oracle-instance-configurations': {
    ...OCI_COMPUTE,
    quota: 'config-count',
    unit: 'instance configuration',
    scope: 'region',
  },
  'oracle-subnets': { ...VCN, quota: 'subnet-count', unit: 'subnet', combine: 'max', default: 300 },
  'oracle-security-rules': {
    ...VCN,
    quota: 'securityrules-per-networksecuritygroup-count',
    unit: 'rule',
    combine: 'max',
    default: 120,
    unverified: 'name and default as a user lists them; the rules that a cluster has without file systems come on top',
  },
  'oracle-gateways': { ...VCN, quota: 'drg-count', unit: 'gateway', default: 5 },
  'oracle-vpn-devices': { ...VPN, quota: 'cpe-count', unit: 'device', default: 10 },
  'oracle-vpn-connections': { ...VPN, quota: 'ipsec-connection-count', unit: 'connection', default: 4 },
  'oracle-vaults': {
    ...OCI_LIMITS,
    quota: 'virtual-vault-count',
    unit: 'vault',
    source: 'https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Concepts/keyoverview.htm',
    unverified: 'the default depends on the tenancy: 1 in a free one, users report 10',
  },
  'oracle-keys': {
    ...OCI_LIMITS,
    quota: 'versions of keys that are protected by hardware',
    unit: 'key version',
    source: 'https://docs.oracle.com/en-us/iaas/Content/KeyManagement/Concepts/keyoverview.htm',
    unverified: 'the name of the limit; each rotation takes one more',
  },
  'oracle-policies': {
    ...OCI_LIMITS,
    quota: 'policies-count',
    unit: 'policy',
    scope: 'account',
    default: 100,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Identity/sku/overview.htm',
    unverified: 'the limit holds for the whole tenancy; the default was seen in a report of a user',
  },
  'oracle-tag-defaults': {
    ...OCI_LIMITS,
    quota: 'tag defaults per compartment',
    unit: 'tag default',
    scope: 'account',
    default: 20,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Tagging/Tasks/managingtagdefaults.htm',
  },
  'oracle-cost-tags': {
    ...OCI_LIMITS,
    quota: 'cost-tracking tags per tenancy',
    unit: 'tag',
    scope: 'account',
    default: 10,
    source: 'https://docs.oracle.com/iaas/Content/Tagging/Tasks/usingcosttrackingtags.htm',
    unverified: 'the limit holds for the whole tenancy',
  },
} as const satisfies Readonly<Record<string, QuotaRow>>;
