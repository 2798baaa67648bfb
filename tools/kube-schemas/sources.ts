import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OfflineError } from '../../provider/errors';
import type { SchemaRow } from './rows';

/** Reads a file of a component, by its path there. */
export type Read = (path: string) => string;

const MAX_BYTES = 512 * 1024 * 1024;

/** How the files of a component are read; nothing where it has no module and its repository is not named. */
export function readerOf(row: SchemaRow, repositories: ReadonlyMap<string, string>): Read | undefined {
  const tag = row.moduleVersion ?? `v${row.version}`;
  if (row.module !== undefined) return moduleReader(row.module, tag);
  const folder = repositories.get(row.repository ?? '');
  return folder === undefined ? undefined : repositoryReader(folder, tag);
}

function moduleReader(module: string, version: string): Read {
  const answer = run('go', ['mod', 'download', '-json', `${module}@${version}`], 'Go 1.26 or newer downloads modules');
  const { Dir: folder } = JSON.parse(answer) as { readonly Dir: string };
  return (path) => readFileSync(join(folder, path), 'utf8');
}

function repositoryReader(folder: string, tag: string): Read {
  return (path) =>
    run('git', ['-C', folder, 'show', `${tag}:${path}`], `${folder} has to be a clone that has the tag ${tag}`);
}

function run(program: string, args: readonly string[], hint: string): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: MAX_BYTES, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OfflineError(`${program} ${args.join(' ')} failed: ${reason}`, hint);
  }
}
