import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumForTests, findChromium } from '../../helpers/browser';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'browser-'));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('finds Chromium by its names on the path, and where it is said to be', () => {
  const program = written('google-chrome', '#!/bin/sh\n');
  expect(findChromium({ PATH: folder })).toEqual({ cannot: expect.any(String) });
  chmodSync(program, 0o755);
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toEqual({ program });
  expect(findChromium({ PATH: '', CHROMIUM: program })).toEqual({ program });
});

test('says what is missing, and how to get it', () => {
  const advice = '"apt-get install chromium" as root brings one, or CHROMIUM=FILE names one';
  expect(findChromium({ PATH: '/nowhere' })).toEqual({
    cannot: `there is no chromium, chromium-browser, google-chrome, google-chrome-stable on PATH; ${advice}`,
  });
  expect(findChromium({ CHROMIUM: '/nowhere/chromium' })).toEqual({
    cannot: `$CHROMIUM is no program: /nowhere/chromium; ${advice}`,
  });
});

test('notes errors, dialogs and whatever a page asks for besides itself', async () => {
  const beside = written('beside.css', 'p { color: red }');
  const file = written(
    'page.html',
    `<!doctype html><link rel="stylesheet" href="beside.css"><a href="#there">there</a>
    <script>console.error('said'); alert('asked'); setTimeout(() => { throw new Error('thrown') });</script>`,
  );
  const visit = await chromium()?.visit(file);
  if (visit === undefined) return;
  await visit.page.click('a');
  await visit.page.evaluate('new Promise((done) => setTimeout(done, 50))');
  expect([...visit.faults].sort()).toEqual([
    'console: said',
    'dialog: asked',
    `request: file://${beside}`,
    'script: thrown',
  ]);
  await visit.close();
});

test('runs no script where scripts are off', async () => {
  const file = written(
    'still.html',
    '<!doctype html><p>as it was</p><script>document.body.textContent = "new"</script>',
  );
  const visit = await chromium()?.visit(file, { javaScriptEnabled: false });
  if (visit === undefined) return;
  expect(await visit.page.textContent('body')).toContain('as it was');
  await visit.close();
});
