import fc from 'fast-check';
import { AWS_STORAGE_STACK } from '../../../estate/catalog/aws';
import { EstateError } from '../../../estate/diagnostics';
import { checkLock, planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock, parseLock } from '../../../estate/plan/lock';
import { mergeLocks } from '../../../estate/plan/merge-lock';
import { movesBetween } from '../../../estate/plan/moves';
import { storageStacks } from '../../../estate/plan/names';
import type { Estate } from '../../../estate/spec/schema';
import { estateOf, lockAndResolve } from '../../helpers/estates';

type Kind = 'object' | 'lustre';

/** Object stores of one stack: outputs bind first. */
const ROOM = 79;

const LUSTRE = { zone: 'us-west-2a', capacityTiB: 48, throughputMBpsPerTiB: 500 };

/** An estate with stores at two sites of AWS and one of Google Cloud; those without a site are at the first. */
function estateWith(stores: Readonly<Record<string, Kind | { readonly kind: Kind; readonly site: string }>>): Estate {
  return estateOf({
    estate: 'v1',
    name: 'atlas',
    owner: { team: 'research', email: 'research@example.com' },
    accounts: {
      main: { cloud: 'aws', accountId: '111122223333' },
      google: { cloud: 'google', projectId: 'atlas-train', projectNumber: '123456789012' },
    },
    sites: {
      oregon: { account: 'main', region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
      other: { account: 'main', region: 'us-west-2', zones: ['us-west-2a', 'us-west-2b'] },
      iowa: { account: 'google', region: 'us-central1', zones: ['us-central1-a'] },
    },
    clusters: { oregon: { site: 'oregon' } },
    stores: Object.fromEntries(
      Object.entries(stores).map(([key, entry]) => {
        const { kind, site } = typeof entry === 'string' ? { kind: entry, site: 'oregon' } : entry;
        return [key, { kind, site, ...(kind === 'lustre' && LUSTRE) }];
      }),
    ),
  });
}

const keysOf = (count: number, start = 's', from = 0) =>
  Array.from({ length: count }, (_, index) => `${start}${1000 + from + index}`);
const objects = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, 'object' as const]));

/** Stacks by the key of the store. */
function stacksIn({ chosen }: Lock): Record<string, number> {
  return Object.fromEntries(
    Object.entries(chosen).flatMap(([path, { stack }]) =>
      stack === undefined ? [] : [[path.replace('stores.', ''), stack]],
    ),
  );
}

const lockOf = (estate: Estate, before = EMPTY_LOCK, accept: readonly string[] = []) =>
  planLayout(estate, before, accept).lock;

/** A lock as releases wrote it that recorded no stacks. */
function withoutStacks(lock: Lock): Lock {
  const text = formatLock(lock).replace(/\n *"stores\.[^"]*": \{ "stack": \d+ \},?/g, '');
  return parseLock(text.replace(/,(\s*\})/g, '$1'), 'estate.lock.json');
}

function codesOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('the stack of a store', () => {
  test('is the first with room, in the order of keys', () => {
    const keys = keysOf(2 * ROOM + 1);
    const expected = Object.fromEntries(keys.map((key, index) => [key, 1 + Math.floor(index / ROOM)]));
    expect(stacksIn(lockOf(estateWith(objects(...keys))))).toEqual(expected);
    expect(stacksIn(lockOf(estateWith(objects(...keys.toReversed()))))).toEqual(expected);
  });

  test('holds 150 object stores and some file systems in two', () => {
    const stores = { ...objects(...keysOf(150)), ...Object.fromEntries(keysOf(6, 'fs').map((key) => [key, 'lustre'])) };
    const { plan, lock } = lockAndResolve(estateWith(stores as Record<string, Kind>));
    expect(new Set(Object.values(stacksIn(lock)))).toEqual(new Set([1, 2]));
    const [oregon, other] = plan.sites('aws');
    expect(oregon?.storageStacks).toEqual([
      { stack: 'atlas-oregon-storage', ordinal: 1 },
      { stack: 'atlas-oregon-storage-2', ordinal: 2 },
    ]);
    expect(other?.storageStacks).toEqual([]);
  });

  test('leaves a fifth of every limit free, so that a later release can make more of each store', () => {
    const { limits, empty, perStore } = AWS_STORAGE_STACK;
    for (const what of ['resources', 'outputs', 'bytes'] as const) {
      for (const kind of ['object', 'lustre'] as const) {
        expect(empty[what] + ROOM * perStore[kind][what]).toBeLessThanOrEqual(0.8 * limits[what]);
      }
    }
    expect(empty.outputs + (ROOM + 1) * perStore.object.outputs).toBeGreaterThan(0.8 * limits.outputs);
    expect(empty.resources + ROOM * (1 + perStore.object.resources)).toBeLessThanOrEqual(limits.resources);
  });

  test('counts for each site by itself, and nowhere but on AWS', () => {
    const at = (site: string, start: string) =>
      Object.fromEntries(keysOf(ROOM + 1, start).map((key) => [key, { kind: 'object', site } as const]));
    const estate = estateWith({ ...at('oregon', 'a'), ...at('other', 'b'), ...at('iowa', 'c') });
    const stacks = stacksIn(lockOf(estate));
    const second = Object.entries(stacks).filter(([, stack]) => stack === 2);
    expect(second.map(([key]) => key)).toEqual([keysOf(ROOM + 1, 'a').at(-1), keysOf(ROOM + 1, 'b').at(-1)]);
    expect(Object.keys(stacks).some((key) => key.startsWith('c'))).toBe(false);
    expect(lockAndResolve(estate).plan.sites('google')[0]?.storageStacks).toEqual([
      { stack: 'atlas-iowa-storage', ordinal: 1 },
    ]);
  });

  test('stays when stores come and go, whatever their keys are', () => {
    const step = fc.record({
      add: fc.uniqueArray(fc.nat(250), { maxLength: 130 }),
      remove: fc.uniqueArray(fc.nat(250), { maxLength: 60 }),
      lustre: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), fc.boolean(), (steps, gives) => {
        let kinds: Record<string, Kind> = {};
        let lock = lockOf(estateWith(kinds));
        for (const { add, remove, lustre } of steps) {
          const before = stacksIn(lock);
          const next = { ...kinds };
          for (const number of remove) delete next[`s${number}`];
          // What is kept cannot come back, unless it is given up.
          const gone = Object.keys(lock.retired).map((path) => path.slice(path.lastIndexOf('.') + 1));
          const isFree = (key: string) => next[key] === undefined && !gone.includes(key) && kinds[key] === undefined;
          const keys = add.map((number) => `s${number}`).filter(isFree);
          for (const key of keys) next[key] = Number(key.slice(1)) % 10 < lustre ? 'lustre' : 'object';
          lock = lockOf(estateWith(next), lock, gives ? ['*'] : []);
          kinds = next;
          const after = stacksIn(lock);
          expect(Object.keys(after).sort()).toEqual(Object.keys(next).sort());
          for (const key of Object.keys(next)) if (before[key] !== undefined) expect(after[key]).toBe(before[key]);
          for (const stack of new Set(Object.values(after))) {
            const own = Object.keys(after).filter((key) => after[key] === stack);
            expect(own.length).toBeLessThanOrEqual(ROOM);
          }
          expect(lockOf(estateWith(next), lock)).toEqual(lock);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('is free again for others once what left it is given up', () => {
    const [first = '', ...keys] = keysOf(ROOM);
    const full = lockOf(estateWith(objects(first, ...keys)));
    const more = estateWith(objects(...keys, 'a'));
    expect(stacksIn(lockOf(more, full)).a).toBe(2);
    expect(stacksIn(lockOf(more, full, [`stores.${first}`])).a).toBe(1);
  });

  test('goes with its identity through a new name, and not to another site', () => {
    const keys = keysOf(ROOM + 1);
    const last = keys.at(-1) ?? '';
    const lock = lockOf(estateWith(objects(...keys)));
    expect(stacksIn(lock)[last]).toBe(2);
    const estate = estateWith({ ...objects(...keys.slice(0, -1)) });
    const renamed = {
      ...estate,
      stores: { ...estate.stores, aaa: { ...storeAt(estate, 'oregon'), renamedFrom: last } },
    };
    expect(stacksIn(lockOf(renamed, lock))).toEqual(stacksIn(lock));
    const moved = { ...estate, stores: { ...estate.stores, [last]: storeAt(estate, 'other') } };
    const after = lockOf(moved, lock);
    expect(stacksIn(after)[last]).toBe(1);
    expect(after.retired[`sites.oregon.stores.${last}`]).toEqual({ kind: 'object', site: 'oregon', stack: 2 });
  });

  test('is kept with a store that left, and its stack with it', () => {
    const keys = keysOf(ROOM + 1);
    const last = keys.at(-1) ?? '';
    const lock = lockOf(estateWith(objects(...keys)));
    const { plan, lock: after } = lockAndResolve(estateWith(objects(...keys.slice(0, -1))), lock);
    const [site] = plan.sites('aws');
    expect(site?.retired).toEqual([{ kind: 'object', key: last, name: `atlas-${last}`, stack: 2 }]);
    expect(site?.storageStacks.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    const gone = lockAndResolve(estateWith(objects(...keys.slice(0, -1))), after, [`stores.${last}`]);
    expect(gone.plan.sites('aws')[0]?.storageStacks.map(({ ordinal }) => ordinal)).toEqual([1]);
    const alone = lockAndResolve(estateWith(objects(last)), lock, ['*']);
    expect(alone.plan.sites('aws')[0]?.storageStacks).toEqual([{ stack: 'atlas-oregon-storage-2', ordinal: 2 }]);
    // Back where it was, not where there is room now.
    const back = estateWith(objects(...keys.slice(1)));
    const accepted = [`sites.oregon.stores.${last}`];
    expect(stacksIn(lockOf(back, after, accepted))[last]).toBe(2);
  });

  test('is the first for everything that an earlier release knew, however full that is', () => {
    const keys = keysOf(97);
    const estate = estateWith(objects(...keys));
    const earlier = withoutStacks(lockOf(estate));
    expect(stacksIn(earlier)).toEqual({});
    expect(earlier.guarded[`stores.${keys[0]}`]).toBeDefined();
    const all = Object.fromEntries(keys.map((key) => [key, 1]));
    expect(stacksIn(lockOf(estate, earlier))).toEqual(all);
    expect(checkLock(planLayout(estate, earlier), earlier, { lock: 'l', estate: 'e' })).toEqual([]);
    expect(stacksIn(lockOf(estateWith(objects('a', ...keys)), earlier))).toEqual({ ...all, a: 2 });
    const gone = lockOf(estateWith(objects(...keys.slice(1))), earlier);
    expect(gone.retired[`sites.oregon.stores.${keys[0]}`]).toEqual({ kind: 'object', site: 'oregon' });
    // Still earlier ones recorded nothing of stores at all.
    const oldest = { ...earlier, chosen: {}, guarded: {} };
    expect(stacksIn(lockOf(estate, oldest))).toEqual(all);
  });

  test('has to be recorded before a new store is planned', () => {
    const lock = lockOf(estateWith(objects('b')));
    const estate = estateWith(objects('a', 'b'));
    const stale = checkLock(planLayout(estate, lock), lock, { lock: 'estate.lock.json', estate: 'estate.yaml' });
    expect(stale).toEqual([
      expect.objectContaining({
        code: 'LockStale',
        value: 'stores.a',
        message: 'the stack of "stores.a" is not recorded yet',
      }),
    ]);
    const moved = estateWith({ b: { kind: 'object', site: 'other' } });
    expect(checkLock(planLayout(moved, lock), lock, { lock: 'l', estate: 'e' }).map(({ value }) => value)).toContain(
      'stores.b',
    );
  });
});

function storeAt(estate: Estate, site: string): Estate['stores'][string] {
  const [store] = Object.values(estate.stores);
  if (store === undefined) throw new Error('the estate has no store');
  return { ...store, site };
}

describe('stacks of stores in a merge', () => {
  const base = lockOf(estateWith(objects(...keysOf(20))));

  test('stay where the side that is deployed has them, also where that says nothing', () => {
    const estate = estateWith(objects('x', ...keysOf(20)));
    const lock = lockOf(estate, base);
    const elsewhere: Lock = { ...lock, chosen: { ...lock.chosen, 'stores.x': { stack: 2 } } };
    for (const first of [lock, withoutStacks(lock)]) {
      for (const [ours, theirs] of [
        [elsewhere, first],
        [first, elsewhere],
      ] as const) {
        expect(stacksIn(mergeLocks(ours, theirs, first).lock).x).toBe(1);
        expect(stacksIn(mergeLocks(ours, theirs, elsewhere).lock).x).toBe(2);
      }
    }
    expect(stacksIn(mergeLocks(elsewhere, lock).lock).x).toBe(2);
    expect(stacksIn(mergeLocks(withoutStacks(lock), elsewhere).lock).x).toBe(1);
  });

  test('are told when they move', () => {
    const lock = lockOf(estateWith(objects('x')));
    const next: Lock = { ...lock, chosen: { ...lock.chosen, 'stores.x': { stack: 3 } } };
    const move = { key: 'stores.x.stack', from: 'stack 1', to: 'stack 3' };
    expect(movesBetween([lock], next)).toEqual([move]);
    expect(movesBetween([withoutStacks(lock)], next)).toEqual([move]);
    expect(movesBetween([next], next)).toEqual([]);
    expect(movesBetween([EMPTY_LOCK], next)).toEqual([]);
  });

  test('that both sides have filled are refused, and the side that gives way finds room', () => {
    const [mine, other] = [keysOf(55, 'm'), keysOf(55, 'o')];
    const [ours, theirs] = [mine, other].map((keys) => lockOf(estateWith(objects(...keysOf(20), ...keys)), base));
    if (ours === undefined || theirs === undefined) throw new Error('no locks');
    const estate = estateWith(objects(...keysOf(20), ...mine, ...other));
    const { lock, withoutNewHomes } = mergeLocks(ours, theirs, ours);
    expect(() => planLayout(estate, lock)).toThrow(
      'the stores that the lock file has in storage stack 1 of the site make 522 resources, AWS takes 500 in a stack',
    );
    expect(codesOf(() => planLayout(estate, lock))).toEqual(['StackFull', 'StackFull']);
    expect(codesOf(() => planLayout(estate, lock, [], true))).toEqual([]);
    const stacks = stacksIn(lockOf(estate, withoutNewHomes));
    for (const key of [...keysOf(20), ...mine]) expect(stacks[key]).toBe(1);
    expect(other.filter((key) => stacks[key] === 2)).toHaveLength(110 + 20 - ROOM);
  });
});

test('no two stacks of a site, or of sites with names like stacks, have one name', () => {
  const key = fc.constantFrom('x', 'x-storage', 'x-storage-2', 'x-storage-2-storage', 'storage', 'x-2', 'x-network');
  const stores = fc.array(fc.record({ stack: fc.integer({ min: 1, max: 4 }) }), { minLength: 1 });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(key, stores), { selector: ([name]) => name }), (sites) => {
      const names = sites.flatMap(([name, own]) => [
        `atlas-${name}-network`,
        `atlas-${name}-cluster`,
        ...storageStacks(`atlas-${name}-storage`, own).map(({ stack }) => stack),
      ]);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});
