import { readFileSync } from 'node:fs';
import { basename, dirname, posix } from 'node:path';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { exchangePathOf } from '../estate/spec/exchange';
import type { EstateFiles } from '../estate/spec/files';
import { filesBeside, lockPathOf, readExchangeText, readLockText } from '../estate/spec/load';
import { commitOf, git, namesAt, textAt } from './git';

/** An estate file and its lock as texts, with the name that messages call it by. */
export interface EstateTexts {
  readonly name: string;
  readonly text: string;
  /** Where the files come from that it includes or extends. @default it names none */
  readonly files?: EstateFiles;
  /** Absent when the estate was never locked. */
  readonly lock?: string;
  /** Name of the lock in messages. */
  readonly lockName: string;
  /** Its exchange file. @default nothing was imported yet */
  readonly exchange?: { readonly name: string; readonly text: string };
  /** Whether it is of another revision, so that it cannot be edited. */
  readonly isPast: boolean;
}

const GIT = /^git:(.*)$/s;

/** Reads what `estate diff` compares with: a file, or `git:REV` for the same file at a revision (`git:REV:path` for another). */
export function readBase(base: string, file: string): EstateTexts {
  const revision = GIT.exec(base)?.[1];
  return revision === undefined ? readFileTexts(base) : readRevision(revision, file);
}

/** Reads an estate file and the lock beside it. */
export function readFileTexts(file: string): EstateTexts {
  const lock = readLockText(file);
  const text = readText(file);
  const files = filesBeside(file);
  const exchange = readExchangeText(file);
  return {
    name: file,
    text,
    files,
    ...(lock !== undefined && { lock }),
    lockName: lockPathOf(file),
    ...(exchange !== undefined && { exchange: { name: exchangePathOf(file), text: exchange } }),
    isPast: false,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const reason = code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`;
    throw missing(file, reason, 'compare with a file, or with git:REV for the same file at a revision');
  }
}

function readRevision(revision: string, file: string): EstateTexts {
  const [rev = '', ...rest] = revision.split(':');
  if (rev === '')
    throw missing(`git:${revision}`, 'names no revision', 'write git:REV, such as git:HEAD~1 or git:main');
  const folder = dirname(file);
  const path = rest.length > 0 ? rest.join(':') : `./${basename(file)}`;
  if (commitOf(rev, folder) === undefined) {
    const inside = git(['rev-parse', '--git-dir'], folder).status === 0;
    const hint = inside
      ? 'git log shows the revisions; a shallow clone lacks the older ones'
      : 'git:REV needs the estate file to be in a git repository';
    throw missing(
      `git:${rev}`,
      inside ? 'is no revision of this repository' : 'cannot be found: there is no repository',
      hint,
    );
  }
  const text = textAt(rev, path, folder);
  if (text === undefined) {
    throw missing(
      `git:${rev}:${path.replace(/^\.\//, '')}`,
      'does not exist',
      `git ls-tree -r --name-only ${rev} shows the files of the revision`,
    );
  }
  const lock = textAt(rev, lockPathOf(path), folder);
  const exchange = textAt(rev, exchangePathOf(path), folder);
  const name = (of: string) => `git:${rev}:${of.replace(/^\.\//, '')}`;
  return {
    name: name(path),
    text,
    files: filesAt(rev, path, folder, name),
    ...(lock !== undefined && { lock }),
    lockName: name(lockPathOf(path)),
    ...(exchange !== undefined && { exchange: { name: name(exchangePathOf(path)), text: exchange } }),
    isPast: true,
  };
}

/** The files of a revision that an estate file of it can name. */
function filesAt(rev: string, estate: string, folder: string, nameOf: (path: string) => string): EstateFiles {
  // What begins with "./" is seen from the folder in which git runs, anything else from the top of the repository.
  const start = estate.startsWith('./') ? './' : '';
  return {
    open: (path) => {
      const place = `${start}${posix.join(posix.dirname(estate), path)}`;
      const text = textAt(rev, place, folder);
      if (text !== undefined) return { kind: 'file', name: nameOf(place), text };
      const names = namesAt(rev, place, folder);
      return names && { kind: 'folder', names };
    },
  };
}

function missing(name: string, reason: string, hint: string): EstateError {
  const found: Diagnostic = {
    code: 'BaseMissing',
    severity: 'error',
    path: '',
    value: name,
    message: `${name} ${reason}`,
    hint,
  };
  return new EstateError([found]);
}
