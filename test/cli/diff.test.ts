import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { updateLock } from '../../cli/lock';
import { type CommandResult, estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const TEXT = readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8');
const grown = TEXT.replace('racks: 2', 'racks: 3');
const smaller = TEXT.replace('capacityTiB: 64', 'capacityTiB: 32');

function git(folder: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: folder, stdio: 'pipe' });
}

/** Records what the edited estate has more than the example. */
function lock(folder: string): void {
  updateLock(join(folder, 'estate.yaml'), { check: false, prune: false });
}

/** A folder with `base.yaml` (the example) and `estate.yaml` (edited), each with the example's lock. */
function withEdit<T>(text: string, body: (folder: string) => Promise<T>): Promise<T> {
  return withFolder((folder) => {
    for (const [name, content] of [
      ['base', TEXT],
      ['estate', text],
    ] as const) {
      writeFileSync(join(folder, `${name}.yaml`), content);
      copyFileSync(join(ROOT, 'examples/azure.lock.json'), join(folder, `${name}.lock.json`));
      if (content === grown) lock(folder);
    }
    return body(folder);
  });
}

/** A git repository whose first commit holds the example and whose working copy is edited. */
function withRepository<T>(text: string, body: (folder: string) => Promise<T>): Promise<T> {
  return withEdit(TEXT, (folder) => {
    git(folder, 'init', '--quiet', '--initial-branch=main');
    git(folder, 'add', 'estate.yaml', 'estate.lock.json');
    git(folder, 'commit', '--quiet', '--message=first');
    writeFileSync(join(folder, 'estate.yaml'), text);
    if (text === grown) lock(folder);
    return body(folder);
  });
}

/** Compares the edited estate; the edits here need no range that the lock file does not have. */
const diff = (folder: string, ...args: string[]): Promise<CommandResult> => estate(['diff', ...args], folder);

