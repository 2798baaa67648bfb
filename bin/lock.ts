import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { type Layout, planLayout, pruneLock } from '../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock } from '../estate/plan/lock';
import { conflictSides, mergeConflict } from '../estate/plan/merge-lock';
import { planSupernets } from '../estate/plan/supernets';
import type { SupernetPlan } from '../estate/plan/types';
import { formatSupernets } from '../estate/report/views';
import { type LoadedEstate, loadEstate, lockPathOf, readLockText } from '../estate/spec/load';
import type { Estate } from '../estate/spec/schema';
import { counted } from '../estate/spec/words';
import { formatCount } from '../estate/units';
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
  /** Whether the file held both sides of a merge conflict, which are joined now. */
  readonly repaired: boolean;
  readonly written: boolean;
  /** How full the supernet of each cloud is. */
  readonly supernets: readonly SupernetPlan[];
}

/** Brings the lock file of an estate up to date; the only writer of lock files. */
export function updateLock(file: string, { check, prune }: LockOptions): LockReport {
  const loaded = loadEstate(file);
  const path = lockPathOf(file);
  const held = readLockText(file);
  const sides = held === undefined || check ? undefined : conflictSides(held);
  const merged = sides && mergeConflict(sides, basename(path));
  const before = merged?.lock ?? readLock(file) ?? EMPTY_LOCK;
  const { layout, supernets } = located(loaded, () => {
    const planned = layOut(loaded.estate, before, merged?.withoutTheirHomes);
    const layout = prune ? pruned(loaded.estate, before, planned) : planned;
    if (layout instanceof EstateError) throw layout;
    return { layout, supernets: planSupernets(loaded.estate, layout.addresses) };
  });
  const text = formatLock(layout.lock);
  const written = held !== text;
  if (written && check) throw new EstateError([staleLock(file, path, { isThere: held !== undefined, prune })]);
  if (written) writeAtomically(path, text);
  const { addresses, released } = layout.lock;
  const keys = Object.keys(addresses);
  return {
    file: path,
    addresses: keys.length,
    added: keys.filter((key) => before.addresses[key] === undefined),
    changed: keys.filter((key) => before.addresses[key] !== undefined && before.addresses[key] !== addresses[key]),
    released: Object.keys(released),
    repaired: merged !== undefined,
    written,
    supernets,
  };
}

/** The report as text. */
export function formatLockReport(report: LockReport): string {
  const { file, addresses, added, changed, released, repaired, written, supernets } = report;
  const size = `${counted(addresses, 'range')}, ${formatCount(added.length)} new, ${formatCount(changed.length)} changed, ${formatCount(released.length)} released`;
  const lines = [`${basename(file)} ${written ? 'written' : 'is up to date'}: ${size}`];
  if (repaired) lines.push('The merge conflict is repaired: what both sides had stays.');
  const moved = changed
    .slice(0, MOST_CHANGES)
    .map((key) => `  ${key} has another range now: what exists there is replaced`);
  if (changed.length > MOST_CHANGES)
    moved.push(`  … and ${formatCount(changed.length - MOST_CHANGES)} more, which --json lists`);
  return [...lines, ...moved, '', formatSupernets(supernets)].join('\n');
}

const MOST_CHANGES = 20;

/** The layout on a lock, or why there is none; groups that only the other side of a merge has placed may move. */
function layOut(estate: Estate, lock: Lock, fallback?: Lock): Layout | EstateError {
  try {
    return planLayout(estate, lock);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return fallback === undefined ? error : layOut(estate, fallback);
  }
}

/** The layout without what left the estate; ranges of keys that came back are theirs again before it is pruned. */
function pruned(estate: Estate, before: Lock, planned: Layout | EstateError): Layout | EstateError {
  const gone = planned instanceof EstateError ? before.released : planned.lock.released;
  const without = (held: Lock['addresses']) =>
    Object.fromEntries(Object.entries(held).filter(([key]) => gone[key] === undefined));
  const shards = planned instanceof EstateError ? before.shards : planned.lock.shards;
  const layout = layOut(estate, {
    ...before,
    addresses: without(before.addresses),
    released: without(before.released),
    shards,
  });
  if (layout instanceof EstateError) return layout;
  return { ...layout, lock: pruneLock(layout.lock), addresses: { ...layout.addresses, released: {} } };
}

function located<T>(loaded: LoadedEstate, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw locate(error, loaded);
  }
}

function staleLock(file: string, path: string, { isThere, prune }: { isThere: boolean; prune: boolean }): Diagnostic {
  return {
    code: isThere ? 'LockStale' : 'LockMissing',
    severity: 'error',
    path,
    message: isThere ? 'the lock file does not fit the estate' : 'the lock file does not exist',
    hint: `run "npx estate lock${prune ? ' --prune' : ''} ${file}" and commit the result`,
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
