import { EncryptionKey } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import {
  importedNetwork,
  machine,
  newCapacity,
  newCluster,
  newFabric,
  newStack,
  SUBNETS,
  ZONE,
  ZONES,
} from './support';

function synthCluster(props: Parameters<typeof newCluster>[1] = {}) {
  const stack = newStack();
  const cluster = newCluster(stack, props);
  return { cluster, stack, json: synthStack(stack) };
}

describe('Cluster', () => {
  const { cluster, json } = synthCluster();
  const resource = onlyResource(json, 'google_container_cluster');

  test('has the GKE cluster as its default child', () => {
    expect(cluster.node.defaultChild).toMatchObject({ terraformResourceType: 'google_container_cluster' });
  });

  test('is reached by its DNS name only', () => {
    expect(resource).toMatchObject({
      private_cluster_config: { enable_private_nodes: true, enable_private_endpoint: true },
      control_plane_endpoints_config: {
        dns_endpoint_config: { allow_external_traffic: true },
        ip_endpoints_config: { enabled: false },
      },
    });
    expect(resource).not.toHaveProperty('master_authorized_networks_config');
  });

  test('runs Dataplane V2 in the ranges of its owner, by literal names', () => {
    expect(resource).toMatchObject({
      location: 'us-central1',
      network: 'projects/test-train/global/networks/atlas-iowa',
      subnetwork: 'projects/test-train/regions/us-central1/subnetworks/atlas-iowa-nodes-one',
      networking_mode: 'VPC_NATIVE',
      datapath_provider: 'ADVANCED_DATAPATH',
      network_policy: { enabled: false, provider: 'PROVIDER_UNSPECIFIED' },
      ip_allocation_policy: { cluster_secondary_range_name: 'pods', services_secondary_range_name: 'services' },
    });
  });

  test('is safe by default', () => {
    expect(resource).toMatchObject({
      enable_shielded_nodes: true,
      workload_identity_config: { workload_pool: 'test-train.svc.id.goog' },
      database_encryption: { state: 'ENCRYPTED', key_name: expect.stringContaining('cryptoKeys/atlas-one') },
      master_auth: { client_certificate_config: { issue_client_certificate: false } },
      anonymous_authentication_config: { mode: 'LIMITED' },
      rbac_binding_config: {
        enable_insecure_binding_system_authenticated: false,
        enable_insecure_binding_system_unauthenticated: false,
      },
      enable_intranode_visibility: true,
      node_pool_defaults: { node_config_defaults: { insecure_kubelet_readonly_port_enabled: 'FALSE' } },
      node_config: {
        service_account: 'atlas-one-nodes@test-train.iam.gserviceaccount.com',
        workload_metadata_config: { mode: 'GKE_METADATA' },
        boot_disk_kms_key: expect.stringContaining('cryptoKeys/atlas-one'),
      },
    });
  });

  test('never asks for beta APIs, whose removal would replace it, nor for the deprecated Lustre port', () => {
    expect(resource.enable_k8s_beta_apis).toBeUndefined();
    expect(resource.addons_config).toMatchObject({ lustre_csi_driver_config: { enabled: true } });
    expect(JSON.stringify(resource)).not.toContain('enable_legacy_lustre_port');
  });

  test('watches GPUs and job sets', () => {
    expect(resource.monitoring_config).toMatchObject({ enable_components: expect.arrayContaining(['DCGM', 'JOBSET']) });
  });

  test('is protected and ignores what the API changes', () => {
    expect(resource).toMatchObject({
      deletion_protection: true,
      remove_default_node_pool: true,
      initial_node_count: 1,
      skip_node_pool_refresh: true,
      deletion_policy: 'PREVENT',
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: [
          'node_config',
          'database_encryption[0].state',
          'logging_config[0].enable_components',
          'monitoring_config[0].enable_components',
        ],
      },
      // The provider waits 90 minutes by itself for either.
      timeouts: { create: '120m', update: '120m', delete: '120m' },
    });
    expect(resource.description).toBeUndefined();
  });

  test('has as many system nodes in each zone, however many zones there are', () => {
    const pool = (zones: readonly string[]) => {
      const stack = newStack();
      const network = importedNetwork(stack, 'zones', SUBNETS, zones);
      newCluster(stack, { network, systemPool: { machine: machine('e2-standard-16'), nodesPerZone: 3 } });
      return onlyResource(synthStack(stack), 'google_container_node_pool');
    };
    expect(pool(ZONES.slice(0, 1))).toMatchObject({ node_count: 3, node_locations: ['us-central1-a'] });
    expect(pool(ZONES.slice(0, 2))).toMatchObject({
      node_count: 3,
      node_locations: ['us-central1-a', 'us-central1-b'],
    });
    expect(pool(ZONES)).toMatchObject({ node_count: 3, node_locations: ZONES });
    expect(() => pool([])).toThrow(/has no zone: give it one/);
  });

  test('sends its version, and keeps its own nodes at a whole release only', () => {
    const system = (from: typeof json) => onlyResource(from, 'google_container_node_pool');
    expect(resource.min_master_version).toBe('1.35');
    expect(system(json)).not.toHaveProperty('version');
    const pinned = synthCluster({ version: '1.35.3-gke.1389000' }).json;
    expect(onlyResource(pinned, 'google_container_cluster').min_master_version).toBe('1.35.3-gke.1389000');
    expect(system(pinned).version).toBe('1.35.3-gke.1389000');
  });

  test('has one workload policy for each topology, whatever pools there are', () => {
    const stack = newStack();
    const own = newCluster(stack);
    expect(own.workloadPolicy('1x72').policyName).toBe('atlas-one-1x72');
    expect(own.workloadPolicy('1x72')).toBe(own.workloadPolicy('1x72'));
    expect(own.workloadPolicy('4x4x4').policyName).toBe('atlas-one-4x4x4');
    const policies = Object.values(resourcesOf(synthStack(stack), 'google_compute_resource_policy'));
    expect(policies.map(({ name, workload_policy }) => [name, workload_policy])).toEqual([
      ['atlas-one-1x72', { type: 'HIGH_THROUGHPUT', accelerator_topology: '1x72' }],
      ['atlas-one-4x4x4', { type: 'HIGH_THROUGHPUT', accelerator_topology: '4x4x4' }],
    ]);
  });

  test('runs nodes as an account of their own with two roles', () => {
    expect(onlyResource(json, 'google_service_account')).toMatchObject({ account_id: 'atlas-one-nodes' });
    const roles = Object.values(resourcesOf(json, 'google_project_iam_member')).map(({ role }) => role);
    expect(roles.sort()).toEqual(['roles/artifactregistry.reader', 'roles/container.defaultNodeServiceAccount']);
  });

  test('lets the agents of GKE and of disks use the key before it is made', () => {
    const members = Object.values(resourcesOf(json, 'google_kms_crypto_key_iam_member')).map(({ member }) => member);
    expect(members.sort()).toEqual([
      'serviceAccount:service-123456789012@compute-system.iam.gserviceaccount.com',
      'serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com',
    ]);
    const waits = Object.keys(resourcesOf(json, 'google_kms_crypto_key_iam_member'));
    expect(resource.depends_on).toEqual(
      expect.arrayContaining(waits.map((id) => `google_kms_crypto_key_iam_member.${id}`)),
    );
  });

  test('turns multi-networking on when a pool needs it', () => {
    expect(resource.enable_multi_networking).toBeUndefined();
    const stack = newStack();
    const withPool = newCluster(stack);
    withPool.addNodePool('train', {
      name: 'train',
      machine: machine('a4-highgpu-8g'),
      nodeCount: 2,
      zone: ZONE,
      fabric: newFabric(stack, 'a4-highgpu-8g'),
      capacity: newCapacity(stack),
    });
    expect(onlyResource(synthStack(stack), 'google_container_cluster')).toMatchObject({
      enable_multi_networking: true,
      enable_shielded_nodes: true,
    });
  });

  test('turns shielded nodes off, and multi-networking not on, for bare metal', () => {
    const stack = newStack();
    newCluster(stack).addNodePool('rack', {
      name: 'rack',
      machine: machine('a4x-maxgpu-4g-metal'),
      nodeCount: 18,
      zone: ZONE,
      fabric: newFabric(stack, 'a4x-maxgpu-4g-metal'),
      capacity: newCapacity(stack),
    });
    const metal = onlyResource(synthStack(stack), 'google_container_cluster');
    expect(metal.enable_shielded_nodes).toBe(false);
    expect(metal.enable_multi_networking).toBeUndefined();
  });

  test.each([
    ['a4x-maxgpu-4g-metal', 'a4x-highgpu-4g'],
    ['a4x-highgpu-4g', 'a4x-maxgpu-4g-metal'],
  ])('takes no pool of %s beside one of %s, unless that one is only kept', (type, beside) => {
    const add = (admit: (cluster: ReturnType<typeof newCluster>) => void) => {
      const stack = newStack();
      const cluster = newCluster(stack);
      admit(cluster);
      const options = { machine: machine(type), nodeCount: 18, zone: ZONE, fabric: newFabric(stack, type) };
      cluster.addNodePool('rack', { name: 'rack', capacity: newCapacity(stack), ...options });
    };
    expect(() => add((cluster) => cluster.admit(machine(beside), 18))).toThrow(
      `has pools of ${beside}, which share no cluster with ${type}`,
    );
    expect(() => add((cluster) => cluster.admit(machine(beside), 0))).not.toThrow();
    expect(() => add((cluster) => cluster.admit(machine(type), 18))).not.toThrow();
  });

  test('keeps nodes and the minor version as they are until the version is no longer supported', () => {
    expect(resource.release_channel).toEqual({ channel: 'REGULAR' });
    expect(resource.maintenance_policy).toMatchObject({
      maintenance_exclusion: [
        {
          exclusion_name: 'training',
          exclusion_options: { scope: 'NO_MINOR_OR_NODE_UPGRADES', end_time_behavior: 'UNTIL_END_OF_SUPPORT' },
        },
      ],
    });
    const { maintenance_exclusion: exclusions } = resource.maintenance_policy as { maintenance_exclusion: object[] };
    expect(exclusions[0]).not.toHaveProperty('end_time');
  });

  test('stops upgrades in the times that it is given', () => {
    const exclusion = { name: 'run', startTime: '2026-12-01T00:00:00Z', endTime: '2027-03-01T00:00:00Z' };
    const { json: frozen } = synthCluster({ maintenanceExclusions: [exclusion] });
    expect(onlyResource(frozen, 'google_container_cluster').maintenance_policy).toMatchObject({
      maintenance_exclusion: [
        {
          exclusion_name: 'run',
          end_time: '2027-03-01T00:00:00Z',
          exclusion_options: { scope: 'NO_MINOR_OR_NODE_UPGRADES' },
        },
      ],
    });
    expect(() => synthCluster({ maintenanceExclusions: Array(21).fill(exclusion) })).toThrow(/got 21.*accepts 20/);
  });

  test.each([
    [{ days: ['sat', 'sun'], startTime: '04:00', hours: 8 }, '2026-01-03T04:00:00Z', '2026-01-03T12:00:00Z', 'SA,SU'],
    [{ days: ['sun', 'mon'], startTime: '22:30', hours: 4 }, '2025-12-29T22:30:00Z', '2025-12-30T02:30:00Z', 'MO,SU'],
    [{ days: ['wed'], startTime: '00:00', hours: 24 }, '2025-12-31T00:00:00Z', '2026-01-01T00:00:00Z', 'WE'],
  ] as const)('opens the window %j on its first day for its hours', (maintenanceWindow, start, end, days) => {
    const wanted = { start_time: start, end_time: end, recurrence: `FREQ=WEEKLY;BYDAY=${days}` };
    expect(
      onlyResource(synthCluster({ maintenanceWindow }).json, 'google_container_cluster').maintenance_policy,
    ).toMatchObject({ recurring_window: wanted });
  });

  test('opens on Saturday and Sunday unless told otherwise', () => {
    expect(resource.maintenance_policy).toMatchObject({
      recurring_window: {
        start_time: '2026-01-03T04:00:00Z',
        end_time: '2026-01-03T12:00:00Z',
        recurrence: 'FREQ=WEEKLY;BYDAY=SA,SU',
      },
    });
  });

  test.each([
    { days: [], startTime: '04:00', hours: 8 },
    { days: ['sat'], startTime: '04:00', hours: 3 },
    { days: ['sat'], startTime: '04:00', hours: 25 },
    { days: ['sat'], startTime: '04:00', hours: 4.5 },
  ] as const)('fails when its window is %j', (maintenanceWindow) => {
    expect(() => synthCluster({ maintenanceWindow })).toThrow(/use 4 to 24 whole hours on one day or more/);
  });

  test('changes only labels when tags change', () => {
    const tagged = synthCluster({ tags: { team: 'other' } }).json;
    const { resource_labels, ...rest } = onlyResource(tagged, 'google_container_cluster');
    expect(resource_labels).toEqual({ team: 'other' });
    expect({ ...rest, resource_labels: resource.resource_labels }).toEqual(resource);
  });

  test('takes a key that exists already', () => {
    const stack = newStack();
    const keyId = 'projects/p/locations/us-central1/keyRings/k/cryptoKeys/k';
    newCluster(stack, { encryptionKey: EncryptionKey.fromKeyId(stack, 'imported', keyId) });
    expect(onlyResource(synthStack(stack), 'google_container_cluster').database_encryption).toMatchObject({
      key_name: keyId,
    });
  });

  test('fails when its key is of another region', () => {
    const keyId = 'projects/p/locations/global/keyRings/k/cryptoKeys/k';
    const encryptionKey = EncryptionKey.fromKeyId(newStack(), 'imported', keyId);
    expect(() => synthCluster({ encryptionKey })).toThrow(/"atlas-one" is in us-central1 .*locations\/global/);
  });

  test('fails when the version lacks the stable claims API', () => {
    expect(() => synthCluster({ version: '1.33' })).toThrow(/"1\.33".*1\.34 or newer/);
  });

  test('fails when its ranges are not those of its subnet', () => {
    expect(() => synthCluster({ podCidr: '100.68.0.0/14' })).toThrow(/pods.*100\.68\.0\.0\/14.*has 100\.64\.0\.0\/14/);
  });

  test('fails when the network has node ranges of several owners and none is named', () => {
    const stack = newStack();
    const two = { key: 'nodes-two', role: 'nodes', cidr: '10.160.64.0/19', owner: 'two' } as const;
    const network = importedNetwork(stack, 'two-owners', [...SUBNETS, two]);
    expect(() => newCluster(stack, { network })).toThrow(/more than one range of nodes: name the owner/);
    expect(() => newCluster(newStack(), { network, subnetOwner: 'three' })).toThrow(/no range of pods of "three"/);
  });

  test('fails when the pods of its pools outgrow their range', () => {
    const stack = newStack();
    const big = newCluster(stack);
    const add = (id: string, nodeCount: number) =>
      big.addNodePool(id, {
        name: id,
        machine: machine('n4-standard-16'),
        nodeCount,
        zone: ZONE,
        capacity: newCapacity(stack, { kind: 'on-demand' }),
      });
    // 128 addresses a node: /14 holds 2,048 nodes with the three of the system pool.
    expect(() => add('cpu', 2046)).toThrow(/262272 addresses, 100\.64\.0\.0\/14 has 262144/);
  });
});