describe('estate diff', () => {
  test('compares with a base whose lock an earlier version of the tool has written', async () => {
    const written = JSON.parse(readFileSync(join(ROOT, 'examples/azure.lock.json'), 'utf8')) as Record<string, unknown>;
    const { chosen: _chosen, guarded: _guarded, retired: _retired, ...older } = written;
    const { code, stdout } = await withEdit(grown, (folder) => {
      for (const name of ['base', 'estate']) writeFileSync(join(folder, `${name}.lock.json`), JSON.stringify(older));
      // What is chosen for new clusters only is never chosen for one that the older lock has.
      lock(folder);
      return diff(folder, 'base.yaml');
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 created: node pool for rack 3')]);
  });

  test.each([
    ['azure', '10.128.32.0/23', '10.128.32.0/27', 3],
    ['oracle', '10.192.32.0/26', '10.192.32.0/27', 0],
  ])('compares with a base of %s whose file system has too small a range', async (name, range, small, exit) => {
    const lock = readFileSync(join(ROOT, `examples/${name}.lock.json`), 'utf8');
    const { code, stdout } = await withFolder(async (folder) => {
      for (const [file, text] of [
        ['base', lock.replace(range, small)],
        ['estate', lock],
      ] as const) {
        copyFileSync(join(ROOT, `examples/${name}.yaml`), join(folder, `${file}.yaml`));
        writeFileSync(join(folder, `${file}.lock.json`), text);
      }
      return diff(folder, 'base.yaml');
    });
    expect(stdout).toContain(`storage: ${small} -> ${range}\n`);
    expect(code).toBe(exit);
  });

  test('tells what growing a pool does', async () => {
    const { code, stdout } = await withEdit(grown, (folder) => diff(folder, 'base.yaml'));
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'clusters.eastus2.pools.train: racks 2 -> 3',
        '  azure  boreal-eastus2-cluster   1 created: node pool for rack 3 (18 nodes, 72 GB300)',
        'Jobs start on more nodes once the bundle is applied, not when the nodes are there: eastus2: nodes of pool train: 36 -> 54',
        'Nothing is replaced or destroyed. 3 stacks are unchanged.',
        '',
      ],
    ]);
  });

  test('compares with a revision of the same file, from any folder', async () => {
    const [inside, outside] = await withRepository(grown, async (folder) => [
      await estate(['diff', 'git:HEAD'], folder),
      await estate(['diff', 'git:main', join(folder, 'estate.yaml')]),
    ]);
    expect([inside?.code, inside?.stdout]).toEqual([0, outside?.stdout]);
    expect(inside?.stdout).toContain('racks 2 -> 3');
  });

  test('compares with another file of a revision', async () => {
    const { code, stdout } = await withRepository(grown, async (folder) => {
      mkdirSync(join(folder, 'old'));
      git(folder, 'mv', 'estate.yaml', 'old/estate.yaml');
      git(folder, 'mv', 'estate.lock.json', 'old/estate.lock.json');
      git(folder, 'commit', '--quiet', '--all', '--message=move');
      writeFileSync(join(folder, 'estate.yaml'), TEXT);
      copyFileSync(join(folder, 'old/estate.lock.json'), join(folder, 'estate.lock.json'));
      return estate(['diff', 'git:HEAD:old/estate.yaml'], folder);
    });
    expect([code, stdout.split('\n')[0]]).toEqual([3, 'clusters.eastus2.pools.train: racks 3 -> 2']);
  });

  test('refuses with 3 when something protected would be lost, and names what to accept', async () => {
    const [refused, other, accepted] = await withEdit(smaller, async (folder) => [
      await diff(folder, 'base.yaml'),
      await estate(['diff', 'base.yaml', '--accept', 'stores.datasets'], folder),
      await estate(['diff', 'base.yaml', '--accept', 'stores.datasets', '--accept', 'stores.scratch'], folder),
    ]);
    expect([refused?.code, other?.code, accepted?.code]).toEqual([3, 3, 0]);
    expect(refused?.stdout).toContain('    because storage_capacity_in_tb changes\n    64 TiB of files\n');
    expect(refused?.stdout).toMatch(
      /Refused: 1 protected resource would be lost. To go on:\n {2}--accept stores.scratch\n$/,
    );
    expect(accepted?.stdout).toContain('stores.scratch (protected, accepted): Lustre file system');
  });

  test('prints one JSON document', async () => {
    const { code, stdout, stderr } = await withEdit(smaller, (folder) => diff(folder, 'base.yaml', '--json'));
    const address = expect.stringMatching(/^azurerm_managed_lustre_file_system\./);
    const alarm = expect.stringMatching(/^azurerm_monitor_metric_alert\.store-scratch_little-free-space_/);
    expect([code, JSON.parse(stdout)]).toEqual([
      3,
      {
        ok: false,
        edits: [{ path: 'stores.scratch', change: 'capacityTiB 64 -> 32' }],
        stacks: [
          {
            stack: 'boreal-eastus2-storage',
            cloud: 'azure',
            layer: 'storage',
            created: [],
            updated: [{ address: alarm, attributes: ['scopes'] }],
            replaced: [{ address, because: ['storage_capacity_in_tb'] }],
            destroyed: [],
            outputs: [{ name: 'store-scratch-mount-address', change: 'changed', readers: [] }],
            resources: [
              expect.objectContaining({ address, estate: 'stores.scratch', action: 'replaced', storedTiB: 64 }),
              expect.objectContaining({ address: alarm, estate: 'stores.scratch', action: 'updated', storedTiB: 0 }),
            ],
          },
        ],
        unchanged: 3,
        protected: [address],
        lost: [{ path: 'stores.scratch', nodes: 0, accelerators: 0, tebibytes: 64, days: 0, protected: true }],
        refused: [],
        order: [],
      },
    ]);
    expect(stderr).not.toContain('{');
  });

  test('tells of another release of a provider, which replaces nothing by itself', async () => {
    const [text, json, markdown] = await withEdit(`${TEXT}\nproviders: { azurerm: 5.2.0 }\n`, async (folder) => [
      await diff(folder, 'base.yaml'),
      await diff(folder, 'base.yaml', '--json'),
      await diff(folder, 'base.yaml', '--markdown'),
    ]);
    const title =
      'Providers have another release: installed by "terraform init -upgrade", and planned with a refresh, which reads what is new';
    expect([text?.code, text?.stdout.split('\n')]).toEqual([
      0,
      [
        'providers: azurerm unset -> 5.2.0',
        title,
        '  azurerm 4.81.0 -> 5.2.0 in 4 stacks',
        'No resource changes.',
        'Nothing is replaced or destroyed. 4 stacks are unchanged.',
        '',
      ],
    ]);
    const [release] = JSON.parse(json?.stdout ?? '').releases;
    expect(release).toMatchObject({ provider: 'azurerm', before: '4.81.0', after: '5.2.0' });
    expect(release.stacks).toHaveLength(4);
    expect(markdown?.stdout).toContain(`${title}.\n\n- azurerm 4.81.0 -> 5.2.0 in 4 stacks`);
  });

  test('tells that nothing but Terraform brings the state to where it is kept from now on', async () => {
    const moved = `${TEXT}\nstate: { kind: gcs, bucket: boreal-state }\n`;
    const [text, json, markdown] = await withEdit(moved, async (folder) => [
      await diff(folder, 'base.yaml'),
      await diff(folder, 'base.yaml', '--json'),
      await diff(folder, 'base.yaml', '--markdown'),
    ]);
    const commands = [
      'boreal-main-foundation',
      'boreal-eastus2-network',
      'boreal-eastus2-storage',
      'boreal-eastus2-cluster',
    ].map((stack) => `npx cdktf diff ${stack} --migrate-state`);
    const title =
      'State is kept elsewhere: bring it along where it was last applied, or the next apply creates everything again';
    expect([text?.code, text?.stdout.split('\n')]).toEqual([
      0,
      [
        'state: bucket unset -> boreal-state, kind local -> gcs, prefix unset -> estate',
        title,
        ...commands.map((command) => `  ${command}`),
        'No resource changes.',
        'Nothing is replaced or destroyed. 4 stacks are unchanged.',
        '',
      ],
    ]);
    expect(JSON.parse(json?.stdout ?? '')).toMatchObject({ ok: true, stacks: [], order: commands });
    expect(markdown?.stdout).toContain([`${title}:`, '', '```sh', ...commands, '```'].join('\n'));
  });

  test('prints Markdown', async () => {
    const { code, stdout } = await withEdit(smaller, (folder) => diff(folder, 'base.yaml', '--markdown'));
    expect(code).toBe(3);
    expect(stdout).toContain('| azure | `boreal-eastus2-storage` | 0 | 1 | 1 | 0 | 0 |');
    expect(stdout).toContain('**1 resource replaced or destroyed: 64 TiB of files.**');
  });

  test('says so when the two say the same', async () => {
    const { code, stdout } = await withEdit(`# a comment\n${TEXT}`, (folder) => diff(folder, 'base.yaml'));
    expect([code, stdout]).toEqual([
      0,
      'The two estates say the same.\nNo resource changes.\nNothing is replaced or destroyed. 4 stacks are unchanged.\n',
    ]);
  });

  test('leaves nothing in the folder', async () => {
    const files = await withEdit(grown, async (folder) => {
      await diff(folder, 'base.yaml');
      return readdirSync(folder).sort();
    });
    expect(files).toEqual(['base.lock.json', 'base.yaml', 'estate.lock.json', 'estate.yaml']);
  });
});

