import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { commandLine } from '../bin/estate';
import { resolveEstate } from '../cli/app';
import { readAwsStacks, readTerraformStacks } from '../cli/assembly';
import { CLOUDS, type Cloud } from '../estate/catalog';
import { planLayout } from '../estate/plan/layout';
import { resolve } from '../estate/plan/resolve';
import { formatCapacity, formatHeadline, stackRows } from '../estate/report/views';
import { filesOf } from '../estate/spec/files';
import { loadEstate, parseEstate } from '../estate/spec/load';
import { PROVIDERS } from '../estate/terraform-providers';
import { GENERATED, generatedParts, referenced } from '../tools/reference';
import { ESTATE_BIN, ROOT, runCommand } from './helpers/cli';
import { BLOCKS, COMMANDS, DOCUMENTS, shownOutput } from './helpers/documents';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

const { scripts, exports: packageExports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  exports: Record<string, unknown>;
};
const everything = DOCUMENTS.map(({ text }) => text).join('\n');
const textOf = (path: string) => DOCUMENTS.find((document) => document.path === path)?.text ?? '';
const readme = textOf('README.md');

/** The estate that README shows, and the parts of it that other documents show. */
const [shownEstate = ''] = BLOCKS.filter(({ note }) => note === 'estate').map(({ text }) => text);

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
}

/** The types of resources in a file that was synthesized. */
function typesIn(path: string, text: string): string[] {
  if (!/cdk\.tf\.json$|\.template\.json$/.test(path)) return [];
  const { Resources = {}, resource = {} } = JSON.parse(text) as {
    Resources?: Record<string, { Type: string }>;
    resource?: Record<string, unknown>;
  };
  return [...Object.values(Resources).map(({ Type }) => Type), ...Object.keys(resource)];
}

