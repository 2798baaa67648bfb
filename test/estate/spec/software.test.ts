import fc from 'fast-check';
import { CATALOG, CLOUDS, type Cloud, type MachineBase } from '../../../estate/catalog';
import { ADDED_TO, COMPONENTS, traitsOf } from '../../../estate/catalog/software';
import { type SoftwareSettings, software } from '../../../estate/spec/schema-software';
import { chooseSoftware, type SoftwareCluster } from '../../../estate/spec/software';

const machinesOf = (cloud: Cloud): readonly MachineBase[] => Object.values<MachineBase>(CATALOG[cloud].machines);
const MACHINES = CLOUDS.flatMap(machinesOf);

function clusterOf(machine: MachineBase, changes: Partial<SoftwareCluster> = {}): SoftwareCluster {
  const pools = [{ key: 'train', machine }];
  return { cloud: machine.cloud, isExisting: false, hasAlarms: false, pools, stores: [], ...changes };
}

function machine(cloud: Cloud, type: string): MachineBase {
  const row = machinesOf(cloud).find((each) => each.type === type);
  if (row === undefined) throw new Error(`${cloud} has no ${type}`);
  return row;
}

const ownersOf = (cluster: SoftwareCluster, settings = {}) =>
  chooseSoftware(cluster, settings).owners.map(
    ({ capability, component, managed, others }) =>
      `${capability}: ${component?.name ?? (managed === undefined ? `others (${others?.name})` : 'cloud')}`,
  );

const some = <T>(list: readonly T[]) => fc.subarray([...list], { minLength: 1, maxLength: 4 });

/** Clusters of any machines of one cloud. */
const clusters: fc.Arbitrary<SoftwareCluster> = fc.constantFrom(...CLOUDS).chain((cloud) =>
  fc.record({
    cloud: fc.constant(cloud),
    isExisting: fc.boolean(),
    hasAlarms: fc.constant(false),
    pools: some(machinesOf(cloud)).map((rows) => rows.map((row, index) => ({ key: `p${index}`, machine: row }))),
    stores: fc.subarray(['lustre', 'object'] as const),
  }),
);

describe('software of a cluster', () => {
  test.each(MACHINES.map((row) => [`${row.cloud} ${row.type}`, row] as const))(
    'gives nodes of %s all that they need, each by one owner',
    (_, row) => {
      const { vendor, network, sharesMemory, hasLocalDisks } = traitsOf(row);
      const { owners, conflicts, unmet } = chooseSoftware(clusterOf(row, { stores: ['lustre', 'object'] }));
      expect([conflicts, unmet]).toEqual([[], []]);
      const given = owners.map(({ capability }) => capability).filter((capability) => !ADDED_TO.includes(capability));
      expect(given).toEqual([...new Set(given)]);
      expect(given).toEqual(
        expect.arrayContaining([
          'lustre-driver',
          'node-problems',
          'queue',
          ...(row.accelerators > 0 ? ['driver', 'device-plugin'] : []),
          ...(row.accelerators > 0 && vendor !== 'aws' ? ['exporter'] : []),
          ...(network === 'none' ? [] : ['fabric']),
          ...(sharesMemory ? ['shared-memory-domain'] : []),
          ...(hasLocalDisks ? ['local-disks'] : []),
        ]),
      );
    },
  );

  test('never has two owners of one thing, whatever machines share it', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const slots = chooseSoftware(cluster).owners.flatMap(({ pool, capability }) =>
          ADDED_TO.includes(capability) ? [] : [`${pool} ${capability}`],
        );
        expect(slots).toEqual([...new Set(slots)]);
      }),
    );
  });

  test('does not depend on the order of pools, and a further pool takes nothing away', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const names = (pools: SoftwareCluster['pools']) =>
          chooseSoftware({ ...cluster, pools }).components.map(({ row }) => row.name);
        const all = names(cluster.pools);
        expect(names([...cluster.pools].reverse())).toEqual(all);
        expect(all).toEqual(expect.arrayContaining(names(cluster.pools.slice(1))));
      }),
    );
  });

  test('has everything that its components need, unless the estate says that others install it', () => {
    fc.assert(
      fc.property(clusters, fc.subarray(Object.keys(COMPONENTS)), (cluster, left) => {
        const settings = Object.fromEntries(left.map((name) => [name, 'none' as const]));
        const { components, unmet } = chooseSoftware(cluster, settings);
        const there = new Set([...components.map(({ row }) => row.name), ...unmet.map(({ needs }) => needs.name)]);
        for (const { row } of components) {
          expect(left).not.toContain(row.name);
          for (const name of row.needs) expect([...there]).toContain(name);
        }
      }),
    );
  });
});

