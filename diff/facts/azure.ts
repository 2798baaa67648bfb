import type { Value } from '../../provider/values';
import { eachMinor, goesBack, isUnset, loses, losesRanges, NEW_POOL, skipsMinor } from './conditions';
import { largestAt, type NumberRow, sumAt } from './numbers';
import { type AttributeChange, type PlanTimeRule, type RefusalWords, valuesAt } from './rule';

const CHECKED = '2026-11';
const CONTAINERS = 'terraform-provider-azurerm v4.81.0 internal/services/containers';
const CLUSTER = `${CONTAINERS}/kubernetes_cluster_resource.go`;
const POOL = `${CONTAINERS}/kubernetes_cluster_node_pool_resource.go`;
const UPGRADE = 'https://learn.microsoft.com/azure/aks/upgrade-aks-cluster';

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

const ROTATION: RefusalWords = {
  who: 'azurerm',
  why: ({ prior }) =>
    valuesAt(prior, 'capacity_reservation_group_id').some((id) => !isUnset(id))
      ? 'the pool would have to be built a second time under a temporary name, which reserved machines leave no room for'
      : 'the pool would have to be built a second time, and has no temporary name for it',
  way: NEW_POOL,
};

const SYSTEM_ROTATION: RefusalWords = {
  who: 'azurerm',
  why: 'the system pool would have to be built a second time, and its cluster has no temporary name for it',
  way: 'set default_node_pool.temporary_name_for_rotation in an Aspect, apply that, then this edit',
};

/** Storage that is replicated over zones cannot become storage that is not, or the other way round. */
const isZonal = (value: Value) => typeof value === 'string' && value.includes('ZRS');
/** Systems between which AKS moves a pool without replacing it. */
const isMovable = (value: Value) => typeof value === 'string' && /^(Ubuntu|AzureLinux)/.test(value);

const RANGES_WAY =
  'keep the ranges that exist (estate.lock.json of the base has them) and let the network grow by further ones, or make a site beside it';

/** What azurerm and Azure do about changes beyond what the schema says. */
export const AZURE_RULES: readonly PlanTimeRule[] = [
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['network_plugin', 'pod_cidr', 'pod_cidrs', 'network_data_plane'].map((name) => `network_profile.${name}`),
    effect: 'replace',
    when: (before) => !isUnset(before),
    source: CLUSTER,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['api_server_access_profile.subnet_id'],
    effect: 'replace',
    when: (_, after) => isUnset(after),
    source: CLUSTER,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['kubernetes_version'],
    effect: 'refuse',
    refusal: { who: 'AKS', why: 'a supported cluster goes up one minor version at a time', way: eachMinor },
    when: skipsMinor,
    source: UPGRADE,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['kubernetes_version'],
    effect: 'refuse',
    refusal: {
      who: 'AKS',
      why: 'a control plane never goes back to an older version',
      way: 'keep kubernetes as it is; for an older version make a cluster beside it and move the work',
    },
    when: goesBack,
    source: 'https://learn.microsoft.com/azure/aks/upgrade-aks-faq',
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: ['orchestrator_version'],
    effect: 'refuse',
    refusal: { who: 'AKS', why: 'a node pool never goes back to an older version', way: NEW_POOL },
    when: goesBack,
    source: 'https://learn.microsoft.com/azure/aks/upgrade-node-pools',
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: [...ROTATED, 'only_critical_addons_enabled'].map((name) => `default_node_pool.${name}`),
    effect: 'refuse',
    refusal: SYSTEM_ROTATION,
    unless: 'default_node_pool.temporary_name_for_rotation',
    source: CLUSTER,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: [...ROTATED, 'kubelet_disk_type'],
    effect: 'refuse',
    refusal: ROTATION,
    unless: 'temporary_name_for_rotation',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: [...ROTATED, 'only_critical_addons_enabled'].map((name) => `default_node_pool.${name}`),
    effect: 'roll',
    source: CLUSTER,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: [...ROTATED, 'kubelet_disk_type'],
    effect: 'roll',
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster',
    paths: ['default_node_pool.orchestrator_version', 'default_node_pool.os_sku'],
    effect: 'roll',
    source: UPGRADE,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: ['os_sku'],
    effect: 'replace',
    when: (before, after) => !isMovable(before) || !isMovable(after),
    source: POOL,
    checked: CHECKED,
  },
  {
    type: 'azurerm_kubernetes_cluster_node_pool',
    paths: ['orchestrator_version', 'os_sku'],
    effect: 'roll',
    source: UPGRADE,
    checked: CHECKED,
  },
  {
    type: 'azurerm_managed_lustre_file_system',
    paths: ['encryption_key'],
    effect: 'replace',
    when: (_, after) => isUnset(after),
    source: 'terraform-provider-azurerm v4.81.0 internal/services/storagecache/managed_lustre_file_system_resource.go',
    checked: CHECKED,
  },
  {
    type: 'azurerm_storage_account',
    paths: ['account_kind'],
    effect: 'replace',
    when: (before, after) => before !== 'Storage' || after !== 'StorageV2',
    source: 'terraform-provider-azurerm v4.81.0 internal/services/storage/storage_account_resource.go',
    checked: CHECKED,
  },
  {
    type: 'azurerm_storage_account',
    paths: ['account_replication_type'],
    effect: 'replace',
    when: (before, after) => isZonal(before) !== isZonal(after),
    source: 'terraform-provider-azurerm v4.81.0 internal/services/storage/storage_account_resource.go',
    checked: CHECKED,
  },
  {
    type: 'azurerm_subnet',
    paths: ['address_prefixes'],
    effect: 'refuse',
    refusal: {
      who: 'Azure',
      why: 'the ranges of a subnet with nodes, endpoints or file systems in it stay (InUseSubnetCannotBeUpdated)',
      way: RANGES_WAY,
      whileInUse: true,
    },
    when: (_before, _after, change) => loses(...rangesOf(change, 'address_prefixes')),
    source: 'https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet',
    checked: CHECKED,
  },
  {
    type: 'azurerm_virtual_network',
    paths: ['address_space'],
    effect: 'refuse',
    refusal: {
      who: 'Azure',
      why: 'a range of a network stays while a subnet lies in it',
      way: RANGES_WAY,
      whileInUse: true,
    },
    when: (_before, _after, change) => losesRanges(...rangesOf(change, 'address_space')),
    source: 'https://learn.microsoft.com/azure/virtual-network/manage-virtual-network',
    checked: CHECKED,
  },
  {
    type: 'azurerm_virtual_network_gateway',
    paths: ['sku'],
    effect: 'refuse',
    refusal: {
      who: 'Azure',
      why: 'the largest gateway for circuits never becomes a smaller one',
      way: 'keep what its links carry; for a smaller one give the links up, destroy the gateway, and add them again',
    },
    when: (before, after) => before === 'ErGw3AZ' && (after === 'ErGw1AZ' || after === 'ErGw2AZ'),
    source: 'https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways',
    checked: CHECKED,
  },
];

