import { resolveEstate } from '../../../cli/app';
import { TerraformStack, Testing } from '../../../constructs/cdktf';
import type { ShardPlan } from '../../../estate/plan/types';
import { ClusterStack } from '../../../stacks/google';
import { forgottenBy, onlyResource, resourceCount, resourcesOf, synthStack } from '../../helpers/terraform';
import { machine, newGroup, newPool, newRacks, newShard, newSite } from './fixture';

function synthShard(props: Partial<ShardPlan<'google'>> = {}) {
  const stack = new ClusterStack(Testing.app(), 'atlas-train-cluster', {
    shard: newShard(props),
    state: { kind: 'local' },
  });
  return { stack, json: synthStack(stack) };
}

const racks = (count: number) => [newPool('racks', 'a4x-highgpu-4g', newRacks(count))];

/** Addresses that Terraform is told to forget; each without destroying what it names. */
function removedFrom(json: ReturnType<typeof synthShard>['json']): string[] {
  const blocks = json.removed ?? [];
  for (const { lifecycle } of blocks) expect(lifecycle).toEqual({ destroy: false });
  return forgottenBy(json);
}

function pool(json: ReturnType<typeof synthShard>['json'], name: string) {
  return Object.values(resourcesOf(json, 'google_container_node_pool')).find((resource) => resource.name === name);
}

