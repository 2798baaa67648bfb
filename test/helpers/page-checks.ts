import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Page } from 'playwright-core';
import type { ShownTable } from './in-page/tables';

/** What is measured inside of pages, as one script. */
const CHECKS = buildSync({
  entryPoints: [join(__dirname, 'in-page/index.ts')],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'checks',
}).outputFiles[0]?.text;

/** Calls one of the checks in a page; what they keep lasts as long as the document. */
export function inPage<Result>(page: Page, call: string): Promise<Result> {
  return page.evaluate<Result>(`(globalThis.checks ??= (() => { ${CHECKS}; return checks; })()).${call}`);
}

/** See `in-page/outside.ts`. */
export const outside = (page: Page): Promise<readonly string[]> => inPage(page, 'outside()');

/** Nobody reads letters that are smaller. */
const SMALLEST_PX = 8;

/** Texts that are painted smaller than 8 px. */
export const tinyTexts = (page: Page): Promise<readonly string[]> => inPage(page, `tinyTexts(${SMALLEST_PX})`);

/** See `in-page/faint.ts`. */
export const faintTexts = (page: Page): Promise<readonly string[]> => inPage(page, 'faintTexts()');

/** See `in-page/tables.ts`. */
export const tables = (page: Page): Promise<readonly ShownTable[]> => inPage(page, 'tables()');
