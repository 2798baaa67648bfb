import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import { reservationKey } from '../../../estate/plan/groups';
import { planLayout, pruneLock } from '../../../estate/plan/layout';
import type { Lock, Retired } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import type { Estate } from '../../../estate/spec/schema';
import { estateOf } from '../../helpers/estates';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

interface Settings {
  readonly racks?: number;
  readonly capacity?: Readonly<Record<string, unknown>>;
  readonly stores?: readonly string[];
  readonly sites?: Readonly<Record<string, unknown>>;
}

const SITE = { account: 'main', region: 'eastus2', zones: ['1'] };

function estate({
  racks = 3,
  capacity = { kind: 'dedicated' },
  stores = ['fast', 'data'],
  sites,
}: Settings = {}): Estate {
  const all: Record<string, object> = {
    fast: { kind: 'lustre', site: 'east', capacityTiB: 48, throughputMBpsPerTiB: 500 },
    data: { kind: 'object', site: 'east' },
  };
  return estateOf({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: {
      main: {
        cloud: 'azure',
        subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
        tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
      },
    },
    sites: sites ?? { east: SITE },
    clusters: { train: { site: 'east', pools: { g: { accelerator: 'gb300', racks, capacity } } } },
    stores: Object.fromEntries(stores.map((key) => [key, all[key]])),
  } as Parameters<typeof estateOf>[0]);
}

