import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../page/browser');

/** What a page carries besides its content. */
export interface Assets {
  readonly style: string;
  readonly script: string;
  /** Hash of the script, as a Content-Security-Policy names it: no other script runs. */
  readonly scriptHash: string;
}

let kept: Assets | undefined;

/** The style and the script of pages, read once per process. */
export function readAssets(): Assets {
  if (kept === undefined) {
    const [style, script] = ['page.css', 'page.js'].map((name) => readFileSync(join(FOLDER, name), 'utf8'));
    if (style === undefined || script === undefined) throw new Error('pages have a style and a script');
    const hash = createHash('sha256').update(script).digest('base64');
    kept = { style, script, scriptHash: `sha256-${hash}` };
  }
  return kept;
}