describe('ClusterStack', () => {
  const { stack, json } = synthShard();

  test('is a Terraform stack of the pinned provider with relative local state and no data source', () => {
    expect(stack).toBeInstanceOf(TerraformStack);
    expect(json.terraform).toMatchObject({
      required_providers: { google: { source: 'hashicorp/google', version: '7.45.0' } },
      backend: { local: { path: '../../../terraform.atlas-train-cluster.tfstate' } },
    });
    expect(json.provider).toEqual({
      google: [{ project: 'atlas-train', region: 'us-central1', add_terraform_attribution_label: false }],
    });
    expect(json.data).toBeUndefined();
  });

  test('makes one pool for each rack and slice beside the system pool', () => {
    const names = Object.values(resourcesOf(json, 'google_container_node_pool')).map(({ name }) => name);
    expect(names.sort()).toEqual(['racks-r0', 'racks-r1', 'slices-r9', 'system']);
    expect([...stack.pools.keys()]).toEqual(['racks-r0', 'racks-r1', 'slices-r9']);
  });

  test('binds each rack to its own sub-block and protects it', () => {
    expect(pool(json, 'racks-r1')).toMatchObject({
      node_count: 18,
      node_config: {
        reservation_affinity: {
          values: ['projects/atlas-train/reservations/gb200/reservationBlocks/b1/reservationSubBlocks/s1'],
        },
        resource_labels: { estate: 'atlas', 'managed-by': 'training-estate', team: 'frontier' },
      },
      deletion_policy: 'PREVENT',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('lets Google change the cluster when the estate says', () => {
    const window = { days: ['wed'], startTime: '01:00', hours: 6 } as const;
    const { json: quiet } = synthShard({ maintenance: { window, exclusions: [] } });
    expect(onlyResource(quiet, 'google_container_cluster').maintenance_policy).toEqual({
      recurring_window: {
        start_time: '2025-12-31T01:00:00Z',
        end_time: '2025-12-31T07:00:00Z',
        recurrence: 'FREQ=WEEKLY;BYDAY=WE',
      },
      maintenance_exclusion: [],
    });
  });

  test('shares one workload policy between all racks, and between all slices of a topology', () => {
    const names = Object.values(resourcesOf(json, 'google_compute_resource_policy')).map(({ name }) => name);
    expect(names.sort()).toEqual(['atlas-train-1x72', 'atlas-train-4x4x4']);
  });

  test('shares one fabric between the racks of a zone', () => {
    expect([...stack.fabrics.keys()]).toEqual(['us-central1-a-roce-4']);
    const names = Object.values(resourcesOf(json, 'google_compute_network')).map(({ name }) => name);
    expect(names.sort()).toEqual(['atlas-train-us-central1-a-roce-4-net-1', 'atlas-train-us-central1-a-roce-4-rdma']);
  });

  test('makes a fabric for each zone and each layout of interfaces', () => {
    const pools = [
      ...racks(1),
      newPool('h200', 'a3-ultragpu-8g', [newGroup('h200', 'r1', 4, 'h200')]),
      newPool('b200', 'a4-highgpu-8g', [newGroup('b200', 'r1', 4, 'b200')]),
      newPool('b200-b', 'a4-highgpu-8g', [newGroup('b200-b', 'r1', 4, 'b200')], { zone: 'us-central1-b' }),
    ];
    expect([...synthShard({ pools }).stack.fabrics.keys()]).toEqual([
      'us-central1-a-roce-4',
      'us-central1-a-roce-8',
      'us-central1-b-roce-8',
    ]);
  });

  test('makes its key, its identity and its cluster in the ranges of its owner', () => {
    expect(onlyResource(json, 'google_kms_crypto_key')).toMatchObject({ name: 'atlas-train-cluster' });
    expect(onlyResource(json, 'google_container_cluster')).toMatchObject({
      name: 'atlas-train',
      network: 'projects/atlas-train/global/networks/atlas-iowa',
      subnetwork: 'projects/atlas-train/regions/us-central1/subnetworks/atlas-iowa-nodes-train',
    });
    const second = newShard({
      key: 'train-2',
      name: 'atlas-train-2',
      podCidr: '100.68.0.0/14',
      serviceCidr: '172.20.16.0/20',
    });
    const other = synthStack(new ClusterStack(Testing.app(), 'second', { shard: second, state: { kind: 'local' } }));
    expect(onlyResource(other, 'google_container_cluster')).toMatchObject({
      subnetwork: 'projects/atlas-train/regions/us-central1/subnetworks/atlas-iowa-nodes-train-2',
    });
  });

  test('opens the mounted bucket to the workloads and the nodes to the mounted file system', () => {
    expect(onlyResource(json, 'google_storage_bucket_iam_member')).toMatchObject({
      bucket: expect.stringMatching(/^atlas-data-[0-9a-f]{8}$/),
      role: 'roles/storage.objectUser',
      member: expect.stringContaining('/subject/ns/training/sa/runner'),
    });
    const rules = Object.values(resourcesOf(json, 'google_compute_firewall'));
    expect(rules.find(({ name }) => name === 'atlas-train-scratch-lustre')).toMatchObject({
      source_ranges: ['10.160.32.0/20'],
      destination_ranges: ['10.160.0.0/19'],
      allow: [{ protocol: 'tcp', ports: ['988'] }],
    });
    expect(resourcesOf(json, 'google_lustre_instance')).toEqual({});
    expect(resourcesOf(json, 'google_storage_bucket')).toEqual({});
  });

  test('opens nothing that is not mounted', () => {
    const { json: bare } = synthShard({ mounts: [] });
    expect(resourcesOf(bare, 'google_storage_bucket_iam_member')).toEqual({});
    expect(JSON.stringify(bare)).not.toContain('atlas-scratch');
  });

  test('queues flex-start pools for as long as the estate says', () => {
    const flex = newPool('flex', 'a4-highgpu-8g', [newGroup('flex', '1', 8)], {
      capacity: { kind: 'flex-start', maxRunHours: 24 },
    });
    expect(pool(synthShard({ pools: [flex] }).json, 'flex-1')).toMatchObject({
      autoscaling: { total_max_node_count: 8 },
      node_config: { flex_start: true, max_run_duration: '86400s' },
      queued_provisioning: { enabled: true },
    });
  });

  test('queues no flex-start pool that the estate says is not to be', () => {
    const flex = newPool('flex', 'a4-highgpu-8g', [newGroup('flex', '1', 8)], {
      capacity: { kind: 'flex-start', maxRunHours: 24, queued: false },
    });
    expect(pool(synthShard({ pools: [flex] }).json, 'flex-1')).not.toHaveProperty('queued_provisioning');
  });

  test('leaves pools with a range to GKE', () => {
    const burst = newPool('burst', 'n4-standard-32', [{ ...newGroup('burst', '1', 40), minNodes: 0 }], {
      capacity: { kind: 'spot' },
    });
    expect(pool(synthShard({ pools: [burst] }).json, 'burst-1')).toMatchObject({
      autoscaling: { total_min_node_count: 0, total_max_node_count: 40 },
      ignore_node_count_changes: true,
    });
  });

  test('adds a pool for another rack and changes nothing else', () => {
    const two = synthShard({ pools: racks(2) }).json;
    const three = synthShard({ pools: racks(3) }).json;
    expect(resourceCount(three)).toBe(resourceCount(two) + 1);
    expect(three.resource).toMatchObject(two.resource ?? {});
  });

  test('keeps the number of resources when the nodes of a group double', () => {
    const sized = (nodes: number) =>
      synthShard({ pools: [newPool('b200', 'a4-highgpu-8g', [newGroup('b200', 'r1', nodes, 'b200')])] }).json;
    expect(resourceCount(sized(64))).toBe(resourceCount(sized(32)));
  });

  test('stays below 400 resources with as many pools as a shard may have', () => {
    expect(resourceCount(synthShard({ pools: racks(100) }).json)).toBeLessThan(400);
  });

  test('replaces nothing when tags change', () => {
    const withoutTags = (value: unknown) =>
      JSON.stringify(value, (key, member) => (/^(resource_)?labels$/.test(key) ? undefined : member));
    const other = synthShard({ tags: { team: 'other' } }).json;
    expect(withoutTags(other)).toBe(withoutTags(json));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(json));
  });

  test('forgets a reserved group that left the estate, and keeps what its nodes stand on', () => {
    const retired = [
      {
        id: 'racks-r0',
        pool: 'racks',
        key: 'r0',
        machine: machine('a4x-highgpu-4g'),
        zone: 'us-central1-a',
        capacity: 'reservation' as const,
      },
      {
        id: 'slices-r9-4x4x4',
        pool: 'slices',
        key: 'r9-4x4x4',
        machine: machine('tpu7x-standard-4t'),
        zone: 'us-central1-a',
        capacity: 'reservation' as const,
      },
    ];
    const before = synthShard({ pools: racks(1) }).json;
    const { json: after } = synthShard({ pools: [], retired });
    const [[gone] = []] = Object.entries(resourcesOf(before, 'google_container_node_pool')).filter(
      ([, { name }]) => name === 'racks-r0',
    );
    expect(removedFrom(after)).toContain(`google_container_node_pool.${gone}`);
    // Also where they stood before their ids had a prefix, and a slice before its id said its topology.
    expect(removedFrom(after).map((from) => from.replace(/_[0-9A-F]{8}$/, '').split('.')[1])).toEqual([
      'cluster_racks-r0',
      'cluster_slices-r9-4x4x4',
      'cluster_slices-r9',
      'pool-racks-r0',
      'pool-slices-r9-4x4x4',
    ]);
    expect(Object.values(resourcesOf(after, 'google_container_node_pool')).map(({ name }) => name)).toEqual(['system']);
    // The fabric, the policies and the switches of the cluster are as the nodes found them.
    expect(Object.keys(resourcesOf(after, 'google_compute_network'))).toEqual(
      Object.keys(resourcesOf(before, 'google_compute_network')),
    );
    const policies = Object.values(resourcesOf(after, 'google_compute_resource_policy')).map(({ name }) => name);
    expect(policies.sort()).toEqual(['atlas-train-1x72', 'atlas-train-4x4x4']);
    expect(onlyResource(after, 'google_container_cluster').enable_multi_networking).toBe(true);
    // Nothing else is forgotten, and a fabric that only such nodes use may go with them once they are given up.
    const rdma = Object.values(resourcesOf(after, 'google_compute_network')).find(
      ({ network_profile }) => network_profile,
    );
    expect(rdma).toMatchObject({ deletion_policy: 'DELETE' });
    expect(forgottenBy(json)).toEqual([]);
  });

  test('forgets the ways to stores that left the estate, so that their clients keep them', () => {
    const site = newSite({
      retired: [
        { kind: 'lustre', key: 'scratch', name: 'atlas-scratch', zone: 'us-central1-a' },
        { kind: 'object', key: 'data', name: 'atlas-data' },
      ],
    });
    const { json: after } = synthShard({ site, mounts: [] });
    const ids = ['google_compute_firewall', 'google_storage_bucket_iam_member'].flatMap((type) =>
      Object.entries(resourcesOf(json, type)).flatMap(([id, { name }]) =>
        type === 'google_compute_firewall' && name !== 'atlas-train-scratch-lustre' ? [] : [`${type}.${id}`],
      ),
    );
    expect(ids).toHaveLength(2);
    // Also where they stood when they were called like the store.
    expect(removedFrom(after).filter((from) => !from.includes('.store-'))).toEqual(ids.sort());
    expect(removedFrom(after)).toHaveLength(4);
    // A store that is mounted again is managed again.
    expect(removedFrom(synthShard({ site }).json)).toEqual([]);
  });

  test('follows the slices of the default estate from the ids that did not say their topology', () => {
    const { plan } = resolveEstate('estate.yaml');
    const shard = plan.shards('google').find(({ key }) => key === 'iowa');
    if (shard === undefined) throw new Error('the default estate has no cluster "iowa"');
    const stack = new ClusterStack(Testing.app(), shard.stacks.cluster, { shard, state: { kind: 'local' } });
    const slice = 'google_container_node_pool.cluster_tpu-r2813157f';
    expect(synthStack(stack).moved?.filter(({ from }) => from.startsWith(slice))).toEqual([
      { from: `${slice}-4x4x4_DA916676`, to: 'google_container_node_pool.pool-tpu-r2813157f-4x4x4_94ED2E0F' },
      { from: `${slice}_B9B02261`, to: `${slice}-4x4x4_DA916676` },
    ]);
    // What moves to a living slice is not forgotten with one that left.
    const gone = {
      id: 'tpu-r2813157f-4x4x8',
      pool: 'tpu',
      key: 'r2813157f-4x4x8',
      machine: machine('tpu7x-standard-4t'),
      zone: 'us-central1-a',
      capacity: 'reservation' as const,
    };
    const { json: after } = synthShard({ pools: shard.pools, retired: [gone] });
    expect(removedFrom(after)).toEqual([
      expect.stringMatching(/\.cluster_tpu-r2813157f-4x4x8_[0-9A-F]{8}$/),
      expect.stringMatching(/\.pool-tpu-r2813157f-4x4x8_[0-9A-F]{8}$/),
    ]);
  });

  test('follows administrators from the ids by which each spelling had a grant of its own', () => {
    const admins = (...administrators: string[]) => {
      const access = { administrators, viewers: [], ranges: [] };
      const { json: made } = synthShard({ access });
      const { moved = [] } = made;
      const bare = (address: string) => address.replace(/_[0-9A-F]{8}$/, '').replace('google_project_iam_member.', '');
      return {
        moved: moved.filter(({ from }) => from.includes('_admin-')).map(({ from, to }) => [bare(from), bare(to)]),
        removed: removedFrom(made).map(bare),
      };
    };
    expect(admins('a@example.com')).toEqual({ moved: [], removed: [] });
    const grouped = admins('group:a@example.com');
    expect(grouped.removed).toEqual([]);
    expect(grouped.moved).toHaveLength(1);
    // One spelling is the present one: nothing moves, and the grant is not taken away with the other one.
    const both = admins('a@example.com', 'A@Example.com');
    expect([both.moved.length, both.removed.length]).toEqual([0, 1]);
    const neither = admins('group:a@example.com', 'A@Example.com');
    expect([neither.moved.length, neither.removed.length]).toEqual([1, 1]);
  });

  test('keeps nodes at the whole release that the estate names, and sends no other', () => {
    const kept = newPool('racks', 'a4x-highgpu-4g', newRacks(1), { kubernetesVersion: '1.35.3-gke.1389000' });
    expect(pool(synthShard({ pools: [kept] }).json, 'racks-r0')?.version).toBe('1.35.3-gke.1389000');
    const open = newPool('racks', 'a4x-highgpu-4g', newRacks(1), { kubernetesVersion: '1.35' });
    expect(pool(synthShard({ pools: [open] }).json, 'racks-r0')).not.toHaveProperty('version');
  });

  test('gives the same text each time', () => {
    expect(JSON.stringify(synthShard().json)).toBe(JSON.stringify(json));
  });

  test('refers to other stacks by name only', () => {
    const { json: moved } = synthShard({ site: newSite({ stores: [] }) });
    expect(moved.resource).toEqual(json.resource);
    expect(JSON.stringify(json)).not.toContain('terraform_remote_state');
  });
});
