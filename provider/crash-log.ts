import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keeps the last words of something that crashed in a file that outlives the scratch folder; says where it is. */
export function writeCrashLog(text: string): string {
  try {
    const log = join(mkdtempSync(join(tmpdir(), 'estate-crash-')), 'crash.log');
    writeFileSync(log, text);
    return `its output is in ${log}`;
  } catch (error) {
    return `its output could not be kept: ${error instanceof Error ? error.message : String(error)}`;
  }
}
