import { spawnSync } from 'node:child_process';
import { ToolError } from './app';

/** What a run of git left behind. */
export interface GitResult {
  readonly status: number | null;
  readonly stdout: string;
}

/** Runs git in a folder; throws ToolError when there is no git. */
export function git(args: readonly string[], cwd: string): GitResult {
  const done = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  if (done.error !== undefined) {
    throw new ToolError(`git cannot be run: ${done.error.message}`, 'install git, or compare with a file');
  }
  return { status: done.status, stdout: done.stdout };
}

/** The commit that a revision names; undefined when there is none, or no repository. */
export function commitOf(revision: string, folder: string): string | undefined {
  const done = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], folder);
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** The text of a file at a revision; undefined when it has none there. */
export function textAt(revision: string, path: string, folder: string): string | undefined {
  const done = git(['show', '--no-textconv', '--end-of-options', `${revision}:${path}`], folder);
  const isFile = git(['cat-file', '-t', '--', `${revision}:${path}`], folder).stdout.trim() !== 'tree';
  return done.status === 0 && isFile ? done.stdout : undefined;
}

/** The names in a folder at a revision; undefined when it has none there. */
export function namesAt(revision: string, path: string, folder: string): readonly string[] | undefined {
  const args = ['ls-tree', '-z', '--full-tree', '--name-only', '--end-of-options', `${revision}:${path}`];
  const done = git(args, folder);
  return done.status === 0 ? done.stdout.split('\0').filter((name) => name !== '') : undefined;
}
