import type { QuotaRow } from './quota-row';

const CHECKED = { checked: '2026-11' } as const;
const GCPDIAG = 'https://github.com/GoogleCloudPlatform/gcpdiag';
const IAM_LIMITS = 'https://docs.cloud.google.com/iam/quotas';
const CLOUD_QUOTAS = {
  cloud: 'google',
  service: 'compute.googleapis.com',
  combine: 'sum',
  source: 'https://docs.cloud.google.com/docs/quotas/api-overview',
  ...CHECKED,
} as const;

/** Quotas of Google Cloud by their key: ids of the Cloud Quotas API, where there are any. */
export const GOOGLE_QUOTAS = {
  'google-machine': { ...CLOUD_QUOTAS, unit: 'accelerator', scope: 'region' },
  'google-cpu': { ...CLOUD_QUOTAS, unit: 'vCPU', scope: 'region' },
  'google-hyperdisk': {
    ...CLOUD_QUOTAS,
    quota: 'HDB-TOTAL-GB-per-project-region',
    unit: 'GB',
    scope: 'region',
    unverified: 'the id was read in public code',
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
  'google-local-ssd': {
    ...CLOUD_QUOTAS,
    quota: 'LOCAL-SSD-TOTAL-GB-PER-VM-FAMILY-per-project-region',
    unit: 'GB',
    scope: 'region',
    unverified:
      'the id follows from the quota LOCAL_SSD_TOTAL_GB_PER_VM_FAMILY, the family from the machine type, and that disks ' +
      'which come with a machine count is seen with Z3 only',
  },
  'google-instances': { ...CLOUD_QUOTAS, quota: 'INSTANCES-per-project-region', unit: 'instance', scope: 'region' },
  'google-instance-groups': {
    ...CLOUD_QUOTAS,
    quota: 'INSTANCE-GROUP-MANAGERS-per-project-region',
    unit: 'instance group',
    scope: 'region',
    source: 'https://docs.cloud.google.com/compute/docs/reference/rest/v1/regions',
    unverified: 'the id follows from the metric INSTANCE_GROUP_MANAGERS of a region',
  },
  'google-instance-templates': {
    ...CLOUD_QUOTAS,
    quota: 'INSTANCE-TEMPLATES-per-project',
    unit: 'instance template',
    scope: 'account',
    source: GCPDIAG,
    unverified: 'that GKE makes one for each instance group',
  },
  'google-firewalls': {
    ...CLOUD_QUOTAS,
    quota: 'FIREWALLS-per-project',
    unit: 'firewall rule',
    scope: 'account',
    source: GCPDIAG,
  },
  'google-global-addresses': {
    ...CLOUD_QUOTAS,
    quota: 'GLOBAL-INTERNAL-ADDRESSES-per-project',
    unit: 'range',
    scope: 'account',
    source: GCPDIAG,
    unverified: 'that ranges of private services access count in it',
  },
  'google-service-accounts': {
    ...CLOUD_QUOTAS,
    quota: 'ServiceAccountsPerProject',
    unit: 'service account',
    scope: 'account',
    default: 100,
    source: 'https://docs.cloud.google.com/iam/docs/service-account-overview',
    unverified: 'users see projects without this limit',
  },
  'google-log-buckets': {
    ...CLOUD_QUOTAS,
    quota: 'log buckets per project',
    unit: 'log bucket',
    scope: 'account',
    default: 100,
    source: 'https://docs.cloud.google.com/logging/quotas',
  },
  'google-custom-roles': {
    ...CLOUD_QUOTAS,
    quota: 'custom roles per project',
    unit: 'role',
    scope: 'account',
    default: 300,
    source: IAM_LIMITS,
  },
  'google-grants': {
    ...CLOUD_QUOTAS,
    quota: 'principals in the allow policy of a project',
    unit: 'grant',
    scope: 'account',
    default: 1500,
    source: IAM_LIMITS,
    unverified: 'a principal counts once for each role that it has; the default, from general knowledge',
  },
} as const satisfies Readonly<Record<string, QuotaRow>>;