describe('documents', () => {
  test('have every generated part once, as it is today (npm run reference)', () => {
    for (const { path, text } of DOCUMENTS) expect([path, referenced(text)]).toEqual([path, text]);
    expect(DOCUMENTS.flatMap(({ text }) => generatedParts(text)).sort()).toEqual(Object.keys(GENERATED).sort());
  });

  test('of the four clouds have the same headings', () => {
    const headings = CLOUDS.map((cloud) => textOf(`docs/${cloud}.md`).match(/^## .*$/gm));
    expect(headings[0]?.length).toBe(6);
    for (const one of headings) expect(one).toEqual(headings[0]);
  });

  test('name only commands that exist', () => {
    const known = commandLine().commands.map((command) => command.name());
    expect(COMMANDS.length).toBeGreaterThan(50);
    for (const [path, command] of COMMANDS) {
      const [runner, tool, name] = command.split(/\s+/);
      const isKnown =
        runner === 'npm'
          ? ['ci', 'install', 'test'].includes(tool ?? '') || scripts[name ?? ''] !== undefined
          : runner !== 'npx' ||
            (tool === 'estate' ? known.includes(name ?? '') : ['cdk', 'cdktf', 'jest'].includes(tool ?? ''));
      expect([path, command, isKnown]).toEqual([path, command, true]);
    }
  });

  test('name only options that exist', () => {
    for (const [path, command] of COMMANDS.filter(([, line]) => line.startsWith('npx estate'))) {
      const [, , name] = command.split(/\s+/);
      const flags = command.split(' -- ')[0]?.match(/--[a-z-]+/g) ?? [];
      const options =
        commandLine()
          .commands.find((found) => found.name() === name)
          ?.options.map(({ long }) => long) ?? [];
      expect([path, command, flags.filter((flag) => !options.includes(flag))]).toEqual([path, command, []]);
    }
  });

  test('name every command somewhere besides the reference', () => {
    const named = COMMANDS.filter(([path]) => !path.startsWith('docs/reference')).map(([, line]) => line.split(' ')[2]);
    for (const command of commandLine().commands) expect(named).toContain(command.name());
  });

  test('link only to files and headings that exist', () => {
    const links = DOCUMENTS.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => [path, target] as const),
    ).filter(([, target]) => !/^https?:/.test(target));
    expect(links.length).toBeGreaterThan(40);
    for (const [path, target] of links) {
      const [file = '', anchor] = target.split('#');
      const full = file === '' ? path : join(dirname(path), file);
      expect([path, target, existsSync(join(ROOT, full))]).toEqual([path, target, true]);
      if (anchor !== undefined)
        expect([path, target, anchorsOf(textOf(full))]).toEqual([path, target, expect.arrayContaining([anchor])]);
    }
  });

  test('are all reached from README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      for (const [, file = ''] of textOf(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g))
        if (file.endsWith('.md') && !/^https?:/.test(file)) reached.add(join(dirname(path), file));
    }
    expect(DOCUMENTS.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });

  test('name no file of the checkout that is not there', () => {
    const folders =
      /^(bin|cli|estate|constructs|stacks|provider|terraform|diff|tools|lab|test|examples|docs)\/[\w./-]+\.(ts|md|json|yaml)$/;
    for (const { path, text } of DOCUMENTS) {
      const named = [...text.matchAll(/`([^`\s]+)`/g)]
        .map(([, name = '']) => name)
        .filter((name) => folders.test(name));
      expect([path, named.filter((name) => !existsSync(join(ROOT, name)))]).toEqual([path, []]);
    }
  });

  test('say the releases of providers that plans know, every export of the package, and every variable that is read', () => {
    for (const { version } of Object.values(PROVIDERS)) expect(textOf('docs/offline-plan.md')).toContain(version);
    const exported = Object.keys(packageExports).filter((name) => !/\*|json$/.test(name));
    const named = [...textOf('docs/library.md').matchAll(/`(?:training-estate)?(\/[\w/]+)?`/g)].map(
      ([, name = '']) => `.${name}`,
    );
    expect(
      exported.filter((name) => !named.includes(name.replace(/(azure|google|oracle)\/stacks/, 'aws/stacks'))),
    ).toEqual([]);
    const inner = ['CDK_VALIDATION', 'ESTATE_PLAN', 'PATH'];
    const read = ['bin', 'cli', 'terraform'].flatMap((room) =>
      readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => readFileSync(join(ROOT, room, name), 'utf8').match(/(?<=process\.env\.)[A-Z_]+/g) ?? []),
    );
    expect(read.length).toBeGreaterThan(5);
    const variables = textOf('docs/reference/commands.md');
    for (const name of read.filter((each) => !inner.includes(each))) expect(variables).toContain(`| \`${name}\` |`);
  });

  test('show stacks of the default estate only', () => {
    const names = stackRows(resolveEstate(join(ROOT, 'estate.yaml')).plan).map(({ stack }) => stack);
    const mentioned = [...everything.matchAll(/\batlas(?:-[a-z0-9]+)+-(?:foundation|network|storage|cluster)\b/g)].map(
      ([name]) => name,
    );
    expect(mentioned.length).toBeGreaterThan(5);
    expect(mentioned.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('name resources of a cloud that the default estate has, with logs, alarms, budgets and limits', async () => {
    const written = parse(readFileSync(join(ROOT, 'estate.yaml'), 'utf8')) as {
      accounts: Record<string, { cloud: Cloud }>;
    };
    const own: Readonly<Record<Cloud, object>> = {
      aws: { machines: true, targets: ['ou-ab12-cdefgh34'] },
      azure: { machines: true },
      google: {},
      oracle: { machines: true, compartment: 'research' },
    };
    const budgets: Record<string, object> = {};
    const enforce: Record<string, object> = {};
    for (const [key, account] of Object.entries(written.accounts)) {
      const { cloud } = account;
      Object.assign(account, { logs: { retainDays: 90 }, alarms: true });
      if (cloud === 'google') Object.assign(account, { billingAccount: '0A1B2C-3D4E5F-6A7B8C' });
      budgets[key] = { amount: '12M USD', ...(cloud === 'aws' && { stopsCapacity: true }) };
      enforce[key] = { mode: 'deny', ...own[cloud] };
    }
    const limited = { ...written, budgets, policy: { regions: { deny: ['me-central2'] }, enforce } };
    const { estate } = parseEstate(stringify(limited), 'estate.yaml');
    const { lock } = planLayout(estate);
    const made = await withFolder((folder) => {
      synthesizePlan(resolve(estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' }), folder);
      return new Set(Object.entries(readTree(folder)).flatMap(([path, text]) => typesIn(path, text)));
    });
    for (const cloud of CLOUDS) {
      const [table = ''] = textOf(`docs/${cloud}.md`).split('\n## By hand');
      const named = [...table.matchAll(/`(AWS::\w+::\w+|(?:azurerm|google|oci)_\w+)`/g)].map(([, type = '']) => type);
      expect(named.length).toBeGreaterThan(8);
      expect([cloud, named.filter((type) => !made.has(type))]).toEqual([cloud, []]);
    }
  });
});

describe('README', () => {
  test('can be read in one sitting', () => {
    expect(readme.split('\n').length).toBeLessThan(235);
  });

  test('shows the output of the two commands as it is', () => {
    const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));
    expect(readme).toContain(formatHeadline(plan));
    expect(readme).toContain(`total               ${stackRows(plan).length} stacks`);
    expect(readme).toMatch(/^cloud {3}layer {7}stack +created {2}updated {2}replaced {2}destroyed {2}seconds$/m);
  });

  test('shows the resources of each stack as they are', async () => {
    const { plan } = resolveEstate(join(ROOT, 'estate.yaml'));
    const counts = await withFolder((folder) => {
      synthesizePlan(plan, folder);
      const stacks = [...readAwsStacks(join(folder, 'cdk.out')), ...readTerraformStacks(join(folder, 'cdktf.out'))];
      return new Map(stacks.map(({ stack, resources }) => [stack, resources]));
    });
    const rows = [...readme.matchAll(/^(?:aws|azure|google|oracle) +\w+ +(atlas-\S+) +(\d+) /gm)];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, stack = '', created] of rows) expect([stack, Number(created)]).toEqual([stack, counts.get(stack)]);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    expect(readme).toMatch(new RegExp(`^total +20 stacks +${total} `, 'm'));
  });

  test('shows an estate file that is valid', () => {
    expect(BLOCKS.filter(({ note }) => note === 'estate')).toHaveLength(1);
    expect(parseEstate(shownEstate, 'README.md').warnings).toEqual([]);
  });

  test('shows parts of the linked example as they are, and what survives in it', async () => {
    const whole = parse(readFileSync(join(ROOT, 'examples/linked.yaml'), 'utf8'));
    const parts = BLOCKS.filter(({ note }) => note === 'linked').map(({ text }) => parse(text));
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(whole).toMatchObject(part);
    const command = 'npx estate show links examples/linked.yaml --lose eastus/gateway/0';
    const { stdout } = await runCommand([process.execPath, ESTATE_BIN, ...command.split(' ').slice(2)], ROOT);
    expect(stdout.trimEnd()).toBe(shownOutput(command));
  });

  test('explains a mistake as it is printed', async () => {
    await withFolder(async (folder) => {
      const text = readFileSync(join(ROOT, 'estate.yaml'), 'utf8');
      writeFileSync(join(folder, 'estate.yaml'), text.replace('accelerator: b300', 'accelerator: b3000'));
      const { stderr } = await runCommand([process.execPath, ESTATE_BIN, 'validate'], folder);
      expect(stderr).toContain(shownOutput('npx estate validate'));
    });
  });
});

