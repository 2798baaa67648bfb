import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runCommand } from './helpers/cli';

const FOLDERS = [
  'bin',
  'bundle',
  'cli',
  'constructs',
  'diff',
  'estate',
  'page',
  'provider',
  'stacks',
  'terraform',
  'test',
];
const FILES = ['jest.config.js', 'package.json', 'tsconfig.json', 'cdk.json'];
const guide = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** The files that a recipe of CONTRIBUTING.md names in its steps, and how many it promises to touch. */
function recipe(title: string): { readonly files: readonly string[]; readonly count?: string } {
  const [, text = ''] = new RegExp(`^### ${title}\n([\\s\\S]*?)(?=^##|$(?![\\s\\S]))`, 'm').exec(guide) ?? [];
  const steps = [...text.matchAll(/^\d\. .*(?:\n {3}.*)*/gm)].map(([step]) => step).join('\n');
  const files = [...steps.matchAll(/`((?:estate|test)\/[^`]+)`/g)].map(([, path = '']) => path);
  return { files, count: /^(One|Two|Three) files?\b/m.exec(text)?.[1] };
}

/** A copy of the checkout that is thrown away, and what was edited in it. */
class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), 'recipes-'));
  readonly touched = new Set<string>();

  constructor() {
    for (const name of [...FOLDERS, ...FILES]) cpSync(join(ROOT, name), join(this.folder, name), { recursive: true });
    for (const name of ['node_modules', '.gen']) symlinkSync(join(ROOT, name), join(this.folder, name), 'dir');
    mkdirSync(join(this.folder, 'examples'));
  }

  /** Writes something before a text that a file has once. */
  insert(path: string, before: string, text: string): void {
    const old = readFileSync(join(this.folder, path), 'utf8');
    const parts = old.split(before);
    if (parts.length !== 2) throw new Error(`${path} has ${parts.length - 1} places with ${before}`);
    this.write(path, parts.join(`${text}${before}`));
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
    this.touched.add(path);
  }

  /** What the compiler says, by the file that it says it of. */
  async compile(): Promise<readonly string[]> {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const project = join(this.folder, 'tsconfig.sources.json');
    const include = [...FOLDERS.filter((name) => name !== 'test'), '.gen'];
    writeFileSync(project, JSON.stringify({ extends: './tsconfig.json', include }));
    const { stdout } = await runCommand([process.execPath, compiler, '--noEmit', '-p', project], this.folder);
    return [...stdout.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, path = '']) => path);
  }

  jest(...args: readonly string[]) {
    return runCommand([process.execPath, join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', ...args], this.folder);
  }
}

let copy: Copy;

const MACHINE = `  {
    ...HGX,
    type: 'p9-x900.48xlarge',
    quotaFamily: 'P6',
    acceleratorMemoryGiB: 400,
    accelerator: 'x900',
    preferred: true,
    capacity: ['on-demand'],
    efa: { primary: 'interface', efaOnlyCards: { first: 0, last: 7, step: 1 } },
  },
`;

const ACCELERATOR = `  {
    name: 'x900',
    title: 'X900',
    ...NVIDIA,
    source: 'https://example.com/x900',
    checked: '2026-11',
    power: { watts: 2000, source: 'https://example.com/x900', checked: '2026-11' },
  },
`;

const RULE = `import type { Rule } from './rule';

/** Clusters are not called "default". */
export const zzClusterNamed: Rule = {
  code: 'ZzClusterNamed',
  severity: 'error',
  summary: 'clusters are not called "default"',
  why: 'nobody knows later what was meant by it',
  check(estate, report) {
    if (estate.clusters.default === undefined) return;
    report({ path: ['clusters', 'default'], value: 'default', message: 'is called "default"', hint: 'say what it is for' });
  },
};
`;

const CASES = `  ZzClusterNamed: {
    holds: [{ 'clusters.named': { site: 'ohio', pools: {} } }],
    fails: [[{ 'clusters.default': { site: 'ohio', pools: {} } }, 'clusters.default', 'is called "default"']],
  },
`;

/** An estate with one pool instead of its own. */
function ownEstate(text: string, pool: string): string {
  const [head = ''] = text.split('\nclusters:\n');
  return `${head}\nclusters:\n  own: { site: oregon, pools: { train: ${pool} } }\n`;
}

describe('recipes of CONTRIBUTING.md', () => {
  beforeEach(() => {
    copy = new Copy();
  });
  afterEach(() => rmSync(copy.folder, { recursive: true }));

  test('an accelerator and its machine are a row each, and estates can use them at once', async () => {
    copy.insert('estate/catalog/accelerators.ts', `  {\n    name: 'h100',`, ACCELERATOR);
    copy.insert('estate/catalog/aws-machines.ts', `  {\n    ...HGX,\n    type: 'p6-b300.48xlarge',`, MACHINE);
    const accelerator = recipe('An accelerator');
    const machine = recipe('A machine');
    expect([accelerator.count, machine.count]).toEqual(['Two', 'One']);
    expect([...copy.touched]).toEqual([...accelerator.files, ...machine.files]);
    const text = readFileSync(join(ROOT, 'examples/aws.yaml'), 'utf8');
    const pool = '{ accelerator: x900, nodes: 4, zone: us-west-2a }';
    writeFileSync(join(copy.folder, 'estate.yaml'), ownEstate(text, pool));
    const cli = [process.execPath, '--require', join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs'), '-e'];
    const run = (...args: string[]) =>
      runCommand(
        [...cli, `require('./bin/estate.ts').run(['node', 'estate', ...${JSON.stringify(args)}], '1')`],
        copy.folder,
      );
    expect((await run('lock')).code).toBe(0);
    const shown = await run('show', 'capacity');
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(/p9-x900\.48xlarge +32 X900 +4 /)]);
    const tests = await copy.jest('test/estate/catalog', 'test/estate/plan/power');
    expect([tests.code, tests.stdout]).toEqual([0, expect.stringContaining(' 0 failed')]);
  });

  test('a rule is three files, and a rule without cases is noticed', async () => {
    const list = 'estate/spec/rules/index.ts';
    copy.write('estate/spec/rules/zz-cluster-named.ts', RULE);
    const index = readFileSync(join(copy.folder, list), 'utf8');
    const imported = index.replace(/\n\n/, "\nimport { zzClusterNamed } from './zz-cluster-named';\n\n");
    copy.write(list, imported.replace(/\n\];/, '\n  zzClusterNamed,\n];'));
    const without = await copy.jest('test/estate/spec/rules', '-t', 'tests every rule both ways');
    expect([without.code, without.stderr + without.stdout]).toEqual([1, expect.stringContaining('ZzClusterNamed')]);
    copy.insert('test/estate/spec/rules/pools.ts', '  SpareTrays: {', CASES);
    const { files, count } = recipe('A rule');
    expect([count, copy.touched.size]).toEqual(['Three', 3]);
    for (const path of copy.touched) expect(files.some((file) => path.startsWith(file))).toBe(true);
    const whole = await copy.jest('test/estate/spec/rules', '-t', 'rule|ZzClusterNamed');
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining(' 0 failed')]);
  });

  test('the compiler leads through a kind of store, a layer, and an accelerator that nobody knows the power of', async () => {
    copy.insert('estate/plan/types.ts', ';\n\n/** A managed Lustre file system that exists', ' | TapePlan');
    copy.insert(
      'estate/plan/types.ts',
      '/** A store that a stack makes, resolved. */',
      "/** Tapes. */\nexport interface TapePlan extends Omit<ObjectStorePlan, 'kind'> {\n  readonly kind: 'tape';\n}\n\n",
    );
    copy.insert('estate/plan/names.ts', '] as const;', ", 'budget'");
    const powerless = ACCELERATOR.replace(/ {4}power: .*\n/, '');
    copy.insert('estate/catalog/accelerators.ts', `  {\n    name: 'h100',`, powerless);
    const led = new Set(await copy.compile());
    const expected = [
      ...['aws', 'azure', 'google', 'oracle'].map((cloud) => `stacks/${cloud}/storage.ts`),
      'estate/report/views.ts',
      'estate/catalog/accelerators.ts',
    ];
    expect(expected.filter((path) => !led.has(path))).toEqual([]);
  });
});

test('every recipe names files that exist', () => {
  const titles = [
    ...(guide
      .split('## Recipes')[1]
      ?.split('\n## ')[0]
      ?.matchAll(/^### (.*)$/gm) ?? []),
  ].map(([, title = '']) => title);
  expect(titles).toEqual(
    expect.arrayContaining(['A machine', 'An accelerator', 'A region', 'A rule', 'A kind of store']),
  );
  expect(titles).toEqual(expect.arrayContaining(['A layer of stacks', 'A cloud', 'A provider version']));
  for (const title of titles)
    for (const path of recipe(title).files.filter((file) => !/[*<]/.test(file)))
      expect([title, path, existsSync(join(ROOT, path))]).toEqual([title, path, true]);
});
