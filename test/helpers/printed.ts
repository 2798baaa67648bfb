import type { Page } from 'playwright-core';
import { faintTexts, inPage, outside } from './page-checks';

type Faults = readonly string[];

/** The inner width of A4 across, with margins of 12 mm, as CSS counts pixels. */
const PAPER_PX = Math.floor(((297 - 2 * 12) / 25.4) * 96);

/**
 * What is wrong with a page on paper, whatever the screen shows: controls, folds that stay closed, dark ground, faint texts,
 * and what is wider than the paper.
 */
export async function printed(page: Page): Promise<Faults> {
  const screen = page.viewportSize();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: PAPER_PX, height: 700 });
  const faults = [
    ...(await inPage<Faults>(page, 'onlyForScreens()')),
    ...(await inPage<Faults>(page, 'closedFolds()')),
    ...(await inPage<Faults>(page, 'darkGround()')),
    ...(await faintTexts(page)),
    ...(await outside(page)),
  ];
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  if (screen !== null) await page.setViewportSize(screen);
  return faults;
}

/** How many sheets a page is printed on. */
export async function sheets(page: Page): Promise<number> {
  const file = await page.pdf({ preferCSSPageSize: true });
  return [...file.toString('latin1').matchAll(/\/Type\s*\/Page\b/g)].length;
}
