import { Fn, Token } from '../../../constructs/cdktf';
import type { CapacityProps, NodePoolOptions } from '../../../constructs/google';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import { machine, newCapacity, newCluster, newFabric, newStack, ZONE, ZONES } from './support';

interface Wanted extends Partial<Omit<NodePoolOptions, 'machine' | 'capacity' | 'fabric'>> {
  readonly capacity?: Partial<CapacityProps>;
  readonly fabricOf?: string;
  readonly fabricZone?: string;
}

function synthPool(type: string, { capacity, fabricOf, fabricZone, ...options }: Wanted = {}) {
  const stack = newStack();
  const row = machine(type);
  const layoutOf = fabricOf ?? (row.fabric === undefined ? undefined : type);
  const pool = newCluster(stack).addNodePool('train', {
    name: 'train-1',
    machine: row,
    nodeCount: row.scaleUpNodes,
    zone: ZONE,
    fabric: layoutOf === undefined ? undefined : newFabric(stack, layoutOf, fabricZone),
    capacity: newCapacity(stack, capacity),
    ...options,
  });
  const json = synthStack(stack);
  const resource = Object.values(resourcesOf(json, 'google_container_node_pool')).find(({ name }) => name !== 'system');
  if (resource === undefined) throw new Error('the pool was not synthesized');
  const [policy] = Object.values(resourcesOf(json, 'google_compute_resource_policy'));
  return { pool, json, resource, policy };
}

const ASKED: Wanted = { capacity: { kind: 'on-demand' } };

