import {
  CATALOG,
  type CapacityKind,
  CLOUDS,
  type Cloud,
  type MachineBase,
  machineNamed,
} from '../../../estate/catalog';
import { NODE_TAINTS, nodeTaints } from '../../../estate/catalog/node-taints';
import { QUEUE_LIMITS } from '../../../estate/catalog/queue';
import { LEVELS, levelsOf, NO_LEVELS, TOPOLOGIES } from '../../../estate/catalog/topologies';
import { NODE_LABELS } from '../../../estate/spec/node-labels';

const keys = (cloud: Cloud, type: string, capacity: CapacityKind) =>
  levelsOf(cloud, machineNamed(cloud, type), capacity).map(({ key }) => key);

/** Every machine with each way to obtain it. */
const ALL = CLOUDS.flatMap((cloud) => {
  const machines: readonly MachineBase[] = Object.values(CATALOG[cloud].machines);
  return machines.flatMap((machine) => machine.capacity.map((capacity) => [cloud, machine, capacity] as const));
});

describe('topologies', () => {
  test.each([
    ['aws', 'p6-b300.48xlarge', 'reservation', ['layer-1', 'layer-2', 'layer-3', 'hostname']],
    ['aws', 'p6e-gb200.36xlarge', 'capacity-block', ['group', 'hostname']],
    ['aws', 'g6e.48xlarge', 'on-demand', ['hostname']],
    ['azure', 'Standard_ND128isr_GB300_v6', 'dedicated', ['group', 'hostname']],
    ['azure', 'Standard_ND96isr_H200_v5', 'on-demand', ['group', 'hostname']],
    ['azure', 'Standard_D32ads_v5', 'on-demand', ['hostname']],
    ['google', 'a4x-highgpu-4g', 'reservation', ['block', 'group', 'hostname']],
    ['google', 'a4-highgpu-8g', 'reservation', ['block', 'subblock', 'hostname']],
    ['google', 'a4-highgpu-8g', 'spot', ['hostname']],
    ['google', 'tpu7x-standard-4t', 'reservation', ['group', 'hostname']],
    ['oracle', 'BM.GPU.GB300.4', 'dedicated', ['group', 'hostname']],
    ['oracle', 'BM.GPU.H200.8', 'dedicated', ['hostname']],
  ] as const)('of %s %s, obtained by %s, have the levels %j', (cloud, type, capacity, ends) => {
    expect(
      keys(cloud, type, capacity).map((key) => ends.find((end) => new RegExp(`[/-]${end}$`).test(key)) ?? key),
    ).toEqual([...ends]);
  });

  test('end with the node, have each label once, and as many levels as the queue takes', () => {
    expect(ALL.length).toBeGreaterThan(150);
    for (const [cloud, machine, capacity] of ALL) {
      const levels = levelsOf(cloud, machine, capacity).map(({ key }) => key);
      expect(levels.indexOf('kubernetes.io/hostname')).toBe(levels.length - 1);
      expect(new Set(levels).size).toBe(levels.length);
      expect(levels.length).toBeLessThanOrEqual(QUEUE_LIMITS.levelsPerTopology.value);
    }
  });

  test('of racks and slices have our own label above the node, and nothing below it', () => {
    for (const [cloud, machine, capacity] of ALL) {
      if (machine.scaleUpNodes === 1 && machine.topologies === undefined) continue;
      expect(levelsOf(cloud, machine, capacity).at(-2)?.key).toBe(NODE_LABELS.group);
    }
  });

  test('have no label that comes late, or that some of the nodes lack', () => {
    const late = NO_LEVELS.map(({ key }) => key);
    expect(late).toContain('nvidia.com/gpu.clique');
    for (const { cloud, levels } of TOPOLOGIES) {
      for (const name of levels) {
        const row = NO_LEVELS.find(
          ({ key, cloud: own }) => key === LEVELS[name].key && (own === undefined || own === cloud),
        );
        // Racks of AWS only lack the first layer.
        expect([name, row === undefined || name === 'awsLayer1']).toEqual([name, true]);
      }
    }
  });

  test('fit every machine, each by one row that something is made by', () => {
    expect(TOPOLOGIES.at(-1)?.levels).toEqual(['node']);
    const used = new Set(ALL.map((each) => JSON.stringify(levelsOf(each[0], each[1], each[2]).map(({ key }) => key))));
    expect(used.size).toBe(5);
  });
});

describe('taints of nodes', () => {
  const of = (cloud: Cloud, type: string, capacity: CapacityKind) =>
    nodeTaints(cloud, machineNamed(cloud, type), capacity, true).map(({ key }) => key);

  test('are those of accelerators, and of none on CPU machines', () => {
    expect(of('aws', 'p6-b300.48xlarge', 'reservation')).toEqual(['nvidia.com/gpu']);
    expect(of('aws', 'trn2.48xlarge', 'capacity-block')).toEqual(['aws.amazon.com/neuron']);
    expect(of('oracle', 'BM.GPU.MI355X.8', 'dedicated')).toEqual(['amd.com/gpu']);
    expect(of('aws', 'm7i.24xlarge', 'on-demand')).toEqual([]);
  });

  test('are what GKE gives to Arm and to nodes that are waited for, and AKS to spot', () => {
    expect(of('google', 'a4x-highgpu-4g', 'reservation')).toEqual(['nvidia.com/gpu', 'kubernetes.io/arch']);
    expect(of('google', 'a4-highgpu-8g', 'flex-start')).toEqual(['nvidia.com/gpu', 'cloud.google.com/gke-queued']);
    expect(of('azure', 'Standard_ND96isr_H100_v5', 'spot')).toEqual([
      'nvidia.com/gpu',
      'kubernetes.azure.com/scalesetpriority',
    ]);
    expect(of('azure', 'Standard_ND128isr_GB300_v6', 'dedicated')).toEqual(['nvidia.com/gpu']);
  });

  test('leave room for taints of a pool', () => {
    expect(NODE_TAINTS.length).toBeLessThan(QUEUE_LIMITS.tolerationsPerFlavor.value);
  });
});
