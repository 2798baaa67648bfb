import { basename, dirname } from 'node:path';
import { EstateError } from '../estate/diagnostics';
import { type Lock, parseLock } from '../estate/plan/lock';
import { ToolError } from './app';
import { commitOf, git, textAt } from './git';

/** The version of a lock file whose entries stay where two branches have decided differently. */
export interface KeptLock {
  readonly lock: Lock;
  /** As messages name it, such as `MERGE_HEAD (1a2b3c4)`. */
  readonly revision: string;
  /** Why it is this one, as the end of a sentence. */
  readonly why: string;
}

/** One of two sides, and why it stays. */
interface Choice {
  readonly revision: string;
  readonly why: string;
}

/**
 * The lock of the side that is upstream, and so most likely deployed: of the revision that is asked for, else of the one
 * that git shows to be in the branch that everything goes to. Undefined where neither can be told.
 *
 * Where no side is upstream, the lock of the commit that both have branched from.
 */
export function keptLock(path: string, keep?: string): KeptLock | undefined {
  const folder = dirname(path);
  if (keep !== undefined) {
    if (commitOf(keep, folder) === undefined) {
      throw new ToolError(
        `--keep ${keep}: there is no such revision`,
        'name a branch or a commit, such as origin/main',
      );
    }
    const found = lockAt({ revision: keep, why: 'as --keep says' }, path);
    if (found === undefined) {
      throw new ToolError(`--keep ${keep}: that revision has no readable ${basename(path)}`, 'name one that has it');
    }
    return found;
  }
  try {
    const choice = chooseSide(folder);
    return choice && lockAt(choice, path);
  } catch (error) {
    // Without git there is no other side to ask.
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

function lockAt({ revision, why }: Choice, path: string): KeptLock | undefined {
  const folder = dirname(path);
  const text = textAt(revision, `./${basename(path)}`, folder);
  if (text === undefined) return undefined;
  try {
    const short = git(['rev-parse', '--short', `${revision}^{commit}`], folder).stdout.trim();
    const name = revision.startsWith(short) ? short : `${revision} (${short})`;
    return { lock: parseLock(text, basename(path)), revision: name, why };
  } catch (error) {
    if (error instanceof EstateError) return undefined;
    throw error;
  }
}

/** Branches that everything goes to, the more certain ones first. */
const SHARED = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master'] as const;
const LOCAL = ['main', 'master'] as const;
/** What git is in the middle of when it puts commits on top of others. */
const ON_TOP = ['REBASE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD'] as const;

function chooseSide(folder: string): Choice | undefined {
  const has = (revision: string): boolean => commitOf(revision, folder) !== undefined;
  if (ON_TOP.some(has)) return { revision: 'HEAD', why: 'because what is picked or rebased goes on top of it' };
  const merging = has('MERGE_HEAD');
  const [ours, theirs] = merging ? (['HEAD', 'MERGE_HEAD'] as const) : (['HEAD^1', 'HEAD^2'] as const);
  if (!has(theirs)) return upstreamOfBranch(folder, has);
  const isIn = (revision: string, branch: string): boolean =>
    git(['merge-base', '--is-ancestor', revision, branch], folder).status === 0;
  const onlySideIn = (branch: string, name: string): Choice | undefined => {
    if (!has(branch)) return undefined;
    const [left, right] = [isIn(ours, branch), isIn(theirs, branch)];
    return left === right ? undefined : { revision: left ? ours : theirs, why: `because it is in ${name}` };
  };
  const branch = currentBranch(folder);
  const follows = has('@{upstream}') && isIn(theirs, '@{upstream}') ? theirs : undefined;
  return (
    first(SHARED, (name) => onlySideIn(name, nameOf(name, folder))) ??
    (isMain(branch, folder) && follows === undefined
      ? { revision: ours, why: `because it is "${branch}"` }
      : first(LOCAL, (name) => (name === branch ? undefined : onlySideIn(name, name)))) ??
    (follows && { revision: follows, why: 'because it is in the branch that this one follows' }) ??
    baseOf(ours, theirs, folder)
  );
}

/** Where no merge is known of: the branch that everything goes to, unless it is this one. */
function upstreamOfBranch(folder: string, has: (revision: string) => boolean): Choice | undefined {
  const branch = currentBranch(folder);
  const shared = SHARED.find(has) ?? LOCAL.find((name) => name !== branch && has(name));
  if (shared === undefined) return undefined;
  const name = nameOf(shared, folder);
  return { revision: name, why: 'because it is the branch that everything goes to' };
}

function baseOf(ours: string, theirs: string, folder: string): Choice | undefined {
  const base = git(['merge-base', ours, theirs], folder).stdout.trim();
  return base === '' ? undefined : { revision: base, why: 'because both sides have branched from it' };
}

function currentBranch(folder: string): string {
  return git(['symbolic-ref', '--quiet', '--short', 'HEAD'], folder).stdout.trim();
}

/** Whether a local branch is the one that everything goes to. */
function isMain(branch: string, folder: string): boolean {
  const shared = nameOf(SHARED[0], folder).replace(/^origin\//, '');
  return branch !== '' && (branch === shared || LOCAL.some((name) => name === branch));
}

/** A remote branch as people write it. */
function nameOf(reference: string, folder: string): string {
  const short = git(['rev-parse', '--abbrev-ref', reference], folder);
  return short.status === 0 ? short.stdout.trim() : reference;
}

function first<T>(names: readonly string[], find: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
