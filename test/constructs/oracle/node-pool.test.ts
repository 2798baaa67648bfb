import type { TerraformStack } from '../../../constructs/cdktf';
import { TerraformElement } from '../../../constructs/cdktf';
import { Capacity, type CapacityProps } from '../../../constructs/oracle/capacity';
import { Fabric } from '../../../constructs/oracle/fabric';
import type { NodePool, NodePoolOptions } from '../../../constructs/oracle/node-pool';
import type { OracleMachine } from '../../../estate/catalog/oracle';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';
import { machine, newCluster, newFabric, newKey, newNetwork, newStack, ZONE } from './scene';

interface Made {
  readonly stack: TerraformStack;
  readonly pool: NodePool;
  readonly json: TerraformJson;
}

/** A pool of a machine type, with the fabric that it needs. */
function poolOf(type: string, props: Partial<NodePoolOptions> = {}, how: CapacityProps = { kind: 'on-demand' }): Made {
  const stack = newStack();
  const network = newNetwork(stack);
  const cluster = newCluster(stack, { network, encryptionKey: newKey(stack) });
  const fabric = machine(type).attachment === 'none' ? undefined : newFabric(stack, type, network);
  const pool = cluster.addNodePool('train', {
    name: 'atlas-gpu-train',
    machine: machine(type),
    nodeCount: 16,
    zone: ZONE,
    image: 'ocid1.image.oc1.phx.gpu',
    capacity: new Capacity(stack, 'capacity', how),
    fabric,
    ...props,
  });
  return { stack, pool, json: synthStack(stack) };
}

/** The pool under test beside the system pool. */
function managed({ json }: Made): Record<string, unknown> {
  const found = Object.entries(resourcesOf(json, 'oci_containerengine_node_pool')).find(([id]) => id.includes('train'));
  return found?.[1] ?? {};
}

const COMPUTE_CLUSTER = 'ocid1.computecluster.oc1.phx.c';
const FABRIC_ID = 'ocid1.computegpumemoryfabric.oc1.phx.f';