describe('what other documents show', () => {
  const parts = BLOCKS.filter(({ note }) => note === 'part');

  test('no YAML stands anywhere that is not tried', () => {
    const notes = BLOCKS.filter(({ language }) => /^(ya?ml|json)$/.test(language)).map(({ note }) => note);
    expect([...new Set(notes)].sort()).toEqual(['catalog', 'estate', 'files', 'job', 'linked', 'part', 'variant']);
  });

  test('an estate of several files is put together from them', async () => {
    const [main = ''] = BLOCKS.filter(({ note }) => note === 'files').map(({ text }) => text);
    const { accounts, sites, clusters, stores, owner } = parse(shownEstate) as Record<string, unknown>;
    await withFolder((folder) => {
      mkdirSync(join(folder, 'clusters'));
      writeFileSync(join(folder, 'estate.yaml'), main);
      writeFileSync(join(folder, 'accounts.yaml'), stringify({ owner, accounts, sites }));
      writeFileSync(join(folder, 'clusters/oregon.yaml'), stringify({ clusters, stores }));
      const { estate } = loadEstate(join(folder, 'estate.yaml'));
      expect(estate).toEqual(parseEstate(shownEstate, 'README.md').estate);
    });
  });

  test('a variant of an estate changes what it says', async () => {
    const [variant = ''] = BLOCKS.filter(({ note }) => note === 'variant').map(({ text }) => text);
    const files = filesOf([{ path: 'estate.yaml', name: 'estate.yaml', text: shownEstate }]);
    const { estate, warnings } = parseEstate(variant, 'estate.dev.yaml', files);
    expect(warnings).toEqual([]);
    expect([estate.name, estate.clusters.oregon?.pools.train?.accelerators, Object.keys(estate.stores)]).toEqual([
      'aurora-dev',
      8,
      ['scratch'],
    ]);
  });

  test.each(parts)('a part of the estate is valid: $path $text', ({ text }) => {
    const files = filesOf([{ path: 'estate.yaml', name: 'estate.yaml', text: shownEstate }]);
    expect(parseEstate(`extends: estate.yaml\nname: part\n${text}`, 'part.yaml', files).estate.name).toBe('part');
  });

  test('a catalog fits the estate file, and what it marks', () => {
    const rows = BLOCKS.find(({ note }) => note === 'catalog')?.text;
    const { estate, warnings } = parseEstate(`${shownEstate}${rows}`, 'README.md');
    expect(warnings).toEqual([]);
    const { lock } = planLayout(estate);
    const shown = formatCapacity(resolve(estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' }));
    expect(shownOutput('npx estate show capacity').split('\n')).toEqual(shown.split('\n').slice(0, 2));
    expect(shown).toContain("* p6-b200.48xlarge: row of the estate's catalog (CASE-1234, 2026-11)");
  });

  test('what an edit does is shown as it is printed', async () => {
    const edits = [
      ['racks: 8, spareTraysPerRack: 1', 'racks: 10, spareTraysPerRack: 1'],
      ['capacityTB: 124.8, throughputMBpsPerTiB: 1000', 'capacityTB: 124.8, throughputMBpsPerTiB: 500'],
    ] as const;
    await withFolder(async (folder) => {
      const file = join(folder, 'estate.yaml');
      for (const name of ['estate.yaml', 'estate.lock.json']) cpSync(join(ROOT, name), join(folder, name));
      const git = (...args: string[]) =>
        runCommand(['git', '-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], folder);
      await git('init', '--quiet');
      await git('add', '.');
      await git('commit', '--quiet', '--message=base');
      const before = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        edits.reduce((text, [old, now]) => text.replace(old, now), before),
      );
      const estate = (...args: string[]) => runCommand([process.execPath, ESTATE_BIN, ...args], folder);
      await estate('lock');
      const { code, stdout } = await estate('diff', 'git:HEAD');
      expect([code, stdout]).toEqual([3, `${shownOutput('npx estate diff git:HEAD')}\n`]);
    });
  });
});
