import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatLockReport, type LockOptions, type LockReport, updateLock } from '../../cli/lock';
import { parseLock } from '../../estate/plan/lock';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

function git(folder: string, ...args: string[]): void {
  const settings = ['user.name=t', 'user.email=t@example.com', 'merge.conflictStyle=merge', 'commit.gpgsign=false'];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  execFileSync('git', [...flags, ...args], { cwd: folder, stdio: 'pipe', env: { ...process.env, GIT_EDITOR: 'true' } });
}

/** A merge, rebase or pick that stops at a conflict. */
function gitStops(folder: string, ...args: string[]): void {
  expect(() => git(folder, ...args)).toThrow();
}

const SITE = 'account: main, region: us-west-2, zones: [us-west-2a, us-west-2b]';

function write(folder: string, sites: Readonly<Record<string, string>>): void {
  const lines = Object.entries(sites).map(([key, more]) => `  ${key}: { ${SITE}${more} }`);
  writeFileSync(
    join(folder, 'estate.yaml'),
    [
      'estate: v1',
      'name: sol',
      'owner: { team: t, email: t@example.com }',
      'accounts: { main: { cloud: aws, accountId: "111122223333" } }',
      'sites:',
      ...lines,
      '',
    ].join('\n'),
  );
}

function lock(folder: string, options: Partial<LockOptions> = {}): LockReport {
  return updateLock(join(folder, 'estate.yaml'), { check: false, prune: false, ...options });
}

function networks(folder: string): Record<string, string> {
  const { addresses } = parseLock(readFileSync(join(folder, 'estate.lock.json'), 'utf8'), 'estate.lock.json');
  return Object.fromEntries(Object.entries(addresses).filter(([key]) => key.endsWith('.network')));
}

function commit(folder: string, sites: Readonly<Record<string, string>>): void {
  write(folder, sites);
  lock(folder);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=edit');
}

/** A repository whose branches `main` and `branch` have each added a site, with the branch checked out. */
function withBranches<T>(names: { readonly main: string; readonly branch: string }, body: (folder: string) => T) {
  return withFolder(async (folder) => {
    git(folder, 'init', '--quiet', '--initial-branch=main');
    commit(folder, { mid: '' });
    git(folder, 'switch', '--quiet', '--create', 'branch');
    commit(folder, { mid: '', [names.branch]: '' });
    git(folder, 'switch', '--quiet', 'main');
    commit(folder, { mid: '', [names.main]: '' });
    git(folder, 'switch', '--quiet', 'branch');
    return body(folder);
  });
}

const BOTH = { east: '', mid: '', even: '' };
const CLASH = { main: 'even', branch: 'east' };
const MAIN_KEPT = {
  'sites.east.network': '10.66.0.0/16',
  'sites.even.network': '10.65.0.0/16',
  'sites.mid.network': '10.64.0.0/16',
};
const BRANCH_KEPT = { ...MAIN_KEPT, 'sites.east.network': '10.65.0.0/16', 'sites.even.network': '10.66.0.0/16' };

