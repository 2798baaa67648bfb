import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { formatCount } from '../../../estate/units';
import { estateHtml } from '../../../page/estate-page';
import { chromiumForTests } from '../../helpers/browser';
import type { Entry } from '../../helpers/in-page/entries';
import { faintTexts, inPage } from '../../helpers/page-checks';
import { pageFrom, pageOf } from '../../helpers/pages';

const chromium = chromiumForTests();

const folder = mkdtempSync(join(tmpdir(), 'operated-'));

/** The page of the largest example, and that of the same where a second team answers for one cluster. */
const [largest, owned] = [join(folder, 'frontier.html'), join(folder, 'owned.html')];

beforeAll(() => {
  const page = pageOf('frontier');
  writeFileSync(largest, estateHtml(page));
  const { estate } = page;
  const owners = { vision: { team: 'vision', email: 'vision@example.com' } };
  const clusters = Object.entries(estate.clusters).map(([key, cluster], index) => [
    key,
    index === 0 ? { ...cluster, owner: 'vision' } : cluster,
  ]);
  writeFileSync(owned, estateHtml(pageFrom({ ...estate, owners, clusters: Object.fromEntries(clusters) })));
});

/** How a page is opened. */
interface Opened extends BrowserContextOptions {
  /** @default that of the largest example */
  readonly file?: string;
  readonly hash?: string;
}

/** Tries something on a fresh page, which has to stay without errors; nothing without a browser. */
async function onPage(
  trial: (page: Page) => Promise<void>,
  { file = largest, hash, ...options }: Opened = {},
): Promise<void> {
  const visit = await chromium()?.visit(file, options, hash);
  if (visit === undefined) return;
  await trial(visit.page);
  expect(visit.faults).toEqual([]);
  await visit.close();
}

const rows = (page: Page) => inPage<readonly Entry[]>(page, "entries('tbody tr')");
const marks = (page: Page) =>
  inPage<readonly Entry[]>(page, "entries('svg [data-cloud], svg [data-site], svg [data-owner]')");
const status = (page: Page) => page.textContent('form.filters output');
const options = (page: Page, name: string) =>
  page.$$eval(`select[name="${name}"] option`, (all) => all.map((option) => option.getAttribute('value') ?? ''));
const places = (entries: readonly Entry[], fits: (entry: Entry) => boolean) =>
  entries.flatMap((entry, index) => (fits(entry) ? [index] : []));

test.each(['cloud', 'site', 'owner'] as const)('shows rows and marks of the chosen %s, and of none', (facet) =>
  onPage(
    async (page) => {
      const [all, pictured] = [await rows(page), await marks(page)];
      expect(places(all, ({ isOut }) => isOut)).toEqual([]);
      const values = (await options(page, facet)).filter(Boolean);
      expect(values.length).toBeGreaterThan(1);
      expect(values).toEqual([...values].sort());
      // Sites are many: the first, the last and the one between stand for all.
      const some = new Set([values.at(0), values.at(values.length / 2), values.at(-1)]);
      for (const value of values.filter((each) => some.has(each))) {
        await page.selectOption(`select[name="${facet}"]`, value);
        const fits = (entry: Entry) => entry[facet] === undefined || entry[facet] === value;
        const shown = places(all, fits);
        expect([value, places(await rows(page), ({ isOut }) => !isOut)]).toEqual([value, shown]);
        expect([value, places(await marks(page), ({ isOut }) => !isOut)]).toEqual([value, places(pictured, fits)]);
        expect([value, shown.length < all.length, all.some((entry) => entry[facet] === value)]).toEqual([
          value,
          true,
          true,
        ]);
        expect(await status(page)).toBe(`${formatCount(shown.length)} of ${formatCount(all.length)} rows of tables`);
      }
      await page.click('button[type="reset"]');
      // Forms are empty only after those who listen have been told.
      await page.waitForFunction(`document.querySelector('form.filters output').textContent === ''`);
      expect(places(await rows(page), ({ isOut }) => isOut)).toEqual([]);
    },
    { file: owned },
  ),
);

test('the chosen cloud is the one that the rows of pools name', () =>
  onPage(async (page) => {
    const clouds = () =>
      page.$$eval('table[data-view="capacity"]', ([table]) => {
        const heads = [...(table?.querySelectorAll('thead th') ?? [])];
        const at = heads.findIndex((head) => head.getAttribute('data-key') === 'cloud');
        const shown = [...(table?.querySelectorAll<HTMLTableRowElement>('tbody tr') ?? [])].filter(
          ({ hidden }) => !hidden,
        );
        return [...new Set(shown.map(({ cells }) => cells[at]?.textContent ?? ''))];
      });
    expect((await clouds()).sort()).toEqual(['aws', 'azure', 'google', 'oracle']);
    await page.selectOption('select[name="cloud"]', 'google');
    expect(await clouds()).toEqual(['google']);
  }));

