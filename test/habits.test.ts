import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './helpers/cli';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
};

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const workflows = readdirSync(join(ROOT, '.github/workflows')).map((name) => {
  const { jobs } = parse(read(`.github/workflows/${name}`)) as Workflow;
  return [name, jobs] as const;
});

describe('habits of the project', () => {
  test.each(workflows)('%s uses the Node of .nvmrc, and runs only what exists', (_name, jobs) => {
    for (const { steps } of Object.values(jobs)) {
      const node = steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
      expect(node?.with).toMatchObject({ 'node-version-file': '.nvmrc' });
      for (const [, script = ''] of steps.flatMap(({ run = '' }) => [
        ...run.matchAll(/npm run (?:--silent )?([\w:-]+)/g),
      ]))
        expect([script, manifest.scripts[script] !== undefined]).toEqual([script, true]);
    }
  });

  test('the gate of every change and of every release is .ci/run', () => {
    for (const [name, jobs] of workflows) {
      const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
      expect([name, runs.includes('.ci/run')]).toEqual([name, true]);
    }
    expect(read('.ci/run')).toMatch(/^npm test \|\| status=1\nnpm run test:programs \|\| status=1$/m);
  });

  test('.nvmrc is a Node that the package allows', () => {
    const [major] = /\d+/.exec(manifest.engines.node) ?? [];
    expect(read('.nvmrc').trim()).toBe(major);
  });

  test('tools that are run without being installed have a version', () => {
    for (const [script, command] of Object.entries(manifest.scripts).filter(([, text]) => text.startsWith('npx'))) {
      const packages = [...command.matchAll(/ -p (\S+)/g)].map(([, name]) => name);
      expect(packages.length).toBeGreaterThan(0);
      for (const name of packages) expect([script, name]).toEqual([script, expect.stringMatching(/.@\d+\.\d+\.\d+$/)]);
    }
  });

  test('the changelog keeps its form, which the release tool reads', () => {
    const headings = read('CHANGELOG.md').match(/^#+ .*$/gm) ?? [];
    expect(headings.slice(0, 2)).toEqual(['# Changelog', '## [Unreleased]']);
    const kinds = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'].map((kind) => `### ${kind}`);
    for (const heading of headings.slice(1))
      expect([heading, kinds.includes(heading) || /^## \[(Unreleased|\d+\.\d+\.\d+)\]/.test(heading)]).toEqual([
        heading,
        true,
      ]);
    const releases = headings.join('\n').split(/^## .*$/m);
    for (const release of releases)
      expect(new Set(release.match(/###.*/g)).size).toBe(release.match(/###.*/g)?.length ?? 0);
  });

  test('the API reference has every module that the package exports', () => {
    const { entryPoints } = JSON.parse(read('typedoc.json')) as { entryPoints: string[] };
    const exported = Object.entries(manifest.exports).flatMap(([name, entry]) =>
      typeof entry === 'string' || name.includes('*') || entry.default.includes('.gen/')
        ? []
        : [entry.default.replace('./dist/', '').replace(/\.js$/, '.ts')],
    );
    expect([...entryPoints].sort()).toEqual(exported.sort());
  });

  test('nobody is named, and no machine', () => {
    const documents = [
      'SECURITY.md',
      'CONTRIBUTING.md',
      'CODE_OF_CONDUCT.md',
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
    ];
    for (const path of documents)
      expect([path, /@[\w-]+\.\w|\/home\/|\/Users\//.exec(read(path))?.[0]]).toEqual([path, undefined]);
  });
});
