import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { EstateError } from '../estate/diagnostics';

/** Writes a file so that a reader sees either what was there or what is new; throws what the system says. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it, one by one: what Node does for all of them at once never ends in `/proc`. */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it at the same time.
    if (!existsSync(folder)) throw error;
  }
}

/** Refuses a file of `--out`, or of another option, that cannot be written, before any work is done for it. */
export function requireWritable(path: string, option = '--out'): void {
  const reason = hindranceOf(path);
  if (reason !== undefined) throw unwritable(path, option, reason);
}

/** Why a file cannot be written; undefined where nothing is in the way. */
function hindranceOf(path: string): string | undefined {
  try {
    const place = statSync(path, { throwIfNoEntry: false });
    if (place?.isDirectory()) return 'it is a folder';
    accessSync(dirname(path), constants.W_OK);
    if (place !== undefined) accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Refuses a file of `--html` that is no page by its name, such as the estate file itself, or that cannot be written. */
export function requirePage(path: string): void {
  if (!/\.html?$/i.test(path)) {
    throw new EstateError([
      {
        code: 'OutName',
        severity: 'error',
        path: '--html',
        value: path,
        message: `${path} would become a page and does not end in .html`,
        hint: 'name the page: --html report.html; what it is made from comes without an option',
      },
    ]);
  }
  requireWritable(path, '--html');
}

/** Writes a file of `--out`, or of another option. */
export function writeOut(path: string, text: string, option = '--out'): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw unwritable(path, option, reasonOf(error));
  }
}

function unwritable(path: string, option: string, reason: string): EstateError {
  return new EstateError([
    {
      code: 'OutUnwritable',
      severity: 'error',
      path: option,
      value: path,
      message: `${path} cannot be written: ${reason}`,
      hint: 'name a file in a folder that exists and that you may write to',
    },
  ]);
}

/** What the system says of an error. */
export function reasonOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
