import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ResolvedEstate, resolveEstate } from '../../cli/app';
import { estateFinder } from '../../cli/estate-key';
import { explainReport } from '../../cli/explain';
import { updateLock } from '../../cli/lock';
import { synthesizeTerraform } from '../../cli/synthesize';
import { EstateError } from '../../estate/diagnostics';
import { estate, ROOT } from '../helpers/cli';
import { readTree, withFolder } from '../helpers/synth';

const WHOLE = readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8');

/** Sections of the example by their key, with its first lines as `estate`. */
function sections(): Readonly<Record<string, string>> {
  const parts = WHOLE.split(/^(?=(?:accounts|sites|clusters|stores|acknowledge):)/m);
  return Object.fromEntries(parts.map((part) => [/^([a-z]+):/m.exec(part)?.[1] ?? '', part]));
}

const { estate: head = '', accounts = '', sites = '', clusters = '', stores = '', acknowledge = '' } = sections();

const FILES: Readonly<Record<string, string>> = {
  'estate.yaml': `${head}include: [clusters, places.yaml]\n${stores}`,
  'places.yaml': `${accounts}${sites}`,
  'clusters/eastus2.yaml': `# yaml-language-server: $schema=../estate.schema.json\n${clusters}${acknowledge}`,
};

const DEV = `extends: estate.yaml
name: boreal-dev
clusters:
  eastus2:
    pools:
      train: { racks: 1 }
stores: { datasets: { retainDays: 7 } }
`;

/** A folder with the example in several files, its lock and a variant, each edited. */
function withFiles<T>(body: (folder: string) => Promise<T> | T, edits: Readonly<Record<string, string>> = {}) {
  return withFolder((folder) => {
    mkdirSync(join(folder, 'clusters'));
    for (const [name, text] of Object.entries({ ...FILES, 'estate.dev.yaml': DEV, ...edits }))
      writeFileSync(join(folder, name), text);
    copyFileSync(join(ROOT, 'examples/azure.lock.json'), join(folder, 'estate.lock.json'));
    return body(folder);
  });
}

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
}

/** The same as a git repository whose first commit has everything. */
function withRepository<T>(body: (folder: string) => Promise<T>): Promise<T> {
  return withFiles((folder) => {
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '--message=first');
    return body(folder);
  });
}

/** Replaces text in a file, which has to be there. */
function edit(folder: string, name: string, from: string, to: string): void {
  const text = readFileSync(join(folder, name), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder, name), text.replace(from, to));
}

const lock = (file: string) => updateLock(file, { check: false, prune: false });