describe('oracle NodePool of hosts', () => {
  test('has the managed pool as its default child', () => {
    expect(poolOf('BM.GPU.H200.8').pool.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('joins the compute cluster of its fabric', () => {
    const pool = managed(poolOf('BM.GPU.H200.8'));
    expect(pool).toMatchObject({
      node_shape: 'BM.GPU.H200.8',
      kubernetes_version: 'v1.35.2',
      node_source_details: {
        image_id: 'ocid1.image.oc1.phx.gpu',
        source_type: 'IMAGE',
        boot_volume_size_in_gbs: '512',
      },
      node_config_details: {
        size: 16,
        compute_cluster_id: expect.stringContaining('oci_core_compute_cluster.fabric'),
        placement_configs: [{ availability_domain: ZONE }],
        // Whole hosts cannot encrypt the way to their volumes.
        is_pv_encryption_in_transit_enabled: false,
      },
      node_metadata: { areLegacyImdsEndpointsDisabled: 'true' },
      // Jobs get an hour to write a checkpoint before their node goes.
      node_eviction_node_pool_settings: {
        eviction_grace_duration: 'PT1H',
        is_force_delete_after_grace_duration: false,
      },
    });
    expect(pool).not.toHaveProperty('node_shape_config');
    expect(pool).not.toHaveProperty('lifecycle');
  });

  test('is bound to a host group or a reservation, and then protected', () => {
    const dedicated = managed(
      poolOf('BM.GPU.H200.8', {}, { kind: 'dedicated', id: 'ocid1.computehostgroup.oc1.phx.h' }),
    );
    expect(dedicated).toMatchObject({
      node_config_details: { placement_configs: [{ host_group_id: 'ocid1.computehostgroup.oc1.phx.h' }] },
      lifecycle: { prevent_destroy: true },
    });
    const reserved = managed(
      poolOf('BM.GPU.H200.8', {}, { kind: 'reservation', id: 'ocid1.capacityreservation.oc1.phx.r' }),
    );
    expect(reserved).toMatchObject({
      node_config_details: { placement_configs: [{ capacity_reservation_id: 'ocid1.capacityreservation.oc1.phx.r' }] },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('takes spare machines as preemptible ones', () => {
    const preemptible: OracleMachine = { ...machine('VM.Standard.E5.Flex'), capacity: ['spot'] };
    expect(managed(poolOf('VM.Standard.E5.Flex', { machine: preemptible }, { kind: 'spot' }))).toMatchObject({
      node_config_details: {
        placement_configs: [{ preemptible_node_config: { preemption_action: { type: 'TERMINATE' } } }],
      },
    });
  });

  test.each([
    [16, '2h'],
    [100, '3h'],
    [500, '13h'],
  ])('gives %i hosts %s to start', (nodeCount, create) => {
    expect(managed(poolOf('BM.GPU.H200.8', { nodeCount })).timeouts).toMatchObject({ create });
  });

  test('may hold a version behind the cluster, also in the script of its nodes', () => {
    const pool = managed(poolOf('BM.GPU.H200.8', { version: '1.34' }));
    expect(pool.kubernetes_version).toBe('v1.34.2');
    const { user_data } = pool.node_metadata as { user_data: string };
    expect(Buffer.from(user_data, 'base64').toString('utf8')).toContain("RELEASE='1.34.2'");
    expect(() => poolOf('BM.GPU.H200.8', { version: '1.20' })).toThrow('OKE has no Kubernetes 1.20');
  });

  test('never replaces nodes with accelerators by itself', () => {
    expect(managed(poolOf('BM.GPU.H200.8'))).not.toHaveProperty('node_pool_cycling_details');
    expect(managed(poolOf('BM.GPU.RTXPRO.8'))).not.toHaveProperty('node_pool_cycling_details');
  });

  test.each([
    [3, '1'],
    [10, '1'],
    [45, '5'],
  ])('replaces %d CPU nodes after an edit, %s at a time beside those that run', (nodeCount, maximum_surge) => {
    const pool = managed(poolOf('VM.Standard.E5.Flex', { nodeCount }));
    expect(pool.node_pool_cycling_details).toEqual({
      is_node_cycling_enabled: true,
      cycle_modes: ['INSTANCE_REPLACE'],
      maximum_surge,
      maximum_unavailable: '0',
    });
    expect(pool.timeouts).toEqual({ create: '2h', update: '15h', delete: '2h' });
  });

  test('replaces CPU nodes of a reservation in place, which has no room for more', () => {
    const how: CapacityProps = { kind: 'reservation', id: 'ocid1.capacityreservation.oc1.phx.r' };
    expect(managed(poolOf('VM.Standard.E5.Flex', { nodeCount: 20 }, how)).node_pool_cycling_details).toMatchObject({
      maximum_surge: '0',
      maximum_unavailable: '2',
    });
  });

  test('writes labels in the order of their keys and hands taints to the kubelet', () => {
    const pool = managed(
      poolOf('BM.GPU.H200.8', {
        labels: { b: '2', a: '1' },
        taints: [{ key: 'team', value: 'a', effect: 'NoSchedule' }],
      }),
    );
    expect(pool.initial_node_labels).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ]);
    expect(pool.node_metadata).toMatchObject({ 'kubelet-extra-args': '--register-with-taints=team=a:NoSchedule' });
  });

  test.each<[string, string, Partial<NodePoolOptions>, RegExp]>([
    ['it has RDMA and no fabric', 'BM.GPU.H200.8', { fabric: undefined }, /BM\.GPU\.H200\.8 needs its RDMA network/],
    [
      'its fabric lies elsewhere',
      'BM.GPU.H200.8',
      { zone: 'Uocm:PHX-AD-2' },
      /both must be in one availability domain/,
    ],
    ['RDMA is spread over zones', 'BM.GPU.H200.8', { furtherZones: ['Uocm:PHX-AD-2'] }, /use zone alone/],
    [
      'a CPU pool has a fabric',
      'VM.Standard.E5.Flex',
      { fabric: Fabric.fromFabricAttributes(newStack(), 'f', { zone: ZONE, computeClusterId: COMPUTE_CLUSTER }) },
      /has no RDMA network, so its pool takes no fabric/,
    ],
  ])('fails when %s', (_, type, props, message) => {
    expect(() => poolOf(type, props)).toThrow(message);
  });

  test.each([1.5, -3, Number.NaN])('fails when it is to have %d nodes', (nodeCount) => {
    expect(() => poolOf('BM.GPU.H200.8', { nodeCount })).toThrow(
      `nodeCount of pool "atlas-gpu-train" is ${nodeCount}; use a whole number from 0 [CountInvalid]`,
    );
  });

  test('may have no nodes', () => {
    expect(managed(poolOf('BM.GPU.H200.8', { nodeCount: 0 }))).toMatchObject({ node_config_details: { size: 0 } });
  });

  test('starts with its fewest nodes where an autoscaler sizes it, which an apply leaves alone', () => {
    const cpu = { nodeCount: 40, minNodeCount: 2 };
    const made = poolOf('VM.Standard.E5.Flex', { ...cpu, deletionProtection: true });
    expect(made.pool.range).toEqual({ min: 2, max: 40 });
    expect(managed(made)).toMatchObject({
      node_config_details: { size: 2 },
      freeform_tags: { nodes: '2-40' },
      lifecycle: { prevent_destroy: true, ignore_changes: ['node_config_details[0].size'] },
    });
    expect(managed(poolOf('VM.Standard.E5.Flex', cpu)).lifecycle).toEqual({
      ignore_changes: ['node_config_details[0].size'],
    });
    expect(poolOf('VM.Standard.E5.Flex').pool.range).toBeUndefined();
  });

  test('has no range of machines that are held', () => {
    expect(() =>
      poolOf('BM.GPU.H200.8', { minNodeCount: 0 }, { kind: 'dedicated', id: 'ocid1.computehostgroup.oc1.phx.h' }),
    ).toThrow('is held, so that no autoscaler sizes the pool; leave minNodeCount out');
  });

  test('fails when the machine is not sold that way', () => {
    expect(() => poolOf('BM.GPU.H200.8', {}, { kind: 'spot' })).toThrow(
      'BM.GPU.H200.8 is not sold as "spot"; use on-demand, reservation, dedicated',
    );
  });

  test('is protected as it is told, whatever it is made of', () => {
    const own = { kind: 'dedicated', id: 'ocid1.computehostgroup.oc1.phx.h' } as const;
    expect(managed(poolOf('BM.GPU.H200.8', { deletionProtection: false }, own))).not.toHaveProperty('lifecycle');
    expect(managed(poolOf('VM.Standard.E5.Flex', { deletionProtection: true })).lifecycle).toEqual({
      prevent_destroy: true,
    });
  });

  test('fails when the network has no such zone', () => {
    expect(() => poolOf('VM.Standard.E5.Flex', { zone: 'Uocm:PHX-AD-9' })).toThrow(
      'zone "Uocm:PHX-AD-9" is none of the network\'s: Uocm:PHX-AD-1 [ZoneUnknown]',
    );
  });

  test('fails when a reservation is spread over zones', () => {
    const how: CapacityProps = { kind: 'reservation', id: 'ocid1.capacityreservation.oc1.phx.r' };
    expect(() => poolOf('VM.Standard.E5.Flex', { furtherZones: ['Uocm:PHX-AD-2'] }, how)).toThrow(
      /a capacity reservation lies in one availability domain/,
    );
  });
});

describe('oracle NodePool of a rack', () => {
  const rack = (props: Partial<NodePoolOptions> = {}) =>
    poolOf('BM.GPU.GB300.4', props, { kind: 'dedicated', id: FABRIC_ID });

  test('has the GPU memory cluster as its default child', () => {
    expect(rack().pool.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('is a GPU memory cluster on its fabric, because managed pools do not take rack machines', () => {
    const made = rack();
    expect(managed(made)).toEqual({});
    expect(onlyResource(made.json, 'oci_core_compute_gpu_memory_cluster')).toMatchObject({
      gpu_memory_fabric_id: FABRIC_ID,
      availability_domain: ZONE,
      compute_cluster_id: expect.stringContaining('oci_core_compute_cluster.fabric'),
      gpu_memory_cluster_scale_config: { is_upsize_enabled: true, is_downsize_enabled: true, target_size: '16' },
      lifecycle: { prevent_destroy: true },
      timeouts: { create: '3h', update: '3h', delete: '3h' },
    });
  });

  test.each([16, 18])(
    'asks for a size of %d hosts both ways, so that no update asks for the size that was',
    (nodeCount) => {
      const { lifecycle, ...made } = onlyResource(rack({ nodeCount }).json, 'oci_core_compute_gpu_memory_cluster');
      expect(made).toMatchObject({
        size: String(nodeCount),
        gpu_memory_cluster_scale_config: { target_size: String(nodeCount), is_downsize_enabled: true },
      });
      expect(lifecycle).toEqual({ prevent_destroy: true });
    },
  );

  test('fails when it is to come out of a reservation, which a rack would ignore', () => {
    const how: CapacityProps = { kind: 'reservation', id: 'ocid1.capacityreservation.oc1.phx.r' };
    expect(() => poolOf('BM.GPU.GB300.4', {}, how)).toThrow(
      'BM.GPU.GB300.4 is not sold as "reservation"; use dedicated',
    );
  });

  test('fails when it would be larger than a rack', () => {
    expect(() => rack({ nodeCount: 19 })).toThrow(/a rack of BM\.GPU\.GB300\.4 has 18 nodes, got nodeCount 19/);
  });
});
