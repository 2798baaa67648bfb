import { CATALOG } from '../../estate/catalog';
import { tierOf } from '../../estate/catalog/lustre';
import { formatCount } from '../../estate/units';
import { elementsOf, type Value } from '../../provider/values';
import { eachMinor, goesBack, loses, lowers, NEW_POOL, NEW_STORE, numberOf, shrinks, skipsMinor } from './conditions';
import { GIB, largestAt, type NumberRow, perZone, sumAt } from './numbers';
import { type PlanTimeRule, valuesAt } from './rule';

const CHECKED = '2026-11';
const CONTAINER = 'terraform-provider-google v7.45.0 google/services/container';
const POOL = `${CONTAINER}/resource_container_node_pool.go`;
const UPGRADE = 'https://cloud.google.com/kubernetes-engine/docs/how-to/upgrading-a-cluster';
const GROWTH = 'https://docs.cloud.google.com/managed-lustre/docs/increase-capacity';

/** Up to where an instance of this tier and size can ever grow. */
function largestGrowth(instance: Value): number | undefined {
  const [tier, size] = ['per_unit_storage_throughput', 'capacity_gib'].map((name) => sumAt(instance, name));
  const [small, ...bigger] = (tier === undefined ? undefined : tierOf(CATALOG.google.lustre, tier))?.steps ?? [];
  return small === undefined || bigger.length === 0 || size === undefined || size > small.upTo ? undefined : small.upTo;
}

/** What the google provider and Google Cloud do about changes beyond what the schema says. */
export const GOOGLE_RULES: readonly PlanTimeRule[] = [
  {
    type: 'google_compute_subnetwork',
    paths: ['ip_cidr_range'],
    effect: 'replace',
    when: shrinks,
    source: 'terraform-provider-google v7.45.0 google/services/compute/resource_compute_subnetwork.go',
    checked: CHECKED,
  },
  {
    type: 'google_compute_subnetwork',
    paths: ['ip_cidr_range'],
    effect: 'refuse',
    refusal: {
      who: 'Compute Engine',
      why: 'a subnet is made anew for another range, and one with nodes in it cannot be deleted',
      way: 'keep the range that exists (the lock file of the base has it), or make a site beside it',
      whileInUse: true,
    },
    when: shrinks,
    source: 'https://docs.cloud.google.com/vpc/docs/create-modify-vpc-networks',
    checked: CHECKED,
  },
  {
    type: 'google_compute_subnetwork',
    paths: ['secondary_ip_range.ip_cidr_range'],
    effect: 'refuse',
    refusal: {
      who: 'GKE',
      why: 'the ranges of pods and services are fixed when a cluster is made, and those in use cannot be taken off their subnet',
      way: 'keep the ranges that exist (the lock file of the base has them), or make a cluster beside it',
      whileInUse: true,
    },
    when: (before, after) => before !== null && before !== after,
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/alias-ips',
    checked: CHECKED,
  },
  {
    type: 'google_container_cluster',
    paths: ['min_master_version'],
    effect: 'refuse',
    refusal: { who: 'GKE', why: 'a control plane goes up one minor version at a time', way: eachMinor },
    when: skipsMinor,
    source: UPGRADE,
    checked: CHECKED,
  },
  {
    type: 'google_container_cluster',
    paths: ['min_master_version'],
    effect: 'refuse',
    refusal: {
      who: 'GKE',
      why: 'a control plane never goes back by a minor version, and the provider leaves such an edit out without a word',
      way: 'keep kubernetes as it is; for an older version make a cluster beside it and move the work',
    },
    when: goesBack,
    source: `${UPGRADE}, ${CONTAINER}/resource_container_cluster.go:4688`,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    paths: ['placement_policy.tpu_topology', 'placement_policy.type'],
    effect: 'refuse',
    refusal: {
      who: 'google',
      why: 'the provider sends the topology of a slice when the pool is made and never again',
      way: NEW_POOL,
    },
    when: (before, after) => before !== null && after !== null,
    source: `${POOL}:369`,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    paths: [
      'version',
      ...[
        'boot_disk',
        'containerd_config',
        'disk_size_gb',
        'disk_type',
        'gcfs_config',
        'gvnic',
        'image_type',
        'kubelet_config',
        'linux_node_config',
        'logging_variant',
        'machine_type',
        'workload_metadata_config',
      ].map((name) => `node_config.${name}`),
    ],
    effect: 'roll',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    paths: ['node_locations'],
    effect: 'roll',
    when: loses,
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'google_lustre_instance',
    paths: ['capacity_gib'],
    effect: 'refuse',
    refusal: { who: 'Managed Lustre', why: 'the capacity of an instance only grows', way: NEW_STORE },
    when: lowers,
    source: GROWTH,
    checked: CHECKED,
  },
  {
    type: 'google_lustre_instance',
    paths: ['capacity_gib'],
    effect: 'refuse',
    refusal: {
      who: 'Managed Lustre',
      why: ({ prior }) =>
        `an instance that was made with small steps grows to ${formatCount(largestGrowth(prior) ?? 0)} GiB at most`,
      way: ({ prior }) => `set capacityGiB to ${largestGrowth(prior) ?? 0} or less, or ${NEW_STORE}`,
    },
    when: (_before, after, { prior }) => (numberOf(after) ?? 0) > (largestGrowth(prior) ?? Number.POSITIVE_INFINITY),
    source: GROWTH,
    checked: CHECKED,
  },
];