describe('NodePool', () => {
  test('has the GKE node pool as its default child', () => {
    const { pool } = synthPool('a4x-highgpu-4g');
    expect(pool.node.defaultChild).toMatchObject({ terraformResourceType: 'google_container_node_pool' });
  });

  test('makes a rack of GB200 with the workload policy of its cluster and topology', () => {
    const { resource, policy } = synthPool('a4x-highgpu-4g');
    expect(resource).toMatchObject({
      name: 'train-1',
      cluster: 'atlas-one',
      location: 'us-central1',
      node_locations: [ZONE],
      node_count: 18,
      max_pods_per_node: 32,
      placement_policy: { type: 'COMPACT', policy_name: 'atlas-one-1x72' },
      management: { auto_repair: true, auto_upgrade: true },
      upgrade_settings: { max_surge: 0, max_unavailable: 1 },
      timeouts: { create: '180m', update: '180m', delete: '180m' },
      node_config: {
        machine_type: 'a4x-highgpu-4g',
        disk_type: 'hyperdisk-balanced',
        image_type: 'COS_CONTAINERD',
        guest_accelerator: [
          { type: 'nvidia-gb200', count: 4, gpu_driver_installation_config: { gpu_driver_version: 'LATEST' } },
        ],
        boot_disk_kms_key: expect.stringContaining('cryptoKeys/atlas-one'),
        taint: [{ key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' }],
        metadata: { 'disable-legacy-endpoints': 'true' },
        oauth_scopes: ['https://www.googleapis.com/auth/cloud-platform'],
        workload_metadata_config: { mode: 'GKE_METADATA' },
        shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
        gvnic: { enabled: true },
        service_account: 'atlas-one-nodes@test-train.iam.gserviceaccount.com',
      },
    });
    expect(policy).toMatchObject({
      name: 'atlas-one-1x72',
      region: 'us-central1',
      workload_policy: { type: 'HIGH_THROUGHPUT', accelerator_topology: '1x72' },
    });
  });

  test('joins the data networks in their order, by literal names', () => {
    const { resource } = synthPool('a4x-highgpu-4g');
    const name = 'atlas-one-us-central1-a';
    expect(resource.network_config).toMatchObject({
      enable_private_nodes: true,
      additional_node_network_configs: [
        { network: `${name}-net-1`, subnetwork: `${name}-net-1` },
        { network: `${name}-rdma`, subnetwork: `${name}-rdma-0` },
        { network: `${name}-rdma`, subnetwork: `${name}-rdma-1` },
        { network: `${name}-rdma`, subnetwork: `${name}-rdma-2` },
        { network: `${name}-rdma`, subnetwork: `${name}-rdma-3` },
      ],
    });
    expect(JSON.stringify({ ...resource, depends_on: undefined })).not.toContain('${');
  });

  test('ignores what the API fills in where a difference would replace the pool', () => {
    expect(synthPool('a4-highgpu-8g').resource.lifecycle).toMatchObject({
      ignore_changes: [
        'initial_node_count',
        'version',
        'node_config[0].ephemeral_storage_local_ssd_config',
        'node_config[0].local_nvme_ssd_block_config',
      ],
    });
  });

  test('is protected against destroy, as its RDMA network is, exactly when its nodes are reserved', () => {
    const rdmaOf = (json: ReturnType<typeof synthPool>['json']) =>
      Object.values(resourcesOf(json, 'google_compute_network')).find(({ network_profile }) => network_profile);
    const reserved = synthPool('a4-highgpu-8g');
    for (const kept of [reserved.resource, rdmaOf(reserved.json)]) {
      expect(kept).toMatchObject({ deletion_policy: 'PREVENT', lifecycle: { prevent_destroy: true } });
    }
    const { json, resource: spot } = synthPool('a4-highgpu-8g', { capacity: { kind: 'spot' } });
    expect(spot.lifecycle).not.toHaveProperty('prevent_destroy');
    expect(spot).not.toHaveProperty('deletion_policy');
    expect(rdmaOf(json)).toMatchObject({ deletion_policy: 'DELETE' });
    expect(rdmaOf(json)).not.toHaveProperty('lifecycle');
    expect(spot.node_config).toMatchObject({
      spot: true,
      reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' },
    });
  });

  test.each([
    'a3-highgpu-8g',
    'a3-megagpu-8g',
    'a3-ultragpu-8g',
    'a4-highgpu-8g',
    'a4x-highgpu-4g',
    'a4x-maxgpu-4g-metal',
  ])('always says the reservation of %s, and nothing that the provider does not send', (type) => {
    const config = synthPool(type).resource.node_config;
    expect(config).not.toHaveProperty('host_maintenance_policy');
    expect(config).toMatchObject({
      reservation_affinity: {
        consume_reservation_type: 'SPECIFIC_RESERVATION',
        key: 'compute.googleapis.com/reservation-name',
        values: ['projects/test-train/reservations/r'],
      },
    });
  });

  test.each([
    ['a3-highgpu-8g', 'ephemeral_storage_local_ssd_config', 16, 4],
    ['a3-megagpu-8g', 'ephemeral_storage_local_ssd_config', 16, 8],
    ['a3-ultragpu-8g', 'ephemeral_storage_local_ssd_config', 32, 9],
    ['a4-highgpu-8g', 'ephemeral_storage_local_ssd_config', 32, 9],
  ])('gives %s its local disks as %s and its interfaces', (type, block, count, interfaces) => {
    const { resource } = synthPool(type);
    expect(resource.node_config).toMatchObject({ [block]: { local_ssd_count: count } });
    expect(Object(resource.network_config).additional_node_network_configs).toHaveLength(interfaces);
  });

  test('takes local disks as raw devices where the machine says so', () => {
    const stack = newStack();
    newCluster(stack).addNodePool('raw', {
      name: 'raw',
      machine: { ...machine('a3-megagpu-8g'), localSsd: { use: 'block', count: 16 } },
      nodeCount: 1,
      zone: ZONE,
      fabric: newFabric(stack, 'a3-megagpu-8g'),
      capacity: newCapacity(stack),
    });
    const pools = Object.values(resourcesOf(synthStack(stack), 'google_container_node_pool'));
    const config = pools.find(({ name }) => name === 'raw')?.node_config;
    expect(config).toMatchObject({ local_nvme_ssd_block_config: { local_ssd_count: 16 } });
    expect(config).not.toHaveProperty('ephemeral_storage_local_ssd_config');
  });

  test('asks for no local disks of machines that bring them', () => {
    const config = synthPool('a4x-highgpu-4g').resource.node_config;
    expect(config).not.toHaveProperty('local_nvme_ssd_block_config');
    expect(config).not.toHaveProperty('ephemeral_storage_local_ssd_config');
  });

  test('sets up bare metal with claims for interfaces and huge pages', () => {
    const { resource } = synthPool('a4x-maxgpu-4g-metal');
    expect(resource.node_config).toMatchObject({
      labels: {
        'cloud.google.com/gke-networking-dra-driver': 'true',
        'cloud.google.com/gke-dpv2-unified-cni': 'cni-migration',
      },
      linux_node_config: { hugepages_config: { hugepage_size_2m: 4096 } },
    });
    const { additional_node_network_configs: all } = Object(resource.network_config);
    expect(all).toHaveLength(9);
    expect(new Set(all.slice(1).map(({ subnetwork }: { subnetwork: string }) => subnetwork)).size).toBe(1);
  });

  test('keeps the CPU quota when it sets the kubelet and aligns GPUs with their NUMA node', () => {
    expect(synthPool('a4x-highgpu-4g').resource.node_config).toMatchObject({
      kubelet_config: {
        cpu_cfs_quota: true,
        cpu_manager_policy: 'static',
        topology_manager: { policy: 'best-effort', scope: 'pod' },
      },
    });
  });

  test('places a slice of TPU v7x by a workload policy and its own topology', () => {
    const { resource, policy } = synthPool('tpu7x-standard-4t', { nodeCount: 16, topology: '4x4x4' });
    expect(resource).toMatchObject({
      node_count: 16,
      max_pods_per_node: 15,
      placement_policy: { type: 'COMPACT', policy_name: 'atlas-one-4x4x4', tpu_topology: '4x4x4' },
      node_config: { taint: [{ key: 'google.com/tpu', value: 'present', effect: 'NO_SCHEDULE' }] },
    });
    expect(resource.node_config).not.toHaveProperty('guest_accelerator');
    expect(policy).toMatchObject({ workload_policy: { accelerator_topology: '4x4x4' } });
  });

  test('places a slice of TPU v6e by its topology alone', () => {
    const { resource, policy } = synthPool('ct6e-standard-4t', { nodeCount: 8, topology: '4x8' });
    expect(resource.placement_policy).toEqual({ type: 'COMPACT', tpu_topology: '4x8' });
    expect(policy).toBeUndefined();
  });

  test('leaves a slice of one host unplaced', () => {
    const { resource, policy } = synthPool('ct6e-standard-4t', { nodeCount: 1, topology: '2x2' });
    expect(resource.placement_policy).toBeUndefined();
    expect(policy).toBeUndefined();
  });

  test('queues flex-start GPUs: no fixed count and no repair', () => {
    const { resource } = synthPool('a4-highgpu-8g', { nodeCount: 8, capacity: { kind: 'flex-start' } });
    expect(resource).toMatchObject({
      autoscaling: { total_min_node_count: 0, total_max_node_count: 8 },
      // Release channels refuse pools without upgrades; the exclusion of the cluster holds those off.
      management: { auto_repair: false, auto_upgrade: true },
      queued_provisioning: { enabled: true },
      ignore_node_count_changes: true,
      node_config: {
        flex_start: true,
        max_run_duration: '604800s',
        labels: { 'cloud.google.com/gke-queued': 'true' },
        reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' },
      },
    });
    expect(resource).not.toHaveProperty('node_count');
    expect(resource).not.toHaveProperty('placement_policy');
  });

  test('gives flex-start GPUs out one by one where they are not queued', () => {
    const { resource } = synthPool('a4-highgpu-8g', { nodeCount: 8, capacity: { kind: 'flex-start', queued: false } });
    expect(resource).toMatchObject({
      autoscaling: { total_min_node_count: 0, total_max_node_count: 8, location_policy: 'ANY' },
      management: { auto_repair: false },
      node_config: { flex_start: true, max_run_duration: '604800s' },
    });
    expect(resource).not.toHaveProperty('queued_provisioning');
    expect(resource.node_config).not.toHaveProperty('labels');
  });

  test('queues slices where they are to wait for each other', () => {
    const capacity = { kind: 'flex-start', queued: true } as const;
    const { resource } = synthPool('ct6e-standard-4t', { nodeCount: 8, topology: '4x8', capacity });
    expect(resource).toMatchObject({
      autoscaling: { min_node_count: 0, max_node_count: 8 },
      queued_provisioning: { enabled: true },
      node_config: { labels: { 'cloud.google.com/gke-queued': 'true' } },
    });
  });

  test('limits flex-start TPUs for each zone', () => {
    const wanted: Wanted = { nodeCount: 8, topology: '4x8', capacity: { kind: 'flex-start' } };
    const { resource } = synthPool('ct6e-standard-4t', wanted);
    expect(resource.autoscaling).toEqual({ min_node_count: 0, max_node_count: 8, location_policy: 'ANY' });
    expect(resource).not.toHaveProperty('queued_provisioning');
    expect(resource.management).toMatchObject({ auto_repair: false });
  });

  test('leaves to GKE how many nodes run where it has a range', () => {
    const { resource } = synthPool('n4-standard-32', { ...ASKED, nodeCount: 40, minNodeCount: 2 });
    expect(resource).toMatchObject({
      autoscaling: { total_min_node_count: 2, total_max_node_count: 40, location_policy: 'ANY' },
      initial_node_count: 2,
      ignore_node_count_changes: true,
      lifecycle: { ignore_changes: expect.arrayContaining(['initial_node_count']) },
    });
    expect(resource).not.toHaveProperty('node_count');
    expect(synthPool('n4-standard-32', { ...ASKED, nodeCount: 40, minNodeCount: 0 }).resource).not.toHaveProperty(
      'initial_node_count',
    );
  });

  test('has none or all nodes of a slice', () => {
    const slice: Wanted = { ...ASKED, nodeCount: 8, topology: '4x8' };
    expect(synthPool('ct6e-standard-4t', { ...slice, minNodeCount: 0 }).resource.autoscaling).toMatchObject({
      min_node_count: 0,
      max_node_count: 8,
    });
    expect(() => synthPool('ct6e-standard-4t', { ...slice, minNodeCount: 4 })).toThrow(
      'a slice has none or all of its 8 nodes, got minNodeCount 4',
    );
  });

  test('has a range in one zone, of machines that are not held', () => {
    const cpu: Wanted = { ...ASKED, nodeCount: 4, minNodeCount: 0 };
    expect(() => synthPool('n4-standard-32', { ...cpu, furtherZones: ZONES.filter((zone) => zone !== ZONE) })).toThrow(
      'a range of nodes is one of a single zone: drop the others',
    );
    expect(() => synthPool('a4-highgpu-8g', { minNodeCount: 0 })).toThrow('capacity "reservation" is held');
  });

  test('adds labels and taints and writes tags as labels of the machines', () => {
    const { resource } = synthPool('a4x-highgpu-4g', {
      labels: { tier: 'gold' },
      taints: [{ key: 'team', value: 'a', effect: 'NoExecute' }],
      tags: { team: 'Research' },
    });
    expect(resource.node_config).toMatchObject({
      labels: { tier: 'gold' },
      taint: [{ key: 'nvidia.com/gpu' }, { key: 'team', value: 'a', effect: 'NO_EXECUTE' }],
      resource_labels: { team: 'research' },
    });
  });

  test('has no labels where nobody wants any', () => {
    expect(synthPool('a4-highgpu-8g').resource.node_config).not.toHaveProperty('labels');
    expect(synthPool('a4-highgpu-8g', { labels: { a: 'b' } }).resource.node_config).toMatchObject({
      labels: { a: 'b' },
    });
  });

  test('keeps nodes at a whole release, and leaves the version to the release channel without one', () => {
    const { resource } = synthPool('a4-highgpu-8g', { version: '1.35.3-gke.1389000' });
    expect(resource.version).toBe('1.35.3-gke.1389000');
    expect(Object(resource.lifecycle).ignore_changes).not.toContain('version');
    const open = synthPool('a4-highgpu-8g').resource;
    expect(open).not.toHaveProperty('version');
    expect(Object(open.lifecycle).ignore_changes).toContain('version');
  });

  test('takes a count and a zone that are known after apply only', () => {
    const nodeCount = Token.asNumber(Fn.tonumber('8'));
    const zone = Fn.trimspace('zone');
    const { resource } = synthPool('ct6e-standard-4t', { nodeCount, zone, topology: '4x8' });
    expect(resource).toMatchObject({
      node_count: expect.stringContaining('tonumber("8")'),
      node_locations: [expect.stringContaining('trimspace("zone")')],
    });
    const spread = { nodeCount, furtherZones: ['us-central1-b'], capacity: { kind: 'on-demand' } } as const;
    expect(() => synthPool('n4-standard-16', spread)).toThrow(/known after apply only/);
  });

  test('spreads CPU nodes over zones and lets them surge', () => {
    const capacity = { kind: 'on-demand' } as const;
    const { resource } = synthPool('n4-standard-16', { nodeCount: 6, furtherZones: ZONES.slice(1), capacity });
    expect(resource).toMatchObject({
      node_count: 2,
      node_locations: ZONES,
      upgrade_settings: { max_surge: 1, max_unavailable: 0 },
    });
  });

  test('is protected whatever its capacity where it is asked to be', () => {
    const spot = { capacity: { kind: 'spot' }, deletionProtection: true } as const;
    expect(synthPool('a4-highgpu-8g', spot).resource).toMatchObject({ deletion_policy: 'PREVENT' });
    const held = synthPool('a4-highgpu-8g', { deletionProtection: false }).resource;
    expect(held).toMatchObject({ deletion_policy: 'DELETE' });
    expect(held.lifecycle).not.toHaveProperty('prevent_destroy');
  });

  test('changes nothing but the count when nodes are added', () => {
    const few = synthPool('a4-highgpu-8g', { nodeCount: 4 });
    const more = synthPool('a4-highgpu-8g', { nodeCount: 8 });
    expect({ ...more.resource, node_count: 4 }).toEqual(few.resource);
  });

  test.each<[string, Wanted, RegExp]>([
    ['a4x-highgpu-4g', { nodeCount: 36 }, /36 nodes are more than a rack of 18/],
    ['a4x-highgpu-4g', { capacity: { kind: 'on-demand' } }, /capacity is "on-demand".*reservation/],
    ['a4x-maxgpu-4g-metal', { capacity: { kind: 'spot' } }, /capacity is "spot"/],
    ['a4-highgpu-8g', { furtherZones: ['us-central1-b'], nodeCount: 2 }, /exactly one zone/],
    ['a4-highgpu-8g', { fabricZone: 'us-central1-b' }, /fabric is in zone us-central1-b, the pool in us-central1-a/],
    ['a4x-highgpu-4g', { fabricOf: 'a4-highgpu-8g' }, /layout roce-8, the machine needs roce-4/],
    ['tpu7x-standard-4t', { fabricOf: 'a4-highgpu-8g', nodeCount: 16, topology: '4x4x4' }, /joins no fabric/],
    ['tpu7x-standard-4t', { nodeCount: 16 }, /topology is "", allowed are 2x2x1, /],
    ['tpu7x-standard-4t', { nodeCount: 16, topology: '3x3x3' }, /topology is "3x3x3"/],
    ['tpu7x-standard-4t', { nodeCount: 8, topology: '4x4x4' }, /a slice 4x4x4 has 16 nodes, got 8/],
    ['a4-highgpu-8g', { topology: '4x4' }, /only for machines that come in slices/],
    ['n4-standard-16', { nodeCount: 5, furtherZones: ['us-central1-b'] }, /5 nodes do not spread evenly over 2 zones/],
    ['tpu7x-standard-4t', { zone: 'us-east1-b' }, /is "us-east1-b", which is not in us-central1.*ZoneUnknown/],
    ['a4-highgpu-8g', { nodeCount: 1.5 }, /nodeCount of .* is 1\.5; use a whole number from 0.*CountInvalid/],
    ['a4-highgpu-8g', { nodeCount: -3 }, /nodeCount of .* is -3; use a whole number/],
    [
      'a4-highgpu-8g',
      { version: '1.35' },
      /version is "1\.35", nodes are kept at a whole release, such as 1\.35\.3-gke/,
    ],
    ['a4-highgpu-8g', { version: '1.35.3' }, /version is "1\.35\.3".*VersionInvalid/],
    ['a4-highgpu-8g', { name: '1-train' }, /name of the node pool is "1-train".*NameInvalid/],
    [
      'ct6e-standard-4t',
      { zone: 'us-central1-f', nodeCount: 8, topology: '4x8' },
      /none of its network's.*ZoneUnknown/,
    ],
  ])('fails when %s is asked for %j', (type, wanted, message) => {
    expect(() => synthPool(type, wanted)).toThrow(message);
  });

  test('fails when a machine with a fabric gets none', () => {
    const stack = newStack();
    const options = { name: 'train', machine: machine('a4-highgpu-8g'), nodeCount: 1, zone: ZONE };
    const add = () => newCluster(stack).addNodePool('train', { ...options, capacity: newCapacity(stack) });
    expect(add).toThrow(/the machine needs a fabric/);
  });
});
