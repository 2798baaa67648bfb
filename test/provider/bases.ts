import type { JsonObject } from '../../terraform/document';

const GROUP = { location: 'westeurope', resource_group_name: 'rg' };
const VAULT = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v';
const SUBNET = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/n';
const IDENTITY = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
const CLUSTER = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c';
const COMPARTMENT = 'ocid1.compartment.oc1..aaaa';

/** A small correct configuration of each resource type that the mistakes are made in. */
export const BASES: Readonly<Record<string, JsonObject>> = {
  azurerm_resource_group: { name: 'rg', location: 'westeurope' },
  azurerm_virtual_network: { ...GROUP, name: 'net', address_space: ['10.0.0.0/16'] },
  azurerm_subnet: {
    name: 'nodes',
    resource_group_name: 'rg',
    virtual_network_name: 'net',
    address_prefixes: ['10.0.0.0/24'],
  },
  azurerm_network_security_rule: {
    name: 'ssh',
    resource_group_name: 'rg',
    network_security_group_name: 'nsg',
    priority: 100,
    direction: 'Inbound',
    access: 'Deny',
    protocol: 'Tcp',
    source_port_range: '*',
    destination_port_range: '22',
    source_address_prefix: '*',
    destination_address_prefix: '*',
  },
  azurerm_nat_gateway: { ...GROUP, name: 'nat' },
  azurerm_public_ip: { ...GROUP, name: 'ip', allocation_method: 'Static' },
  azurerm_kubernetes_cluster: {
    ...GROUP,
    name: 'aks',
    dns_prefix: 'aks',
    default_node_pool: { name: 'system', vm_size: 'Standard_D16ads_v5', node_count: 3 },
    identity: { type: 'UserAssigned', identity_ids: [IDENTITY] },
    network_profile: {
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_data_plane: 'cilium',
      network_policy: 'cilium',
      pod_cidr: '100.64.0.0/10',
    },
  },
  azurerm_kubernetes_cluster_node_pool: {
    name: 'rack0',
    kubernetes_cluster_id: CLUSTER,
    vm_size: 'Standard_ND',
    node_count: 18,
  },
  azurerm_storage_account: {
    ...GROUP,
    name: 'datasets',
    account_tier: 'Standard',
    account_replication_type: 'ZRS',
  },
  azurerm_storage_container: {
    name: 'data',
    storage_account_id: '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/a',
  },
  azurerm_key_vault: {
    ...GROUP,
    name: 'vault',
    sku_name: 'premium',
    tenant_id: '00000000-0000-0000-0000-000000000000',
  },
  azurerm_key_vault_key: { name: 'key', key_vault_id: VAULT, key_type: 'RSA-HSM', key_size: 2048, key_opts: ['sign'] },
  azurerm_disk_encryption_set: {
    ...GROUP,
    name: 'disks',
    key_vault_key_id: 'https://vault.vault.azure.net/keys/key/1',
    identity: { type: 'SystemAssigned' },
  },
  azurerm_role_assignment: { scope: VAULT, principal_id: 'p', role_definition_name: 'Reader' },
  azurerm_private_endpoint: {
    ...GROUP,
    name: 'endpoint',
    subnet_id: SUBNET,
    private_service_connection: { name: 'c', is_manual_connection: false, private_connection_resource_id: VAULT },
  },
  azurerm_managed_lustre_file_system: {
    ...GROUP,
    name: 'scratch',
    sku_name: 'AMLFS-Durable-Premium-250',
    storage_capacity_in_tb: 96,
    subnet_id: SUBNET,
    zones: ['1'],
    maintenance_window: { day_of_week: 'Monday', time_of_day_in_utc: '02:00' },
  },
  google_compute_network: { name: 'net', auto_create_subnetworks: false, mtu: 8244 },
  google_compute_subnetwork: { name: 'nodes', network: 'net', ip_cidr_range: '10.0.0.0/24', region: 'us-central1' },
  google_compute_router_nat: {
    name: 'nat',
    router: 'router',
    region: 'us-central1',
    source_subnetwork_ip_ranges_to_nat: 'ALL_SUBNETWORKS_ALL_IP_RANGES',
  },
  google_compute_firewall: {
    name: 'allow',
    network: 'net',
    source_ranges: ['10.0.0.0/8'],
    allow: [{ protocol: 'tcp' }],
  },
  google_compute_resource_policy: { name: 'rack', region: 'us-central1', workload_policy: { type: 'HIGH_THROUGHPUT' } },
  google_container_cluster: { name: 'gke', location: 'us-central1', initial_node_count: 1 },
  google_container_node_pool: {
    name: 'rack0',
    cluster: 'gke',
    location: 'us-central1',
    node_locations: ['us-central1-a'],
  },
  google_storage_bucket: { name: 'bucket', location: 'US', uniform_bucket_level_access: true },
  google_service_account: { account_id: 'trainers' },
  google_kms_crypto_key: { name: 'key', key_ring: 'projects/p/locations/l/keyRings/r' },
  google_lustre_instance: {
    instance_id: 'scratch',
    location: 'us-central1-a',
    filesystem: 'scratch',
    capacity_gib: '36000',
    per_unit_storage_throughput: '250',
    network: 'projects/p/global/networks/n',
  },
  oci_core_vcn: { compartment_id: COMPARTMENT, cidr_blocks: ['10.0.0.0/16'] },
  oci_core_subnet: { compartment_id: COMPARTMENT, vcn_id: 'ocid1.vcn.oc1..a', cidr_block: '10.0.0.0/24' },
  oci_core_network_security_group_security_rule: {
    network_security_group_id: 'ocid1.networksecuritygroup.oc1..a',
    direction: 'INGRESS',
    protocol: '6',
  },
  oci_containerengine_cluster: {
    compartment_id: COMPARTMENT,
    kubernetes_version: 'v1.35.2',
    name: 'oke',
    vcn_id: 'ocid1.vcn.oc1..a',
  },
  oci_containerengine_node_pool: {
    cluster_id: 'ocid1.cluster.oc1..a',
    compartment_id: COMPARTMENT,
    name: 'system',
    node_shape: 'VM.Standard.E5.Flex',
    node_config_details: {
      size: 3,
      placement_configs: [{ availability_domain: 'ad', subnet_id: 'ocid1.subnet.oc1..a' }],
    },
  },
  oci_core_compute_gpu_memory_cluster: {
    availability_domain: 'ad',
    compartment_id: COMPARTMENT,
    compute_cluster_id: 'ocid1.computecluster.oc1..a',
    instance_configuration_id: 'ocid1.instanceconfiguration.oc1..a',
    size: '18',
  },
  oci_kms_vault: { compartment_id: COMPARTMENT, display_name: 'vault', vault_type: 'DEFAULT' },
  oci_kms_key: {
    compartment_id: COMPARTMENT,
    display_name: 'key',
    management_endpoint: 'https://kms.example.com',
    key_shape: { algorithm: 'AES', length: 32 },
  },
  oci_lustre_file_storage_lustre_file_system: {
    availability_domain: 'ad',
    capacity_in_gbs: 31200,
    compartment_id: COMPARTMENT,
    file_system_name: 'scratch',
    performance_tier: 'MBPS_PER_TB_1000',
    subnet_id: 'ocid1.subnet.oc1..a',
    root_squash_configuration: { identity_squash: 'NONE' },
  },
  oci_objectstorage_bucket: { compartment_id: COMPARTMENT, name: 'bucket', namespace: 'ns' },
};