/** Days that a bucket keeps previous versions; without versions it keeps none. */
function versionDays(bucket: Value): number {
  if (!valuesAt(bucket, 'versioning.enabled').includes(true)) return 0;
  return largestAt(bucket, 'lifecycle_rule.condition.days_since_noncurrent_time');
}

const isQueued = (pool: Value) => elementsOf(valuesAt(pool, 'autoscaling')).length > 0;

/** Numbers whose decrease takes something away on Google Cloud. */
export const GOOGLE_NUMBERS: readonly NumberRow[] = [
  {
    type: 'google_container_node_pool',
    path: 'node_count',
    unit: 'nodes',
    read: perZone('node_count', 'node_locations'),
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    path: 'autoscaling.total_max_node_count',
    unit: 'nodes',
    read: (pool) => (isQueued(pool) ? sumAt(pool, 'autoscaling.total_max_node_count') : undefined),
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'google_container_node_pool',
    path: 'autoscaling.max_node_count',
    unit: 'nodes',
    read: perZone('autoscaling.max_node_count', 'node_locations'),
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'google_logging_project_bucket_config',
    path: 'retention_days',
    unit: 'days',
    source: 'terraform-provider-google v7.45.0 google/services/logging/resource_logging_project_bucket_config.go',
    checked: CHECKED,
  },
  {
    type: 'google_lustre_instance',
    path: 'capacity_gib',
    unit: 'TiB',
    factor: GIB,
    source: 'terraform-provider-google v7.45.0 google/services/lustre/resource_lustre_instance.go',
    checked: CHECKED,
  },
  {
    type: 'google_storage_bucket',
    path: 'soft_delete_policy.retention_duration_seconds',
    unit: 'days',
    factor: 1 / 86400,
    source: 'terraform-provider-google v7.45.0 google/services/storage/resource_storage_bucket.go',
    checked: CHECKED,
  },
  {
    type: 'google_storage_bucket',
    path: 'lifecycle_rule.condition.days_since_noncurrent_time',
    unit: 'days',
    read: versionDays,
    source: 'terraform-provider-google v7.45.0 google/services/storage/resource_storage_bucket.go',
    checked: CHECKED,
  },
  {
    type: 'google_storage_bucket',
    path: 'lifecycle_rule.condition.age',
    unit: 'days',
    source: 'terraform-provider-google v7.45.0 google/services/storage/resource_storage_bucket.go',
    checked: CHECKED,
  },
];
