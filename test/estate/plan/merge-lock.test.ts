import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EstateError } from '../../../estate/diagnostics';
import { isNetworkKey, isReserveKey } from '../../../estate/plan/blocks';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock } from '../../../estate/plan/lock';
import { conflictSides, isSound, lockSides, mergeLocks } from '../../../estate/plan/merge-lock';
import { movesBetween } from '../../../estate/plan/moves';
import type { Estate } from '../../../estate/spec/schema';
import { compareKeys } from '../../../estate/units';
import { blueprints, estateOf, inputOf, type SiteBlueprint } from '../../helpers/estates';
import { withFolder } from '../../helpers/synth';

const lockWith = (part: Partial<Lock>): Lock => ({ ...EMPTY_LOCK, ...part });

/** A common estate and what two branches add to it, each site in one of them only. */
const branches = fc.tuple(blueprints(3), blueprints(3), blueprints(3)).map((lists) => {
  const names = new Set<string>();
  const [base = [], ours = [], theirs = []] = lists.map((sites) =>
    sites.filter(({ name }) => !names.has(name) && names.add(name)),
  );
  return { base, ours, theirs };
});

function locked(sites: readonly SiteBlueprint[], lock?: Lock): Lock {
  return planLayout(estateOf(inputOf(sites)), lock).lock;
}

const reserves = fc.constantFrom(undefined, 2 as const, 4 as const);

/** An estate of sites that keep blocks to grow into. */
function reserving(sites: readonly SiteBlueprint[], reserveBlocks: 2 | 4 | undefined): Estate {
  const estate = estateOf(inputOf(sites));
  if (reserveBlocks === undefined) return estate;
  const own = Object.entries(estate.sites).map(([key, site]) => [key, { ...site, reserveBlocks }] as const);
  return { ...estate, sites: Object.fromEntries(own) };
}

/** Entries that both locks have. */
function shared(one: Lock, other: Lock, merged: Lock): Record<string, string | undefined> {
  const keys = Object.keys(one.addresses).filter((key) => other.addresses[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, merged.addresses[key]]));
}

