import { basename } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import type { SupernetPlan } from '../estate/plan/address-types';
import { type Layout, planLayout, pruneLock } from '../estate/plan/layout';
import { EMPTY_LOCK, formatLock, type Lock } from '../estate/plan/lock';
import { conflictSides, isSound, lockSides, mergeLocks } from '../estate/plan/merge-lock';
import { isAccepted, type Move, movesBetween } from '../estate/plan/moves';
import { isRemade, madeGroups } from '../estate/plan/running-sizes';
import { planSupernets } from '../estate/plan/supernets';
import { formatSupernets } from '../estate/report/views';
import { type LoadedEstate, loadEstate, lockPathOf, readLockText } from '../estate/spec/load';
import type { Estate } from '../estate/spec/schema';
import { counted } from '../estate/spec/words';
import { formatCount } from '../estate/units';
import { locate, readLock, ToolError } from './app';
import { type KeptLock, keptLock } from './kept-lock';
import { reasonOf, writeWhole } from './write';

/** How to bring the lock of an estate up to date. */
export interface LockOptions {
  /** Only say whether it is up to date. */
  readonly check: boolean;
  /** Forget the blocks of keys that left the estate. */
  readonly prune: boolean;
  /** Revision whose entries stay where two branches clash. @default the side that git shows to be upstream */
  readonly keep?: string;
  /** Keys, or entries with everything below them, that may move, or go although they are protected; `*` accepts all. @default none */
  readonly accept?: readonly string[];
}

/** What `estate lock` did. */
export interface LockReport {
  readonly file: string;
  readonly addresses: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly released: readonly string[];
  /** What is recorded and is elsewhere now: what exists there is replaced. */
  readonly moved: readonly Move[];
  /** True when something moves that is not accepted: then nothing is written. */
  readonly refused: boolean;
  /** What left the estate file and is kept where it runs: nothing destroys it until it is accepted or pruned. */
  readonly retired: readonly string[];
  /** Keys of `accept` that nothing goes by which moves or is kept. */
  readonly unmatched: readonly string[];
  /** What was kept, or protected until now, and is given up: the next apply destroys what its stack still manages. */
  readonly givenUp: readonly string[];
  /** Groups of AWS with another range than before: what runs of them is left alone from now on, and EKS makes none anew. */
  readonly resized: readonly string[];
  /** Whether the file held both sides of a merge conflict, which are joined now. */
  readonly repaired: boolean;
  /** Whose entries stayed where two branches clashed. Absent where nothing clashed, or no side is known to be upstream. */
  readonly kept?: Pick<KeptLock, 'revision' | 'why'>;
  readonly written: boolean;
  /** How full the supernet of each cloud is. */
  readonly supernets: readonly SupernetPlan[];
}

/** Brings the lock file of an estate up to date; the only writer of lock files. */
export function updateLock(file: string, { check, prune, keep, accept = [] }: LockOptions): LockReport {
  const loaded = loadEstate(file);
  const path = lockPathOf(file);
  const held = readLockText(file);
  const recorded = recordedLock(file, path, held, { check, keep });
  const { layout, supernets } = located(loaded, () => {
    const planned = layOut(loaded.estate, recorded.lock, accept, recorded.withoutNewHomes);
    const layout = prune ? pruned(loaded.estate, recorded.lock, planned, accept) : planned;
    if (layout instanceof EstateError) throw layout;
    return { layout, supernets: planSupernets(loaded.estate, layout.addresses) };
  });
  const text = formatLock(layout.lock);
  const differs = held !== text;
  if (differs && check) throw new EstateError([staleLock(file, path, { isThere: held !== undefined, prune })]);
  const moved = movesBetween(recorded.sides, layout.lock);
  const refused = moved.some(({ key }) => !isAccepted(key, accept));
  const written = differs && !refused;
  if (written) writeLock(path, text);
  const { addresses, released } = layout.lock;
  const keys = Object.keys(addresses);
  const groups = madeGroups(layout.lock);
  const wasRunning = (key: string) => recorded.sides.some((side) => madeGroups(side).get(key) === 'running');
  const recordedAt = (key: string) => recorded.sides.flatMap((side) => side.addresses[key] ?? []);
  return {
    file: path,
    addresses: keys.length,
    added: keys.filter((key) => recordedAt(key).length === 0),
    changed: keys.filter((key) => recordedAt(key).some((block) => block !== addresses[key])),
    released: Object.keys(released),
    moved,
    refused,
    retired: Object.keys(layout.lock.retired),
    givenUp: layout.givenUp,
    unmatched: unmatched(accept, [
      ...moved.map(({ key }) => key),
      ...layout.givenUp,
      ...Object.keys(recorded.lock.retired),
      ...[...groups.keys()].filter((key) => isRemade(key, accept)),
    ]),
    resized: [...groups].flatMap(([key, state]) => (state === 'running' && !wasRunning(key) ? [key] : [])),
    repaired: recorded.repaired,
    ...(recorded.kept && { kept: recorded.kept }),
    written,
    supernets,
  };
}

function unmatched(accept: readonly string[], keys: readonly string[]): string[] {
  return accept.filter((entry) => entry !== '*' && !keys.some((key) => isAccepted(key, [entry])));
}

/** What is recorded for an estate before it is planned anew. */
interface RecordedLock {
  readonly lock: Lock;
  /** For when the groups of both sides of a merge do not fit one shard. @default nothing was merged */
  readonly withoutNewHomes?: Lock;
  /** What must not move: the lock, or both sides of it. */
  readonly sides: readonly Lock[];
  readonly repaired: boolean;
  readonly kept?: LockReport['kept'];
}