/** The whole lists that a changed element is in. */
function rangesOf({ prior, resource }: AttributeChange, name: string): [Value, Value] {
  const [had, has] = [prior, resource].map((value) =>
    typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : null,
  );
  return [had ?? null, has ?? null];
}

/** Numbers whose decrease takes something away on Azure. */
export const AZURE_NUMBERS: readonly NumberRow[] = [
  ...['node_count', 'min_count', 'max_count'].map(
    (path): NumberRow => ({
      type: 'azurerm_kubernetes_cluster_node_pool',
      path,
      unit: 'nodes',
      source: POOL,
      checked: CHECKED,
    }),
  ),
  ...['node_count', 'min_count', 'max_count'].map(
    (name): NumberRow => ({
      type: 'azurerm_kubernetes_cluster',
      path: `default_node_pool.${name}`,
      unit: 'nodes',
      source: CLUSTER,
      checked: CHECKED,
    }),
  ),
  {
    type: 'azurerm_log_analytics_workspace',
    path: 'retention_in_days',
    unit: 'days',
    source: 'terraform-provider-azurerm v4.81.0 internal/services/loganalytics/log_analytics_workspace_resource.go',
    checked: CHECKED,
  },
  {
    type: 'azurerm_managed_lustre_file_system',
    path: 'storage_capacity_in_tb',
    unit: 'TiB',
    read: (resource) => sumAt(resource, 'storage_capacity_in_tb'),
    source: 'terraform-provider-azurerm v4.81.0 internal/services/storagecache/managed_lustre_file_system_resource.go',
    checked: CHECKED,
  },
  ...['delete_retention_policy', 'container_delete_retention_policy'].map(
    (block): NumberRow => ({
      type: 'azurerm_storage_account',
      path: `blob_properties.${block}.days`,
      unit: 'days',
      // Without the block nothing that is deleted is kept.
      read: (resource) => largestAt(resource, `blob_properties.${block}.days`),
      source: 'terraform-provider-azurerm v4.81.0 internal/services/storage/storage_account_resource.go',
      checked: CHECKED,
    }),
  ),
];
