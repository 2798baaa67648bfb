import type { JsonObject } from '../../terraform/document';
import { type DocumentPlan, planDocument } from '../../terraform/plan-document';
import { BASES } from './bases';
import { document } from './workspace';

/** A mistake in a correct resource: what is changed (undefined takes an argument away), and where it must be reported. */
type Mistake = readonly [kind: string, type: string, changes: JsonObject, path: string];

const aks = (profile: JsonObject): JsonObject => ({
  network_profile: { network_plugin: 'azure', network_plugin_mode: 'overlay', ...profile },
});
const rack = (more: JsonObject): JsonObject => ({ placement_policy: { type: 'COMPACT', policy_name: 'p' }, ...more });
const VNET = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v';

const MISTAKES: readonly Mistake[] = [
  ['unknown argument', 'azurerm_subnet', { adress_prefixes: ['10.0.0.0/24'] }, 'adress_prefixes'],
  ['unknown argument', 'azurerm_kubernetes_cluster', aks({ networkPlugin: 'azure' }), 'network_profile.networkPlugin'],
  ['unknown argument', 'google_compute_network', { mtu_bytes: 8896 }, 'mtu_bytes'],
  ['unknown argument', 'google_container_node_pool', { node_config: { gpu: 4 } }, 'node_config.gpu'],
  ['unknown argument', 'oci_core_vcn', { cidr: '10.0.0.0/16' }, 'cidr'],
  ['unknown block', 'oci_objectstorage_bucket', { lifecycle_rule: { days: 1 } }, 'lifecycle_rule'],
  ['wrong type', 'azurerm_virtual_network', { address_space: { a: 'b' } }, 'address_space'],
  ['wrong type', 'azurerm_kubernetes_cluster_node_pool', { node_count: 'many' }, 'node_count'],
  ['wrong type', 'azurerm_storage_account', { shared_access_key_enabled: 'perhaps' }, 'shared_access_key_enabled'],
  ['wrong type', 'google_compute_network', { auto_create_subnetworks: 'banana' }, 'auto_create_subnetworks'],
  ['wrong type', 'google_container_node_pool', { node_locations: 'us-central1-a' }, 'node_locations'],
  ['wrong type', 'oci_core_subnet', { prohibit_public_ip_on_vnic: 'no way' }, 'prohibit_public_ip_on_vnic'],
  ['wrong type', 'oci_kms_key', { key_shape: { algorithm: 'AES', length: 'long' } }, 'key_shape.length'],
  ['missing argument', 'azurerm_resource_group', { location: undefined }, 'location'],
  ['missing argument', 'azurerm_key_vault', { tenant_id: undefined }, 'tenant_id'],
  ['missing argument', 'azurerm_kubernetes_cluster', { network_profile: {} }, 'network_profile.network_plugin'],
  ['missing argument', 'google_storage_bucket', { location: undefined }, 'location'],
  ['missing argument', 'google_container_node_pool', { cluster: undefined }, 'cluster'],
  ['missing argument', 'google_compute_resource_policy', { workload_policy: {} }, 'workload_policy.type'],
  ['missing argument', 'oci_core_subnet', { vcn_id: undefined }, 'vcn_id'],
  ['missing argument', 'oci_kms_key', { key_shape: { length: 32 } }, 'key_shape.algorithm'],
  ['missing block', 'azurerm_kubernetes_cluster', { default_node_pool: undefined }, 'default_node_pool'],
  ['missing block', 'azurerm_disk_encryption_set', { identity: undefined }, 'identity'],
  ['missing block', 'oci_kms_key', { key_shape: undefined }, 'key_shape'],
  ['too many blocks', 'azurerm_kubernetes_cluster', { identity: [{ type: 'A' }, { type: 'B' }] }, 'identity'],
  ['too many blocks', 'google_container_node_pool', { autoscaling: [{}, {}] }, 'autoscaling'],
  ['too many blocks', 'google_storage_bucket', { versioning: [{ enabled: true }, { enabled: false }] }, 'versioning'],
  ['too many blocks', 'oci_containerengine_cluster', { endpoint_config: [{}, {}] }, 'endpoint_config'],
  ['wrong name', 'azurerm_key_vault', { name: 'my_vault' }, 'name'],
  ['wrong name', 'azurerm_storage_account', { name: 'Account' }, 'name'],
  ['wrong name', 'azurerm_kubernetes_cluster_node_pool', { name: 'gpu-pool' }, 'name'],
  ['result as argument', 'azurerm_kubernetes_cluster', { fqdn: 'a.azmk8s.io' }, 'fqdn'],
  [
    'result as argument',
    'azurerm_disk_encryption_set',
    { identity: { type: 'SystemAssigned', principal_id: VNET } },
    'identity.principal_id',
  ],
  ['result as argument', 'google_compute_network', { self_link: 'https://n' }, 'self_link'],
  ['result as argument', 'google_container_node_pool', { operation: 'o' }, 'operation'],
  ['result as argument', 'oci_core_vcn', { default_route_table_id: 'r' }, 'default_route_table_id'],
  ['result as argument', 'oci_core_subnet', { id: 'ocid1.subnet.oc1..a' }, 'id'],
  ['conflict', 'azurerm_kubernetes_cluster', { dns_prefix_private_cluster: 'b' }, 'dns_prefix_private_cluster'],
  ['conflict', 'azurerm_network_security_rule', { source_port_ranges: ['1-2'] }, 'source_port_ranges'],
  [
    'conflict',
    'azurerm_kubernetes_cluster_node_pool',
    { upgrade_settings: { max_surge: '10%', max_unavailable: '1' } },
    'upgrade_settings.max_unavailable',
  ],
  ['conflict', 'azurerm_key_vault_key', { curve: 'P-256' }, 'key_size'],
  ['conflict', 'azurerm_role_assignment', { role_definition_id: 'r' }, 'role_definition_name'],
  ['conflict', 'google_compute_firewall', { deny: [{ protocol: 'udp' }] }, 'deny'],
  [
    'conflict',
    'google_compute_resource_policy',
    { workload_policy: { type: 'HIGH_THROUGHPUT', accelerator_topology: '1x72', max_topology_distance: 'BLOCK' } },
    'workload_policy.max_topology_distance',
  ],
  ['conflict', 'oci_containerengine_node_pool', { quantity_per_subnet: 3 }, 'quantity_per_subnet'],
  ['conflict', 'oci_containerengine_node_pool', { node_image_id: 'a', node_image_name: 'b' }, 'node_image_name'],
  ['one of violated', 'azurerm_subnet', { address_prefixes: undefined }, ''],
  ['one of violated', 'azurerm_role_assignment', { role_definition_name: undefined }, ''],
  ['one of violated', 'azurerm_storage_container', { storage_account_id: undefined }, ''],
  ['one of violated', 'google_compute_firewall', { allow: undefined }, ''],
  ['one of violated', 'google_storage_bucket', { website: {} }, 'website'],
  [
    'one of violated',
    'azurerm_private_endpoint',
    { private_service_connection: { name: 'c', is_manual_connection: false } },
    'private_service_connection',
  ],
  [
    'companion missing',
    'azurerm_kubernetes_cluster_node_pool',
    { node_public_ip_prefix_id: `${VNET}` },
    'node_public_ip_prefix_id',
  ],
  [
    'companion missing',
    'azurerm_storage_container',
    { encryption_scope_override_enabled: false },
    'encryption_scope_override_enabled',
  ],
  ['value not allowed', 'azurerm_network_security_rule', { direction: 'In' }, 'direction'],
  ['value not allowed', 'azurerm_storage_account', { account_replication_type: 'XRS' }, 'account_replication_type'],
  ['value not allowed', 'azurerm_kubernetes_cluster', { sku_tier: 'Standart' }, 'sku_tier'],
  ['value not allowed', 'azurerm_kubernetes_cluster', aks({ outbound_type: 'nat' }), 'network_profile.outbound_type'],
  ['value not allowed', 'azurerm_key_vault_key', { key_opts: ['sign', 'shred'] }, 'key_opts'],
  ['value not allowed', 'azurerm_managed_lustre_file_system', { sku_name: 'AMLFS-Durable-Premium-300' }, 'sku_name'],
  ['value not allowed', 'google_compute_network', { routing_mode: 'WORLD' }, 'routing_mode'],
  ['value not allowed', 'google_container_cluster', { datapath_provider: 'CILIUM' }, 'datapath_provider'],
  [
    'value not allowed',
    'google_container_node_pool',
    { upgrade_settings: { strategy: 'SLOW' } },
    'upgrade_settings.strategy',
  ],
  [
    'value not allowed',
    'google_compute_router_nat',
    { source_subnetwork_ip_ranges_to_nat: 'ALL' },
    'source_subnetwork_ip_ranges_to_nat',
  ],
  ['value not allowed', 'oci_kms_key', { desired_state: 'ON' }, 'desired_state'],
  [
    'value not allowed',
    'oci_containerengine_node_pool',
    { node_source_details: { source_type: 'DISK', image_id: 'ocid1.image.oc1..a' } },
    'node_source_details.source_type',
  ],
  ['out of range', 'azurerm_network_security_rule', { priority: 99 }, 'priority'],
  ['out of range', 'azurerm_nat_gateway', { idle_timeout_in_minutes: 240 }, 'idle_timeout_in_minutes'],
  ['out of range', 'azurerm_key_vault', { soft_delete_retention_days: 3 }, 'soft_delete_retention_days'],
  ['out of range', 'google_compute_firewall', { priority: 70000 }, 'priority'],
  ['out of range', 'google_container_node_pool', { node_config: { disk_size_gb: 5 } }, 'node_config.disk_size_gb'],
  ['name too long', 'azurerm_storage_account', { name: 'a'.repeat(25) }, 'name'],
  ['name too long', 'azurerm_key_vault', { name: 'a'.repeat(25) }, 'name'],
  ['name too long', 'azurerm_resource_group', { name: 'a'.repeat(91) }, 'name'],
  ['name too long', 'google_compute_network', { name: 'a'.repeat(64) }, 'name'],
  ['not a whole number', 'azurerm_kubernetes_cluster_node_pool', { node_count: 2.5 }, 'node_count'],
  [
    'not a whole number',
    'google_container_node_pool',
    { node_config: { disk_size_gb: 100.5 } },
    'node_config.disk_size_gb',
  ],
  [
    'not a whole number',
    'oci_core_network_security_group_security_rule',
    { icmp_options: { type: 3.5 } },
    'icmp_options.type',
  ],
  ['bad character in a name', 'google_compute_subnetwork', { name: 'Nodes_1' }, 'name'],
  ['bad character in a name', 'google_service_account', { account_id: 'trainers.1' }, 'account_id'],
  ['wrong kind of id', 'azurerm_managed_lustre_file_system', { subnet_id: VNET }, 'subnet_id'],
  ['wrong kind of id', 'azurerm_key_vault_key', { key_vault_id: VNET }, 'key_vault_id'],
  [
    'wrong kind of id',
    'azurerm_kubernetes_cluster_node_pool',
    { kubernetes_cluster_id: 'aks' },
    'kubernetes_cluster_id',
  ],
  ['wrong kind of id', 'azurerm_disk_encryption_set', { key_vault_key_id: VNET }, 'key_vault_key_id'],
  ['wrong shape', 'azurerm_key_vault', { tenant_id: 'contoso' }, 'tenant_id'],
  ['wrong shape', 'azurerm_kubernetes_cluster', aks({ pod_cidr: '100.64.0.0' }), 'network_profile.pod_cidr'],
  ['wrong shape', 'azurerm_role_assignment', { scope: 'everything' }, 'scope'],
  [
    'wrong shape',
    'azurerm_kubernetes_cluster',
    { auto_scaler_profile: { scan_interval: 'often' } },
    'auto_scaler_profile.scan_interval',
  ],
  ['wrong shape', 'google_kms_crypto_key', { rotation_period: '3600s' }, 'rotation_period'],
  ['wrong shape', 'google_compute_subnetwork', { ip_cidr_range: '10.0.0.0/33' }, 'ip_cidr_range'],
  ['wrong shape', 'oci_core_compute_gpu_memory_cluster', { size: 'eighteen' }, 'size'],
  ['impossible size', 'azurerm_managed_lustre_file_system', { storage_capacity_in_tb: 100 }, 'storage_capacity_in_tb'],
  ['impossible size', 'google_lustre_instance', { capacity_gib: '40000' }, 'capacity_gib'],
  ['impossible size', 'oci_lustre_file_storage_lustre_file_system', { capacity_in_gbs: 35000 }, 'capacity_in_gbs'],
  ['impossible tier', 'google_lustre_instance', { per_unit_storage_throughput: '300' }, 'per_unit_storage_throughput'],
  [
    'impossible combination',
    'azurerm_kubernetes_cluster',
    aks({ network_policy: 'cilium' }),
    'network_profile.network_policy',
  ],
  ['impossible combination', 'google_container_node_pool', rack({ node_locations: ['z-a', 'z-b'] }), 'node_locations'],
  [
    'impossible combination',
    'google_container_node_pool',
    rack({ node_locations: undefined }),
    'placement_policy.type',
  ],
];

