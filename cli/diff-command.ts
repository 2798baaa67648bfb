import type { DiffReport } from '../diff';
import { EstateError } from '../estate/diagnostics';
import { diagnosticsJson } from '../estate/report/diagnostics';
import { cacheFor } from './cache-command';
import { diffEstates } from './diff';

/** Options of `estate diff`. */
export interface DiffFlags {
  /** Compares two output folders instead of two estates. */
  readonly assembly?: boolean;
  readonly accept?: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** False when nothing is taken from earlier runs. */
  readonly cache?: boolean;
}

/** Exit code when something protected would be lost. */
const REFUSED = 3;

/** Runs `estate diff`: prints what an edit does and sets the exit code. */
export async function runDiff(base: string, file: string, flags: DiffFlags): Promise<void> {
  process.stderr.write(`comparing ${base} with ${file}\n`);
  let done: DiffReport;
  try {
    const accept = flags.accept ?? [];
    done = flags.assembly
      ? compareFolders(base, file, accept)
      : await diffEstates({ base, file, accept, ...(flags.cache !== false && { cache: cacheFor() }) });
  } catch (error) {
    if (!flags.json || !(error instanceof EstateError)) throw error;
    const { diagnostics } = diagnosticsJson(error.diagnostics);
    const nothing = { edits: [], stacks: [], unchanged: 0, protected: [], lost: [], refused: [], order: [] };
    process.stdout.write(`${JSON.stringify({ ok: false, ...nothing, diagnostics }, undefined, 2)}\n`);
    process.exitCode = error.exitCode;
    return;
  }
  process.stdout.write(`${print(done, flags)}\n`);
  if (!done.ok) process.exitCode = REFUSED;
}

function compareFolders(base: string, folder: string, accept: readonly string[]): DiffReport {
  const assembly: typeof import('./diff-assembly') = require('./diff-assembly');
  return assembly.diffAssemblies({ base, folder, accept });
}

function print(done: DiffReport, { json, markdown }: DiffFlags): string {
  const offline: typeof import('../diff') = require('../diff');
  if (json) return JSON.stringify(offline.diffJson(done), undefined, 2);
  return markdown
    ? offline.formatDiffMarkdown(done)
    : offline.formatDiff(done, { isTerminal: process.stdout.isTTY === true });
}
