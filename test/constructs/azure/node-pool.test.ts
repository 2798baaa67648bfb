import { Capacity, type CapacityProps, Fabric, type NodePoolOptions } from '../../../constructs/azure';
import { azure } from '../../../estate/catalog/azure';
import { onlyResource } from '../../helpers/terraform';
import { cluster, defaultType, machine, network, stack, synth } from './setup';

const GB300 = machine('Standard_ND128isr_GB300_v6');
const H200 = machine('Standard_ND96isr_H200_v5');
const RESERVATION = {
  kind: 'reservation',
  id: '/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/g',
} as const;

function pool(options: Partial<NodePoolOptions> = {}, capacity: CapacityProps = { kind: 'on-demand' }) {
  const scope = stack();
  return cluster(scope).addNodePool('train-1', {
    name: 'train-1',
    machine: GB300,
    nodeCount: 18,
    zone: '1',
    capacity: new Capacity(scope, 'capacity', capacity),
    ...options,
  });
}

const attributes = (...args: Parameters<typeof pool>) =>
  onlyResource(synth(pool(...args)), 'azurerm_kubernetes_cluster_node_pool');

describe('NodePool', () => {
  test('is mainly a node pool', () => {
    expect(defaultType(pool())).toBe('azurerm_kubernetes_cluster_node_pool');
  });

  test('holds a fixed number of encrypted nodes in one zone', () => {
    const made = attributes();
    expect(made).toMatchObject({
      name: 'train1',
      vm_size: 'Standard_ND128isr_GB300_v6',
      node_count: 18,
      zones: ['1'],
      mode: 'User',
      os_sku: 'Ubuntu2404',
      os_disk_type: 'Ephemeral',
      host_encryption_enabled: true,
      node_public_ip_enabled: false,
      max_pods: 110,
      gpu_driver: 'None',
      orchestrator_version: '1.36',
    });
    expect(made).not.toHaveProperty('auto_scaling_enabled');
    expect(made.lifecycle).toEqual({ ignore_changes: ['vnet_subnet_id'] });
  });

  test('leaves to AKS how many nodes run where it has a range', () => {
    const cpu = machine('Standard_D32ads_v5');
    const made = attributes({ machine: cpu, nodeCount: 40, minNodeCount: 0 });
    expect(made).toMatchObject({ auto_scaling_enabled: true, min_count: 0, max_count: 40 });
    expect(made).not.toHaveProperty('node_count');
  });

  test('has no range of machines that are held, and none that is the wrong way round', () => {
    expect(() => pool({ machine: H200, nodeCount: 8, minNodeCount: 0 }, RESERVATION)).toThrow(
      'capacity "reservation" is held, so that no autoscaler sizes the pool; leave minNodeCount out',
    );
    expect(() => pool({ machine: H200, nodeCount: 8, minNodeCount: 9 })).toThrow('minNodeCount of node pool train-1');
    expect(() => pool({ machine: H200, nodeCount: 0, minNodeCount: 0 })).toThrow('which has a range');
  });

  test('may stay at an older version than its cluster', () => {
    expect(attributes({ version: '1.35' })).toMatchObject({ orchestrator_version: '1.35' });
  });

  test('has no zone where its network has none, and only zones of its network', () => {
    const scope = stack();
    const capacity = new Capacity(scope, 'capacity', { kind: 'on-demand' });
    const options = { name: 'train-1', machine: GB300, nodeCount: 18, capacity };
    const made = cluster(scope, { network: network(scope, { zones: [] }) }).addNodePool('train-1', options);
    const json = synth(made);
    expect(onlyResource(json, 'azurerm_kubernetes_cluster_node_pool')).not.toHaveProperty('zones');
    expect(onlyResource(json, 'azurerm_kubernetes_cluster').default_node_pool).not.toHaveProperty('zones');
    expect(() => pool({ zone: '3' })).toThrow(
      `node pool train-1: zone "3" is none of network lab's (1, 2) [ZoneUnknown]`,
    );
  });

  test.each([
    [GB300, 'on-demand'],
    [H200, 'spot'],
    [H200, 'on-demand'],
    [machine('Standard_D16ads_v5'), 'on-demand'],
    [machine('Standard_D16ads_v5'), 'spot'],
  ] as const)('rotates %j had by %s, which may be had twice', (of, kind) => {
    expect(attributes({ machine: of, nodeCount: 8 }, { kind })).toMatchObject({
      name: 'train1',
      temporary_name_for_rotation: 'trai5b110e7d',
    });
  });

  test('never rotates machines that a contract or a reservation holds: a change that needs it fails', () => {
    for (const held of [GB300, H200]) {
      const made = attributes({ machine: held, nodeCount: 8 }, { kind: 'dedicated' });
      expect(made).not.toHaveProperty('temporary_name_for_rotation');
    }
    const cpu = { machine: machine('Standard_D16ads_v5'), nodeCount: 8 };
    expect(attributes(cpu, RESERVATION)).not.toHaveProperty('temporary_name_for_rotation');
  });

  test('does not follow another spelling of the ids of its subnet and its reservation', () => {
    const cpu = { machine: machine('Standard_D16ads_v5'), nodeCount: 8 };
    expect(attributes(cpu, RESERVATION).lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ['vnet_subnet_id', 'capacity_reservation_group_id'],
    });
  });

  test('upgrades without surge and cordons what cannot be drained', () => {
    expect(attributes().upgrade_settings).toEqual({
      max_unavailable: '10%',
      drain_timeout_in_minutes: 60,
      undrainable_node_behavior: 'Cordon',
    });
  });

  test('waits for hours where Azure hands out racks slowly, and for all other pools of a full cluster before that', () => {
    expect(attributes().timeouts).toEqual({ create: '24h', update: '24h', delete: '4h' });
    const others = azure.limits.poolsPerShard.value - 1;
    const [ownMinutes, minutesOfOther] = [4 * 60, 12];
    expect(ownMinutes + others * minutesOfOther).toBeLessThanOrEqual(24 * 60);
  });

  test('keeps other pods away and carries the taints and labels of its user', () => {
    const made = attributes({
      labels: { tier: 'frontier' },
      taints: [{ key: 'team', value: 'a', effect: 'NoExecute' }],
    });
    expect(made).toMatchObject({
      node_labels: { tier: 'frontier' },
      node_taints: ['nvidia.com/gpu=present:NoSchedule', 'team=a:NoExecute'],
    });
  });

  test('pins cores near their GPUs for whole machines, and leaves CPU machines as they are', () => {
    expect(attributes().kubelet_config).toEqual({
      cpu_manager_policy: 'static',
      topology_manager_policy: 'best-effort',
    });
    expect(attributes({ machine: machine('Standard_D16ads_v5') })).not.toHaveProperty('kubelet_config');
  });

  test('leaves the driver of AMD machines to their operator', () => {
    const made = attributes({ machine: machine('Standard_ND96isr_MI300X_v5'), nodeCount: 4 });
    expect(made).toMatchObject({ gpu_driver: 'None', node_taints: ['amd.com/gpu=present:NoSchedule'] });
  });

  test('protects machines that a contract holds', () => {
    expect(attributes({}, { kind: 'dedicated' })).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  test('may be destroyed, or not, as it is told', () => {
    expect(attributes({ deletionProtection: false }, { kind: 'dedicated' }).lifecycle).toEqual({
      ignore_changes: ['vnet_subnet_id'],
    });
    expect(attributes({ deletionProtection: true }).lifecycle).toMatchObject({ prevent_destroy: true });
  });

  test('is what waits for its machines', () => {
    const made = pool();
    expect(made.dependables).toEqual([made.node.defaultChild]);
  });

  test('says of spot machines what AKS adds to them, and no upgrade settings', () => {
    const made = attributes({ machine: H200, nodeCount: 8 }, { kind: 'spot' });
    expect(made).toMatchObject({
      priority: 'Spot',
      eviction_policy: 'Delete',
      spot_max_price: -1,
      node_labels: { 'kubernetes.azure.com/scalesetpriority': 'spot' },
      node_taints: ['nvidia.com/gpu=present:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
    });
    expect(made).not.toHaveProperty('upgrade_settings');
  });

  test('waits for the InfiniBand of its subscription where this stack declares it', () => {
    const scope = stack();
    const fabric = new Fabric(scope, 'fabric', { machines: [H200] });
    const capacity = new Capacity(scope, 'capacity', { kind: 'on-demand' });
    const made = cluster(scope).addNodePool('p', {
      name: 'p',
      machine: H200,
      nodeCount: 1,
      zone: '1',
      capacity,
      fabric,
    });
    expect(onlyResource(synth(made), 'azurerm_kubernetes_cluster_node_pool').depends_on).toContainEqual(
      expect.stringMatching(/^azurerm_resource_provider_feature_registration\./),
    );
  });

  test.each([
    [GB300, 19, /19 nodes: 0 to 18 of Standard_ND128isr_GB300_v6 fit one NVLink domain/],
    [H200, 101, /101 nodes: 0 to 100 of Standard_ND96isr_H200_v5 fit one scale set/],
    [H200, 1.5, /1.5 nodes.*\[CountInvalid\]/],
    [H200, -3, /-3 nodes/],
  ])('fails when it is larger than one domain', (of, nodeCount, message) => {
    expect(() => pool({ machine: of, nodeCount })).toThrow(message);
  });

  test('fails when a reservation is named for a machine that has none', () => {
    expect(() => pool({}, RESERVATION)).toThrow(
      /no capacity reservations for Standard_ND128isr_GB300.*\[CapacityUnsupported\]/,
    );
  });

  test('fails when its machine is not sold in the way that it asks for', () => {
    expect(() => pool({}, { kind: 'spot' })).toThrow(
      'node pool train-1: Standard_ND128isr_GB300_v6 is not sold as "spot"; use on-demand, dedicated [CapacityUnsupported]',
    );
    expect(() => pool({ nodeCount: 0 })).not.toThrow();
  });

  test('fails when its fabric is that of the other generation', () => {
    const scope = stack();
    const fabric = new Fabric(scope, 'fabric', { machines: [H200] });
    expect(() => pool({ fabric })).toThrow(
      /needs AKSInfinibandSupport unregistered, its fabric has it registered.*\[FabricMismatch\]/,
    );
  });
});