describe('estate diff with a base that cannot be compared with', () => {
  test.each([
    ['a file that is not there', 'gone.yaml', /gone\.yaml does not exist/],
    ['a folder', '.', /cannot be read \(EISDIR\)/],
    ['an empty revision', 'git:', /names no revision/],
    ['a revision that is not there', 'git:gone', /git:gone is no revision of this repository/],
    ['an option in the place of a revision', 'git:--help', /git:--help is no revision/],
    ['a file that a revision lacks', 'git:HEAD:gone.yaml', /git:HEAD:gone\.yaml does not exist/],
    ['a folder of a revision', 'git:HEAD:', /does not exist/],
  ])('fails when it is %s', async (_, base, message) => {
    const { code, stdout, stderr } = await withRepository(grown, (folder) => diff(folder, base));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('fails when there is no repository', async () => {
    const { code, stderr } = await withEdit(grown, (folder) =>
      estate(['diff', 'git:HEAD'], folder, { GIT_CEILING_DIRECTORIES: join(folder, '..') }),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no repository')]);
  });

  test('fails when the base is invalid, and says where', async () => {
    const { code, stderr } = await withEdit(TEXT, async (folder) => {
      writeFileSync(join(folder, 'base.yaml'), TEXT.replace('gb300', 'gb3000'));
      return estate(['diff', 'base.yaml'], folder);
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^base\.yaml:\d+:\d+ .*UnknownAccelerator/m);
  });

  test('fails when the revision was never locked, without asking to lock what is past', async () => {
    const { code, stderr } = await withRepository(TEXT, async (folder) => {
      git(folder, 'rm', '--quiet', '--cached', 'estate.lock.json');
      git(folder, 'commit', '--quiet', '--message=unlock');
      return estate(['diff', 'git:HEAD'], folder);
    });
    expect(code).toBe(2);
    expect(stderr).toContain('the lock file does not exist');
    expect(stderr).toContain('this revision cannot be synthesized');
    expect(stderr).not.toContain('estate lock');
  });

  test('fails when the estate itself is not locked, and says how', async () => {
    const { code, stderr } = await withEdit(TEXT, async (folder) => {
      rmSync(join(folder, 'estate.lock.json'));
      return estate(['diff', 'base.yaml'], folder);
    });
    expect([code, stderr]).toEqual([2, expect.stringContaining('run "npx estate lock"')]);
  });

  test('prints the findings in the JSON document too', async () => {
    const { code, stdout } = await withEdit(TEXT, (folder) => estate(['diff', 'gone.yaml', '--json'], folder));
    expect([code, JSON.parse(stdout)]).toEqual([
      2,
      {
        ok: false,
        edits: [],
        stacks: [],
        unchanged: 0,
        protected: [],
        lost: [],
        refused: [],
        order: [],
        diagnostics: [expect.objectContaining({ code: 'BaseMissing' })],
      },
    ]);
  });
});

describe('estate diff --html', () => {
  test('writes a page besides what it prints, and keeps what it prints and its exit code', async () => {
    await withEdit(smaller, async (folder) => {
      const [plain, paged] = [
        await diff(folder, 'base.yaml'),
        await diff(folder, 'base.yaml', '--html', 'change.html'),
      ];
      expect([paged.code, paged.stdout]).toEqual([3, plain.stdout]);
      expect(paged.stderr).toBe(`${plain.stderr}wrote change.html\n`);
      const page = readFileSync(join(folder, 'change.html'), 'utf8');
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).toContain('Somebody has to accept it:');
      expect((await diff(folder, 'base.yaml', '--html', 'estate.yaml')).stderr).toContain('OutName');
      expect((await diff(folder, 'base.yaml', '--html', 'none/a.html')).code).toBe(2);
      expect(readFileSync(join(folder, 'estate.yaml'), 'utf8')).toBe(smaller);
    });
  });

  test('makes no page where one of the estates has errors', async () => {
    await withEdit(TEXT.replace('racks: 2', 'racks: two'), async (folder) => {
      expect((await diff(folder, 'base.yaml', '--html', 'change.html')).code).toBe(2);
      expect(readdirSync(folder)).not.toContain('change.html');
    });
  });
});
