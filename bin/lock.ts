import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { planLayout, pruneLock } from '../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock } from '../estate/plan/lock';
import { plural } from '../estate/report/views';
import { loadEstate, lockPathOf, readLockText } from '../estate/spec/load';
import { locate, readLock, ToolError } from './app';

/** How to bring the lock of an estate up to date. */
export interface LockOptions {
  /** Only say whether it is up to date. */
  readonly check: boolean;
  /** Forget the blocks of keys that left the estate. */
  readonly prune: boolean;
}

/** What `estate lock` did. */
export interface LockReport {
  readonly file: string;
  readonly addresses: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly released: readonly string[];
  readonly written: boolean;
}

/** Brings the lock file of an estate up to date; the only writer of lock files. */
export function updateLock(file: string, { check, prune }: LockOptions): LockReport {
  const loaded = loadEstate(file);
  const path = lockPathOf(file);
  const before = readLock(file) ?? EMPTY_LOCK;
  let after: Lock;
  try {
    const { lock } = planLayout(loaded.estate, prune ? pruneLock(before) : before);
    after = prune ? pruneLock(lock) : lock;
  } catch (error) {
    throw locate(error, loaded);
  }
  const text = formatLock(after);
  const written = readLockText(file) !== text;
  if (written && check) throw new EstateError([staleLock(file, path)]);
  if (written) writeAtomically(path, text);
  const keys = Object.keys(after.addresses);
  return {
    file: path,
    addresses: keys.length,
    added: keys.filter((key) => before.addresses[key] === undefined),
    changed: keys.filter(
      (key) => before.addresses[key] !== undefined && before.addresses[key] !== after.addresses[key],
    ),
    released: Object.keys(after.released),
    written,
  };
}

/** The report as text. */
export function formatLockReport({ file, addresses, added, changed, released, written }: LockReport): string {
  const size = `${plural(addresses, 'range')}, ${added.length} new, ${changed.length} changed, ${released.length} released`;
  return `${basename(file)} ${written ? 'written' : 'is up to date'}: ${size}`;
}

function staleLock(file: string, path: string): Diagnostic {
  return {
    code: 'LockStale',
    severity: 'error',
    path,
    message: 'the lock file does not fit the estate',
    hint: `run "npx estate lock ${file}" and commit the result`,
  };
}

/** Writes a file so that a reader sees either the old text or the new one. */
function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`cannot write ${path}: ${reason}`, 'check the permissions of the folder and the free space');
  }
}
