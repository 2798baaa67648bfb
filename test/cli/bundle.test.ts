import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
        `bundle has ${files} files: nothing changed`,
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

  test('takes files of another tool away when the tool changes', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      bundleReport(EXAMPLE, { out, gitops: 'argo', repository: 'https://git.example.com/estate.git' });
      expect(existsSync(join(out, 'argo'))).toBe(true);
      bundleReport(EXAMPLE, { out });
      expect(existsSync(join(out, 'argo'))).toBe(false);
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
