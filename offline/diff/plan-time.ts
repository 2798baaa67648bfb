import { cidrContains, parseCidr } from '../../estate/cidr';
import { elementsOf, isObject, type Value } from '../values';

/** What the provider does about a change that its schema does not tell. */
export type Effect = 'replace' | 'refuse' | 'roll';

/** A decision that a provider's code makes when it plans or applies, beyond what its schema says. */
export interface PlanTimeRule {
  readonly type: string;
  /** Dotted paths without positions; a path covers everything below it. */
  readonly paths: readonly string[];
  readonly effect: Effect;
  /** Narrows the rule by the values before and after. @default every change */
  readonly when?: (before: Value, after: Value) => boolean;
  /** Argument that takes the rule away when it is set. @default none */
  readonly unless?: string;
  readonly source: string;
}

const AZURERM = 'https://github.com/hashicorp/terraform-provider-azurerm';
const GOOGLE = 'https://github.com/hashicorp/terraform-provider-google';
const ORACLE = 'https://github.com/oracle/terraform-provider-oci';
const EKS = 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html';

/** What AKS changes only by building the pool a second time under a temporary name. */
const ROTATED = [
  'fips_enabled',
  'host_encryption_enabled',
  'kubelet_config',
  'linux_os_config',
  'max_pods',
  'node_public_ip_enabled',
  'os_disk_size_gb',
  'os_disk_type',
  'pod_subnet_id',
  'snapshot_id',
  'ultra_ssd_enabled',
  'vm_size',
  'vnet_subnet_id',
  'zones',
];

const isUnset = (value: Value) => value === null || (Array.isArray(value) && value.length === 0);
/** Storage that is replicated over zones cannot become storage that is not, or the other way round. */
const isZonal = (value: Value) => typeof value === 'string' && value.includes('ZRS');
/** Systems between which AKS moves a pool without replacing it. */
const isMovable = (value: Value) => typeof value === 'string' && /^(Ubuntu|AzureLinux)/.test(value);

/** Whether a range loses addresses that it had. */
function shrinks(before: Value, after: Value): boolean {
  const [had, has] = [before, after].map((range) => parseCidr(String(range)));
  return had !== undefined && (has === undefined || !cidrContains(has, had));
}

/** Whether a set of zones loses one, and with it the nodes there. */
function leaves(before: Value, after: Value): boolean {
  const [had, has] = [elementsOf(before), elementsOf(after)];
  return had.some((zone) => !has.includes(zone));
}

/** Decisions by resource type; the first row that fits a changed path decides about it. */
export const PLAN_TIME_RULES: readonly PlanTimeRule[] = [
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['network_plugin', 'pod_cidr', 'pod_cidrs', 'network_data_plane'].map((name) => `network_profile.${name}`),
    effect: 'replace',
    when: (before) => !isUnset(before),
    source: AZURERM,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['api_server_access_profile.subnet_id'],
    effect: 'replace',
    when: (_, after) => isUnset(after),
    source: AZURERM,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: [...ROTATED, 'only_critical_addons_enabled'].map((name) => `default_node_pool.${name}`),
    effect: 'refuse',
    unless: 'default_node_pool.temporary_name_for_rotation',
    source: AZURERM,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: [...ROTATED, 'kubelet_disk_type'],
    effect: 'refuse',
    unless: 'temporary_name_for_rotation',
    source: AZURERM,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: ['os_sku'],
    effect: 'replace',
    when: (before, after) => !isMovable(before) || !isMovable(after),
    source: AZURERM,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: ['orchestrator_version', 'os_sku'],
    effect: 'roll',
    source: 'https://learn.microsoft.com/azure/aks/upgrade-aks-cluster',
  },
  {
    type: 'azurerm_managed_lustre_file_system',
    paths: ['encryption_key'],
    effect: 'replace',
    when: (_, after) => isUnset(after),
    source: AZURERM,
  },
  {
    type: 'azurerm_storage_account',
    paths: ['account_kind'],
    effect: 'replace',
    when: (before, after) => before !== 'Storage' || after !== 'StorageV2',
    source: AZURERM,
  },
  {
    type: 'azurerm_storage_account',
    paths: ['account_replication_type'],
    effect: 'replace',
    when: (before, after) => isZonal(before) !== isZonal(after),
    source: AZURERM,
  },
  {
    type: 'google_compute_subnetwork',
    paths: ['ip_cidr_range'],
    effect: 'replace',
    when: shrinks,
    source: GOOGLE,
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
    source: GOOGLE,
  },
  {
    type: 'google_container_node_pool',
    paths: ['node_locations'],
    effect: 'roll',
    when: leaves,
    source: GOOGLE,
  },
  {
    type: 'oci_containerengine_cluster',
    paths: ['endpoint_config.subnet_id'],
    effect: 'replace',
    source: ORACLE,
  },
  {
    type: 'AWS::EKS::Nodegroup',
    paths: ['LaunchTemplate', 'ReleaseVersion', 'Version'],
    effect: 'roll',
    source: EKS,
  },
];

/** A dotted path without the positions in it. */
export function withoutPositions(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '');
}

/** Whether an argument is set anywhere at a dotted path without positions. */
function isSet(value: Value, steps: readonly string[]): boolean {
  if (Array.isArray(value)) return value.some((element) => isSet(element, steps));
  const [name, ...rest] = steps;
  if (name === undefined) return value !== null && value !== '';
  return isObject(value) && isSet(value[name] ?? null, rest);
}

/** One changed attribute: its values, and the resource as it is written now. */
export interface AttributeChange {
  readonly before: Value;
  readonly after: Value;
  readonly resource: Value;
}

/** What the provider does about a changed attribute beyond its schema; undefined where it just updates. */
export function planTimeEffect(type: string, path: string, change: AttributeChange): Effect | undefined {
  const plain = withoutPositions(path);
  const rule = PLAN_TIME_RULES.find(
    (row) =>
      row.type === type &&
      row.paths.some((start) => plain === start || plain.startsWith(`${start}.`)) &&
      (row.when?.(change.before, change.after) ?? true) &&
      (row.unless === undefined || !isSet(change.resource, row.unless.split('.'))),
  );
  return rule?.effect;
}
