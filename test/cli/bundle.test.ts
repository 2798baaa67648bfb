import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleFlags, type BundleReport, bundleReport } from '../../cli/bundle';
import { EstateError } from '../../estate/diagnostics';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { readTree, withFolder } from '../helpers/synth';

const EXAMPLE = join(ROOT, 'examples/google.yaml');

function codes(flags: BundleFlags, file = EXAMPLE): string[] {
  try {
    bundleReport(file, flags);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return [...error.diagnostics.map(({ code, path }) => `${code} ${path}`), `exit ${error.exitCode}`];
  }
  return [];
}

const bundled = (flags: BundleFlags) => JSON.parse(bundleReport(EXAMPLE, { ...flags, json: true })) as BundleReport;
const notesOf = (flags: BundleFlags) => bundled(flags).notes ?? [];

describe('estate bundle', () => {
  test('writes a folder, says what it did, and does nothing the second time', async () => {
    await withFolder(async (folder) => {
      const first = await estate(['bundle', EXAMPLE, '--out', 'bundle', '--json'], folder);
      expect([first.code, first.stderr]).toEqual([0, '']);
      expectDocument('bundle', first.stdout);
      const { files, created, pending } = JSON.parse(first.stdout) as BundleReport;
      expect(pending?.objects).toEqual([
        {
          cluster: 'iowa',
          kind: 'PersistentVolumeClaim',
          name: 'scratch',
          namespace: 'training',
          missing: ['mounts.scratch'],
          from: ['cirrus-iowa-storage'],
        },
      ]);
      expect(created).toHaveLength(files);
      expect(created).toEqual(Object.keys(readTree(join(folder, 'bundle'))).sort());
      const second = await estate(['bundle', EXAMPLE, '--out', 'bundle'], folder);
      expect([second.code, second.stderr]).toEqual([0, '']);
      expect(second.stdout.split('\n').slice(0, 3)).toEqual([
        `bundle has ${files} files for kustomize: nothing changed`,
        '1 object waits for what is not known yet, and nothing else does:',
        '  iowa: mounts.scratch, from cirrus-iowa-storage: PersistentVolumeClaim training/scratch',
      ]);
    });
  });

  test('says where its files lie in the repository around it', () =>
    withFolder((folder) => {
      mkdirSync(join(folder, '.git'));
      const out = join(folder, 'gitops/atlas');
      bundleReport(EXAMPLE, { out, gitops: 'flux', repository: 'estate' });
      const text = Object.entries(readTree(out)).find(([path]) => path.endsWith('estate-base.yaml'))?.[1];
      expect(text).toMatch(/^ {2}path: \.\/gitops\/atlas\/clusters\/[\w-]+\/base$/m);
      expect(text).toContain('name: estate\n');
    }));

  test('says that the first one is for kustomize alone, and where its paths start', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      expect(notesOf({ out })).toEqual([expect.stringContaining('kustomize alone, since no tool is named')]);
      expect(notesOf({ out })).toEqual([]);
      const flux = join(folder, 'flux');
      expect(notesOf({ out: flux, gitops: 'flux' })).toEqual([
        expect.stringContaining('since no repository lies around it'),
      ]);
      expect(notesOf({ out: flux })).toEqual([]);
    }));

  test('takes tool, repository, branch and path of the last one in the folder, wherever it runs', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      const named = { gitops: 'argo', repository: 'https://git.example.com/e.git', branch: 'live', path: './fleet/x/' };
      expect(bundled({ ...named, out })).toMatchObject({ ...named, path: 'fleet/x' });
      const before = readTree(out);
      expect(JSON.parse(before['bundle.lock.json'] ?? '')).toMatchObject({ ...named, path: 'fleet/x' });
      const again = bundled({ out });
      expect(again).toMatchObject({ ...named, path: 'fleet/x', created: [], changed: [], removed: [] });
      expect([again.notes, again.switchedFrom]).toEqual([undefined, undefined]);
      mkdirSync(join(folder, '.git'));
      const moved = bundled({ out });
      expect(moved.notes).toEqual([expect.stringContaining('"--path bundle" where it moved')]);
      expect(readTree(out)).toEqual(before);
      expect(bundled({ out, path: '.', branch: 'main' })).toMatchObject({ ...named, path: '.', branch: 'main' });
      expect(readTree(out)['argo/application-argocd.cirrus-iowa-base.yaml']).toContain('path: clusters/iowa/base');
    }));

  test('finishes a first one that was ended for the tool that it was for', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      bundled({ out, gitops: 'flux' });
      mkdirSync(join(out, '.bundle-next'));
      renameSync(join(out, 'bundle.lock.json'), join(out, '.bundle-next/bundle.lock.json'));
      expect(bundled({ out })).toMatchObject({ gitops: 'flux', created: ['bundle.lock.json'], removed: [] });
    }));

  test('changes the tool only when it is named, and says what goes and what that does', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      bundled({ out, gitops: 'flux', repository: 'estate' });
      const text = bundleReport(EXAMPLE, { out, gitops: 'argo', repository: 'https://git.example.com/estate.git' });
      expect(text).toMatch(/^It was for Flux until now, and is for Argo CD: \d+ files go\.$/m);
      expect(text).toContain('What is suspended removes');
      expect([existsSync(join(out, 'argo')), existsSync(join(out, 'clusters/iowa/flux'))]).toEqual([true, false]);
      const last = bundled({ out, gitops: 'none' });
      expect([last.switchedFrom, last.repository, last.path]).toEqual(['argo', undefined, undefined]);
      expect(existsSync(join(out, 'argo'))).toBe(false);
    }));

  test('refuses a lock with what no tool reads', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      bundled({ out, gitops: 'flux' });
      const path = join(out, 'bundle.lock.json');
      const lock = readFileSync(path, 'utf8');
      writeFileSync(path, lock.replace('"gitops": "flux"', '"gitops": "flux", "repository": "https://a"'));
      expect(codes({ out })).toEqual(['BundleRepository --repository', 'exit 2']);
      for (const wrong of ['"path": "../x"', '"path": "/x"'])
        expect(() => {
          writeFileSync(path, lock.replace('"path": "."', wrong));
          bundled({ out });
        }).toThrow(expect.objectContaining({ diagnostics: [expect.objectContaining({ code: 'BundleLock' })] }));
    }));

  test('refuses all that is wrong with its options at once, and repeats no URL', () => {
    expect(codes({ gitops: 'fluks', branch: 'a b' })).toEqual([
      'BundleOut --out',
      'BundleGitOps --gitops',
      'BundleBranch --branch',
      'exit 2',
    ]);
    expect(codes({ out: 'x', gitops: 'argo' })).toEqual(['BundleRepository --repository', 'exit 2']);
    expect(codes({ out: 'x', gitops: 'flux', repository: 'https://x' })).toEqual([
      'BundleRepository --repository',
      'exit 2',
    ]);
    expect(codes({ out: 'x', repository: 'y' })).toEqual(['BundleRepository --repository', 'exit 2']);
    expect(codes({ out: 'x', branch: 'y', path: 'z' })).toEqual([
      'BundleBranch --branch',
      'BundlePath --path',
      'exit 2',
    ]);
    for (const path of ['/x', '../x', 'x/../y', 'x//y', 'x\\y', ''])
      expect(codes({ out: 'x', gitops: 'flux', path })).toEqual(['BundlePath --path', 'exit 2']);
    const secret = { out: 'x', gitops: 'argo', repository: 'https://user:hunter2@git.example.com/estate.git' };
    expect(() => bundleReport(EXAMPLE, secret)).toThrow(EstateError);
    try {
      bundleReport(EXAMPLE, secret);
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('hunter2');
    }
    expect(existsSync('x')).toBe(false);
  });

  test('fails when the folder is a file, and writes nothing for an estate with errors', async () => {
    await withFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      expect(codes({ out: join(folder, 'file') })).toEqual(['OutUnwritable --out', 'exit 2']);
      const text = readFileSync(EXAMPLE, 'utf8').replace(/accelerator: \w+/, 'accelerator: b3000');
      writeFileSync(join(folder, 'estate.yaml'), text);
      cpSync(join(ROOT, 'examples/google.lock.json'), join(folder, 'estate.lock.json'));
      const { code, stdout } = await estate(['bundle', '--out', 'bundle'], folder);
      expect([code, stdout, existsSync(join(folder, 'bundle'))]).toEqual([2, '', false]);
    });
  });
});
