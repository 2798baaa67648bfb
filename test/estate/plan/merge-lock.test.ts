import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EstateError } from '../../../estate/diagnostics';
import { isNetworkKey } from '../../../estate/plan/blocks';
import { planLayout } from '../../../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock } from '../../../estate/plan/lock';
import { conflictSides, mergeConflict, mergeLocks } from '../../../estate/plan/merge-lock';
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
    const { lock, withoutTheirHomes } = mergeLocks(ours, theirs);
    expect(lock.shards).toEqual({
      train: { '1': { a: ['1-5'] }, '2': { a: ['6-7'], b: ['1-3'] } },
      more: { '1': { c: ['1'] } },
    });
    expect(withoutTheirHomes.shards.train).toEqual(ours.shards.train);
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
      const { lock } = mergeConflict(sides, 'estate.lock.json');
      expect(lock).toEqual(mergeLocks(ours, theirs).lock);
    });
  });

  test('fails when a side is no lock at all', () => {
    const text = `<<<<<<< ours\n{}\n=======\nbanana\n>>>>>>> theirs\n`;
    const sides = conflictSides(text);
    if (sides === undefined) throw new Error('no conflict was found');
    expect(() => mergeConflict(sides, 'estate.lock.json')).toThrow(EstateError);
  });
});