const keyOf = (index: number): string => `m${index}`;

/** All mistakes in one document: each is a resource of its own. */
function mistakesDocument(): JsonObject {
  const resources: Record<string, Record<string, JsonObject>> = {};
  for (const [index, [, type, changes]] of MISTAKES.entries()) {
    resources[type] = { ...resources[type], [keyOf(index)]: { ...BASES[type], ...changes } };
  }
  return document(resources);
}

describe('known mistakes', () => {
  let plan: DocumentPlan;
  beforeAll(async () => {
    plan = await planDocument(mistakesDocument());
  });

  test('accepts every resource before a mistake is made in it', async () => {
    const resources = Object.entries(BASES).map(([type, base]) => [type, { base }]);
    const correct = await planDocument(document(Object.fromEntries(resources)));
    expect(correct.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(correct.changes).toHaveLength(resources.length);
  });

  test.each(MISTAKES.map((mistake, index) => ({ index, kind: mistake[0], type: mistake[1], path: mistake[3] })))(
    'fails when $type has $kind ($path, $index)',
    ({ index, type, path }) => {
      const address = `${type}.${keyOf(index)}`;
      const found = plan.diagnostics.filter((each) => each.address === address && each.severity === 'error');
      expect(found.map((each) => each.path)).toContain(path);
    },
  );

  test('reports nothing that is not a mistake', () => {
    const perResource = plan.diagnostics.filter(({ severity }) => severity === 'error').map(({ address }) => address);
    expect(new Set(perResource).size).toBe(MISTAKES.length);
  });

  test('says what is allowed and what was probably meant', () => {
    const found = plan.diagnostics.find(({ path }) => path === 'sku_tier');
    expect(found?.detail.replaceAll('\n', ' ')).toBe(
      'sku_tier is "Standart"; allowed: one of "Free", "Standard", "Premium"; did you mean Standard?',
    );
  });

  test('only warns of a text that a learned pattern refuses', async () => {
    const key = { parent: 'organizations/1', short_name: 'a', allowed_values_regex: 'a(b)c' };
    const { ok, diagnostics } = await planDocument(document({ google_tags_tag_key: { main: key } }));
    expect(ok).toBe(true);
    expect(diagnostics).toEqual([expect.objectContaining({ severity: 'warning', path: 'allowed_values_regex' })]);
  });
});
