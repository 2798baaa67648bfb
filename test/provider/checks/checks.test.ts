import { CHECKS, checkResource } from '../../../provider/checks';
import { UNKNOWN, type Value } from '../../../provider/values';

interface Case {
  readonly type: string;
  readonly good: readonly Value[];
  /** Wrong values, with the path that is reported. */
  readonly bad: readonly (readonly [Value, string])[];
}

const amlfs = (sku: string, size: Value): Value => ({
  sku_name: `AMLFS-Durable-Premium-${sku}`,
  storage_capacity_in_tb: size,
});
const aks = (profile: Record<string, Value>, more: Record<string, Value> = {}): Value => ({
  network_profile: [{ network_plugin: 'azure', network_data_plane: null, network_policy: null, ...profile }],
  ...more,
});
const cilium = { network_data_plane: 'cilium', network_policy: 'cilium' };
const endpoint = (isManual: Value, message: Value): Value => ({
  private_service_connection: [{ is_manual_connection: isManual, request_message: message }],
});
const firewall = (more: Record<string, Value>): Value => ({
  direction: null,
  source_ranges: null,
  source_tags: null,
  source_service_accounts: null,
  ...more,
});
const compact = (more: Record<string, Value>): Value => ({
  location: 'us-central1',
  node_locations: null,
  placement_policy: [{ type: 'COMPACT' }],
  ...more,
});
const flex = (more: Record<string, Value>, node: Record<string, Value> = {}): Value => ({
  node_count: null,
  node_config: [{ flex_start: true, ...node }],
  ...more,
});
const queued = (more: Record<string, Value>, node: Record<string, Value> = {}): Value => ({
  queued_provisioning: [{ enabled: true }],
  autoscaling: [{ total_min_node_count: 0, total_max_node_count: 8 }],
  node_config: [{ reservation_affinity: [{ consume_reservation_type: 'NO_RESERVATION' }], ...node }],
  ...more,
});
const reserved = (affinity: Record<string, Value>, node: Record<string, Value> = {}): Value => ({
  node_config: [
    {
      reservation_affinity: [
        {
          consume_reservation_type: 'SPECIFIC_RESERVATION',
          key: 'compute.googleapis.com/reservation-name',
          values: ['projects/p/reservations/r'],
          ...affinity,
        },
      ],
      ...node,
    },
  ],
});
const bucket = (more: Record<string, Value>): Value => ({
  hierarchical_namespace: [{ enabled: true }],
  uniform_bucket_level_access: true,
  ...more,
});
const lustre = (throughput: string, size: string, filesystem = 'scratch'): Value => ({
  per_unit_storage_throughput: throughput,
  capacity_gib: size,
  filesystem,
});
const ociLustre = (size: Value, more: Record<string, Value> = {}): Value => ({
  file_system_name: 'scratch',
  performance_tier: 'MBPS_PER_TB_500',
  capacity_in_gbs: size,
  ...more,
});

