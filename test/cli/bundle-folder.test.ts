import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLE_LOCK, bundleLock } from '../../bundle/lock';
import { STAGE } from '../../cli/bundle-changes';
import { requireFolder, writeFolder } from '../../cli/bundle-folder';
import { EstateError } from '../../estate/diagnostics';
import { readTree, withFolder } from '../helpers/synth';

type Texts = Readonly<Record<string, string>>;

const withLock = (texts: Texts) => {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return [...files, bundleLock('none', files)];
};

const ONE: Texts = { 'clusters/a/base/x.yaml': 'x: 1\n', 'clusters/a/queue/q.yaml': 'q: 1\n' };

/** What is refused, by code and path in the folder, and that nothing was written. */
function refused(out: string, texts: Texts): string[] {
  const before = existsSync(out) ? readTree(out) : {};
  try {
    writeFolder(out, withLock(texts));
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    expect(existsSync(out) ? readTree(out) : {}).toEqual(before);
    return error.diagnostics.map(({ code, value }) => `${code} ${String(value).slice(out.length + 1)}`);
  }
  return [];
}

describe('the folder of a bundle', () => {
  test('is made, brought to another bundle, and left alone when nothing changes', () =>
    withFolder((folder) => {
      const out = join(folder, 'deep/bundle');
      expect(writeFolder(out, withLock(ONE))).toEqual({
        created: [BUNDLE_LOCK, 'clusters/a/base/x.yaml', 'clusters/a/queue/q.yaml'],
        changed: [],
        removed: [],
      });
      expect(writeFolder(out, withLock(ONE))).toEqual({ created: [], changed: [], removed: [] });
      writeFileSync(join(out, 'README.md'), 'mine');
      mkdirSync(join(out, 'clusters/a/patches'));
      writeFileSync(join(out, 'clusters/a/patches/p.yaml'), 'mine');
      const next = { 'clusters/a/base/x.yaml': 'x: 2\n', 'clusters/b/base/x.yaml': 'x: 1\n' };
      expect(writeFolder(out, withLock(next))).toEqual({
        created: ['clusters/b/base/x.yaml'],
        changed: [BUNDLE_LOCK, 'clusters/a/base/x.yaml'],
        removed: ['clusters/a/queue/q.yaml'],
      });
      const { [BUNDLE_LOCK]: _lock, ...rest } = readTree(out);
      expect(rest).toEqual({ ...next, 'README.md': 'mine', 'clusters/a/patches/p.yaml': 'mine' });
      expect([existsSync(join(out, 'clusters/a/queue')), existsSync(join(out, STAGE))]).toEqual([false, false]);
    }));

  test('keeps what somebody has edited, or put in the way: all of it is told, and nothing written', () =>
    withFolder((folder) => {
      const out = join(folder, 'bundle');
      writeFolder(out, withLock(ONE));
      writeFileSync(join(out, 'clusters/a/base/x.yaml'), 'x: 3\n');
      writeFileSync(join(out, 'clusters/a/queue/q.yaml'), 'q: 3\n');
      writeFileSync(join(out, 'clusters/a/base/y.yaml'), 'mine');
      mkdirSync(join(out, 'clusters/a/base/z.yaml'));
      expect(
        refused(out, {
          'clusters/a/base/x.yaml': 'x: 2\n',
          'clusters/a/base/y.yaml': 'y: 1\n',
          'clusters/a/base/z.yaml': 'z: 1\n',
        }),
      ).toEqual([
        'BundleEdited clusters/a/base/x.yaml',
        'BundleForeign clusters/a/base/y.yaml',
        'BundleForeign clusters/a/base/z.yaml',
        'BundleEdited clusters/a/queue/q.yaml',
      ]);
    }));

  test('takes a file that was edited to what is written now, and one that is gone', () =>
    withFolder((folder) => {
      writeFolder(folder, withLock(ONE));
      writeFileSync(join(folder, 'clusters/a/base/x.yaml'), 'x: 2\n');
      rmSync(join(folder, 'clusters/a/queue/q.yaml'));
      const next = { ...ONE, 'clusters/a/base/x.yaml': 'x: 2\n' };
      expect(writeFolder(folder, withLock(next))).toEqual({
        created: ['clusters/a/queue/q.yaml'],
        changed: [BUNDLE_LOCK],
        removed: [],
      });
    }));

  test('follows no link out of it, neither to write nor to remove', () =>
    withFolder((folder) => {
      const [out, other] = [join(folder, 'bundle'), join(folder, 'other')];
      writeFolder(out, withLock(ONE));
      mkdirSync(join(other, 'queue'), { recursive: true });
      writeFileSync(join(other, 'queue/q.yaml'), ONE['clusters/a/queue/q.yaml'] ?? '');
      rmSync(join(out, 'clusters/a/queue'), { recursive: true });
      symlinkSync(join(other, 'queue'), join(out, 'clusters/a/queue'));
      expect(refused(out, { ...ONE, 'clusters/a/queue/q.yaml': 'q: 2\n' })).toEqual([
        'BundleForeign clusters/a/queue/q.yaml',
      ]);
      writeFolder(out, withLock({ 'clusters/a/base/x.yaml': 'x: 1\n' }));
      expect(readTree(other)).toEqual({ 'queue/q.yaml': 'q: 1\n' });
    }));

  test.each([
    ['no JSON', '<<<<<<< ours'],
    ['a later form', '{"version": 2, "files": []}'],
    ['a path that leads out', `{"version": 1, "files": [{"file": "../x", "sha256": "${'a'.repeat(64)}"}]}`],
    ['a path from the root', `{"version": 1, "files": [{"file": "/x", "sha256": "${'a'.repeat(64)}"}]}`],
    ['a path of Windows', `{"version": 1, "files": [{"file": "..\\\\x", "sha256": "${'a'.repeat(64)}"}]}`],
    ['a path with a step back', `{"version": 1, "files": [{"file": "a/../../x", "sha256": "${'a'.repeat(64)}"}]}`],
  ])('fails when its lock has %s', (_what, text) =>
    withFolder((folder) => {
      writeFileSync(join(folder, BUNDLE_LOCK), text);
      expect(refused(folder, ONE)).toEqual([`BundleLock ${BUNDLE_LOCK}`]);
    }),
  );

  test('is finished by the next run when one was ended half-way', () =>
    withFolder((folder) => {
      writeFolder(folder, withLock(ONE));
      const half = { 'clusters/a/base/x.yaml': 'x: 2\n', 'clusters/a/base/new.yaml': 'n: 2\n' };
      // What a run leaves that ended after its first files had taken their place.
      for (const [path, text] of Object.entries(half)) writeFileSync(join(folder, path), text);
      mkdirSync(join(folder, STAGE));
      writeFileSync(join(folder, STAGE, BUNDLE_LOCK), withLock(half).at(-1)?.text ?? '');
      const next = { 'clusters/a/base/x.yaml': 'x: 3\n' };
      expect(writeFolder(folder, withLock(next)).removed).toEqual([
        'clusters/a/base/new.yaml',
        'clusters/a/queue/q.yaml',
      ]);
      const { [BUNDLE_LOCK]: _lock, ...rest } = readTree(folder);
      expect(rest).toEqual(next);
    }));

  test('is refused where the system lets nobody make a folder, and does not wait for it', () => {
    expect(() => writeFolder('/proc/estate-bundle/deep', withLock(ONE))).toThrow(
      /\/proc\/estate-bundle\/deep cannot be written: /,
    );
  });

  test('is refused when it is a file, lies below one, or may not be written to', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'file'), '');
      for (const name of ['file', 'file/below'])
        expect(() => requireFolder(join(folder, name))).toThrow(/cannot be written: \S+file is no folder/);
      requireFolder(join(folder, 'new/deep'));
      mkdirSync(join(folder, 'closed'));
      chmodSync(join(folder, 'closed'), 0o500);
      if (process.getuid?.() !== 0) expect(() => requireFolder(join(folder, 'closed/x'))).toThrow(/cannot be written/);
      expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
    }));
});
