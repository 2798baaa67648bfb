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