const CASES: Readonly<Record<string, Case>> = {
  'azure-lustre-size': {
    type: 'azurerm_managed_lustre_file_system',
    good: [
      amlfs('40', 48),
      amlfs('40', 768),
      amlfs('125', 112),
      amlfs('250', 8),
      amlfs('500', 124),
      amlfs('500', UNKNOWN),
    ],
    bad: [
      [amlfs('40', 50), 'storage_capacity_in_tb'],
      [amlfs('125', 8), 'storage_capacity_in_tb'],
      [amlfs('250', 100), 'storage_capacity_in_tb'],
      [amlfs('500', 132), 'storage_capacity_in_tb'],
    ],
  },
  'azure-key': {
    type: 'azurerm_key_vault_key',
    good: [
      { key_type: 'RSA', rotation_policy: [{ expire_after: 'P28D', notify_before_expiry: 'P1W' }] },
      { key_type: 'RSA-HSM', rotation_policy: [{ expire_after: 'P1Y2M' }], release_policy: [{ json: '{}' }] },
      { key_type: UNKNOWN, rotation_policy: null, release_policy: [{}] },
    ],
    bad: [
      [{ key_type: 'RSA', rotation_policy: [{ expire_after: 'P27DT23H' }] }, 'rotation_policy.0.expire_after'],
      [
        { key_type: 'RSA', rotation_policy: [{ notify_before_expiry: 'PT30M' }] },
        'rotation_policy.0.notify_before_expiry',
      ],
      [{ key_type: 'EC', release_policy: [{}] }, 'release_policy'],
    ],
  },
  'azure-private-endpoint': {
    type: 'azurerm_private_endpoint',
    good: [endpoint(false, null), endpoint(true, 'for training'), endpoint(UNKNOWN, 'x'), endpoint(true, UNKNOWN)],
    bad: [
      [endpoint(false, 'please'), 'private_service_connection.0.request_message'],
      [endpoint(true, ' '), 'private_service_connection.0.request_message'],
      [endpoint(true, null), 'private_service_connection.0.request_message'],
    ],
  },
  'azure-subnet-sharing': {
    type: 'azurerm_subnet',
    good: [
      { sharing_scope: 'Tenant', default_outbound_access_enabled: false },
      { sharing_scope: null, default_outbound_access_enabled: null },
      { sharing_scope: 'Tenant', default_outbound_access_enabled: UNKNOWN },
    ],
    bad: [
      [{ sharing_scope: 'Tenant', default_outbound_access_enabled: true }, 'sharing_scope'],
      [{ sharing_scope: 'Tenant', default_outbound_access_enabled: null }, 'sharing_scope'],
    ],
  },
  'google-firewall-source': {
    type: 'google_compute_firewall',
    good: [
      firewall({ source_ranges: ['10.0.0.0/8'] }),
      firewall({ source_tags: UNKNOWN }),
      firewall({ direction: 'EGRESS' }),
      firewall({ direction: UNKNOWN }),
    ],
    bad: [
      [firewall({}), ''],
      [firewall({ direction: 'INGRESS' }), ''],
    ],
  },
  'google-firewall-logging': {
    type: 'google_compute_firewall',
    good: [
      firewall({ direction: 'EGRESS', log_config: [{ metadata: 'x' }], enable_logging: null }),
      firewall({ direction: 'EGRESS', log_config: [{ metadata: 'x' }], enable_logging: true }),
      firewall({ direction: 'EGRESS', log_config: [], enable_logging: false }),
      firewall({ direction: 'EGRESS', log_config: UNKNOWN, enable_logging: false }),
    ],
    bad: [
      [firewall({ direction: 'EGRESS', log_config: [{ metadata: 'x' }], enable_logging: false }), 'enable_logging'],
    ],
  },
  'google-router-asn': {
    type: 'google_compute_router',
    good: [{ bgp: [{ asn: 64512 }] }, { bgp: [{ asn: 4294967294 }] }, { bgp: [{ asn: 16550 }] }, { bgp: null }],
    bad: [
      [{ bgp: [{ asn: 274 }] }, 'bgp.0.asn'],
      [{ bgp: [{ asn: 65535 }] }, 'bgp.0.asn'],
    ],
  },
  'azure-cluster-network': {
    type: 'azurerm_kubernetes_cluster',
    good: [
      aks(cilium),
      aks({ ...cilium, advanced_networking: [{ observability_enabled: true }] }),
      aks({ network_policy: 'calico' }),
      aks({ network_policy: 'cilium', network_data_plane: UNKNOWN }),
      aks({ ...cilium, outbound_type: 'none' }, { bootstrap_profile: [{ artifact_source: 'Cache' }] }),
    ],
    bad: [
      [aks({ network_policy: 'cilium' }), 'network_profile.0.network_policy'],
      [aks({ ...cilium, network_plugin: 'kubenet' }), 'network_profile.0.network_plugin'],
      [aks({ advanced_networking: [{ security_enabled: true }] }), 'network_profile.0.advanced_networking'],
      [aks({ ...cilium, outbound_type: 'none' }), 'network_profile.0.outbound_type'],
    ],
  },
  'google-compact-placement': {
    type: 'google_container_node_pool',
    good: [
      compact({ node_locations: ['us-central1-a'] }),
      compact({ location: 'us-central1-a' }),
      compact({ node_locations: UNKNOWN }),
      { location: 'us-central1', placement_policy: [], node_locations: ['us-central1-a', 'us-central1-b'] },
    ],
    bad: [
      [compact({ node_locations: ['us-central1-a', 'us-central1-b'] }), 'node_locations'],
      [compact({}), 'placement_policy.0.type'],
      [
        compact({ location: 'us-central1-a', upgrade_settings: [{ strategy: 'BLUE_GREEN' }] }),
        'upgrade_settings.0.strategy',
      ],
    ],
  },
  'google-flex-start': {
    type: 'google_container_node_pool',
    good: [
      flex({ management: [{ auto_repair: false }] }),
      flex({}, { reservation_affinity: [{ consume_reservation_type: 'NO_RESERVATION' }] }),
      { node_count: 4, node_config: [{ flex_start: false, spot: true }] },
    ],
    bad: [
      [flex({ management: [{ auto_repair: true }] }), 'management.0.auto_repair'],
      [flex({ node_count: 4 }), 'node_count'],
      [flex({}, { spot: true }), 'node_config.0.spot'],
      [
        flex({}, { reservation_affinity: [{ consume_reservation_type: 'SPECIFIC_RESERVATION' }] }),
        'node_config.0.reservation_affinity.0.consume_reservation_type',
      ],
    ],
  },
  'google-queued-pool': {
    type: 'google_container_node_pool',
    good: [
      queued({}),
      queued({ placement_policy: [{ type: 'COMPACT', tpu_topology: '4x4' }] }),
      queued({ placement_policy: [{ type: 'COMPACT', tpu_topology: UNKNOWN }] }),
      { queued_provisioning: [{ enabled: false }], autoscaling: [{ total_min_node_count: 4 }] },
    ],
    bad: [
      [queued({ autoscaling: [{ total_min_node_count: 2 }] }), 'autoscaling.0.total_min_node_count'],
      [queued({}, { spot: true }), 'node_config.0.spot'],
      [
        queued({}, { reservation_affinity: [{ consume_reservation_type: 'ANY_RESERVATION' }] }),
        'node_config.0.reservation_affinity.0.consume_reservation_type',
      ],
      [queued({ placement_policy: [{ type: 'COMPACT' }] }), 'placement_policy.0.type'],
    ],
  },
  'google-reservation': {
    type: 'google_container_node_pool',
    good: [
      reserved({}),
      reserved({ values: [UNKNOWN] }),
      reserved({ key: UNKNOWN, values: UNKNOWN }),
      reserved({ consume_reservation_type: 'NO_RESERVATION', key: null, values: null }, { spot: true }),
    ],
    bad: [
      [
        reserved({ consume_reservation_type: 'ANY_RESERVATION', key: null, values: null }, { spot: true }),
        'node_config.0.reservation_affinity.0.consume_reservation_type',
      ],
      [reserved({ key: null }), 'node_config.0.reservation_affinity.0.key'],
      [reserved({ values: null }), 'node_config.0.reservation_affinity.0.values'],
      [reserved({ values: ['r', 's'] }), 'node_config.0.reservation_affinity.0.values'],
    ],
  },
  'google-hierarchical-bucket': {
    type: 'google_storage_bucket',
    good: [bucket({}), { versioning: [{ enabled: true }] }, bucket({ versioning: [{ enabled: false }] })],
    bad: [
      [bucket({ uniform_bucket_level_access: null }), 'hierarchical_namespace.0.enabled'],
      [bucket({ versioning: [{ enabled: true }] }), 'versioning.0.enabled'],
      [bucket({ autoclass: [{ enabled: true }] }), 'autoclass.0.enabled'],
    ],
  },
  'google-lustre': {
    type: 'google_lustre_instance',
    good: [lustre('1000', '9000'), lustre('500', '36000'), lustre('250', '6336000'), lustre('125', '72000')],
    bad: [
      [lustre('1000', '10000'), 'capacity_gib'],
      [lustre('250', '6156000'), 'capacity_gib'],
      [lustre('125', '36000'), 'capacity_gib'],
      [lustre('300', '36000'), 'per_unit_storage_throughput'],
      [lustre('1000', '9000', 'too-long-a-name'), 'filesystem'],
      [lustre('1000', '9000', '1scratch'), 'filesystem'],
    ],
  },
  'oracle-lustre': {
    type: 'oci_lustre_file_storage_lustre_file_system',
    good: [ociLustre(31_200), ociLustre(124_800), ociLustre(166_400), ociLustre(UNKNOWN)],
    bad: [
      [ociLustre(20_800), 'capacity_in_gbs'],
      [ociLustre(32_000), 'capacity_in_gbs'],
      [ociLustre(135_200), 'capacity_in_gbs'],
      [ociLustre(31_200, { file_system_name: 'checkpoints' }), 'file_system_name'],
      [ociLustre(31_200, { performance_tier: 'FAST' }), 'performance_tier'],
    ],
  },
  'oracle-values': {
    type: 'oci_core_vcn',
    good: [{ cidr_blocks: ['10.192.0.0/16', '10.193.0.0/30'] }, { cidr_blocks: UNKNOWN }, {}],
    bad: [
      [{ cidr_blocks: ['banana'] }, 'cidr_blocks.0'],
      [{ cidr_blocks: ['10.192.0.0/16', '10.0.0.0/8'] }, 'cidr_blocks.1'],
      [{ cidr_blocks: ['10.192.0.1/16'] }, 'cidr_blocks.0'],
    ],
  },
};

