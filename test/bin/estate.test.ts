import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { withFolder } from '../helpers/synth';

const STACK_TRACE = /^\s+at .*[:(]\d+:\d+/m;

/** A folder with an estate file, and its lock unless it is left out. */
function withEstate<T>(edit: (text: string) => string, body: (folder: string) => Promise<T>, lock = true): Promise<T> {
  return withFolder((folder) => {
    writeFileSync(join(folder, 'estate.yaml'), edit(readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8')));
    if (lock) copyFileSync(join(ROOT, 'examples/azure.lock.json'), join(folder, 'estate.lock.json'));
    return body(folder);
  });
}

describe('estate validate', () => {
  test('says in one line what a valid estate is', async () => {
    const { code, stdout, stderr } = await withEstate(
      (text) => text,
      (folder) => estate(['validate'], folder),
    );
    expect([code, stderr]).toEqual([0, '']);
    const [headline, ...accepted] = stdout.split('\n');
    expect(headline).toBe('estate boreal · 1 cloud, 1 site, 1 cluster · 144 accelerators (144 GB300) · lock ok');
    expect(accepted.slice(0, 2)).toEqual([
      '1 warning acknowledged:',
      '  RestrictedMachine  clusters.eastus2.pools.train.accelerator',
    ]);
  });

  test('prints one JSON document', async () => {
    const { code, stdout } = await withEstate(
      (text) => text,
      (folder) => estate(['validate', '--json'], folder),
    );
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        ok: true,
        diagnostics: [],
        acknowledged: [expect.objectContaining({ code: 'RestrictedMachine', reason: expect.any(String) })],
      },
    ]);
  });

  test('lets warnings pass, unless it is strict', async () => {
    const open = (text: string) => text.replace(/^acknowledge:[\s\S]*/m, '');
    const [lenient, strict, json] = await withEstate(open, (folder) =>
      Promise.all([
        estate(['validate'], folder),
        estate(['validate', '--strict'], folder),
        estate(['validate', '--strict', '--json'], folder),
      ]),
    );
    expect([lenient.code, strict.code, json.code]).toEqual([0, 2, 2]);
    expect(strict.stderr).toMatch(/warning RestrictedMachine[\s\S]*1 warning\n$/);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, diagnostics: [{ severity: 'warning' }] });
  });

  test('prints SARIF with what was found, and as suppressed what was accepted', async () => {
    const [broken, valid] = await Promise.all([
      withEstate(
        (text) => text.replace('gb300', 'gb3000'),
        (folder) => estate(['validate', '--sarif'], folder),
      ),
      withEstate(
        (text) => text,
        (folder) => estate(['validate', '--sarif'], folder),
      ),
    ]);
    expect([broken.code, valid.code]).toEqual([2, 0]);
    const results = [broken, valid].map(
      ({ stdout }) => (JSON.parse(stdout) as { runs: { results: Record<string, unknown>[] }[] }).runs[0]?.results,
    );
    expect(results[0]?.[0]).toMatchObject({ ruleId: 'UnknownAccelerator', level: 'error' });
    expect(results[1]).toEqual([
      expect.objectContaining({
        ruleId: 'RestrictedMachine',
        suppressions: [expect.objectContaining({ kind: 'inSource' })],
      }),
    ]);
  });

  test('has no colours where there is no terminal', async () => {
    const { stderr } = await withEstate(
      (text) => text.replace('gb300', 'gb3000'),
      (folder) => estate(['validate'], folder, { NO_COLOR: undefined, FORCE_COLOR: undefined }),
    );
    expect(stderr).toContain('UnknownAccelerator');
    expect(stderr).not.toContain('\u001b');
  });

  test('prints every problem at once, with its place, and exits with 2', async () => {
    const broken = (text: string) =>
      text.replace('gb300', 'gb3000').replace('kind: object', 'kind: objekt').replace('racks: 2', 'rack: 2');
    const [text, json] = await withEstate(broken, (folder) =>
      Promise.all([estate(['validate'], folder), estate(['validate', '--json'], folder)]),
    );
    expect([text.code, json.code, text.stdout]).toEqual([2, 2, '']);
    const { ok, diagnostics } = JSON.parse(json.stdout) as {
      ok: boolean;
      diagnostics: { code: string; at: { line: number } }[];
    };
    expect(ok).toBe(false);
    expect(diagnostics.length).toBeGreaterThanOrEqual(2);
    expect(diagnostics.every(({ at }) => at.line > 0)).toBe(true);
    expect(text.stderr).toMatch(/estate\.yaml:\d+:\d+ /);
    expect(text.stderr).toContain('^');
    expect(text.stderr).not.toMatch(STACK_TRACE);
  });

  test.each([
    ['an unknown key', (text: string) => text.replace('racks: 2', 'racks: 2, rakcs: 3'), /UnknownKey[\s\S]*racks/],
    ['a wrong type', (text: string) => text.replace('racks: 2', 'racks: two'), /WrongType[\s\S]*two/],
    [
      'a missing reference',
      (text: string) => text.replace('mounts: [scratch,', 'mounts: [scratsh,'),
      /scratsh[\s\S]*scratch/,
    ],
    ['an impossible count', (text: string) => text.replace('racks: 2', 'nodes: 20'), /18[\s\S]*36/],
    ['broken YAML', (text: string) => text.replace('clusters:', 'clusters: {'), /YamlSyntax/],
    ['nothing', () => '', /./],
  ])('fails when the file holds %s', async (_what, edit, message) => {
    const { code, stdout, stderr } = await withEstate(edit, (folder) => estate(['validate'], folder));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('fails when there is no file', async () => {
    const { code, stderr } = await withFolder((folder) => estate(['validate', 'nowhere.yaml'], folder));
    expect(code).toBe(2);
    expect(stderr).toMatch(/nowhere\.yaml/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('fails when there is no lock, with the command that writes it', async () => {
    const { code, stderr } = await withEstate(
      (text) => text,
      (folder) => estate(['validate'], folder),
      false,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/LockMissing[\s\S]*npx estate lock/);
  });

  test('fails when the lock is stale, with the command that brings it up to date', async () => {
    const more = (text: string) =>
      text.replace(
        '  datasets:',
        '  more: { kind: lustre, site: eastus2, zone: "1", capacityTiB: 64, throughputMBpsPerTiB: 500 }\n  datasets:',
      );
    const { code, stderr } = await withEstate(more, (folder) => estate(['validate'], folder));
    expect(code).toBe(2);
    expect(stderr).toMatch(/LockStale[\s\S]*sites\.eastus2\.stores\.more\.storage[\s\S]*npx estate lock/);
  });
});

describe('estate lock', () => {
  test('writes the lock once, and then has nothing to do', async () => {
    await withEstate(
      (text) => text,
      async (folder) => {
        const lock = join(folder, 'estate.lock.json');
        const first = await estate(['lock'], folder);
        expect([first.code, first.stdout]).toEqual([
          0,
          expect.stringMatching(/^estate\.lock\.json written: \d+ ranges/),
        ]);
        const written = statSync(lock).mtimeMs;
        const second = await estate(['lock'], folder);
        expect(second.stdout).toMatch(/is up to date/);
        expect(statSync(lock).mtimeMs).toBe(written);
        expect(readFileSync(lock, 'utf8')).toBe(readFileSync(join(ROOT, 'examples/azure.lock.json'), 'utf8'));
        expect(readdirSync(folder).sort()).toEqual(['estate.lock.json', 'estate.yaml']);
      },
      false,
    );
  });

  test('with --check says that the lock is missing or stale, and writes nothing', async () => {
    await withEstate(
      (text) => text,
      async (folder) => {
        const { code, stderr } = await estate(['lock', '--check'], folder);
        expect(code).toBe(2);
        expect(stderr).toMatch(/LockMissing[\s\S]*run "npx estate lock estate\.yaml"/);
        expect(existsSync(join(folder, 'estate.lock.json'))).toBe(false);
        writeFileSync(join(folder, 'estate.lock.json'), JSON.stringify(EMPTY_LOCK));
        const stale = await estate(['lock', '--check', '--prune'], folder);
        expect(stale.stderr).toMatch(/LockStale[\s\S]*run "npx estate lock --prune estate\.yaml"/);
      },
      false,
    );
  });

  test('says how full the supernet of each cloud is', async () => {
    const [text, json] = await Promise.all([estate(['lock', '--check']), estate(['lock', '--check', '--json'])]);
    expect(text.stdout).toMatch(/\nsupernet +cloud +used[\s\S]*\n10\.64\.0\.0\/10 +aws +1\.6%/);
    const { ok, supernets } = JSON.parse(json.stdout) as { ok: boolean; supernets: { cloud: string; free: number }[] };
    expect([ok, supernets.map(({ cloud }) => cloud)]).toEqual([true, ['aws', 'azure', 'google', 'oracle']]);
  });

  test('repairs a merge conflict, which every other command refuses', async () => {
    await withEstate(
      (text) => text,
      async (folder) => {
        const lock = join(folder, 'estate.lock.json');
        const whole = readFileSync(lock, 'utf8');
        const [line = ''] = /^.*endpoints.*$/m.exec(whole) ?? [];
        writeFileSync(lock, whole.replace(line, `<<<<<<< ours\n${line}\n=======\n${line}\n>>>>>>> theirs`));
        const [checked, validated] = await Promise.all([
          estate(['lock', '--check'], folder),
          estate(['validate'], folder),
        ]);
        expect([checked.code, validated.code]).toEqual([2, 2]);
        expect(validated.stderr).toMatch(/merge conflict[\s\S]*run "npx estate lock"/);
        const repaired = await estate(['lock'], folder);
        expect([repaired.code, repaired.stdout]).toEqual([0, expect.stringContaining('merge conflict is repaired')]);
        expect(readFileSync(lock, 'utf8')).toBe(whole);
      },
    );
  });

  test.each([
    ['--prune', ['--prune'], false],
    ['--accept', ['--accept', 'stores.scratch'], true],
  ])('keeps what is protected until %s gives it up', async (_how, flags, remembered) => {
    const without = (text: string) =>
      text.replace(/ {2}scratch: .*\n/, '').replace('[scratch, datasets]', '[datasets]');
    await withEstate(without, async (folder) => {
      const read = (): Record<'addresses' | 'released' | 'retired', object> =>
        JSON.parse(readFileSync(join(folder, 'estate.lock.json'), 'utf8'));
      const range = 'sites.eastus2.stores.scratch.storage';
      const { stdout } = await estate(['lock'], folder);
      expect(stdout).toContain('sites.eastus2.stores.scratch is kept where it runs');
      expect(stdout).toContain('npx estate lock --accept sites.eastus2.stores.scratch');
      expect(Object.keys(read().retired)).toEqual(['sites.eastus2.stores.scratch']);
      expect(read().addresses).toHaveProperty([range]);
      expect(stdout).toContain('write renamedFrom: OLD-KEY into its entry');
      const nothing = await estate(['lock', '--accept', 'stores.scrtch'], folder);
      expect(nothing.stdout).toContain('--accept stores.scrtch: nothing of that name moves or is kept');
      expect(nothing.stdout).not.toContain('renamedFrom');
      expect(Object.keys(read().retired)).toEqual(['sites.eastus2.stores.scratch']);
      const given = await estate(['lock', ...flags], folder);
      expect(given.stdout).toMatch(/Given up;[\s\S]*sites\.eastus2\.stores\.scratch/);
      expect(read().retired).toEqual({});
      expect(read().addresses).not.toHaveProperty([range]);
      expect(Object.keys(read().released)).toEqual(remembered ? [range] : []);
    });
  });
});

describe('estate show', () => {
  test.each(['capacity', 'addresses', 'commitments'])('prints the %s within 120 columns, and as JSON', async (view) => {
    const [text, json] = await Promise.all([estate(['show', view]), estate(['show', view, '--json'])]);
    expect([text.code, json.code]).toEqual([0, 0]);
    expect(Math.max(...text.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(Array.isArray(JSON.parse(json.stdout))).toBe(true);
  });

  test('prints the stacks with what they hold and depend on', async () => {
    const { code, stdout } = await estate(['show', 'stacks', 'examples/aws.yaml', '--json']);
    expect(code).toBe(0);
    const rows = JSON.parse(stdout) as { stack: string; layer: string; resources: number; dependsOn: string[] }[];
    expect(rows.map(({ layer }) => layer)).toEqual(['foundation', 'network', 'storage', 'cluster']);
    expect(rows.every(({ resources }) => resources > 0)).toBe(true);
    expect(rows.at(-1)?.dependsOn).toContain('aurora-oregon-network');
  });

  test('fails when there is no such view, and lists them', async () => {
    const { code, stderr } = await estate(['show', 'wealth']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no view "wealth"[\s\S]*capacity/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

describe('estate rules', () => {
  test('lists the rules, and explains one', async () => {
    const [all, json, one] = await Promise.all([
      estate(['rules']),
      estate(['rules', '--json']),
      estate(['rules', 'storesize']),
    ]);
    expect([all.code, json.code, one.code]).toEqual([0, 0, 0]);
    const rows = JSON.parse(json.stdout) as { code: string }[];
    expect(rows.length).toBeGreaterThan(30);
    for (const { code } of rows) expect(all.stdout).toContain(`\n${code} `.slice(rows[0]?.code === code ? 1 : 0));
    expect(one.stdout).toMatch(/^StoreSize\n {2}rule +a file system/);
  });

  test('fails when there is no such rule, and names one that is near', async () => {
    const { code, stderr } = await estate(['rules', 'StoreSise']);
    expect(code).toBe(1);
    expect(stderr).toContain('there is no rule "StoreSise"; did you mean "StoreSize"?');
  });
});

test('estate schema prints the committed schema', async () => {
  const { code, stdout } = await estate(['schema']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(ROOT, 'estate.schema.json'), 'utf8')));
});

describe('estate plan --offline', () => {
  test('plans every stack of four clouds and leaves nothing behind', async () => {
    await withFolder(async (folder) => {
      copyFileSync(join(ROOT, 'examples/minimal.yaml'), join(folder, 'estate.yaml'));
      copyFileSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
      const { code, stdout, stderr } = await estate(['plan', '--offline', '--json'], folder);
      expect([code, stderr.match(STACK_TRACE)]).toEqual([0, null]);
      expectDocument('plan', stdout);
      const { ok, stacks } = JSON.parse(stdout) as { ok: boolean; stacks: Record<string, unknown>[] };
      expect(ok).toBe(true);
      expect([...new Set(stacks.map(({ cloud }) => cloud))]).toEqual(['aws', 'azure', 'google', 'oracle']);
      for (const stack of stacks) {
        expect(stack).toMatchObject({
          updated: 0,
          replaced: 0,
          destroyed: 0,
          created: expect.any(Number),
          seconds: expect.any(Number),
        });
        expect(stack.created).toBeGreaterThan(0);
      }
      expect(readdirSync(folder).sort()).toEqual(['estate.lock.json', 'estate.yaml']);
    });
  });

  test('plans the stacks that a pattern names', async () => {
    const { code, stdout } = await estate([
      'plan',
      '*-network',
      '--offline',
      '--json',
      '--file',
      'examples/google.yaml',
    ]);
    const { stacks } = JSON.parse(stdout) as { stacks: { stack: string }[] };
    expect([code, stacks.map(({ stack }) => stack)]).toEqual([0, ['cirrus-iowa-network']]);
  });

  test('fails when no stack matches, and lists them', async () => {
    const { code, stderr } = await estate(['plan', 'nothing-*', '--offline']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no stack matches "nothing-\*"[\s\S]*atlas-virginia-network/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

test('fails when a command is unknown, and names one that is near', async () => {
  const { code, stderr } = await estate(['validat']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/Did you mean validate/);
});

test('estate --version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  expect(await estate(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
});
