import { CATALOG, CLOUDS, type MachineBase } from '../../../estate/catalog';
import { bandwidthFloor, collectiveImage } from '../../../estate/catalog/acceptance';
import { efaOf, ORACLE_SHAPES } from '../../../estate/catalog/acceptance-fabrics';

const MACHINES: readonly MachineBase[] = CLOUDS.flatMap((cloud) => Object.values(CATALOG[cloud].machines));
const named = (type: string) => MACHINES.find((machine) => machine.type === type) as MachineBase;
const vendors: Readonly<Record<string, string>> = {
  h100: 'nvidia',
  gb300: 'nvidia',
  mi300x: 'amd',
  'tpu-v6e': 'google',
};
const measured = (type: string) => {
  const machine = named(type);
  return { ...machine, vendor: machine.vendor ?? (vendors[machine.accelerator ?? ''] as MachineBase['vendor']) };
};

describe('what all-reduces have to reach', () => {
  test.each<[string, 'fabric' | 'domain', number | undefined]>([
    ['p5.48xlarge', 'fabric', 300],
    ['a3-megagpu-8g', 'fabric', 250],
    ['BM.GPU.MI300X.8', 'fabric', 340],
    ['Standard_ND128isr_GB300_v6', 'domain', 500],
    // Nobody publishes it: three quarters of 3,200 Gbit/s.
    ['Standard_ND128isr_GB300_v6', 'fabric', 300],
    ['ct6e-standard-4t', 'domain', undefined],
  ])('%s over its %s: %s GB/s', (type, path, busGBps) => {
    expect(bandwidthFloor(measured(type), path)?.busGBps).toBe(busGBps);
  });

  test('is never more than a half above what the network cards of a node carry', () => {
    for (const machine of MACHINES.filter(({ scaleOutGbps }) => scaleOutGbps > 0)) {
      const { busGBps = 0 } = bandwidthFloor(machine, 'fabric') ?? {};
      expect([machine.type, busGBps <= (machine.scaleOutGbps / 8) * 1.5]).toEqual([machine.type, true]);
    }
  });
});

test('every built-in accelerator has an image, but those whose cloud sells none of its architecture', () => {
  const without = MACHINES.filter((machine) => machine.vendor !== undefined && collectiveImage(machine) === undefined);
  expect(without.map(({ type }) => type)).toEqual([]);
});

test('every shape of Oracle Cloud with RDMA has its adapters', () => {
  const shapes = Object.values(CATALOG.oracle.machines).filter(
    ({ rdma, accelerator }) => accelerator && rdma.ports > 0,
  );
  expect(shapes.map(({ type }) => type).filter((type) => ORACLE_SHAPES[type] === undefined)).toEqual([]);
});

test.each([
  ['p5.48xlarge', 32],
  ['p5en.48xlarge', 16],
  ['p6-b200.48xlarge', 8],
  ['p6e-gb200.36xlarge', 4],
  ['g6e.48xlarge', 4],
])('%s has %d interfaces of EFA', (type, count) => {
  const machine = CATALOG.aws.machines[type];
  expect(machine === undefined ? {} : efaOf(machine).resources).toEqual({ 'vpc.amazonaws.com/efa': count });
});