describe('a lock in conflict', () => {
  test.each([
    ['merging main into a branch', () => {}, ['merge', 'main'], /^MERGE_HEAD \(\w+\)$/, 'it is in main'],
    [
      'merging a branch into main',
      (folder: string) => git(folder, 'switch', '--quiet', 'main'),
      ['merge', 'branch'],
      /^HEAD \(\w+\)$/,
      'it is "main"',
    ],
    ['rebasing a branch', () => {}, ['rebase', 'main'], /^HEAD \(\w+\)$/, 'goes on top of it'],
  ])('keeps what main has when %s', async (_what, prepare, command, revision, why) => {
    await withBranches(CLASH, (folder) => {
      prepare(folder);
      gitStops(folder, ...command);
      write(folder, BOTH);
      const refused = lock(folder);
      expect(refused).toMatchObject({ refused: true, written: false, repaired: true });
      expect(refused.kept?.revision).toMatch(revision);
      expect(refused.kept?.why).toContain(why);
      expect(refused.moved).toContainEqual({
        key: 'sites.east.network',
        from: '10.65.0.0/16',
        to: '10.66.0.0/16',
      });
      expect(refused.moved.every(({ key }) => key.startsWith('sites.east.'))).toBe(true);
      const done = lock(folder, { accept: ['sites.east'] });
      expect(done).toMatchObject({ refused: false, written: true });
      expect(networks(folder)).toEqual(MAIN_KEPT);
      expect(lock(folder)).toMatchObject({ written: false, moved: [] });
    });
  });

  test('keeps what is in the remote branch when a pull brings it into main', async () => {
    await withBranches(CLASH, (folder) => {
      git(folder, 'update-ref', 'refs/remotes/origin/main', 'main');
      git(folder, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      git(folder, 'branch', '--quiet', '--force', 'main', 'branch');
      git(folder, 'switch', '--quiet', 'main');
      gitStops(folder, 'merge', 'origin/main');
      write(folder, BOTH);
      const done = lock(folder, { accept: ['*'] });
      expect(done.kept?.why).toBe('because it is in origin/main');
      expect(networks(folder)).toEqual(MAIN_KEPT);
    });
  });

  test('keeps what the revision has that is asked for', async () => {
    await withBranches(CLASH, (folder) => {
      gitStops(folder, 'merge', 'main');
      write(folder, BOTH);
      const done = lock(folder, { keep: 'branch', accept: ['sites.even'] });
      expect(done.kept).toEqual({ revision: expect.stringMatching(/^branch \(\w+\)$/), why: 'as --keep says' });
      expect(networks(folder)).toEqual(BRANCH_KEPT);
    });
  });

  test('keeps what both have branched from where neither side is upstream, and then ours', async () => {
    await withBranches(CLASH, (folder) => {
      git(folder, 'branch', '--quiet', '--move', 'main', 'other');
      gitStops(folder, 'merge', 'other');
      write(folder, BOTH);
      const done = lock(folder, { accept: ['*'] });
      expect(done.kept?.why).toBe('because both sides have branched from it');
      expect(networks(folder)).toEqual(BRANCH_KEPT);
    });
  });

  test('keeps ours where there is no repository, and says how to choose', async () => {
    await withBranches(CLASH, async (folder) => {
      gitStops(folder, 'merge', 'main');
      write(folder, BOTH);
      const files = ['estate.yaml', 'estate.lock.json'].map((name) => {
        return [name, readFileSync(join(folder, name), 'utf8')] as const;
      });
      await withFolder(async (elsewhere) => {
        for (const [name, text] of files) writeFileSync(join(elsewhere, name), text);
        const env = { GIT_CEILING_DIRECTORIES: join(elsewhere, '..') };
        const refused = await estate(['lock'], elsewhere, env);
        expect(refused.code).toBe(3);
        expect(refused.stdout).toMatch(/^estate\.lock\.json is not written: /);
        expect(refused.stdout).toContain('No side is known to be upstream');
        expect(refused.stdout).toMatch(/\n {2}sites\.even\.network: 10\.65\.0\.0\/16 -> 10\.66\.0\.0\/16\n/);
        const json = await estate(['lock', '--json'], elsewhere, env);
        const report = JSON.parse(json.stdout) as { ok: boolean; moved: { key: string }[] };
        expect([json.code, report.ok, report.moved.map(({ key }) => key)]).toEqual([
          3,
          false,
          expect.arrayContaining(['sites.even.network', 'sites.even.zones.us-west-2a.nodes']),
        ]);
        const done = await estate(['lock', '--accept', 'sites.even'], elsewhere, env);
        expect([done.code, networks(elsewhere)]).toEqual([0, BRANCH_KEPT]);
      });
    });
  });

  test('fails when the revision to keep is not there', async () => {
    await withBranches(CLASH, async (folder) => {
      gitStops(folder, 'merge', 'main');
      write(folder, BOTH);
      expect(() => lock(folder, { keep: 'gone' })).toThrow('--keep gone: there is no such revision');
    });
  });
});

test('keeps what main has when two branches have merged without a conflict although both gave out one block', async () => {
  await withBranches({ main: 'zeta', branch: 'alpha' }, (folder) => {
    gitStops(folder, 'merge', 'main');
    write(folder, { alpha: '', mid: '', zeta: '' });
    // As git leaves it where the entries are far enough apart.
    const path = join(folder, 'estate.lock.json');
    const text = readFileSync(path, 'utf8').replace(/^(<{7}|={7}|>{7}).*\n/gm, '');
    writeFileSync(path, text.replace(/(["\]}])(\s*\n\s*")/g, '$1,$2'));
    const before = parseLock(readFileSync(path, 'utf8'), 'estate.lock.json').addresses;
    expect(before['sites.alpha.network']).toBe(before['sites.zeta.network']);
    const refused = lock(folder);
    expect(refused).toMatchObject({ refused: true, repaired: false, kept: { why: 'because it is in main' } });
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message=merge');
    const done = lock(folder, { accept: ['sites.alpha'] });
    expect(done.kept?.revision).toMatch(/^HEAD\^2 /);
    expect(networks(folder)).toMatchObject({
      'sites.alpha.network': '10.66.0.0/16',
      'sites.zeta.network': '10.65.0.0/16',
    });
  });
});

test('refuses to move what is recorded, also without a merge, until it is accepted', async () => {
  await withFolder(async (folder) => {
    write(folder, { east: '' });
    lock(folder);
    write(folder, { east: ', cidr: 10.80.0.0/16' });
    const refused = lock(folder);
    expect(refused).toMatchObject({ refused: true, written: false, repaired: false });
    expect(refused.moved[0]).toEqual({ key: 'sites.east.network', from: '10.64.0.0/16', to: '10.80.0.0/16' });
    expect(refused.moved.length).toBeGreaterThan(4);
    expect(lock(folder, { accept: ['sites.west', 'sites.eas'] }).refused).toBe(true);
    expect(lock(folder, { accept: ['sites.east'] })).toMatchObject({ refused: false, written: true });
    write(folder, { east: ', cidr: 10.80.0.0/16, reserveBlocks: 2' });
    lock(folder);
    write(folder, { east: ', cidr: 10.80.0.0/16, reserveBlocks: 4' });
    expect(lock(folder)).toMatchObject({ refused: false, changed: ['sites.east.reserve'], moved: [] });
  });
});

test('gives a range anew that has become too small, when that is accepted', async () => {
  await withFolder(async (folder) => {
    for (const [from, to] of [
      ['azure.yaml', 'estate.yaml'],
      ['azure.lock.json', 'estate.lock.json'],
    ] as const) {
      copyFileSync(join(ROOT, 'examples', from), join(folder, to));
    }
    const path = join(folder, 'estate.lock.json');
    const key = 'sites.eastus2.stores.scratch.storage';
    const held = readFileSync(path, 'utf8');
    writeFileSync(path, held.replace(/("sites\.eastus2\.stores\.scratch\.storage": )"[^"]*"/, '$1"10.128.48.0/27"'));
    expect(() => lock(folder)).toThrow(
      /10\.128\.48\.0\/27 of "sites\.eastus2\.stores\.scratch\.storage" has 32 addresses, and 128/,
    );
    expect(lock(folder, { accept: ['stores.scratch'] })).toMatchObject({
      refused: false,
      written: true,
      moved: [{ key, from: '10.128.48.0/27', to: '10.128.32.0/23' }],
    });
    expect(readFileSync(path, 'utf8')).toBe(held);
  });
});

test('says which groups of AWS have another range, and makes them anew only where they are named', async () => {
  await withFolder(async (folder) => {
    const writeRange = (max: number) =>
      writeFileSync(
        join(folder, 'estate.yaml'),
        [
          'estate: v1',
          'name: sol',
          'owner: { team: t, email: t@example.com }',
          'accounts: { main: { cloud: aws, accountId: "111122223333" } }',
          `sites: { west: { ${SITE} } }`,
          'clusters:',
          '  train:',
          '    site: west',
          `    pools: { burst: { machine: m7i.8xlarge, zone: us-west-2a, nodes: { min: 0, max: ${max} } } }`,
          '',
        ].join('\n'),
      );
    writeRange(40);
    expect(lock(folder).resized).toEqual([]);
    writeRange(60);
    const other = lock(folder);
    expect(other.resized).toEqual(['clusters.train.pools.burst.1']);
    expect(formatLockReport(other)).toContain(
      'Have another range and go on with the nodes that run. Was one never applied? Then --accept it, to make it anew:\n  clusters.train.pools.burst.1\n',
    );
    expect(lock(folder, { accept: ['clusters.train'] })).toMatchObject({
      resized: [],
      written: false,
      unmatched: ['clusters.train'],
    });
    expect(lock(folder, { accept: ['clusters.train.pools.burst'] })).toMatchObject({ written: true, unmatched: [] });
    const { chosen } = parseLock(readFileSync(join(folder, 'estate.lock.json'), 'utf8'), 'estate.lock.json');
    expect(chosen['clusters.train.pools.burst']?.made?.sizes).toEqual({ 1: '0-60' });
  });
});
