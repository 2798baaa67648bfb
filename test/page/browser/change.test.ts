import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumForTests } from '../../helpers/browser';
import { estate, ROOT } from '../../helpers/cli';
import { inPage } from '../../helpers/page-checks';
import { NO_FAULTS, proved } from '../../helpers/proved';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'change-'));
const [base, edited, page] = [
  join(ROOT, 'examples/frontier.yaml'),
  join(folder, 'edited.yaml'),
  join(folder, 'page.html'),
];

/** Edits of the largest example: a pool grows, a cluster goes, and one moves to another kind of capacity. */
const EDITS = [
  [/(eastus2-checkpoints\]\n {4}pools:\n {6}train: \{ accelerator: gb300, racks: )140/, '$1150'],
  [/ {2}francecentral:\n {4}site: francecentral\n {4}mounts: .*\n {4}pools:\n {6}train: .*\n/, ''],
  [/(japaneast-checkpoints\]\n {4}pools:\n {6}train: .*)kind: dedicated/, '$1kind: on-demand'],
] as const;

const LONGEST_MS = 240_000;

beforeAll(async () => {
  cpSync(base.replace('.yaml', '.lock.json'), edited.replace('.yaml', '.lock.json'));
  const text = EDITS.reduce(
    (before, [what, by]) => {
      expect([what, what.test(before)]).toEqual([what, true]);
      return before.replace(what, by);
    },
    readFileSync(base, 'utf8'),
  );
  writeFileSync(edited, text);
  expect(await estate(['lock', edited, '--accept', 'clusters.japaneast.pools.train'])).toMatchObject({ code: 0 });
  const { code, stderr } = await estate(['diff', base, edited, '--html', page]);
  // What is lost is refused, and shown on the page.
  expect([code, stderr]).toEqual([3, expect.stringContaining(`wrote ${page}`)]);
}, LONGEST_MS);

test(
  'the page of a change has everything in its box, can be read by everybody, on paper too, and used by keys',
  async () => {
    const visit = await chromium()?.visit(page);
    if (visit === undefined) return;
    expect(await proved(visit)).toEqual(NO_FAULTS);
    await visit.close();
  },
  LONGEST_MS,
);

test('tells the same without scripts', async () => {
  const told = (of: Page) => inPage<readonly string[]>(of, 'told()');
  const visit = await chromium()?.visit(page);
  const still = await chromium()?.visit(page, { javaScriptEnabled: false });
  if (visit === undefined || still === undefined) return;
  expect(await told(still.page)).toEqual(await told(visit.page));
  expect(await inPage(still.page, 'controls()')).toEqual([]);
  expect(await proved(still, ['boxes'])).toEqual({ boxes: [], opened: [] });
  await Promise.all([visit.close(), still.close()]);
});