describe.each(CHECKS.map((check) => [check.name, check] as const))('%s', (name, check) => {
  const found = CASES[name];

  test('has cases both ways, and a source', () => {
    expect(found?.good.length).toBeGreaterThan(0);
    expect(found?.bad.length).toBeGreaterThan(0);
    expect(check.source).toMatch(/^https:\/\//);
    expect(check.types).toContain(found?.type);
  });

  test.each(found?.good.map((values) => [values]) ?? [])('accepts %j', (values) => {
    expect(checkResource({ type: found?.type ?? '', address: '', values })).toEqual([]);
  });

  test.each(found?.bad ?? [])('fails when %j, at %s', (values, path) => {
    const findings = checkResource({ type: found?.type ?? '', address: '', values });
    expect(findings.map((finding) => finding.path.join('.'))).toContain(path);
    for (const { message, hint } of findings) expect([message, hint].every((text) => text.length > 5)).toBe(true);
  });
});

test.each<[string, Value, Value, string]>([
  ['oci_containerengine_cluster', { type: 'ENHANCED_CLUSTER' }, { type: 'BOGUS' }, 'type'],
  [
    'oci_containerengine_cluster',
    { cluster_pod_network_options: [{ cni_type: 'FLANNEL_OVERLAY' }] },
    { cluster_pod_network_options: [{ cni_type: 'CILIUM' }] },
    'cluster_pod_network_options.0.cni_type',
  ],
  ['oci_core_subnet', { cidr_block: '10.192.0.0/19' }, { cidr_block: '10.192.0.0/31' }, 'cidr_block'],
  ['oci_core_network_security_group_security_rule', { direction: 'INGRESS' }, { direction: 'in' }, 'direction'],
  ['oci_core_network_security_group_security_rule', { protocol: '6' }, { protocol: 'tcp' }, 'protocol'],
  [
    'oci_core_network_security_group_security_rule',
    { source_type: 'CIDR_BLOCK' },
    { source_type: 'IP' },
    'source_type',
  ],
  [
    'oci_kms_key',
    { auto_key_rotation_details: [{ rotation_interval_in_days: 90 }] },
    { auto_key_rotation_details: [{ rotation_interval_in_days: 30 }] },
    'auto_key_rotation_details.0.rotation_interval_in_days',
  ],
  [
    'oci_lustre_file_storage_lustre_file_system',
    { root_squash_configuration: [{ identity_squash: 'NONE' }] },
    { root_squash_configuration: [{ identity_squash: 'ALL' }] },
    'root_squash_configuration.0.identity_squash',
  ],
  ['oci_objectstorage_bucket', { versioning: 'Enabled' }, { versioning: 'On' }, 'versioning'],
])('checks the values of %s that its provider does not: %j is fine, %j is not', (type, good, bad, path) => {
  expect(checkResource({ type, address: '', values: good })).toEqual([]);
  const [finding] = checkResource({ type, address: '', values: bad });
  expect(finding?.path.join('.')).toBe(path);
  expect(finding?.hint).toMatch(/^allowed: \S+/);
});

test('names the nearest sizes', () => {
  const [finding] = checkResource({
    type: 'azurerm_managed_lustre_file_system',
    address: '',
    values: amlfs('250', 100),
  });
  expect(finding).toMatchObject({ hint: 'use 96 or 104 TiB' });
  expect(finding?.message).toContain('100 TiB is no size of AMLFS-Durable-Premium-250: 8 to 128 TiB in steps of 8');
});

test.each([
  ['azurerm_managed_lustre_file_system', amlfs('500', 132), 'warning'],
  ['oci_lustre_file_storage_lustre_file_system', ociLustre(39_936_000), 'warning'],
  ['google_lustre_instance', lustre('1000', '1000000000'), 'error'],
])('says of a %s over the maximum, %j, no more than an estate may state: %s', (type, values, severity) => {
  const [finding] = checkResource({ type, address: '', values });
  expect(finding).toMatchObject({ severity, hint: expect.stringMatching(/^use at most \d+ (TiB|GB|GiB)/) });
});

test('refuses a size that is granted on request where it lies between the steps', () => {
  const [finding] = checkResource({
    type: 'azurerm_managed_lustre_file_system',
    address: '',
    values: amlfs('500', 427),
  });
  expect(finding?.severity).toBe('error');
});