/** The lock of an estate, with what two branches have decided differently put right. */
function recordedLock(
  file: string,
  path: string,
  held: string | undefined,
  { check, keep }: Pick<LockOptions, 'check' | 'keep'>,
): RecordedLock {
  const conflict = held === undefined || check ? undefined : conflictSides(held);
  if (conflict === undefined) {
    const lock = readLock(file) ?? EMPTY_LOCK;
    if (check || isSound(lock)) return { lock, sides: [lock], repaired: false };
    return merged(lock, lock, keptLock(path, keep), false);
  }
  const [ours, theirs] = lockSides(conflict, basename(path));
  return merged(ours, theirs, keptLock(path, keep), true);
}

function merged(ours: Lock, theirs: Lock, kept: KeptLock | undefined, repaired: boolean): RecordedLock {
  const sides = ours === theirs ? [ours] : [ours, theirs];
  const about = kept && { kept: { revision: kept.revision, why: kept.why } };
  return { ...mergeLocks(ours, theirs, kept?.lock), sides, repaired, ...about };
}

/** The report as text. */
export function formatLockReport(report: LockReport): string {
  const {
    file,
    addresses,
    added,
    changed,
    released,
    retired,
    givenUp,
    resized,
    unmatched: unknown,
    moved,
    refused,
    repaired,
    kept,
    written,
    supernets,
  } = report;
  const size = `${counted(addresses, 'range')}, ${formatCount(added.length)} new, ${formatCount(changed.length)} changed, ${formatCount(released.length)} released`;
  const state = refused ? 'is not written' : written ? 'written' : 'is up to date';
  const lines = [`${basename(file)} ${state}: ${size}`];
  if (repaired && !refused) lines.push('The merge conflict is repaired.');
  if (kept !== undefined) {
    lines.push(`Where two branches clash, what ${kept.revision} has stays, ${kept.why}; --keep REV keeps another.`);
  } else if (repaired) {
    lines.push('No side is known to be upstream: what HEAD has stays where both clash; --keep REV keeps another.');
  }
  if (moved.length > 0) {
    const verb = refused ? 'would move' : 'moved';
    lines.push(
      `${counted(moved.length, 'recorded entry', 'recorded entries')} ${verb}, and what exists there is replaced:`,
    );
    lines.push(...moved.map(({ key, from, to }) => `  ${key}: ${from} -> ${to}`));
  }
  if (refused) {
    lines.push('Nothing exists there yet, or it may go? Then --accept KEY for each or for an entry above, * for all.');
  }
  lines.push(...unknown.map((key) => `--accept ${key}: nothing of that name moves or is kept`));
  if (retired.length > 0) lines.push('Left the estate file, and protected:');
  lines.push(...retired.map((key) => `  ${key} is kept where it runs; "npx estate lock --accept ${key}" gives it up`));
  if (retired.length > 0 && written) {
    lines.push(
      'Has one of them only another key now? Restore the lock file, write renamedFrom: OLD-KEY into its entry,',
    );
    lines.push('and lock again: then it stays what it is.');
  }
  if (givenUp.length > 0 && !refused)
    lines.push('Given up; what a stack still manages of it goes with the next apply, and nothing else deletes it:');
  if (!refused) lines.push(...givenUp.map((key) => `  ${key}`));
  if (resized.length > 0 && !refused) {
    lines.push(
      'Have another range and go on with the nodes that run. Was one never applied? Then --accept it, to make it anew:',
    );
    lines.push(...resized.map((key) => `  ${key}`));
  }
  return [...lines, '', formatSupernets(supernets)].join('\n');
}

/**
 * The layout on a lock, or why there is none.
 *
 * Recorded ranges that cannot stay are given anew where that is accepted; groups that only the side of a merge has placed
 * that gives way may find another shard.
 */
function layOut(estate: Estate, lock: Lock, accept: readonly string[] = [], fallback?: Lock): Layout | EstateError {
  try {
    return planLayout(estate, lock, accept);
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    const given = error.diagnostics.flatMap(({ value }) =>
      typeof value === 'string' && Object.hasOwn(lock.addresses, value) && isAccepted(value, accept) ? [value] : [],
    );
    if (given.length > 0) return layOut(estate, withoutAddresses(lock, given), accept, fallback);
    return fallback === undefined ? error : layOut(estate, fallback, accept);
  }
}

function withoutAddresses(lock: Lock, keys: readonly string[]): Lock {
  const addresses = Object.fromEntries(Object.entries(lock.addresses).filter(([key]) => !keys.includes(key)));
  return { ...lock, addresses };
}

/** The layout without what left the estate; ranges of keys that came back are theirs again before it is pruned. */
function pruned(
  estate: Estate,
  before: Lock,
  planned: Layout | EstateError,
  accept: readonly string[],
): Layout | EstateError {
  const { released, retired, shards } = planned instanceof EstateError ? before : planned.lock;
  const without = (held: Lock['addresses']) =>
    Object.fromEntries(Object.entries(held).filter(([key]) => released[key] === undefined));
  const lock = {
    ...before,
    addresses: without(before.addresses),
    released: without(before.released),
    shards,
    retired,
  };
  const layout = layOut(estate, lock, [...accept, ...Object.keys(retired)]);
  if (layout instanceof EstateError) return layout;
  return { ...layout, lock: pruneLock(estate, layout.lock), addresses: { ...layout.addresses, released: {} } };
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

/** Writes a lock file, or says in one sentence why it cannot. */
function writeLock(path: string, text: string): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    throw new ToolError(
      `cannot write ${path}: ${reasonOf(error)}`,
      'check the permissions of the folder and the free space',
    );
  }
}
