import fc from 'fast-check';
import type { Limits } from '../../../estate/catalog';
import { lockedShards, type PoolGroup, placeGroups, type ShardGroups } from '../../../estate/plan/shards';

const row = (value: number) => ({ value, source: 'test', checked: '2026-11' });
const LIMITS: Limits = { nodesPerShard: row(103), poolsPerShard: row(5), blocksPerNetwork: row(2) };
const SYSTEM_NODES = 3;

function group(pool: string, ordinal: number, trays = 18): PoolGroup {
  return {
    pool,
    group: { key: String(ordinal), id: `${pool}-${ordinal}`, nodes: trays, trays, accelerators: trays * 4 },
  };
}

function groups(pool: string, count: number): PoolGroup[] {
  return Array.from({ length: count }, (_, index) => group(pool, index + 1));
}

function homes(shards: readonly ShardGroups[]): Record<string, number> {
  return Object.fromEntries(
    shards.flatMap(({ ordinal, groups: own }) => own.map(({ group: { id } }) => [id, ordinal])),
  );
}

describe('shards', () => {
  test('keeps a cluster within the limits in one shard', () => {
    const { shards, unrecorded } = placeGroups(groups('train', 5), SYSTEM_NODES, LIMITS);
    expect(shards.map(({ ordinal, groups: own }) => [ordinal, own.length])).toEqual([[1, 5]]);
    expect(unrecorded).toEqual([]);
  });

  test('gives a cluster without pools one shard', () => {
    expect(placeGroups([], SYSTEM_NODES, LIMITS).shards).toEqual([{ ordinal: 1, groups: [] }]);
  });

  test('splits a cluster into the fewest shards that hold it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
        const { shards, overfull } = placeGroups(groups('train', count), SYSTEM_NODES, LIMITS);
        expect(shards).toHaveLength(Math.ceil(count / 5));
        expect(overfull).toEqual([]);
      }),
    );
  });

  test('fills a shard to its last node before it begins another', () => {
    const limits = { ...LIMITS, nodesPerShard: row(SYSTEM_NODES + 5 * 18), poolsPerShard: row(10) };
    const sizes = (count: number) =>
      placeGroups(groups('train', count), SYSTEM_NODES, limits).shards.map((shard) => shard.groups.length);
    expect([sizes(5), sizes(6)]).toEqual([[5], [5, 1]]);
    expect(
      homes(placeGroups([...groups('train', 4), group('one', 1, 17), group('two', 1, 1)], SYSTEM_NODES, limits).shards),
    ).toEqual({
      'train-1': 1,
      'train-2': 1,
      'train-3': 1,
      'train-4': 1,
      'one-1': 1,
      'two-1': 1,
    });
  });

  test('places groups in the order of pools and keys, whatever order they come in', () => {
    const limits = { ...LIMITS, nodesPerShard: row(SYSTEM_NODES + 2 * 18) };
    const wanted = [...groups('b', 2), ...groups('a', 3)];
    const expected = { 'a-1': 1, 'a-2': 1, 'a-3': 2, 'b-1': 2, 'b-2': 3 };
    for (const given of [wanted, wanted.toReversed()]) {
      const { shards } = placeGroups(given, SYSTEM_NODES, limits);
      expect(homes(shards)).toEqual(expected);
      expect(shards.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
    }
  });

  test('places large groups first, which leaves the fewest gaps', () => {
    const sizes = [50, 60, 40, 50].map((trays, index) => group('train', index + 1, trays));
    const { shards } = placeGroups(sizes, SYSTEM_NODES, LIMITS);
    expect(homes(shards)).toEqual({ 'train-1': 2, 'train-2': 1, 'train-3': 1, 'train-4': 2 });
  });

  test('puts what is new into the first recorded shard with room, and lists shards by their numbers', () => {
    const locked = { '1': { b: ['1'] }, '2': { a: ['1'] } };
    const { shards, unrecorded } = placeGroups(
      [...groups('a', 1), ...groups('b', 1), ...groups('c', 1)],
      SYSTEM_NODES,
      LIMITS,
      locked,
    );
    expect(shards.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(homes(shards)).toEqual({ 'a-1': 2, 'b-1': 1, 'c-1': 1 });
    expect(unrecorded.map(({ group: { id } }) => id)).toEqual(['c-1']);
  });

  test('asks for a new lock where the only shard is not the first', () => {
    const { shards, unrecorded } = placeGroups(groups('a', 2), SYSTEM_NODES, LIMITS, { '2': { a: ['1'] } });
    expect(homes(shards)).toEqual({ 'a-1': 2, 'a-2': 2 });
    expect(unrecorded.map(({ group: { id } }) => id)).toEqual(['a-2']);
  });

  test('passes a shard over that has no pool left, and calls one overfull that has too many', () => {
    const small = Array.from({ length: 6 }, (_, index) => group('a', index + 1, 1));
    const six = { '1': { a: ['1', '2', '3', '4', '5', '6'] } };
    expect(placeGroups(small, SYSTEM_NODES, LIMITS, six).overfull.map(({ ordinal }) => ordinal)).toEqual([1]);
    expect(placeGroups(small, SYSTEM_NODES, LIMITS).shards.map((shard) => shard.groups.length)).toEqual([5, 1]);
    const full = { ...LIMITS, nodesPerShard: row(SYSTEM_NODES + 5), poolsPerShard: row(9) };
    expect(placeGroups(small.slice(0, 5), SYSTEM_NODES, full).overfull).toEqual([]);
  });

  test('moves nothing when pools grow, shrink or are added', () => {
    const sizes = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 12 }), { minKeys: 1 });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 2, maxLength: 6 }), (steps) => {
        let locked = {};
        let before: Record<string, number> = {};
        for (const step of steps) {
          const wanted = Object.entries(step).flatMap(([pool, count]) => groups(pool, count));
          const { shards, overfull } = placeGroups(wanted, SYSTEM_NODES, LIMITS, locked);
          const after = homes(shards);
          expect(Object.keys(after).sort()).toEqual(wanted.map(({ group: { id } }) => id).sort());
          for (const [id, home] of Object.entries(before)) if (after[id] !== undefined) expect(after[id]).toBe(home);
          expect(overfull).toEqual([]);
          locked = lockedShards(shards);
          before = after;
        }
      }),
    );
  });

  test('fills a shard to its limits, and not beyond them', () => {
    const sizes = (...trays: readonly number[]) => trays.map((count, index) => group('train', index + 1, count));
    const shardsOf = (members: readonly PoolGroup[]) =>
      placeGroups(members, SYSTEM_NODES, LIMITS).shards.map(({ groups: own }) =>
        own.map(({ group: { trays } }) => trays),
      );
    expect(shardsOf(sizes(60, 40))).toEqual([[60, 40]]);
    expect(shardsOf(sizes(60, 41))).toEqual([[60], [41]]);
    expect(shardsOf(sizes(100, 1))).toEqual([[100], [1]]);
    expect(shardsOf(sizes(10, 10, 10, 10, 10))).toEqual([[10, 10, 10, 10, 10]]);
    expect(shardsOf(sizes(10, 10, 10, 10, 10, 10))).toEqual([[10, 10, 10, 10, 10], [10]]);
  });

  test('opens a shard only for a group that fits none of those before it', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, (trays) => {
        const { shards } = placeGroups(
          trays.map((count, index) => group('train', index + 1, count)),
          SYSTEM_NODES,
          LIMITS,
        );
        const loads = shards.map(({ groups: own }) => own.reduce((sum, member) => sum + member.group.trays, 0));
        for (const [index, shard] of shards.entries()) {
          for (const [earlier, before] of shards.slice(0, index).entries()) {
            const isFull = before.groups.length === LIMITS.poolsPerShard.value;
            const fits = (member: PoolGroup) => (loads[earlier] ?? 0) + member.group.trays <= 103 - SYSTEM_NODES;
            expect(isFull || !shard.groups.some(fits)).toBe(true);
          }
        }
      }),
    );
  });

  test('says which groups the lock must record once a cluster has several shards', () => {
    const first = placeGroups(groups('train', 5), SYSTEM_NODES, LIMITS);
    const grown = placeGroups(groups('train', 7), SYSTEM_NODES, LIMITS, lockedShards(first.shards));
    expect(grown.shards.map(({ ordinal, groups: own }) => [ordinal, own.length])).toEqual([
      [1, 5],
      [2, 2],
    ]);
    expect(grown.unrecorded.map(({ group: { id } }) => id)).toEqual(['train-6', 'train-7']);
    const locked = placeGroups(groups('train', 7), SYSTEM_NODES, LIMITS, lockedShards(grown.shards));
    expect(locked.unrecorded).toEqual([]);
  });

  test('says which shard a grown group has overfilled', () => {
    const before = [group('a', 1, 50), group('b', 1, 40)];
    const locked = lockedShards(placeGroups(before, SYSTEM_NODES, LIMITS).shards);
    const { overfull } = placeGroups([group('a', 1, 70), group('b', 1, 40)], SYSTEM_NODES, LIMITS, locked);
    expect(overfull.map(({ ordinal }) => ordinal)).toEqual([1]);
  });
});
