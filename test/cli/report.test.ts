import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

/** A folder with an estate that can be spoilt. */
function withEstate(body: (folder: string, text: string) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const text = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
    writeFileSync(join(folder, 'estate.yaml'), text);
    cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
    await body(folder, text);
  });
}

const FILES = ['estate.lock.json', 'estate.yaml'];

describe('estate report', () => {
  test('writes one page, says so, and writes the same again', async () => {
    await withEstate(async (folder) => {
      const [first, again] = [
        await estate(['report', '--html', 'a.html', '--at', '2026-11-30'], folder),
        await estate(['report', 'estate.yaml', '--at', '2026-11-30', '--html', 'b.HTML'], folder),
      ];
      expect([first.code, first.stderr, again.code]).toEqual([0, '', 0]);
      expect(first.stdout).toMatch(/^wrote a\.html: estate mini as of 2026-11-30, \d+ KiB\n$/);
      expect(readdirSync(folder).sort()).toEqual(['a.html', 'b.HTML', ...FILES]);
      const page = readFileSync(join(folder, 'a.html'), 'utf8');
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
      expect(readFileSync(join(folder, 'b.HTML'), 'utf8')).toBe(page);
    });
  });

  test('is as of today where no day is named', async () => {
    await withEstate(async (folder) => {
      const before = new Date().toISOString().slice(0, 10);
      const { stdout } = await estate(['report', '--html', 'a.html'], folder);
      const [, day = ''] = /as of (\S+),/.exec(stdout) ?? [];
      expect([before, new Date().toISOString().slice(0, 10)]).toContain(day);
    });
  });

  test('fails when the estate has errors, with all of them, and makes no page', async () => {
    await withEstate(async (folder, text) => {
      writeFileSync(join(folder, 'estate.yaml'), text.replace(/accelerator: h200/g, 'accelerator: h2000'));
      const { code, stdout, stderr } = await estate(['report', '--html', 'a.html'], folder);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('h2000');
      expect(readdirSync(folder).sort()).toEqual(FILES);
    });
  });

  test.each([
    ['nothing is named', [], 1, 'nothing says where the report goes\nname a file: --html report.html\n'],
    ['there is no such folder', ['--html', 'none/a.html'], 2, 'OutUnwritable'],
    ['it is a folder', ['--html', 'folder.html'], 2, 'it is a folder'],
    ['it would replace what is no page', ['--html', 'estate.yaml'], 2, 'OutName'],
    ['it is standard output', ['--html', '-'], 2, 'OutName'],
    ['its name is longer than a name may be', ['--html', `${'a'.repeat(300)}.html`], 2, 'OutUnwritable'],
    ['the day is none', ['--html', 'a.html', '--at', '2026-02-30'], 1, '--at 2026-02-30 is no day'],
  ])('fails when %s', async (_, args, exitCode, message) => {
    await withEstate(async (folder, text) => {
      cpSync(join(ROOT, '.ci'), join(folder, 'folder.html'), { recursive: true });
      const { code, stdout, stderr } = await estate(['report', ...args], folder);
      expect([code, stdout]).toEqual([exitCode, '']);
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(readdirSync(folder).sort()).toEqual([...FILES, 'folder.html']);
      expect(readFileSync(join(folder, 'estate.yaml'), 'utf8')).toBe(text);
    });
  });
});