describe('who gives what', () => {
  test('on EKS is the image, operators and plugins', () => {
    expect(ownersOf(clusterOf(machine('aws', 'p6e-gb200.36xlarge'), { stores: ['lustre'] }))).toEqual([
      'device-plugin: gpu-operator',
      'driver: cloud',
      'exporter: gpu-operator',
      'fabric: aws-efa-device-plugin',
      'job-kinds: jobset',
      'job-kinds: kubeflow-trainer',
      'job-kinds: lws',
      'local-disks: cloud',
      'lustre-driver: cloud',
      'node-problems: cloud',
      'queue: kueue',
      'shared-memory-domain: nvidia-dra-driver',
    ]);
    // The add-on of alarms has an exporter of its own.
    expect(ownersOf(clusterOf(machine('aws', 'p5.48xlarge'), { hasAlarms: true }))).toContain('exporter: cloud');
    expect(ownersOf(clusterOf(machine('aws', 'trn2.48xlarge')))).toEqual(
      expect.arrayContaining(['device-plugin: neuron', 'driver: cloud', 'fabric: aws-efa-device-plugin']),
    );
  });

  test('on AKS is operators, but for what every node has', () => {
    expect(ownersOf(clusterOf(machine('azure', 'Standard_ND96isr_MI300X_v5')))).toEqual(
      expect.arrayContaining([
        'device-plugin: amd-gpu-operator',
        'driver: amd-gpu-operator',
        'exporter: amd-gpu-operator',
        'fabric: network-operator',
        'local-disks: local-csi-driver',
        'node-problems: cloud',
      ]),
    );
    const installed = { ...machine('azure', 'Standard_NC80adis_H100_v5'), gpuDriver: 'Install' };
    expect(ownersOf(clusterOf(installed))).toEqual(
      expect.arrayContaining(['driver: cloud', 'device-plugin: gpu-operator']),
    );
  });

  test('on GKE is the cloud, but for libraries of the network and the memory of racks', () => {
    expect(ownersOf(clusterOf(machine('google', 'a4x-highgpu-4g')))).toEqual(
      expect.arrayContaining([
        'device-plugin: cloud',
        'driver: cloud',
        'exporter: cloud',
        'fabric: cloud',
        'fabric-library: gib-arm64',
        'shared-memory-domain: nvidia-dra-driver',
      ]),
    );
    expect(ownersOf(clusterOf(machine('google', 'a3-megagpu-8g')))).toContain('fabric-library: gpudirect-tcpxo');
    expect(ownersOf(clusterOf(machine('google', 'a4x-maxgpu-4g-metal')))).toContain('fabric-library: asapd-lite');
  });

  test('on OKE is the cloud, but for figures and problems', () => {
    expect(ownersOf(clusterOf(machine('oracle', 'BM.GPU.MI355X.8')))).toEqual(
      expect.arrayContaining([
        'device-plugin: cloud',
        'driver: cloud',
        'exporter: amd-metrics-exporter',
        'fabric: cloud',
        'node-problems: node-problem-detector',
      ]),
    );
  });

  test('is somebody else where the estate says so', () => {
    const settings = { 'aws-efa-device-plugin': 'none', 'aws-dranet': 'none' } as const;
    expect(ownersOf(clusterOf(machine('aws', 'p5.48xlarge')), settings)).toContain(
      'fabric: others (aws-efa-device-plugin)',
    );
  });
});

describe('what an estate says of all of its clusters', () => {
  const found = (row: MachineBase, name: string, own: SoftwareSettings, wide: SoftwareSettings) => {
    const { components, conflicts } = chooseSoftware(clusterOf(row), own, wide);
    const component = components.find((each) => each.row.name === name);
    return [component?.version, component?.driverImage, component?.isAsked, conflicts.length];
  };
  const [aws, google] = [machine('aws', 'p5.48xlarge'), machine('google', 'a3-ultragpu-8g')];
  const version = 'v26.7.1';

  test('is how a component is installed where it is anyway, and brings it nowhere', () => {
    const wide = { 'gpu-operator': { version } };
    expect(found(aws, 'gpu-operator', {}, wide)).toEqual([version, undefined, false, 0]);
    expect(found(google, 'gpu-operator', {}, wide)).toEqual([undefined, undefined, undefined, 0]);
    expect(found(google, 'gpu-operator', {}, { 'gpu-operator': 'install' })[3]).toBeGreaterThan(0);
  });

  test('goes with what is said of one cluster, which comes first', () => {
    const wide = { 'aws-dranet': { version: '1.0.1' } };
    const without = { 'aws-efa-device-plugin': 'none' } as const;
    expect(found(aws, 'aws-dranet', {}, wide)[0]).toBeUndefined();
    expect(found(aws, 'aws-dranet', { ...without, 'aws-dranet': 'install' }, wide)).toEqual([
      '1.0.1',
      undefined,
      true,
      0,
    ]);
    expect(found(aws, 'aws-dranet', { ...without, 'aws-dranet': { version: '1.0.2' } }, wide)[0]).toBe('1.0.2');
    expect(found(aws, 'gpu-operator', { 'gpu-operator': 'none' }, { 'gpu-operator': { version } })[0]).toBeUndefined();
    expect(found(aws, 'gpu-operator', { 'gpu-operator': { version } }, { 'gpu-operator': 'none' })[0]).toBe(version);
  });

  test('has the registry of a driver beside a version', () => {
    const row = MACHINES.find((each) => each.cloud === 'azure' && traitsOf(each).vendor === 'amd');
    if (row === undefined) throw new Error('Azure has no accelerators of AMD');
    const driverImage = 'registry.example.com/drivers/amdgpu';
    const own = { 'amd-gpu-operator': { driverImage } };
    expect(found(row, 'amd-gpu-operator', {}, own)).toEqual(['v1.5.1', driverImage, false, 0]);
    expect(found(row, 'amd-gpu-operator', own, { 'amd-gpu-operator': { version: 'v1.5.2' } })).toEqual([
      'v1.5.2',
      driverImage,
      true,
      0,
    ]);
  });
});

test.each([
  ['registry.example.com/drivers/amdgpu', true],
  ['localhost:5000/amdgpu_kmod', true],
  ['registry.example.com', false],
  ['registry.example.com/amdgpu:v1', false],
  ['https://registry.example.com/amdgpu', false],
  ['user:word@registry.example.com/amdgpu', false],
])('a registry of drivers is %s: %s', (driverImage, isOne) => {
  expect(software.safeParse({ 'amd-gpu-operator': { driverImage } }).success).toBe(isOne);
});

test('how a component is installed says something', () => {
  expect(software.safeParse({ kueue: {} }).success).toBe(false);
});
