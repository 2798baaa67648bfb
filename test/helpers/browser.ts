import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Names that Chromium has on systems. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chromium is: `$CHROMIUM`, else on the path; otherwise what to do about it. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): { readonly program: string } | { readonly cannot: string } {
  const { CHROMIUM, PATH = '' } = env;
  const places = PATH.split(delimiter).flatMap((folder) => PROGRAMS.map((name) => join(folder, name)));
  const program = (CHROMIUM === undefined || CHROMIUM === '' ? places : [CHROMIUM]).find(isProgram);
  if (program !== undefined) return { program };
  const where = CHROMIUM ? `$CHROMIUM is no program: ${CHROMIUM}` : `there is no ${PROGRAMS.join(', ')} on PATH`;
  return { cannot: `${where}; "apt-get install chromium" as root brings one, or CHROMIUM=FILE names one` };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A page that is open, and what went wrong with it since. */
export interface Visit {
  readonly page: Page;
  /** Errors of the console and of scripts, dialogs, downloads, and requests besides that of the file. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** On what a page is looked at. */
export type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>;

/** Chromium, running. */
export interface OpenBrowser {
  /** Opens a file, at the place that a hash names. */
  visit(file: string, options?: BrowserContextOptions, hash?: string): Promise<Visit>;
  /** Puts a text of HTML into one page that it keeps for such: what went wrong is not noted. */
  show(html: string, media?: Media): Promise<Page>;
}

/** How a page is opened where nothing else is said: still, since what moves is nowhere when it is measured. */
const USUAL: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

/**
 * Chromium for the tests of a file, started before and ended after them.
 *
 * What it gives is undefined where there is none: then that was said, with what to do about it, and was asserted.
 */
export function chromiumForTests(): () => OpenBrowser | undefined {
  let browser: Browser | undefined;
  let open: OpenBrowser | undefined;
  const found = findChromium();
  beforeAll(async () => {
    if ('cannot' in found) {
      process.stderr.write(`Pages are not opened in a browser here: ${found.cannot}\n`);
      return;
    }
    browser = await chromium.launch({ executablePath: found.program, args: argumentsFor(process.getuid?.()) });
    open = opened(browser);
  });
  afterAll(() => browser?.close());
  return () => {
    if ('cannot' in found) expect(found.cannot).toMatch(/"apt-get install chromium" as root brings one/);
    else expect(browser?.isConnected()).toBe(true);
    return open;
  };
}

/** Chromium refuses to put root into its sandbox. */
function argumentsFor(user: number | undefined): string[] {
  return ['--disable-gpu', ...(user === 0 ? ['--no-sandbox'] : [])];
}

function opened(browser: Browser): OpenBrowser {
  let kept: Page | undefined;
  const visit: OpenBrowser['visit'] = async (file, options, hash = '') => {
    const context = await browser.newContext({ ...USUAL, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const address = pathToFileURL(file).href;
    page.on('console', (message) => {
      if (/^(error|warning|assert)$/.test(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', ({ message }) => faults.push(`script: ${message}`));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('download', (download) => faults.push(`download: ${download.url()}`));
    context.on('request', (request) => {
      if (!/^about:/.test(request.url()) && request.url().split('#')[0] !== address)
        faults.push(`request: ${request.url().slice(0, 200)}`);
    });
    await page.goto(`${address}${hash}`);
    return { page, faults, close: () => context.close() };
  };
  return {
    visit,
    async show(html, media = { colorScheme: 'light', media: 'screen' }) {
      kept ??= await browser.newPage({ ...USUAL, viewport: { width: 360, height: 600 } });
      await kept.emulateMedia(media);
      await kept.setContent(html);
      return kept;
    },
  };
}