test('searches for all words in any order, whatever their case, and unfolds what it finds', () =>
  onPage(async (page) => {
    const all = await rows(page);
    const texts = await inPage<readonly string[]>(page, 'rowTexts()');
    const pool = texts.find((_text, index) => all[index]?.cloud === 'google') ?? '';
    const [first = '', second = '', third = ''] = pool.split(' ').filter((word) => /^[a-z-]{3,}$/.test(word));
    await page.fill('input[name="text"]', `${third} ${first.toUpperCase()} ${second}`);
    const isFound = (text = '') => [first, second, third].every((word) => text.includes(word));
    const found = places(all, (entry) => isFound(texts[all.indexOf(entry)]));
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
    const after = await rows(page);
    expect(places(after, ({ isOut }) => !isOut)).toEqual(found);
    expect(after.filter(({ isOut, isFolded }) => !isOut && isFolded)).toEqual([]);
    await page.selectOption('select[name="cloud"]', 'oracle');
    expect(places(await rows(page), ({ isOut }) => !isOut)).toEqual(
      found.filter((index) => [undefined, 'oracle'].includes(all[index]?.cloud)),
    );
    await page.fill('input[name="text"]', 'what no row has');
    expect(await status(page)).toBe(`0 of ${formatCount(all.length)} rows of tables`);
    // Tables without a hit say so, and the contents say how many each chapter has.
    const hits = await page.$$eval('nav a', (links) => links.flatMap((link) => link.getAttribute('data-hits') ?? []));
    expect(new Set(hits)).toEqual(new Set(['0']));
    expect(await page.$$eval('[data-none]', (all) => all.length)).toBe(
      await page.$$eval('tbody:has(tr)', (all) => all.length),
    );
  }));

test('sorts each table by each column both ways: numbers by value, texts by their names', () =>
  onPage(async (page) => {
    expect(await inPage(page, 'unsorted()')).toEqual([]);
  }));

test('brings all of a heading that sorts into the box of its table when keys reach it, also where a part was seen', () =>
  onPage(async (page) => {
    const away = await page.$$eval('thead button', (buttons) =>
      buttons.flatMap((button) => {
        const box = button.closest('.scroll');
        if (!(button instanceof HTMLElement) || box === null || !button.checkVisibility()) return [];
        button.focus();
        const [own, room] = [button.getBoundingClientRect(), box.getBoundingClientRect()];
        const isWide = own.width > room.width;
        return isWide || (own.left >= room.left - 1 && own.right <= room.right + 1) ? [] : [button.textContent];
      }),
    );
    expect(away).toEqual([]);
  }));

test('copies an address where that is allowed, else selects it, and says which', async () => {
  await onPage(async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const code = await page.locator('code.copy:visible').first().textContent();
    await page.locator('code.copy:visible + button').first().click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(code);
    expect(await status(page)).toBe(`Copied ${code}`);
  });
  await onPage(async (page) => {
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'))");
    const code = await page.locator('code.copy:visible').first().textContent();
    await page.locator('code.copy:visible + button').first().click();
    await page.waitForFunction("document.querySelector('form.filters output').textContent !== ''");
    expect([await page.evaluate('String(getSelection())'), await status(page)]).toEqual([code, `${code} is selected`]);
  });
});

test('opens the fold that a link leads into, from outside and inside', async () => {
  const target = async (page: Page) => inPage<string | null>(page, 'foldedId()');
  let id: string | null = null;
  await onPage(async (page) => {
    id = await target(page);
    if (id === null) return;
    await page.evaluate((hash) => location.assign(`#${hash}`), id);
    await page.waitForFunction((hash) => document.getElementById(hash)?.checkVisibility(), id);
  });
  if (id === null) return;
  await onPage(async (page) => expect(await page.locator(`[id="${id}"]`).isVisible()).toBe(true), {
    hash: `#${encodeURIComponent(id)}`,
  });
});

test('a link that leads nowhere, or that is broken, harms nothing', async () => {
  await onPage(async (page) => expect(await page.isVisible('form.filters')).toBe(true), { hash: '#nowhere' });
  await onPage(async (page) => expect(await page.isVisible('form.filters')).toBe(true), { hash: '#%' });
});

test.each([
  ['dark', 'light'],
  ['light', 'dark'],
] as const)('is %s where that was chosen, on a system that is %s', (theme, colorScheme) =>
  onPage(
    async (page) => {
      const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
      const before = await ground();
      await page.selectOption('select[name="theme"]', theme);
      expect(await ground()).not.toBe(before);
      expect(await faintTexts(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: theme });
      const chosen = await ground();
      await page.selectOption('select[name="theme"]', '');
      expect(await ground()).toBe(chosen);
    },
    { colorScheme },
  ),
);

test('what was chosen holds when a reader comes back to the page', () =>
  onPage(async (page) => {
    await page.selectOption('select[name="cloud"]', 'google');
    await page.goto('about:blank');
    await page.goBack();
    const value = await page.inputValue('select[name="cloud"]');
    const out = places(
      await rows(page),
      ({ isOut, cloud }) => isOut !== (value !== '' && cloud !== undefined && cloud !== value),
    );
    expect(out).toEqual([]);
  }));

test('brings a button that is seen in part into sight when keys reach it', async () => {
  await onPage(
    async (page) => {
      await page.evaluate(`(() => {
        const scrolls = [...document.querySelectorAll('.scroll')].filter((each) => !each.closest('details:not([open])'));
        const box = scrolls.find((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 99);
        const [last, before] = [...box.querySelectorAll('thead button')].reverse();
        before.focus();
        const { left, width } = last.getBoundingClientRect();
        box.scrollLeft += left + width / 2 - box.getBoundingClientRect().right;
      })()`);
      await page.keyboard.press('Tab');
      const hidden = await page.evaluate<number>(`(() => {
        const button = document.activeElement;
        return button.getBoundingClientRect().right - button.closest('.scroll').getBoundingClientRect().right;
      })()`);
      expect(hidden).toBeLessThanOrEqual(0);
    },
    { viewport: { width: 360, height: 800 } },
  );
});
