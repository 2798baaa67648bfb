import { CATALOG, type MachineBase } from '../../../estate/catalog';
import { planGroups } from '../../../estate/plan/groups';
import type { Pool } from '../../../estate/spec/schema';
import { estateOf } from '../../helpers/estates';

const owner = { team: 'research', email: 'research@example.com' };

/** A pool with its defaults filled in. */
function poolOf(input: Record<string, unknown>): Pool {
  const estate = estateOf({
    estate: 'v1',
    name: 'atlas',
    owner,
    accounts: {},
    clusters: { c: { site: 's', pools: { train: input } } },
  });
  const pool = estate.clusters.c?.pools.train;
  if (pool === undefined) throw new Error('the pool is missing');
  return pool;
}

function machine(row: MachineBase | undefined): MachineBase {
  if (row === undefined) throw new Error('the catalog has no such machine');
  return row;
}

const RACK = machine(CATALOG.azure.machines.Standard_ND128isr_GB300_v6);
const H200 = machine(CATALOG.azure.machines.Standard_ND96isr_H200_v5);

describe('groups', () => {
  test('makes one group of each rack, without its spare trays', () => {
    const groups = planGroups('train', RACK, poolOf({ accelerator: 'gb300', racks: 2, spareTraysPerRack: 1 }));
    expect(groups).toEqual([
      { key: '1', id: 'train-1', nodes: 17, trays: 18, accelerators: 68 },
      { key: '2', id: 'train-2', nodes: 17, trays: 18, accelerators: 68 },
    ]);
  });

  test('fills groups of nodes up to the size of one RDMA domain', () => {
    const groups = planGroups('train', H200, poolOf({ accelerator: 'h200', nodes: 230 }));
    expect(groups.map(({ nodes }) => nodes)).toEqual([100, 100, 30]);
  });

  test('keeps every group when a pool grows', () => {
    const before = planGroups('train', RACK, poolOf({ accelerator: 'gb300', racks: 5 }));
    const after = planGroups('train', RACK, poolOf({ accelerator: 'gb300', racks: 7 }));
    expect(after.slice(0, 5)).toEqual(before);
  });

  test('keys a group by its reservation, wherever that stands in the list', () => {
    const ids = ['cr-0123456789abcdef0', 'cr-0123456789abcdef1', 'cr-0123456789abcdef2'];
    const capacity = (list: readonly string[]) => ({
      kind: 'capacity-block',
      ids: list,
      window: { start: '2026-12-01', end: '2027-05-31' },
    });
    const b300 = machine(CATALOG.aws.machines['p6-b300.48xlarge']);
    const all = planGroups('train', b300, poolOf({ accelerator: 'b300', nodes: 30, capacity: capacity(ids) }));
    const turned = planGroups(
      'train',
      b300,
      poolOf({ accelerator: 'b300', nodes: 30, capacity: capacity([...ids].reverse()) }),
    );
    const fewer = planGroups(
      'train',
      b300,
      poolOf({ accelerator: 'b300', nodes: 20, capacity: capacity(ids.slice(1)) }),
    );
    expect(turned).toEqual(all);
    expect(fewer).toEqual(all.filter(({ reservation }) => reservation !== ids[0]));
    expect(all.map(({ key }) => key).every((key) => /^r[0-9a-f]{8}$/.test(key))).toBe(true);
  });

  test('shares the nodes that no reservation states among the others', () => {
    const capacity = { kind: 'reservation', ids: [{ id: 'a', nodes: 20 }, 'b', 'c'] };
    const groups = planGroups('train', H200, poolOf({ accelerator: 'h200', nodes: 40, capacity }));
    expect(groups.map(({ reservation, nodes }) => [reservation, nodes])).toEqual([
      ['a', 20],
      ['b', 10],
      ['c', 10],
    ]);
  });

  test('splits one reservation into the groups that it holds', () => {
    const capacity = { kind: 'reservation', ids: ['projects/p/reservations/r'] };
    const groups = planGroups('train', RACK, poolOf({ accelerator: 'gb300', racks: 3, capacity }));
    expect(groups.map(({ key }) => key)).toEqual(
      ['r', '-2', '-3'].map((end) => expect.stringMatching(new RegExp(`^r[0-9a-f]{8}${end === 'r' ? '' : end}$`))),
    );
    expect(new Set(groups.map(({ reservation }) => reservation))).toEqual(new Set(['projects/p/reservations/r']));
  });

  test('makes one group of each slice', () => {
    const tpu = machine(CATALOG.google.machines['tpu7x-standard-4t']);
    const groups = planGroups('tpu', tpu, poolOf({ accelerator: 'tpu-v7x', accelerators: 128, topology: '4x4x4' }));
    expect(groups.map(({ nodes, accelerators }) => [nodes, accelerators])).toEqual([
      [16, 64],
      [16, 64],
    ]);
  });

  test('keys a slice by its topology too, so that another topology is another slice', () => {
    const v6e = machine(CATALOG.google.machines['ct6e-standard-4t']);
    const slices = (topology: string, capacity: object) =>
      planGroups('tpu', v6e, poolOf({ accelerator: 'tpu-v6e', accelerators: 64, topology, capacity })).map(
        ({ id }) => id,
      );
    expect(slices('4x4', { kind: 'spot' })).toEqual(['tpu-1-4x4', 'tpu-2-4x4', 'tpu-3-4x4', 'tpu-4-4x4']);
    expect(slices('4x8', { kind: 'spot' })).toEqual(['tpu-1-4x8', 'tpu-2-4x8']);
    const reserved = slices('4x8', { kind: 'reservation', ids: ['projects/p/reservations/r'] });
    expect(reserved).toEqual([
      expect.stringMatching(/^tpu-r[0-9a-f]{8}-4x8$/),
      expect.stringMatching(/^tpu-r[0-9a-f]{8}-2-4x8$/),
    ]);
  });

  test('fails when a size is not whole, which the rules refuse first', () => {
    expect(() => planGroups('train', RACK, poolOf({ accelerator: 'gb300', nodes: 20 }))).toThrow(/no whole size/);
  });
});
