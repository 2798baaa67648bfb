import { parseCidr } from '../../estate/cidr';
import { elementsOf, isObject, type Value } from '../../provider/values';
import { eachMinor, goesBack, losesRanges, lowers, NEW_STORE, numberOf, shrinks, skipsMinor } from './conditions';
import { GB, type NumberRow } from './numbers';
import type { PlanTimeRule } from './rule';

const CHECKED = '2026-11';
const POOL = 'terraform-provider-oci v8.28.0 internal/service/containerengine/containerengine_node_pool_resource.go';
const RACK = 'terraform-provider-oci v8.28.0 internal/service/core/core_compute_gpu_memory_cluster_resource.go';
const UPGRADE = 'https://docs.oracle.com/iaas/Content/ContEng/Tasks/contengupgradingk8smasternode.htm';
const CLI = 'https://docs.oracle.com/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/network';
const RANGES_WAY = 'keep the ranges that exist (the lock file of the base has them), or make a site beside it';

/** Whether a subnet takes its old range in and starts where it started: only that it does while it is in use. */
function grows(before: Value, after: Value): boolean {
  const [had, has] = [before, after].map((range) => parseCidr(String(range)));
  return had !== undefined && has !== undefined && !shrinks(before, after) && had.base === has.base;
}

/** What the oci provider and Oracle Cloud do about changes beyond what the schema says. */
export const ORACLE_RULES: readonly PlanTimeRule[] = [
  {
    type: 'oci_containerengine_cluster',
    paths: ['endpoint_config.subnet_id'],
    effect: 'replace',
    source: 'terraform-provider-oci v8.28.0 internal/service/containerengine/containerengine_cluster_resource.go',
    checked: CHECKED,
  },
  {
    type: 'oci_containerengine_cluster',
    paths: ['kubernetes_version'],
    effect: 'refuse',
    refusal: { who: 'OKE', why: 'an API server goes up one minor version at a time', way: eachMinor },
    when: skipsMinor,
    source: 'https://kubernetes.io/releases/version-skew-policy/#kube-apiserver-1',
    checked: CHECKED,
  },
  {
    type: 'oci_containerengine_cluster',
    paths: ['kubernetes_version'],
    effect: 'refuse',
    refusal: {
      who: 'OKE',
      why: 'a control plane never goes back to an older version',
      way: 'keep kubernetes as it is; for an older version make a cluster beside it and move the work',
    },
    when: goesBack,
    source: UPGRADE,
    checked: CHECKED,
  },
  {
    type: 'oci_containerengine_node_pool',
    paths: [
      'initial_node_labels',
      'kubernetes_version',
      'node_metadata',
      'node_shape',
      'node_shape_config',
      'node_source_details',
      'ssh_public_key',
    ],
    effect: 'new-nodes-only',
    unless: 'node_pool_cycling_details.is_node_cycling_enabled',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'oci_containerengine_node_pool',
    paths: ['kubernetes_version', 'node_metadata', 'node_shape', 'node_shape_config', 'node_source_details'],
    effect: 'roll',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'oci_core_compute_gpu_memory_cluster',
    paths: ['instance_configuration_id'],
    effect: 'new-nodes-only',
    source: RACK,
    checked: CHECKED,
  },
  {
    type: 'oci_core_subnet',
    paths: ['cidr_block'],
    effect: 'refuse',
    refusal: {
      who: 'Oracle Cloud',
      why: 'the range of a subnet in use only grows, from the same first address',
      way: RANGES_WAY,
      whileInUse: true,
    },
    when: (before, after) => !grows(before, after),
    source: `${CLI}/subnet/update.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_core_vcn',
    paths: ['cidr_blocks'],
    effect: 'refuse',
    refusal: {
      who: 'Oracle Cloud',
      why: 'a range of a network stays while an address in it is used',
      way: RANGES_WAY,
      whileInUse: true,
    },
    when: (_before, _after, { prior, resource }) => losesRanges(blocksOf(prior), blocksOf(resource)),
    source: `${CLI}/vcn/remove-vcn-cidr.html`,
    checked: CHECKED,
  },
  {
    type: 'oci_lustre_file_storage_lustre_file_system',
    paths: ['capacity_in_gbs'],
    effect: 'refuse',
    refusal: { who: 'File Storage with Lustre', why: 'the capacity of a file system only grows', way: NEW_STORE },
    when: lowers,
    source: 'https://docs.oracle.com/en-us/iaas/Content/lustre/file-system-capacity.htm',
    checked: CHECKED,
  },
];

function blocksOf(vcn: Value): Value {
  return isObject(vcn) ? (vcn.cidr_blocks ?? null) : null;
}

const DAYS: Readonly<Record<string, number>> = { DAYS: 1, YEARS: 365 };

/** The longest that rules of a kind keep something, in days; 0 where there is none. */
function ruleDays(resource: Value, list: string, isMeant: (rule: Value) => boolean, inside?: string): number {
  const rules = isObject(resource) ? elementsOf(resource[list]) : [];
  const days = rules.filter(isMeant).map((rule) => {
    const nested = inside === undefined || !isObject(rule) ? rule : (elementsOf(rule[inside])[0] ?? null);
    if (!isObject(nested)) return 0;
    return (numberOf(nested.time_amount) ?? 0) * (DAYS[String(nested.time_unit)] ?? 0);
  });
  return Math.max(0, ...days);
}

const deletesVersions = (rule: Value) => isObject(rule) && rule.target === 'previous-object-versions';

/** Numbers whose decrease takes something away on Oracle Cloud. */
export const ORACLE_NUMBERS: readonly NumberRow[] = [
  {
    type: 'oci_containerengine_node_pool',
    path: 'node_config_details.size',
    unit: 'nodes',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'oci_core_compute_gpu_memory_cluster',
    path: 'gpu_memory_cluster_scale_config.target_size',
    unit: 'nodes',
    source: RACK,
    checked: CHECKED,
  },
  {
    type: 'oci_logging_log',
    path: 'retention_duration',
    unit: 'days',
    source: 'terraform-provider-oci v8.28.0 internal/service/logging/logging_log_resource.go',
    checked: CHECKED,
  },
  {
    type: 'oci_lustre_file_storage_lustre_file_system',
    path: 'capacity_in_gbs',
    unit: 'TiB',
    factor: GB,
    source:
      'terraform-provider-oci v8.28.0 internal/service/lustre_file_storage/lustre_file_storage_lustre_file_system_resource.go',
    checked: CHECKED,
  },
  {
    type: 'oci_objectstorage_object_lifecycle_policy',
    path: 'rules.time_amount',
    unit: 'days',
    read: (policy) => ruleDays(policy, 'rules', deletesVersions),
    source:
      'terraform-provider-oci v8.28.0 internal/service/objectstorage/objectstorage_object_lifecycle_policy_resource.go',
    checked: CHECKED,
  },
  {
    type: 'oci_objectstorage_bucket',
    path: 'retention_rules.duration.time_amount',
    unit: 'days',
    read: (bucket) => ruleDays(bucket, 'retention_rules', () => true, 'duration'),
    source: 'terraform-provider-oci v8.28.0 internal/service/objectstorage/objectstorage_bucket_resource.go',
    checked: CHECKED,
  },
];