describe('a merged lock', () => {
  test('keeps what both sides have, whichever side is ours', () => {
    fc.assert(
      fc.property(branches, ({ base, ours, theirs }) => {
        const start = locked(base);
        const [one, other] = [locked([...base, ...ours], start), locked([...base, ...theirs], start)];
        const [left, right] = [mergeLocks(one, other).lock, mergeLocks(other, one).lock];
        expect(left.addresses).toMatchObject(start.addresses);
        expect(shared(one, other, left)).toEqual(shared(one, other, right));
        const all = [...base, ...ours, ...theirs];
        const [first, second] = [locked(all, left), locked(all, right)];
        expect(first.addresses).toMatchObject(start.addresses);
        const networks = Object.entries(left.addresses).filter(([key]) => isNetworkKey(key));
        expect(first.addresses).toMatchObject(Object.fromEntries(networks));
        expect(first.released).toEqual({});
        expect(Object.keys(first.addresses).sort()).toEqual(Object.keys(second.addresses).sort());
        expect(locked(all, first)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  test('prefers the lower of two blocks of one key, then ours, then theirs where nothing is in the way', () => {
    const ours = lockWith({
      addresses: {
        'sites.a.network': '10.66.0.0/16',
        'sites.b.network': '10.67.0.0/16',
        'sites.c.network': '10.64.0.0/16',
      },
    });
    const theirs = lockWith({
      addresses: {
        'sites.a.network': '10.65.0.0/16',
        'sites.d.network': '10.67.0.0/16',
        'sites.c.network': '10.64.0.0/16',
      },
      released: { 'sites.e.network': '10.68.0.0/16' },
    });
    const kept = { 'sites.a.network': '10.65.0.0/16', 'sites.c.network': '10.64.0.0/16' };
    const { lock } = mergeLocks(ours, theirs);
    expect(lock.addresses).toEqual({ ...kept, 'sites.b.network': '10.67.0.0/16' });
    expect(lock.released).toEqual({ 'sites.e.network': '10.68.0.0/16' });
    expect(mergeLocks(theirs, ours).lock.addresses).toEqual({ ...kept, 'sites.d.network': '10.67.0.0/16' });
  });

  test('lets ranges of two sites be equal, but not two ranges of one site', () => {
    const ours = lockWith({ addresses: { 'sites.a.shards.x.pods': '100.64.0.0/14' } });
    const theirs = lockWith({
      addresses: { 'sites.a.shards.y.pods': '100.64.0.0/14', 'sites.b.shards.z.pods': '100.64.0.0/14' },
    });
    expect(Object.keys(mergeLocks(ours, theirs).lock.addresses)).toEqual([
      'sites.a.shards.x.pods',
      'sites.b.shards.z.pods',
    ]);
  });

  test('keeps the homes of groups, those of the other side too unless asked not to', () => {
    const ours = lockWith({ shards: { train: { '1': { a: ['1-5'] }, '2': { a: ['6-7'] } } } });
    const theirs = lockWith({
      shards: { train: { '1': { a: ['1-5'] }, '2': { b: ['1-3'] } }, more: { '1': { c: ['1'] } } },
    });
    const { lock, withoutNewHomes } = mergeLocks(ours, theirs);
    expect(lock.shards).toEqual({
      train: { '1': { a: ['1-5'] }, '2': { a: ['6-7'], b: ['1-3'] } },
      more: { '1': { c: ['1'] } },
    });
    expect(withoutNewHomes.shards.train).toEqual(ours.shards.train);
    const kept = mergeLocks(ours, theirs, theirs);
    expect(kept.withoutNewHomes.shards).toEqual(theirs.shards);
    expect(kept.lock.shards).toEqual(lock.shards);
  });

  test('keeps what the first lock says, whatever both sides have made of it', () => {
    const ours = lockWith({ addresses: { 'sites.a.network': '10.64.0.0/16', 'sites.b.network': '10.65.0.0/16' } });
    const theirs = lockWith({ addresses: { 'sites.a.network': '10.65.0.0/16' }, shards: {} });
    expect(mergeLocks(ours, theirs, theirs).lock.addresses).toEqual(theirs.addresses);
    expect(mergeLocks(ours, theirs, ours).lock.addresses).toEqual(ours.addresses);
    const gone = lockWith({ addresses: { 'sites.gone.network': '10.65.0.0/16' } });
    expect(mergeLocks(ours, ours, gone).lock.addresses).toEqual(ours.addresses);
  });

  test.each(['named', 'ownZone'])('gives no cluster that is deployed without it what %s says', (key) => {
    const [unnamed, named] = [{ kubernetes: '1.35' }, { kubernetes: '1.35', [key]: true as const }];
    const of = (choice: Lock['chosen'][string]) => ({ ...EMPTY_LOCK, chosen: { 'clusters.a': choice } });
    const merged = (first: Lock) => mergeLocks(of(named), of(unnamed), first).lock.chosen['clusters.a'];
    expect(merged(of(unnamed))).toEqual(unnamed);
    expect(merged(of(named))).toEqual(named);
    expect(mergeLocks(of(unnamed), of(named)).lock.chosen['clusters.a']).toEqual(unnamed);
  });

  test('takes no key out of its vault, and keeps the vaults of both sides', () => {
    const of = (region: string, vault?: 'account'): Lock => ({
      ...EMPTY_LOCK,
      chosen: {
        'accounts.a': { vaults: [region], ...(vault && { nodes: 'tagged' }) },
        'clusters.a': { kubernetes: '1.35', ...(vault && { vault }) },
      },
    });
    const [shared, own] = [of('us-phoenix-1', 'account'), of('us-ashburn-1')];
    const { chosen } = mergeLocks(shared, own, own).lock;
    expect(chosen).toEqual({
      'accounts.a': { vaults: ['us-ashburn-1', 'us-phoenix-1'] },
      'clusters.a': { kubernetes: '1.35' },
    });
    const known = mergeLocks(shared, own, shared).lock.chosen;
    expect(known['clusters.a']).toEqual({ kubernetes: '1.35', vault: 'account' });
    expect(known['accounts.a']).toEqual({ nodes: 'tagged', vaults: ['us-ashburn-1', 'us-phoenix-1'] });
  });

  test('leaves groups running that one side has given another range, and knows those that either has appended', () => {
    const of = (sizes: Record<string, string>, zone = 'us-west-2a'): Lock => ({
      ...EMPTY_LOCK,
      chosen: { 'clusters.a.pools.b': { made: { capacity: 'spot', zone, sizes } } },
    });
    const merged = (ours: Lock, theirs: Lock, first?: Lock) =>
      mergeLocks(ours, theirs, first).lock.chosen['clusters.a.pools.b']?.made?.sizes;
    const [small, large] = [of({ 1: '0-40' }), of({ 1: 'running', 2: '0-450' })];
    expect(merged(small, large, small)).toEqual({ 1: 'running', 2: '0-450' });
    expect(merged(large, small)).toEqual({ 1: 'running', 2: '0-450' });
    expect(merged(of({ 1: '0-60' }), small, small)).toEqual({ 1: '0-40' });
    expect(merged(of({ 1: 'running' }, 'us-west-2b'), small, small)).toEqual({ 1: '0-40' });
    expect(merged(EMPTY_LOCK, EMPTY_LOCK)).toBeUndefined();
  });

  test('keeps a reserve together with the networks in it', () => {
    const addresses = {
      'sites.a.network': '10.64.0.0/16',
      'sites.a.network.2': '10.65.0.0/16',
      'sites.a.reserve': '10.64.0.0/14',
    };
    const ours = lockWith({ addresses });
    const theirs = lockWith({ addresses: { 'sites.a.network': '10.64.0.0/16', 'sites.b.network': '10.66.0.0/16' } });
    expect(mergeLocks(ours, theirs).lock.addresses).toEqual(addresses);
    expect(mergeLocks(ours, theirs, theirs).lock.addresses).toEqual({
      'sites.a.network': '10.64.0.0/16',
      'sites.a.network.2': '10.65.0.0/16',
      'sites.b.network': '10.66.0.0/16',
    });
  });

  test('moves nothing of the side that is kept, whatever both have added', () => {
    fc.assert(
      fc.property(branches, reserves, fc.boolean(), ({ base, ours, theirs }, reserve, keepsTheirs) => {
        const plan = (sites: readonly SiteBlueprint[], lock?: Lock) => planLayout(reserving(sites, reserve), lock).lock;
        const start = plan(base);
        const [one, other] = [plan([...base, ...ours], start), plan([...base, ...theirs], start)];
        const kept = keepsTheirs ? other : one;
        const { lock } = mergeLocks(one, other, kept);
        expect(lock.addresses).toMatchObject(kept.addresses);
        const after = plan([...base, ...ours, ...theirs], lock);
        expect(after.addresses).toMatchObject(kept.addresses);
        expect(movesBetween([kept], after)).toEqual([]);
        expect(isSound(after)).toBe(true);
        const moved = movesBetween([one, other], after).map(({ key }) => key);
        const lost = Object.keys({ ...one.addresses, ...other.addresses }).filter(
          (key) =>
            !isReserveKey(key) &&
            [one, other].some((side) => (side.addresses[key] ?? after.addresses[key]) !== after.addresses[key]),
        );
        expect(moved).toEqual(lost.sort(compareKeys));
      }),
      { numRuns: 60 },
    );
  });

  test('moves no group of the side that is kept, although both have filled one shard', () => {
    const pool = (racks: number) => ({ accelerator: 'gb300', racks, zone: '1' });
    const withPools = (pools: Readonly<Record<string, ReturnType<typeof pool>>>) =>
      estateOf(inputOf([{ name: 'east', account: 'azure-gb', stores: 0, clusters: { big: { pools } } }]));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 60, max: 140 }), { minLength: 3, maxLength: 3 }),
        ([a = 1, b = 1, c = 1]) => {
          const start = planLayout(withPools({ a: pool(a) })).lock;
          const one = planLayout(withPools({ a: pool(a), b: pool(b) }), start).lock;
          const other = planLayout(withPools({ a: pool(a), c: pool(c) }), start).lock;
          const { withoutNewHomes } = mergeLocks(one, other, other);
          const after = planLayout(withPools({ a: pool(a), b: pool(b), c: pool(c) }), withoutNewHomes).lock;
          expect(movesBetween([other], after)).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('a lock file in conflict', () => {
  const [base, ours, theirs] = [['m'], ['m', 'a'], ['m', 'z', 'b']].map((names) =>
    locked(names.map((name) => ({ name, account: 'aws-main', clusters: {}, stores: 1 }))),
  ) as [Lock, Lock, Lock];

  test('has no sides where nothing is in conflict', () => {
    expect(conflictSides(formatLock(ours))).toBeUndefined();
  });

  test.each(['merge', 'diff3', 'zdiff3'])('gives both sides back in the style "%s"', async (style) => {
    await withFolder((folder) => {
      const write = (name: string, lock: Lock) => {
        writeFileSync(join(folder, name), formatLock(lock));
        return join(folder, name);
      };
      const files = [write('ours', ours), write('base', base), write('theirs', theirs)];
      const { stdout } = spawnSync('git', ['-c', `merge.conflictStyle=${style}`, 'merge-file', '-p', ...files], {
        encoding: 'utf8',
      });
      expect(stdout).toMatch(/^<{7} /m);
      const sides = conflictSides(stdout);
      if (sides === undefined) throw new Error('no conflict was found');
      const [left, right] = lockSides(sides, 'estate.lock.json');
      expect([left, right]).toEqual([ours, theirs]);
    });
  });

  test('fails when a side is no lock at all', () => {
    const text = `<<<<<<< ours\n{}\n=======\nbanana\n>>>>>>> theirs\n`;
    const sides = conflictSides(text);
    if (sides === undefined) throw new Error('no conflict was found');
    expect(() => lockSides(sides, 'estate.lock.json')).toThrow(EstateError);
  });
});
