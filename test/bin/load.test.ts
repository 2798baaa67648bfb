import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCommand } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const COUNTING = `module.exports = { say: (words) => console.log(words.map((word) => word.toUpperCase()).join(' ')) };`;

/** A program as it is installed: a function of what a module is given, and what names its content. */
const bundleOf = (source: string, id: string) =>
  `(function (exports, require, module, __filename, __dirname) {${source}\n})\n//${id.padStart(16, '0')}\n`;

/** Lays a program out as an installed package has it. */
function install(folder: string, source: string, id = '1'): void {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'dist/bin'), { recursive: true });
  cpSync(join(ROOT, 'bin/load.js'), join(folder, 'bin/load.js'));
  writeFileSync(join(folder, 'dist/bin/estate.bundle.js'), bundleOf(source, id));
}

async function say(folder: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const script = `require('./bin/load.js').load('estate').say(['so', 'it', 'is']);`;
  const { code, stdout, stderr } = await runCommand([process.execPath, '-e', script, 'validate'], folder, {
    ESTATE_CACHE: join(folder, 'cache'),
    ...env,
  });
  expect([code, stderr]).toEqual([0, '']);
  return stdout.trim();
}

/** The only file of compiled code. */
function cacheIn(folder: string): string {
  const [name = '', ...others] = readdirSync(join(folder, 'cache/code'));
  expect(others).toEqual([]);
  return join(folder, 'cache/code', name);
}

describe('an installed program', () => {
  test('keeps its compiled code once it has run, and runs from it', async () => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      expect(await say(folder)).toBe('SO IT IS');
      const kept = readFileSync(cacheIn(folder));
      expect(await say(folder)).toBe('SO IT IS');
      expect(readFileSync(cacheIn(folder))).toEqual(kept);
    });
  });

  test.each<[string, (file: string) => void]>([
    ['cut off', (file) => truncateSync(file, 300)],
    ['empty', (file) => truncateSync(file, 0)],
    [
      'damaged',
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xff, 90, 120);
        writeFileSync(file, bytes);
      },
    ],
    [
      'of something else',
      (file) => writeFileSync(file, 'of another tool, and longer than the hash that it begins with'),
    ],
  ])('ignores and replaces code that is %s', async (_, harm) => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      await say(folder);
      const whole = readFileSync(cacheIn(folder)).length;
      harm(cacheIn(folder));
      expect(await say(folder)).toBe('SO IT IS');
      expect(Math.abs(readFileSync(cacheIn(folder)).length - whole)).toBeLessThan(whole / 2);
      expect(await say(folder)).toBe('SO IT IS');
    });
  });

  test('does not run the code of another release', async () => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      await say(folder);
      install(folder, COUNTING.replace('toUpperCase', 'toLowerCase'), '2');
      expect(await say(folder)).toBe('so it is');
    });
  });

  test('runs where nothing can be kept', async () => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      writeFileSync(join(folder, 'cache'), 'a file, where a folder should be made');
      expect(await say(folder)).toBe('SO IT IS');
    });
  });

  test('keeps nothing that others may read', async () => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      await say(folder);
      const modes = [cacheIn(folder), join(folder, 'cache/code')].map((path) => statSync(path).mode & 0o077);
      expect(modes).toEqual([0, 0]);
    });
  });

  test('loads its files one by one with ESTATE_DEBUG, so that traces name them', async () => {
    await withFolder(async (folder) => {
      install(folder, COUNTING);
      writeFileSync(join(folder, 'dist/bin/estate.js'), `exports.say = () => console.log(__filename);`);
      expect(await say(folder, { ESTATE_DEBUG: '1' })).toMatch(/dist.bin.estate\.js$/);
    });
  });
});

describe('a checkout', () => {
  /** A checkout with a program of two files. */
  function checkOut(folder: string): void {
    for (const name of ['bin', 'tools']) mkdirSync(join(folder, name));
    for (const name of ['bin/load.js', 'tools/bundle.js', 'tools/sources.js', 'tsconfig.json', 'package.json'])
      cpSync(join(ROOT, name), join(folder, name));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
    writeFileSync(join(folder, 'bin/words.ts'), `export const end: string = '.';`);
    writeFileSync(
      join(folder, 'bin/estate.ts'),
      `import { end } from './words';\nexport const say = (words: readonly string[]) => console.log(words.join(' ') + end);`,
    );
  }

  test('runs what its sources are at that moment, however soon after an edit', async () => {
    await withFolder(async (folder) => {
      checkOut(folder);
      expect(await say(folder)).toBe('so it is.');
      for (const end of ['!', '?', '.']) {
        writeFileSync(join(folder, 'bin/words.ts'), `export const end: string = '${end}';`);
        expect(await say(folder)).toBe(`so it is${end}`);
      }
    });
  });

  test('bundles what has settled once', async () => {
    await withFolder(async (folder) => {
      checkOut(folder);
      await say(folder);
      await new Promise((done) => setTimeout(done, 50));
      await say(folder);
      const [kept = ''] = readdirSync(join(folder, 'cache/checkouts'));
      const file = join(folder, 'cache/checkouts', kept);
      const { ctimeMs } = statSync(file);
      expect(await say(folder)).toBe('so it is.');
      expect(statSync(file).ctimeMs).toBe(ctimeMs);
    });
  });

  test('says of a slip in a source where it is', async () => {
    await withFolder(async (folder) => {
      checkOut(folder);
      writeFileSync(join(folder, 'bin/words.ts'), `export const end = ;`);
      const script = `require('./bin/load.js').load('estate')`;
      const { code, stderr } = await runCommand([process.execPath, '-e', script], folder, {
        ESTATE_CACHE: join(folder, 'cache'),
      });
      expect([code, stderr]).toEqual([1, expect.stringContaining('words.ts:1:19')]);
    });
  });
});
