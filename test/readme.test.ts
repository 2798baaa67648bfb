import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../bin/estate';
import { planEstate } from '../cli/app';
import { readAwsStacks, readTerraformStacks } from '../cli/assembly';
import { planLayout } from '../estate/plan/layout';
import { resolve } from '../estate/plan/resolve';
import { formatCapacity, formatHeadline, stackRows } from '../estate/report/views';
import { filesOf } from '../estate/spec/files';
import { parseEstate } from '../estate/spec/load';
import { documents } from '../tools/documents';
import { GENERATED, generatedParts, referenced } from '../tools/reference';
import { ROOT, runCommand } from './helpers/cli';
import { synthesizePlan, withFolder } from './helpers/synth';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** The fenced blocks of the README with the word after their fence, indentation removed. */
const blocks = [...readme.matchAll(/^( *)```(\S*)(?: (\S+))?\n([\s\S]*?)^ *```$/gm)].map(
  ([, indent = '', language, note, text = '']) => ({
    language,
    note,
    text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
  }),
);

/** Commands that the README names, in blocks and in code spans. */
const commands = [
  ...blocks.filter(({ language }) => language === 'bash').flatMap(({ text }) => text.split(/\n|&&/)),
  ...[...readme.matchAll(/`((?:npx|npm) [^`]+)`/g)].map(([, text]) => text ?? ''),
]
  .map((line) => line.replace(/\s+#.*$/, '').trim())
  .filter((line) => line !== '');

describe('README', () => {
  test('has with the other documents every generated part once, as it is today', () => {
    const texts = documents().map((name) => [name, readFileSync(join(ROOT, name), 'utf8')] as const);
    for (const [name, text] of texts) expect([name, referenced(text)]).toEqual([name, text]);
    expect(texts.flatMap(([, text]) => generatedParts(text)).sort()).toEqual(Object.keys(GENERATED).sort());
  });

  test('names only commands that exist', () => {
    const known = commandLine().commands.map((command) => command.name());
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const [runner, tool, name] = command.split(/\s+/);
      if (runner === 'npm')
        expect([command, tool === 'ci' || tool === 'test' || scripts[name ?? ''] !== undefined]).toEqual([
          command,
          true,
        ]);
      else if (tool === 'estate') expect([command, known.includes(name ?? '')]).toEqual([command, true]);
      else expect([command, ['cdk', 'cdktf'].includes(tool ?? '')]).toEqual([command, true]);
    }
  });

  test('names only options that exist', () => {
    for (const command of commands.filter((line) => line.startsWith('npx estate'))) {
      const [, , name] = command.split(/\s+/);
      const flags = command.split(' -- ')[0]?.match(/--[a-z-]+/g) ?? [];
      const options =
        commandLine()
          .commands.find((found) => found.name() === name)
          ?.options.map(({ long }) => long) ?? [];
      expect([command, flags.filter((flag) => !options.includes(flag))]).toEqual([command, []]);
    }
  });

  test('shows stacks of the default estate only', () => {
    const names = stackRows(planEstate(join(ROOT, 'estate.yaml')).plan).map(({ stack }) => stack);
    const mentioned = [...readme.matchAll(/\batlas(?:-[a-z0-9]+)+-(?:foundation|network|storage|cluster)\b/g)].map(
      ([name]) => name,
    );
    expect(mentioned.length).toBeGreaterThan(5);
    expect(mentioned.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('shows the output of the two commands as it is', () => {
    const { plan } = planEstate(join(ROOT, 'estate.yaml'));
    expect(readme).toContain(formatHeadline(plan));
    expect(readme).toContain(`total               ${stackRows(plan).length} stacks`);
    expect(readme).toMatch(/^cloud {3}layer {7}stack +created {2}updated {2}replaced {2}destroyed {2}seconds$/m);
  });

  test('shows the resources of each stack as they are', async () => {
    const { plan } = planEstate(join(ROOT, 'estate.yaml'));
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

  test('explains an estate file that is valid', () => {
    const shown = blocks.filter(({ note }) => note === 'estate');
    expect(shown).toHaveLength(1);
    for (const { text } of shown) expect(parseEstate(text, 'README.md').warnings).toEqual([]);
  });

  test('shows a variant of the estate file that is valid', () => {
    const [base = '', variant = ''] = ['estate', 'variant'].map(
      (note) => blocks.find((each) => each.note === note)?.text,
    );
    const files = filesOf([{ path: 'estate.yaml', name: 'estate.yaml', text: base }]);
    const { estate, warnings } = parseEstate(variant, 'estate.dev.yaml', files);
    expect(warnings).toEqual([]);
    expect([estate.name, estate.clusters.oregon?.pools.train?.accelerators, Object.keys(estate.stores)]).toEqual([
      'aurora-dev',
      8,
      ['scratch'],
    ]);
  });

  test('shows a catalog that fits the estate file, and what it marks', () => {
    const [file, rows] = ['estate', 'catalog'].map((note) => blocks.find((block) => block.note === note)?.text);
    const { estate, warnings } = parseEstate(`${file}${rows}`, 'README.md');
    expect(warnings).toEqual([]);
    const { lock } = planLayout(estate);
    const shown = formatCapacity(resolve(estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' }));
    const [, output = ''] = /<!-- output: npx estate show capacity -->\n```text\n([\s\S]*?)\n```/.exec(readme) ?? [];
    expect(output.split('\n')).toEqual(shown.split('\n').slice(0, 2));
    expect(shown).toContain("* p6-b200.48xlarge: row of the estate's catalog (CASE-1234, 2026-11)");
  });

  test('shows a diagnostic as it is printed', async () => {
    await withFolder(async (folder) => {
      const text = readFileSync(join(ROOT, 'estate.yaml'), 'utf8');
      writeFileSync(join(folder, 'estate.yaml'), text.replace('accelerator: b300', 'accelerator: b3000'));
      const { stderr } = await runCommand([process.execPath, join(ROOT, 'bin/estate.js'), 'validate'], folder);
      const [, output = ''] = /<!-- output: npx estate validate -->\n```text\n([\s\S]*?)\n```/.exec(readme) ?? [];
      expect(output.length).toBeGreaterThan(100);
      expect(stderr).toContain(output);
    });
  });

  test('shows what an edit does as it is printed', async () => {
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
      const estate = (...args: string[]) =>
        runCommand([process.execPath, join(ROOT, 'bin/estate.js'), ...args], folder);
      await estate('lock');
      const { code, stdout } = await estate('diff', 'git:HEAD');
      const [, output] = /<!-- output: npx estate diff git:HEAD -->\n```text\n([\s\S]*?)```/.exec(readme) ?? [];
      expect([code, stdout]).toEqual([3, output]);
    });
  });

  test('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target]) => target ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const target of links) expect([target, existsSync(join(ROOT, target))]).toEqual([target, true]);
  });
});
