import type { Page } from 'playwright-core';
import type { Visit } from './browser';
import { faintTexts, outside, tinyTexts } from './page-checks';
import { printed, sheets } from './printed';
import { violations } from './violations';
import { walk } from './walk';

type Faults = readonly string[];

/** What is proved of a page, each by the faults that are found. */
const PROOFS = {
  /** What leaves its box, or is too small to read, at each width. */
  boxes: atEachWidth,
  /** Faint texts on both grounds, and what axe finds. */
  grounds: onBothGrounds,
  paper: onPaper,
  keys: walk,
} as const satisfies Readonly<Record<string, (page: Page) => Promise<Faults>>>;

type Proof = keyof typeof PROOFS;

const ALL: readonly Proof[] = ['boxes', 'grounds', 'paper', 'keys'];

/** What `proved` says of a page that is as it should be. */
export const NO_FAULTS = { boxes: [], grounds: [], paper: [], keys: [], opened: [] };

/** Faults of an open page by what was to be proved, with all its folds open; and what went wrong with it since it was opened. */
export async function proved(visit: Visit, proofs = ALL): Promise<Readonly<Record<string, Faults>>> {
  const found: Record<string, Faults> = {};
  for (const proof of proofs) {
    // Keys are tried on the page as it opens: it would take long to go through all tables.
    await setFolds(visit.page, proof !== 'keys');
    found[proof] = await PROOFS[proof](visit.page);
  }
  return { ...found, opened: visit.faults };
}

function setFolds(page: Page, isOpen: boolean): Promise<void> {
  return page.$$eval(
    'details',
    (folds, open) => {
      for (const fold of folds) fold.toggleAttribute('open', open);
    },
    isOpen,
  );
}

const WIDTHS = [360, 768, 1440];

async function atEachWidth(page: Page): Promise<Faults> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const fault of [...(await outside(page)), ...(await tinyTexts(page))]) faults.push(`${width} px: ${fault}`);
  }
  return faults;
}

async function onBothGrounds(page: Page): Promise<Faults> {
  const light = [...(await faintTexts(page)), ...(await violations(page))];
  await page.emulateMedia({ colorScheme: 'dark' });
  // Of what axe looks at only contrast is another on another ground, and that is judged here, in pictures too.
  const dark = await faintTexts(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

async function onPaper(page: Page): Promise<Faults> {
  const faults = await printed(page);
  return (await sheets(page)) > 0 ? faults : [...faults, 'no sheet is printed'];
}