/** What a plan is refused with. */
function diagnosticsOf(plan: () => unknown): readonly Diagnostic[] {
  try {
    plan();
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
  return [];
}

const lockOf = (settings?: Settings, lock?: Lock, accept?: readonly string[]) =>
  planLayout(estate(settings), lock, accept).lock;

describe('what leaves the estate', () => {
  const start = lockOf();

  test('is guarded while it is there', () => {
    expect(start.guarded).toEqual({
      'stores.fast': { kind: 'lustre', site: 'east', zone: '1' },
      'stores.data': { kind: 'object', site: 'east' },
      'clusters.train.pools.g': {
        kind: 'pool',
        machine: 'Standard_ND128isr_GB300_v6',
        zone: '1',
        capacity: 'dedicated',
        kubernetes: '1.36',
      },
    });
    expect(start.retired).toEqual({});
  });

  test('is kept when it was protected: stores with their ranges, groups with their place', () => {
    const left = { racks: 2, stores: ['data'] };
    const expected = {
      'sites.east.stores.fast': { kind: 'lustre', site: 'east', zone: '1' },
      'clusters.train.pools.g.3': {
        kind: 'group',
        shard: 'train',
        machine: 'Standard_ND128isr_GB300_v6',
        zone: '1',
        capacity: 'dedicated',
        kubernetes: '1.36',
      },
    };
    const after = lockOf(left, start);
    expect(after.retired).toEqual(expected);
    expect(after.addresses['sites.east.stores.fast.storage']).toBe(start.addresses['sites.east.stores.fast.storage']);
    expect(lockOf(left, after).retired).toEqual(expected);
    // The synthesis before the next lock keeps it as well.
    const plan = resolve(estate(left), start, FILES);
    expect(plan.sites('azure')[0]?.retired).toEqual([{ kind: 'lustre', key: 'fast', name: 'atlas-fast', zone: '1' }]);
    const [gone] = plan.shards('azure')[0]?.retired ?? [];
    expect(gone).toMatchObject({ id: 'g-3', pool: 'g', key: '3', zone: '1', capacity: 'dedicated' });
    expect(gone?.machine?.type).toBe('Standard_ND128isr_GB300_v6');
  });

  test('is nothing to keep where the capacity can be had again', () => {
    const spot = { capacity: { kind: 'on-demand' } };
    const before = lockOf(spot);
    expect(before.guarded['clusters.train.pools.g']).toBeUndefined();
    expect(lockOf({ ...spot, racks: 1 }, before).retired).toEqual({});
  });

  test('comes back only when somebody has seen to what is kept', () => {
    const gone = lockOf({ racks: 1, stores: [] }, start);
    expect(Object.keys(gone.retired)).toHaveLength(4);
    const found = diagnosticsOf(() => lockOf({}, gone));
    expect(found.map(({ code, path, value }) => [code, path, value])).toEqual([
      ['KeptComesBack', 'clusters.train.pools.g', 'clusters.train.pools.g.2'],
      ['KeptComesBack', 'clusters.train.pools.g', 'clusters.train.pools.g.3'],
      ['KeptComesBack', 'stores.data', 'sites.east.stores.data'],
      ['KeptComesBack', 'stores.fast', 'sites.east.stores.fast'],
    ]);
    expect(found[0]?.hint).toContain('npx estate lock --accept clusters.train.pools.g.2');
    expect(lockOf({}, gone, ['stores', 'clusters', 'sites'])).toEqual(start);
    // Nothing was recorded yet, so nothing was applied either.
    expect(lockOf({}, start)).toEqual(start);
  });

  test('keeps its zone, its reservation and the version that its nodes can follow', () => {
    const gone = lockOf({ racks: 2 }, start);
    const zones = diagnosticsOf(() =>
      lockOf({ racks: 2, sites: { east: { ...SITE, zones: ['2'] } } }, gone, ['clusters.train.pools.g.1']),
    );
    expect(zones.map(({ code, path }) => [code, path])).toContainEqual(['KeptInZone', 'sites.east.zones']);
    const older = { ...gone.retired['clusters.train.pools.g.3'], kubernetes: '1.30' } as Retired;
    const behind = { ...gone, retired: { 'clusters.train.pools.g.3': older } };
    expect(diagnosticsOf(() => lockOf({ racks: 2 }, behind)).map(({ code, path }) => [code, path])).toEqual([
      ['KeptBehind', 'clusters.train.kubernetes'],
    ]);
    expect(lockOf({ racks: 2 }, behind, ['clusters.train.pools.g.3']).retired).toEqual({});
    const other =
      '/subscriptions/5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/a';
    const holds = { ...older, kubernetes: '1.36' } as Retired;
    const reserved = { ...gone, retired: { [`clusters.train.pools.old.${reservationKey(other)}`]: holds } };
    const taken = { racks: 2, capacity: { kind: 'reservation', ids: [other] } };
    expect(
      diagnosticsOf(() => lockOf(taken, { ...reserved, shards: {}, guarded: {} })).map(({ code, path }) => [
        code,
        path,
      ]),
    ).toContainEqual(['KeptReservation', 'clusters.train.pools.g.capacity.ids']);
  });

  test('cannot be told from a lock that recorded nothing of it, so nothing leaves on top of one', () => {
    const old: Lock = { ...start, chosen: {}, guarded: {}, retired: {} };
    // Its cluster may be one of an earlier release, which shares its zone.
    const chosen = { ...start.chosen, 'clusters.train': { kubernetes: '1.36' } };
    expect(lockOf({}, old)).toEqual({ ...start, chosen });
    expect(diagnosticsOf(() => lockOf({ stores: ['data'] }, old)).map(({ code, path }) => [code, path])).toEqual([
      ['LockOlder', 'stores.fast'],
    ]);
  });

  test('is given up entry by entry, or all at once', () => {
    const left = { racks: 1, stores: [] };
    const gone = lockOf(left, start);
    expect(Object.keys(lockOf(left, gone, ['stores.fast']).retired)).toEqual([
      'clusters.train.pools.g.2',
      'clusters.train.pools.g.3',
      'sites.east.stores.data',
    ]);
    expect(Object.keys(lockOf(left, start, ['clusters.train']).retired)).toEqual([
      'sites.east.stores.data',
      'sites.east.stores.fast',
    ]);
    expect(lockOf(left, gone, ['*']).retired).toEqual({});
    expect(pruneLock(estate(left), gone).retired).toEqual({});
  });

  test('is kept at the site that a store leaves for another one', () => {
    const both = { east: SITE, west: { ...SITE, region: 'westus3' } };
    const before = planLayout(estate({ sites: both })).lock;
    const moved = { ...estate({ sites: both }) };
    const stores = { ...moved.stores, data: { ...moved.stores.data, site: 'west' } as Estate['stores'][string] };
    const { retired, guarded } = planLayout({ ...moved, stores }, before).lock;
    expect(retired).toEqual({ 'sites.east.stores.data': { kind: 'object', site: 'east' } });
    expect(guarded['stores.data']).toEqual({ kind: 'object', site: 'west' });
  });

  test('stays on record when its site or cluster goes, and comes back with it as it was', () => {
    const { clusters: _clusters, ...rest } = estate({ stores: [] });
    const gone = planLayout({ ...rest, clusters: {}, sites: {} }, start).lock;
    expect(Object.entries(gone.retired).map(([path, { left }]) => [path, left])).toEqual([
      ['clusters.train.pools.g.1', true],
      ['clusters.train.pools.g.2', true],
      ['clusters.train.pools.g.3', true],
      ['sites.east.stores.data', true],
      ['sites.east.stores.fast', true],
    ]);
    expect(lockOf({}, gone)).toEqual(start);
    // A cluster of the same name is not the old one: what was in that is kept beside it.
    const fresh = lockOf({ racks: 1, stores: [] }, gone);
    expect(Object.entries(fresh.retired).map(([path, { left }]) => [path, left])).toEqual([
      ['clusters.train.pools.g.2', undefined],
      ['clusters.train.pools.g.3', undefined],
      ['sites.east.stores.data', undefined],
      ['sites.east.stores.fast', undefined],
    ]);
  });

  test('is refused where the nodes of held capacity would lose their guard', () => {
    const weaker = { capacity: { kind: 'on-demand' } };
    const plan = () => lockOf(weaker, start);
    expect(plan).toThrow(EstateError);
    expect(plan).toThrow(/holds capacity that is protected \(dedicated\)/);
    expect(lockOf(weaker, start, ['clusters.train.pools.g']).guarded['clusters.train.pools.g']).toBeUndefined();
  });

  test('fails when a store of another kind takes the key of one that is kept at its site', () => {
    const swapped = estate();
    const stores = { ...swapped.stores, fast: { kind: 'object', site: 'east', retainDays: 30 } } as const;
    const planned = (accept?: readonly string[]) => planLayout({ ...swapped, stores }, start, accept).lock;
    expect(() => planned()).toThrow(EstateError);
    expect(() => planned()).toThrow(
      'stores.fast: "fast" is the key of a store of kind lustre that left the file and is kept at the same site',
    );
    expect(planned(['sites.east.stores.fast']).retired).toEqual({});
    expect(lockOf({}, start).retired).toEqual({});
  });
});