describe('commands on an estate in several files', () => {
  test('use the lock beside the main file, which fits the same estate in one file', async () => {
    const report = await withFiles((folder) => updateLock(join(folder, 'estate.yaml'), { check: true, prune: false }));
    expect([report.written, report.added]).toEqual([false, []]);
  });

  test('name the file of every finding, in text, JSON and SARIF', async () => {
    const edits = { 'clusters/eastus2.yaml': clusters.replace('gb300', 'gb3000') };
    const [text, json, sarif] = await withFiles(
      async (folder) => [
        await estate(['validate'], folder),
        await estate(['validate', '--json'], folder),
        await estate(['validate', '--sarif'], folder),
      ],
      edits,
    );
    expect([text?.code, json?.code, sarif?.code]).toEqual([2, 2, 2]);
    expect(text?.stderr).toMatch(
      /^clusters\/eastus2\.yaml:6:29 {2}UnknownAccelerator .*\n +6 \| +train: .* gb3000,.*\n +\| +\^{6} /,
    );
    const at = { file: 'clusters/eastus2.yaml', line: 6, column: 29, length: 6 };
    expect(JSON.parse(json?.stdout ?? '')).toMatchObject({ diagnostics: [{ code: 'UnknownAccelerator', at }] });
    expect(sarif?.stdout).toContain('"uri": "clusters/eastus2.yaml"');
  });

  test('say where an entry is written', async () => {
    const [explained, found] = await withFiles((folder) => {
      const file = join(folder, 'estate.yaml');
      const finder = estateFinder(resolveEstate(file));
      return [
        explainReport('clusters.eastus2.pools.train.racks', file, false),
        finder('boreal-eastus2-cluster', 'boreal-eastus2-cluster/cluster')?.at,
      ].map((text) => text?.replaceAll(`${folder}/`, ''));
    });
    expect(explained).toMatch(/\n {2}value +2 {2}\(clusters\/eastus2\.yaml:7:36\)\n/);
    expect(found).toBe('clusters/eastus2.yaml:3');
  });

  test('synthesize the same as from one file, from what was read first', async () => {
    const synthesize = (folder: string, { plan }: ResolvedEstate) =>
      synthesizeTerraform({
        plan: plan.data,
        awsOutdir: join(folder, 'cdk.out'),
        terraformOutdir: join(folder, 'cdktf.out'),
      }).then(() => readTree(join(folder, 'cdktf.out')));
    const split = await withFiles((folder) => {
      const planned = resolveEstate(join(folder, 'estate.yaml'));
      for (const name of [...Object.keys(FILES), 'estate.lock.json']) rmSync(join(folder, name));
      return synthesize(folder, planned);
    });
    const whole = await withFiles((folder) => synthesize(folder, resolveEstate(join(folder, 'estate.yaml'))), {
      'estate.yaml': WHOLE,
    });
    expect(Object.keys(split).length).toBeGreaterThan(4);
    expect(split).toEqual(whole);
  });

  test('name an included file that cannot be read where it is included', async () => {
    const { code, stderr } = await withFiles((folder) => {
      rmSync(join(folder, 'places.yaml'));
      writeFileSync(join(folder, 'places.yaml'), Buffer.from([0x61, 0x3a, 0xe9]));
      rmSync(join(folder, 'clusters'), { recursive: true });
      return estate(['validate'], folder);
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^estate\.yaml:6:11 {2}FileMissing .*\n.*\n.*"clusters" does not exist$/m);
    expect(stderr).toMatch(/^estate\.yaml:6:21 {2}FileUnreadable .*\n.*\n.*places\.yaml is not UTF-8 text$/m);
  });
});

test('a pipe in a folder that is included is not waited for', async () => {
  const load = await withFiles((folder) => {
    execFileSync('mkfifo', [join(folder, 'clusters/pipe.yaml')]);
    try {
      return resolveEstate(join(folder, 'estate.yaml'));
    } catch (error) {
      return error instanceof EstateError ? error.diagnostics.map(({ code, message }) => `${code} ${message}`) : [];
    }
  });
  expect(load).toEqual([
    expect.stringMatching(/^FileUnreadable .*\/clusters\/pipe\.yaml cannot be read \(not a file\)$/),
  ]);
});

describe('commands on a variant', () => {
  test('lock it beside its own file, and leave the base as it is', async () => {
    const [plan, base, check] = await withFiles((folder) => {
      const file = join(folder, 'estate.dev.yaml');
      lock(file);
      return [
        resolveEstate(file).plan,
        readFileSync(join(folder, 'estate.lock.json'), 'utf8'),
        updateLock(file, { check: true, prune: false }).written,
      ] as const;
    });
    const [shard] = plan.shards('azure');
    expect([plan.name, shard?.stacks.cluster, shard?.pools[0]?.groups.length]).toEqual([
      'boreal-dev',
      'boreal-dev-eastus2-cluster',
      1,
    ]);
    expect([base, check]).toEqual([readFileSync(join(ROOT, 'examples/azure.lock.json'), 'utf8'), false]);
  });

  test('ask for its own lock', async () => {
    const { code, stderr } = await withFiles((folder) => estate(['show', 'capacity', 'estate.dev.yaml'], folder));
    expect([code, stderr]).toEqual([2, expect.stringContaining('run "npx estate lock estate.dev.yaml"')]);
  });

  test('synthesize it where ESTATE names it, as the stock tools do', async () => {
    const stacks = await withFiles(async (folder) => {
      lock(join(folder, 'estate.dev.yaml'));
      const { code } = await estate(['synth'], folder, { ESTATE: 'estate.dev.yaml' });
      expect(code).toBe(0);
      return ['boreal-dev-eastus2-cluster', 'boreal-eastus2-cluster'].map((stack) =>
        existsSync(join(folder, 'cdktf.out/stacks', stack)),
      );
    });
    expect(stacks).toEqual([true, false]);
  });
});

describe('estate diff of several files', () => {
  test('reads the files of a revision, from any folder', async () => {
    const [inside, outside] = await withRepository(async (folder) => {
      edit(folder, 'clusters/eastus2.yaml', 'racks: 2', 'racks: 3');
      lock(join(folder, 'estate.yaml'));
      return [
        await estate(['diff', 'git:HEAD'], folder),
        await estate(['diff', 'git:main', join(folder, 'estate.yaml')]),
      ];
    });
    expect([inside?.code, inside?.stdout.split('\n')[0]]).toEqual([0, 'clusters.eastus2.pools.train: racks 2 -> 3']);
    expect(outside?.stdout).toBe(inside?.stdout);
  });

  test('says that nothing changes when an estate is split', async () => {
    const { code, stdout } = await withRepository((folder) => {
      writeFileSync(join(folder, 'estate.yaml'), WHOLE);
      return estate(['diff', 'git:HEAD'], folder);
    });
    expect([code, stdout.split('\n').slice(0, 2)]).toEqual([
      0,
      ['The two estates say the same.', 'No resource changes.'],
    ]);
  });

  test('reads files that lie above an estate of another path of the revision', async () => {
    const { code, stdout } = await withRepository(async (folder) => {
      mkdirSync(join(folder, 'old'));
      git(folder, 'mv', 'estate.yaml', 'old/estate.yaml');
      git(folder, 'mv', 'estate.lock.json', 'old/estate.lock.json');
      edit(folder, 'old/estate.yaml', '[clusters, places.yaml]', '[../clusters, ../places.yaml]');
      git(folder, 'commit', '--quiet', '--all', '--message=move');
      writeFileSync(join(folder, 'estate.yaml'), WHOLE);
      copyFileSync(join(folder, 'old/estate.lock.json'), join(folder, 'estate.lock.json'));
      return estate(['diff', 'git:HEAD:old/estate.yaml'], folder);
    });
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'The two estates say the same.']);
  });

  test('compares a variant with itself at a revision, when its base has changed', async () => {
    const { code, stdout } = await withRepository(async (folder) => {
      lock(join(folder, 'estate.dev.yaml'));
      git(folder, 'add', 'estate.dev.lock.json');
      git(folder, 'commit', '--quiet', '--message=variant');
      edit(folder, 'estate.yaml', 'capacityTiB: 64', 'capacityTiB: 32');
      return estate(['diff', 'git:HEAD', 'estate.dev.yaml'], folder);
    });
    expect([code, stdout.split('\n')[0]]).toEqual([3, 'stores.scratch: capacityTiB 64 -> 32']);
  });

  test('names a file of the revision in its findings', async () => {
    const { code, stderr } = await withRepository(async (folder) => {
      edit(folder, 'clusters/eastus2.yaml', 'gb300', 'gb3000');
      git(folder, 'rm', '--quiet', '--cached', 'places.yaml');
      git(folder, 'commit', '--quiet', '--all', '--message=broken');
      return estate(['diff', 'git:HEAD'], folder);
    });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^git:HEAD:estate\.yaml:6:21 {2}FileMissing/m)]);
    const wrong = await withRepository(async (folder) => {
      edit(folder, 'clusters/eastus2.yaml', 'gb300', 'gb3000');
      git(folder, 'commit', '--quiet', '--all', '--message=broken');
      return estate(['diff', 'git:HEAD'], folder);
    });
    expect(wrong.stderr).toMatch(/^git:HEAD:clusters\/eastus2\.yaml:7:\d+ {2}UnknownAccelerator/m);
  });
});

test('a file with the marks of a merge conflict is named', async () => {
  await withFiles(
    (folder) => {
      const load = () => resolveEstate(join(folder, 'estate.yaml'));
      expect(load).toThrow(EstateError);
      expect(load).toThrow('the file holds the marks of a merge conflict, the first in line 2');
    },
    { 'places.yaml': `${accounts.split('\n')[0]}\n<<<<<<< HEAD\n` },
  );
});
