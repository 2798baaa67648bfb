import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { estateHtml } from '../../../page/estate-page';
import { chromiumForTests } from '../../helpers/browser';
import { inPage } from '../../helpers/page-checks';
import { EXAMPLES, pageOf } from '../../helpers/pages';
import { NO_FAULTS, proved } from '../../helpers/proved';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'pages-'));

/** Machines for tests may be slow, and some pages are long. */
const LONGEST_MS = 120_000;

describe.each(EXAMPLES)('the page of %s', (example) => {
  const file = join(folder, `${example}.html`);
  const told = (page: Page) => inPage<readonly string[]>(page, 'told()');

  beforeAll(() => writeFileSync(file, estateHtml(pageOf(example))));

  test(
    'has everything in its box, can be read on both grounds and on paper, by everybody, and used by keys',
    async () => {
      const visit = await chromium()?.visit(file);
      if (visit === undefined) return;
      expect(await proved(visit)).toEqual(NO_FAULTS);
      await visit.close();
    },
    LONGEST_MS,
  );

  test('tells the same without scripts, in its boxes, and shows nothing then that needs one', async () => {
    const visit = await chromium()?.visit(file);
    const still = await chromium()?.visit(file, { javaScriptEnabled: false });
    if (visit === undefined || still === undefined) return;
    expect(await told(still.page)).toEqual(await told(visit.page));
    expect(await inPage(still.page, 'controls()')).toEqual([]);
    expect(await proved(still, ['boxes'])).toEqual({ boxes: [], opened: [] });
    await Promise.all([visit.close(), still.close()]);
  });
});
