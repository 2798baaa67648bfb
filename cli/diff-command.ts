import type { DiffReport } from '../diff';
import { EstateError } from '../estate/diagnostics';
import { diagnosticsJson } from '../estate/report/diagnostics';
import type { ChangeSource } from '../page/change/model';
import type { ResolvedEstate } from './app';
import { cacheFor } from './cache-command';
import { type ComparedEstates, diffEstates } from './diff';
import { requirePage, writeOut } from './write';

/** Options of `estate diff`. */
export interface DiffFlags {
  /** Compares two output folders instead of two estates. */
  readonly assembly?: boolean;
  readonly accept?: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
  /** Where a page of the change goes, besides what is printed. @default there is none */
  readonly html?: string;
  /** False when nothing is taken from earlier runs. */
  readonly cache?: boolean;
}

/** Exit code when something protected would be lost. */
const REFUSED = 3;

/** What was compared; of two output folders there are no estates. */
type Compared = Pick<ComparedEstates, 'report'> & Partial<ComparedEstates>;

/** Runs `estate diff`: prints what an edit does and sets the exit code. */
export async function runDiff(base: string, file: string, flags: DiffFlags, version: string): Promise<void> {
  if (flags.html !== undefined) requirePage(flags.html);
  process.stderr.write(`comparing ${base} with ${file}\n`);
  let done: Compared;
  try {
    const accept = flags.accept ?? [];
    done = flags.assembly
      ? { report: compareFolders(base, file, accept) }
      : await diffEstates({ base, file, accept, ...(flags.cache !== false && { cache: cacheFor() }) });
  } catch (error) {
    if (!flags.json || !(error instanceof EstateError)) throw error;
    const { diagnostics } = diagnosticsJson(error.diagnostics);
    const nothing = { edits: [], stacks: [], unchanged: 0, protected: [], lost: [], refused: [], order: [] };
    process.stdout.write(`${JSON.stringify({ ok: false, ...nothing, diagnostics }, undefined, 2)}\n`);
    process.exitCode = error.exitCode;
    return;
  }
  if (flags.html !== undefined) writePage(flags.html, done, { base, file, version });
  process.stdout.write(`${print(done.report, flags)}\n`);
  if (!done.report.ok) process.exitCode = REFUSED;
}

function compareFolders(base: string, folder: string, accept: readonly string[]): DiffReport {
  const assembly: typeof import('./diff-assembly') = require('./diff-assembly');
  return assembly.diffAssemblies({ base, folder, accept });
}

/** Writes the page of a change; what is printed stays what it is without. */
function writePage(html: string, { report, before, after }: Compared, names: Omit<ChangeSource, 'report'>): void {
  const { changeHtml }: typeof import('../page/change-page') = require('../page/change-page');
  const estateOf = ({ loaded, plan }: ResolvedEstate) => ({ estate: loaded.estate, plan });
  const source = {
    ...names,
    report,
    ...(before && { before: estateOf(before) }),
    ...(after && { after: estateOf(after) }),
  };
  writeOut(html, changeHtml(source), '--html');
  process.stderr.write(`wrote ${html}\n`);
}

function print(done: DiffReport, { json, markdown }: DiffFlags): string {
  const offline: typeof import('../diff') = require('../diff');
  if (json) return JSON.stringify(offline.diffJson(done), undefined, 2);
  return markdown
    ? offline.formatDiffMarkdown(done)
    : offline.formatDiff(done, { isTerminal: process.stdout.isTTY === true });
}
