import { CATALOG, CLOUDS } from '../../../estate/catalog';
import { machineFor, poolUnit, unitNodes } from '../../../estate/spec/machine';
import { type StarterCluster, starterEstate } from '../../../estate/spec/starter';
import { findingsIn } from './fixtures';

const OFFERED = CLOUDS.flatMap((cloud) => {
  const names = Object.values(CATALOG[cloud].machines).flatMap(({ accelerator }) => accelerator ?? []);
  return [...new Set(names)].flatMap((accelerator) => {
    const { machine } = machineFor(CATALOG[cloud], { accelerator });
    return machine === undefined || machine.unpublished !== undefined ? [] : [[cloud, accelerator, machine] as const];
  });
});

test.each(OFFERED)('on %s with %s is valid as it is written', (cloud, accelerator, machine) => {
  const whole = unitNodes(machine, machine.topologies?.[0]) ?? 1;
  const nodes = poolUnit(machine) === 'node' ? 8 : whole * 2;
  const text = starterEstate({
    name: 'atlas',
    clusters: [{ cloud, accelerator, size: { unit: 'nodes', count: nodes } }],
  });
  expect(findingsIn(text ?? '')).toEqual([]);
});

test('describes a cluster on each cloud, with every id marked as an example', () => {
  const size = { unit: 'nodes', count: 8 } as const;
  const accelerators = { aws: 'b200', azure: 'h200', google: 'b200', oracle: 'mi355x' };
  const clusters = CLOUDS.map((cloud): StarterCluster => ({ cloud, accelerator: accelerators[cloud], size }));
  const text = starterEstate({ name: 'atlas', clusters }) ?? '';
  expect(findingsIn(text)).toEqual([]);
  const ids = text.split('\n').filter((line) => /ocid1\.|00000000-|accountId|projectId|example-/.test(line));
  expect(ids.length).toBeGreaterThan(8);
  for (const line of ids) expect(line).toContain('# example');
});

test.each([
  ['google', 'h200', 'us-central1', 'us-central1-a'],
  ['google', 'tpu-v5p', 'us-central1', 'us-central1-a'],
  ['aws', 'b300', 'us-east-1', 'us-east-1a, us-east-1b'],
  ['aws', 'gb200', 'us-east-1', 'us-east-1a, us-east-1b, us-east-1-dfw-2a'],
  ['azure', 'h200', 'eastus2', '"1"'],
] as const)('proposes for %s and %s a region that has it: %s', (cloud, accelerator, region, zones) => {
  const text = starterEstate({ name: 'atlas', clusters: [{ cloud, accelerator, size: { unit: 'nodes', count: 18 } }] });
  expect(text).toContain(`region: ${region}\n    zones: [${zones}]\n`);
});

test('puts the pool into the zone that sells its machine, and no file system beside it where that is away', () => {
  const size = { unit: 'racks', count: 1 } as const;
  const text = starterEstate({ name: 'atlas', clusters: [{ cloud: 'aws', accelerator: 'gb200', size }] }) ?? '';
  expect(text).toContain('\n        zone: us-east-1-dfw-2a\n');
  expect(text).toContain('mounts: [aws-datasets]');
  expect(text).not.toContain('aws-scratch');
});

test('proposes zones that exist in a region that has no first letter', () => {
  const size = { unit: 'nodes', count: 8 } as const;
  const clusters = [{ cloud: 'google', accelerator: 'h200', region: 'europe-west1', size }] as const;
  const text = starterEstate({ name: 'atlas', clusters }) ?? '';
  expect(findingsIn(text)).toEqual([]);
  expect(text.match(/zone: europe-west1-b$/gm)).toHaveLength(2);
});

test('names no zones in a region of Azure that has none', () => {
  const size = { unit: 'nodes', count: 8 } as const;
  const clusters = [{ cloud: 'azure', accelerator: 'h200', region: 'westcentralus', size }] as const;
  const text = starterEstate({ name: 'atlas', clusters }) ?? '';
  expect(findingsIn(text)).toEqual([]);
  expect(text).not.toMatch(/zones?:/);
});

test('lists the first of many topologies', () => {
  const size = { unit: 'nodes', count: 16 } as const;
  const text = starterEstate({ name: 'atlas', clusters: [{ cloud: 'google', accelerator: 'tpu-v7x', size }] });
  expect(text).toMatch(/topology: 2x2x1 {3}# of 2x2x1, 2x2x2, 2x2x4, 2x4x4, 4x4x4 … \(\d+ in all\)\n/);
});

test('takes the region that is given', () => {
  const size = { unit: 'nodes', count: 8 } as const;
  const text = starterEstate({
    name: 'atlas',
    clusters: [{ cloud: 'aws', accelerator: 'h200', region: 'eu-north-1', size }],
  });
  expect(text).toContain('region: eu-north-1\n    zones: [eu-north-1a, eu-north-1b]');
});

test('is nothing where a cloud does not have the accelerator', () => {
  const size = { unit: 'nodes', count: 8 } as const;
  expect(starterEstate({ name: 'atlas', clusters: [{ cloud: 'aws', accelerator: 'mi355x', size }] })).toBeUndefined();
});
