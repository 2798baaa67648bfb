import type { Page } from 'playwright-core';
import { inPage } from './page-checks';

type Faults = readonly string[];

/**
 * What is wrong with a page for those who have only keys: what Tab does not reach in the order of the document, forth and
 * back, what does not show that it has the focus, what only a mouse reaches, a link over the frame that leads
 * nowhere, and what keys do not operate.
 */
export async function walk(page: Page): Promise<Faults> {
  await page.keyboard.press('Tab');
  return [
    ...(await inPage<Faults>(page, 'hiddenFocus()')),
    ...(await inPage<Faults>(page, 'mouseOnly()')),
    ...(await tabbed(page)),
    ...(await skipped(page)),
    ...(await operated(page)),
  ];
}

/** Presses are sent without waiting for each, in parts that the browser keeps up with. */
const AT_ONCE = 100;

async function press(page: Page, key: string, times: number): Promise<void> {
  for (let done = 0; done < times; done += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, times - done) }, () => page.keyboard.press(key)));
  }
}

async function tabbed(page: Page): Promise<Faults> {
  const length = await inPage<number>(page, 'startWalk()');
  await press(page, 'Tab', length);
  const forth = await inPage<Faults>(page, "walked('forth')");
  await inPage(page, 'focusLast()');
  await press(page, 'Shift+Tab', length - 1);
  const back = await inPage<Faults>(page, "walked('back')");
  await inPage(page, 'focusLast()');
  await press(page, 'Tab', 1);
  const kept = await inPage<Faults>(page, 'keptFocus()');
  await inPage(page, 'endWalk()');
  return [...forth, ...back, ...kept];
}

async function skipped(page: Page): Promise<Faults> {
  if (!(await inPage<boolean>(page, 'focusSkipLink()')))
    return ['the first that Tab reaches is no link to the content'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  return inPage(page, 'skippedTo()');
}

/** What Enter and Space leave as it is, though they should open or close, or sort. */
async function operated(page: Page): Promise<Faults> {
  const faults: string[] = [];
  const names = await inPage<readonly string[]>(page, 'operables()');
  for (const [index, name] of names.entries()) {
    for (const key of ['Enter', 'Space']) {
      await inPage(page, `focusOn(${index})`);
      const before = await inPage<string>(page, `stateOf(${index})`);
      await page.keyboard.press(key);
      if ((await inPage<string>(page, `stateOf(${index})`)) === before) faults.push(`${key} does nothing to ${name}`);
    }
  }
  return faults;
}
